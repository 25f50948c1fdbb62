"""Linker's own matrix as a workbook: it comes back as it went out, with what people changed in it.

A row is a recommendation, or a measure with several. A hidden sheet holds the records in the table
format; the visible rows say what their texts and
positions are now. Themes that Linker worked out, linked goals and converging asks are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from linker.i18n.messages import tr_later
from linker.records.citing import upr_text
from linker.records.import_notes import Notes
from linker.records.importers.assemble import Draft
from linker.records.importers.base import Head, Options, column_name
from linker.records.importers.found_tables import Table, tables_in
from linker.records.importers.grid import Row
from linker.records.importers.heads import head_of, with_head
from linker.records.importers.own_matrix import (
    MATRIX,
    FilledRow,
    planned_in,
    planned_of,
    tell_planned,
)
from linker.records.importers.parted_cells import Values, part_text, part_themes
from linker.records.importers.safe_open import kind_of
from linker.records.record import TABLE_COLUMNS, Record
from linker.vocabulary.official import english_name
from linker.vocabulary.state_lists import states_listed
from linker.vocabulary.states import state_code

RECORDS_SHEET = "Records"
"""The hidden sheet that `linker.documents.writers.matrix_xlsx` writes the records on."""
RECOMMENDATIONS, RECORD_IDS = tr_later("Recommendations"), tr_later("Record ids")
"""Headings of a matrix by cluster: its recommendations, one a line, and their ids likewise."""
_ID, _IDS, _SAID = "recordid", column_name(RECORD_IDS), column_name(RECOMMENDATIONS)
_BY = re.compile(r"(?: \((?:[^()]|\([^()]*\))*\))*")
"""Recommending States behind a text, each in brackets of its own."""
_KNOWN = {
    "recommendation": "text",
    "position": "position",
    "themesandgroupsofpersons": "themes",
    "recommendingstatesorbody": "recommending_states",
    _ID: "id",
}


class OwnMatrixXlsx:
    """The matrix that `linker export matrix` wrote as a workbook, edited or not."""

    name = "own_matrix_xlsx"
    label = "Linker's matrix (XLSX)"

    def recognises(self, head: Head) -> bool:
        """Say whether the workbook calls itself a matrix of Linker's."""
        return (
            head.kind == "xlsx"
            and head.about == MATRIX
            and bool({_ID, _IDS} & _named(head.columns))
        )

    def read(self, path: Path, notes: Notes, options: Options) -> Iterator[Record]:
        """Yield a record a row."""
        for record, planned in self.filled_rows(path, notes, options):
            tell_planned(record.row, planned, notes)
            yield record

    def filled_rows(self, path: Path, notes: Notes, options: Options) -> Iterator[FilledRow]:
        """Yield each record with what people filled in for the plan."""
        rows: list[Row] = []
        columns: dict[str, int] = {}
        base: dict[str, Values] = {}
        kind = kind_of(path, options.limits)
        for table in tables_in(path, kind, notes, options, RECORDS_SHEET):
            if table.name == RECORDS_SHEET:
                base = _base(table)
                notes.rows_read -= len(base)
            elif not columns:
                columns = {
                    column_name(english_name(name)): at for at, name in enumerate(table.columns)
                }
                options = with_head(options, head_of(table.titles[:1]), notes, needs_state=not base)
                rows = list(table.rows)
        notes.sheet = ""
        for row in rows:
            planned = planned_in(row, columns)
            several = _IDS in columns
            said = _of_measure(row, columns, base) if several else [_values(row, columns, base)]
            found = [
                record
                for values in said
                for record in Draft(values, row.place, notes, options).records()
            ]
            for record in found:
                yield record, planned_of(record, planned, found if several else ())


def _named(columns: Iterable[str]) -> set[str]:
    return {column_name(english_name(column)) for column in columns}


def _base(table: Table) -> dict[str, Values]:
    """Return what the hidden sheet says of each record."""
    places = {name: at for at, name in enumerate(table.columns) if name in TABLE_COLUMNS}
    if "id" not in places:
        return {}
    return {
        row.cells[places["id"]]: {name: row.cells[at] for name, at in places.items()}
        for row in table.rows
    }


def _of_measure(
    row: Row, columns: Mapping[str, int], base: Mapping[str, Values]
) -> Iterator[Values]:
    """Yield the values of each recommendation of a measure: a line of two cells each."""
    ids, lines = (row.cells[columns[name]].split("\n") for name in (_IDS, _SAID))
    for key, line in zip(ids, lines, strict=False):
        before = base.get(key.strip())
        if before is None:
            said: Values = {"text": line, "mechanism": "UPR"}
            part_text(said, Options())
            yield said
        else:
            yield {**before, "text": _text_now(line, before)}


def _text_now(line: str, before: Values) -> str:
    """Return what a line says of a record now: its text without number and recommending States."""
    said, text = line.partition(": ")[2], str(before["text"])
    plain = " ".join(text.split())
    if said.startswith(plain) and _BY.fullmatch(said.removeprefix(plain)):
        return text
    return upr_text(f"1.1 {said}").text if before["mechanism"] == "UPR" else said


def _values(row: Row, columns: Mapping[str, int], base: Mapping[str, Values]) -> Values:
    """Return the values of a row: those it went out with, and what it says now."""
    said = {field: row.cells[columns[name]] for name, field in _KNOWN.items() if name in columns}
    if before := base.get(said.get("id", "")):
        return {**before, "text": said["text"], "position": english_name(said.get("position", ""))}
    values: Values = {**said}
    by = [name for name in states_listed(said.get("recommending_states", "")) if state_code(name)]
    values["recommending_states"] = tuple(by)
    part_themes(values)
    symbol, _, paragraph = said.get("id", "").partition("#")
    if "/" in symbol and paragraph[:1].isdecimal():
        values |= {"symbol": symbol, "paragraph": paragraph}
    if not said.get("id"):  # a row that somebody added
        part_text(values, Options())
    return values
