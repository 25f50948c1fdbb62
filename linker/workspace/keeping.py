"""Keeps what a file says as a source of the workspace, and tells what that changed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import asdict
from hashlib import file_digest
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any

from linker.records.asks import too_long
from linker.records.import_notes import Notes
from linker.records.importers.apart import Origin
from linker.records.importers.base import Options
from linker.records.importers.own_matrix import OwnMatrix
from linker.records.record import Record
from linker.records.statements import packed, shape
from linker.store.settling import Changes
from linker.store.sources import PLEDGES, Row, Source
from linker.store.store import Store
from linker.vocabulary.spoken import ENGLISH, NOT_TOLD, spoken
from linker.workspace.matrix_texts import changed_texts, with_known_texts

HELD = 16 << 20
"""Bytes of a file's records that wait in memory before they wait on the disk."""
TOLD_EVERY = 500
"""Records after which somebody who waits is told how many were read."""
SHOWN = 10
"""Examples named of each thing that is told; of the others only the number."""


class Gathered:
    """The records of a file, as rows for the store, until all of them are read.

    Attributes:
        kept: how many records.
        foreign: how many are in each language beside English.
        too_long: how many are longer than what is analysed.
    """

    def __init__(self) -> None:
        self.kept = self.too_long = 0
        self.foreign = Counter[str]()
        self._spool = SpooledTemporaryFile(HELD, mode="w+", encoding="utf-8", newline="\n")  # noqa: SIM115

    def __enter__(self) -> Gathered:
        return self

    def __exit__(self, *_: object) -> None:
        self._spool.close()

    def take(
        self,
        reading: Generator[Record, None, tuple[Origin, Notes]],
        also: list[Record] | None = None,
        told: Callable[[int], None] | None = None,
    ) -> tuple[Origin, Notes]:
        """Keep the records of a file as they come, and return what is said of it at the end.

        Those before an error stay.

        Args:
            reading: the file.
            also: gets the records too.
            told: is called with the number of records so far, now and then.
        """
        while True:
            try:
                record = next(reading)
            except StopIteration as ended:
                read: tuple[Origin, Notes] = ended.value
                return read
            if also is not None:
                also.append(record)
            row: Row = (record.id, record.state, record.row, packed(record))
            self._spool.write(json.dumps(row) + "\n")
            self.kept += 1
            if told and self.kept % TOLD_EVERY == 0:
                told(self.kept)
            if (code := spoken(record.text, record.language)) not in (ENGLISH, NOT_TOLD):
                self.foreign[code] += 1
            self.too_long += bool(too_long(record.text))

    def __iter__(self) -> Iterator[Row]:
        self._spool.seek(0)
        for line in self._spool:
            given, state, row, said = json.loads(line)
            yield given, state, row, said


def keep_source(
    store: Store,
    path: Path,
    origin: Origin,
    options: Options,
    gathered: Gathered,
    pledges: Sequence[tuple[str, str]] = (),
) -> Changes:
    """Write what a file says to the store.

    Args:
        store: the workspace's.
        path: the file.
        origin: what read it.
        options: with which it was read.
        gathered: its records.
        pledges: (place, text) of voluntary pledges, which are kept and make no records.
    """
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    chosen: dict[str, Any] = {k: v for k, v in asdict(options).items() if v and k != "limits"}
    if pledges:
        chosen[PLEDGES] = [list(one) for one in pledges]
    source = Source(
        path.name,
        digest,
        origin.importer,
        origin.label,
        shape(origin.importer, origin.columns),
        chosen,
        gathered.kept,
    )
    if not origin.importer.startswith(OwnMatrix.name):
        return store.add_source(source, gathered)
    ids = [given for given, *_ in gathered]
    known = store.records_of(ids)
    texts = {given: json.loads(said).get("text", "") for given, _, _, said in gathered}
    changes = store.add_source(source, with_known_texts(gathered, known))
    changes.texts = [note.reason for note in changed_texts(known.values(), texts, path.name)]
    return changes


def told(changes: Changes) -> list[str]:
    """Return what a change of the sources brought with it that a person should know, in lines."""
    lines = []
    if changes.same_as:
        lines.append(f"source {changes.same_as} says exactly this already: nothing to keep")
    elif changes.source:
        lines.append(f"kept as source {changes.source} (`linker imports` lists all)")
    if changes.waiting:
        lines.append(
            f"{changes.waiting} positions are of recommendations without a text here: they count "
            "as soon as the report of the Working Group is imported"
        )
    lines += _listed(
        changes.texts, "texts of the UN were changed in the matrix; `linker correct` decides"
    )
    lines += told_altered(changes)
    lines += _listed(
        [f"{given} is {other}" for given, other in changes.joined],
        "joined with the record of another source, by number or by words",
    )
    lines += _listed(
        [f"linker merge {other} {given}" for given, other in changes.doubtful],
        "may be a record that is here already; where it is, say so",
    )
    lines += _listed(
        [f"{given} has another text here, so this one is {own}" for given, own in changes.clashes],
        "ids that stand for an unrelated text already; decide which is right",
    )
    lines += _listed(
        [str(one) for one in changes.contradictions],
        "contradictions; `linker correct RECORD FIELD VALUE` decides",
    )
    if changes.left:
        lines += _listed(
            changes.left,
            f"records of its earlier version, source {changes.version_of}, that it no longer has; "
            f"they stay until `linker forget {changes.version_of}`",
        )
    return lines


def told_altered(changes: Changes) -> list[str]:
    """Return what records said before and what they say now, in lines."""
    return [
        *_listed(changes.altered, "values that were something else before"),
        *_listed(
            changes.reworded,
            "texts have other words than before; what was decided about them stands: look again",
        ),
    ]


def _listed(examples: list[str], what: str) -> list[str]:
    if not examples:
        return []
    more = len(examples) - SHOWN
    shown = [f"  {example}" for example in examples[:SHOWN]]
    return [f"{len(examples)} {what}:", *shown, *([f"  and {more} more"] if more > 0 else [])]
