"""How files become records: one importer a file, recognised by content."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from linker.plugins import added
from linker.records.ids import distinct_ids
from linker.records.import_notes import REFUSALS_KEPT, ImportRefused, Notes, refuse
from linker.records.importers.base import Head, Importer, Limits, Options
from linker.records.importers.given import told_where_in_vain
from linker.records.importers.old_office import modern
from linker.records.importers.plugged import Plugged
from linker.records.importers.safe_open import ACCEPTED
from linker.records.importers.sniff import look
from linker.records.record import Record

__all__ = [
    "Head", "ImportRefused", "Importer", "Limits", "Options", "importers", "read_by", "read_file",
    "recognise", "seen",
]  # fmt: skip


@cache
def importers() -> tuple[Importer, ...]:
    """Return every importer, the most particular first; those of plugins before any table."""
    known, anything = _shipped()
    plugged = [Plugged(*one) for one in added("importers", cannot_import).items()]
    return (*known, *plugged, *anything)


def cannot_import(name: str, held: Any) -> str:
    """Return why something cannot be the importer of a plugin; empty where it can."""
    if name in {one.name for some in _shipped() for one in some}:
        return f"Linker itself has an importer {name!r}"
    if isinstance(held, type) or not isinstance(getattr(held, "label", None), str):
        return "it is no object with a `label` in words"
    if not callable(held.recognises) or not callable(held.read):
        return "it is no importer: `recognises` and `read` are no functions"
    return ""


@cache
def _shipped() -> tuple[tuple[Importer, ...], tuple[Importer, ...]]:
    """Return the importers that ship: of known kinds of files, and of any table or list."""
    from linker.records.importers.exchanged import exchanged
    from linker.records.importers.impactoss_package import ImpactossPackage
    from linker.records.importers.own_matrix import OwnMatrix
    from linker.records.importers.own_matrix_xlsx import OwnMatrixXlsx
    from linker.records.importers.table import Table
    from linker.records.importers.table_json import JsonTable
    from linker.records.importers.thematic_list import ThematicList
    from linker.records.importers.uhri_json import UhriJson
    from linker.records.importers.uhri_xlsx import UhriXlsx
    from linker.records.importers.un.paragraph_list import ParagraphList
    from linker.records.importers.upr_info import UprInfo

    known: tuple[Importer, ...] = (
        UhriJson(), UhriXlsx(), UprInfo(), *exchanged(), ImpactossPackage(), OwnMatrix(),
        OwnMatrixXlsx(), ThematicList(),
    )  # fmt: skip
    return known, (Table(), JsonTable(), ParagraphList())


def recognise(path: Path, *, options: Options | None = None) -> Importer:
    """Return the importer for a file, from its content and never from its name.

    Raises:
        ImportRefused: none fits; says what the file looks like and what is accepted.
    """
    return seen(path, options or Options())[0]


def seen(path: Path, options: Options) -> tuple[Importer, Head]:
    """Return the importer for a file and the first sight by which it was recognised.

    Raises:
        ImportRefused: see `recognise`.
    """
    with _called(path.name):
        return _seen(modern(path, options.limits), options)


@contextmanager
def _called(name: str) -> Iterator[None]:
    """Let refusals name the file that a person gave, not the one that it was converted to."""
    try:
        yield
    except ImportRefused as refused:
        if refused.note.file == name:
            raise
        raise ImportRefused(replace(refused.note, file=name)) from refused


def _seen(path: Path, options: Options) -> tuple[Importer, Head]:
    head = look(path, options)
    if head.front:
        from linker.records.importers.un.importer import UnDocument

        return UnDocument(head.front), head
    for importer in importers():
        if importer.recognises(head):
            return importer, head
    if head.refusal:
        raise ImportRefused(head.refusal)
    shown = ", ".join(column[:40] for column in head.columns[:12]) or "nothing"
    raise refuse(
        path.name,
        f"this {head.kind.upper()} file begins with {shown}; accepted are {ACCEPTED}",
        "Name the column that holds the recommendations 'text'.",
        kind="not recognised",
    )


def read_file(path: Path, *, options: Options | None = None) -> tuple[Iterator[Record], Notes]:
    """Recognise a file and return its records, read as they are asked for, and the notes on it.

    The notes are complete once the records have all been taken.

    Raises:
        ImportRefused: the whole file is refused, now or while the records are read.
    """
    path, options = Path(path), options or Options()
    return read_by(recognise(path, options=options), path, options)


def read_by(importer: Importer, path: Path, options: Options) -> tuple[Iterator[Record], Notes]:
    """Return the records of a file that was recognised, and the notes on it; see `read_file`."""
    notes = Notes(path.name, examples=REFUSALS_KEPT) if options.every_note else Notes(path.name)
    current = modern(path, options.limits)
    if current != path:
        notes.told("converted", reason="converted by LibreOffice from an older or other format")
    records = _read_as(path.name, importer.read(current, notes, options))
    return told_where_in_vain(distinct_ids(records), notes, options), notes


def _read_as(name: str, records: Iterator[Record]) -> Iterator[Record]:
    with _called(name):
        yield from records
