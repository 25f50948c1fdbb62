"""UN documents as records: one reader a kind, all on top of the same paragraphs.

To add a kind: describe its first page in data/vocabularies/un_documents.yaml, write a module with a
`Reader`, and name it in `readers`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from linker.records.ids import record_id
from linker.records.import_notes import ImportRefused, Notes, refuse
from linker.records.importers.assemble import Draft
from linker.records.importers.base import Head, Options
from linker.records.importers.found_tables import tables_in
from linker.records.importers.table import records_of
from linker.records.importers.un.document import Format
from linker.records.importers.un.found import Found, Reader
from linker.records.importers.un.front_page import FrontPage, front_page
from linker.records.importers.un.reading import read_document
from linker.records.record import Record
from linker.vocabulary.states import state_code, state_name


@cache
def readers() -> Mapping[str, Reader]:
    """Return the reader of each kind."""
    from linker.records.importers.un.addendum import Addendum
    from linker.records.importers.un.compilation import Compilation
    from linker.records.importers.un.concluding import ConcludingObservations
    from linker.records.importers.un.letter import HighCommissionersLetter
    from linker.records.importers.un.reports import RegionalReport, SpecialProceduresReport
    from linker.records.importers.un.stakeholders import StakeholderSummary
    from linker.records.importers.un.working_group_reader import WorkingGroupReport

    found: tuple[Reader, ...] = (
        WorkingGroupReport(),
        Addendum(),
        ConcludingObservations(),
        Compilation(),
        StakeholderSummary(),
        SpecialProceduresReport(),
        HighCommissionersLetter(),
        RegionalReport(),
    )
    return {reader.kind: reader for reader in found}


class UnDocument:
    """A UN document of any kind and format, recognised by its first page."""

    name = "un_document"

    def __init__(self, front: FrontPage) -> None:
        """Keep what the first page says; the label is the kind with symbol, State and date."""
        self._front = front
        named = (front.symbol, state_name(front.state) if front.state else "", front.date)
        self.label = ", ".join(part for part in (front.says, *named) if part)

    def recognises(self, head: Head) -> bool:
        """Say whether a file with this head is a UN document."""
        return head.front is not None

    def read(self, path: Path, notes: Notes, options: Options) -> Iterator[Record]:
        """Yield the records of a document.

        Raises:
            ImportRefused: it cannot be read, or no recommendations are taken from its kind.
        """
        reader = readers().get(self._front.kind)
        if reader is None:
            reason = f"this is a {self._front.says}; Linker takes no recommendations from these"
            raise refuse(path.name, reason, "", kind="no recommendations")
        kind = kind_by_content(path)
        document = read_document(path, kind, options.limits)
        front = _told(front_page(document), self._front, options)
        notes.rows_read = len(document.paragraphs)
        _tell_head(front, notes)
        document.marks.tell(notes)
        for found in reader.read(document, front, notes):
            values = _values(found, front)
            if found.values.get("text"):
                yield from Draft(values, found.place, notes, options, extra=found.extra).records()
            else:
                yield replace(_wordless(values, notes), row=found.place)
        if not notes.kept:
            yield from _of_tables(path, kind, front, notes, options)
        if not notes.kept:
            reason = f"no recommendation was found in this {front.says}"
            remedy = "Look whether the file holds the whole document, and its text."
            raise refuse(path.name, reason, remedy, kind="no recommendations")


def _of_tables(
    path: Path, kind: Format, front: FrontPage, notes: Notes, options: Options
) -> Iterator[Record]:
    """Yield the records of the tables of a Word document that has its recommendations there."""
    if kind != "docx":
        return
    told = replace(
        options,
        state=front.state,
        mechanism=front.mechanism,
        body=front.body,
        symbol=front.symbol,
        cycle=front.cycle,
        session=front.session,
    )
    try:
        for table in tables_in(path, "docx", notes, told):
            yield from records_of(table, notes, told)
    except ImportRefused:
        return  # it has none; that no recommendation was found is said of the whole


def kind_by_content(path: Path) -> Format:
    """Return the format of a document by its first bytes."""
    with path.open("rb") as file:
        start = file.read(5).lstrip()
    return "pdf" if start.startswith(b"%PDF") else "docx" if start.startswith(b"PK") else "text"


def _told(whole: FrontPage, start: FrontPage, options: Options) -> FrontPage:
    """Return what the first page says, and behind it what the person who imports says."""
    front = replace(whole, kind=start.kind, says=start.says, mechanism=start.mechanism)
    state = front.state or state_code(options.state) or ""
    return replace(
        front, state=state, symbol=front.symbol or options.symbol, body=front.body or options.body
    )


def _tell_head(front: FrontPage, notes: Notes) -> None:
    said = {
        "symbol": front.symbol or "none",
        "State": state_name(front.state) if front.state else "none",
        "body": front.body,
        "session": front.session,
        "cycle": front.cycle,
        "date": front.date,
    }
    line = ", ".join(f"{name} {value}" for name, value in said.items() if value)
    notes.told("document", reason=f"the document says: {line}")


def _wordless(values: Mapping[str, str | tuple[str, ...]], notes: Notes) -> Record:
    """Return what is said of a record without its text, under the id that its text gives it."""
    said = {name: str(value) for name, value in values.items() if name != "date"}
    notes.kept += 1
    identity = record_id(
        "",
        symbol=said.get("symbol", ""),
        paragraph=said["paragraph"],
        state=said.get("state", ""),
        mechanism=said.get("mechanism", ""),
        occasion=said.get("session") or said.get("cycle", ""),
    )
    return Record.from_dict({"id": identity, "text": "", "sources": (notes.file,), **said})


def _values(found: Found, front: FrontPage) -> dict[str, str | tuple[str, ...]]:
    mechanism = front.mechanism
    head = {
        "state": front.state,
        "mechanism": mechanism,
        "body": front.body,
        "symbol": front.symbol,
        "cycle": front.cycle,
        "session": front.session,
        "date": front.date,
    }
    return {**{name: value for name, value in head.items() if value}, **found.values}
