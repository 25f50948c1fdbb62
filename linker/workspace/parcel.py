"""A State as a parcel: what its build needs, for a machine that does not reach the workspace.

There it is unpacked into a workspace of its own, which is built as any other; what that made comes
back as a parcel too and takes its place in the workspace that the first was packed from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from linker.encoding.encoder import Encoder
from linker.store.location import Folder
from linker.store.state_rows import (
    Rows,
    digest_in,
    fill_with,
    replace_made,
    rows_for_build,
    rows_made,
)
from linker.store.store import Store
from linker.workspace.build_report import BuildProgress, StateReport
from linker.workspace.building import Builder


@dataclass(frozen=True)
class Parcel:
    """What the build of a State needs, or what it made.

    Attributes:
        state: ISO 3166-1 alpha-3.
        rows: of the database.
        index: files of the FAISS index of the State's asks, by name; empty where there is none.
        readings: of its records in other languages, by key.
    """

    state: str
    rows: Rows
    index: Mapping[str, bytes]
    readings: Mapping[str, str]

    @property
    def digest(self) -> str:
        """What the build was made from that lies in it; empty where none does."""
        return digest_in(self.rows)


def packed(builder: Builder, state: str) -> Parcel:
    """Return what a build of a State needs."""
    return _parcel(builder, state, rows_for_build(builder.store, state))


def built_apart(
    parcel: Parcel, encoder: Encoder, folder: Path, anew: bool, progress: BuildProgress
) -> tuple[Parcel, StateReport] | None:
    """Build a State in a workspace of its own; return what it made, None where it was built.

    Args:
        parcel: as ``packed`` makes it.
        encoder: of the checksum with which the parcel's index was made.
        folder: empty; of the workspace.
        anew: without what the last build left.
        progress: called as work goes on.
    """
    from linker import Linker

    with Linker(Store(Folder(folder), create=True), encoder) as linker:
        builder = Builder(linker.store, linker.encoder, linker.indices, linker.reader)
        fill_with(builder.store, parcel.rows)
        builder.indices.put(parcel.state, parcel.index)
        builder.reader.keep(parcel.readings)
        report = builder.build(progress, [parcel.state], anew).of(parcel.state)
        if report is None:
            return None
        return _parcel(builder, parcel.state, rows_made(builder.store, parcel.state)), report


def taken_in(builder: Builder, made: Parcel, since: str) -> None:
    """Let what was made of a State elsewhere take its place in the workspace.

    Args:
        builder: of the workspace.
        made: as ``built_apart`` returns it.
        since: digest of the parcel that it was made of.

    Raises:
        Overtaken: the State was built since that was packed; of the database nothing was written.
    """
    builder.indices.put(made.state, made.index)
    builder.reader.keep(made.readings)
    replace_made(builder.store, made.state, made.rows, since)


def _parcel(builder: Builder, state: str, rows: Rows) -> Parcel:
    reader = builder.reader
    readings = reader.kept(builder.store.records(state)) if reader.ready else {}
    return Parcel(state, rows, builder.indices.files(state), readings)
