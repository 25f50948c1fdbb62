"""Reads a review sheet that people filled in: what each row says, and what it said at first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from linker.documents.judging import BASE_SHEET, DECISION, FORMAT, ID, NOTE, SHEET
from linker.records.import_notes import refuse
from linker.records.importers.base import Limits
from linker.records.importers.safe_open import kind_of
from linker.records.importers.sheet_rows import FilledCell, filled_rows
from linker.vocabulary.official import english_name

LIMITS = Limits(max_bytes=50 << 20, max_unzipped_bytes=200 << 20, max_rows=200_000)
REMEDY = "Fill in the file that `linker export review` wrote, and save it as .xlsx."
_EMPTY = FilledCell(None, "n")
_TITLE_ROWS = 20


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """A row of the sheet.

    Attributes:
        place: "row 12", as the spreadsheet counts.
        key: id of the cluster or link.
        verdict: what the row says now, lower case; empty for nothing.
        note: why.
        base: the word that stood when the sheet was written.
        seen: which asks a cluster held then; empty for a link.
    """

    place: str
    key: str
    verdict: str
    note: str
    base: str
    seen: str


def read_review(path: Path) -> list[JudgedRow]:
    """Return the rows of a sheet that `linker export review` wrote.

    Raises:
        ImportRefused: it is no such workbook.
    """
    if kind_of(path, LIMITS) != "xlsx":
        raise refuse(path.name, "this is no XLSX workbook", REMEDY)
    with path.open("rb") as file, closing(_opened(file, path.name)) as workbook:
        lines = [
            [_said(row.get(place, _EMPTY)) for place in (1, 2, 3)]
            for _, row in filled_rows(workbook[BASE_SHEET], LIMITS)
        ]
        if not lines or lines[0][:2] != ["format", FORMAT]:
            raise refuse(path.name, "another version of Linker wrote it", REMEDY)
        base = {key: (verdict, seen) for key, verdict, seen in lines[1:]}
        rows = filled_rows(workbook[SHEET], LIMITS)
        places = _heading(rows)
        if not places:
            raise refuse(path.name, f"no row has the headings {ID!r} and {DECISION!r}", REMEDY)
        return [
            JudgedRow(f"row {number}", key, _word(verdict), note, *base.get(key, ("", "")))
            for number, row in rows
            for key, verdict, note in [[_said(row.get(place, _EMPTY)) for place in places]]
            if key
        ]


def _opened(file: BinaryIO, name: str) -> Any:
    import openpyxl

    try:
        workbook = openpyxl.load_workbook(file, read_only=True, keep_links=False)
    except MemoryError:
        raise
    except Exception as error:  # openpyxl lets through whatever a broken part raises
        raise refuse(name, f"the workbook cannot be read ({error})", REMEDY) from error
    if not {SHEET, BASE_SHEET} <= set(workbook.sheetnames):
        raise refuse(name, f"it has no sheets {SHEET!r} and {BASE_SHEET!r}", REMEDY)
    return workbook


def _heading(rows: Iterator[tuple[int, Mapping[int, FilledCell]]]) -> list[int]:
    """Return the places of id, decision and note, and leave the rows below them."""
    for (_, row), _ in zip(rows, range(_TITLE_ROWS), strict=False):
        titles = {english_name(_said(cell)): place for place, cell in row.items()}
        if {ID, DECISION} <= titles.keys():
            return [titles.get(title, 0) for title in (ID, DECISION, NOTE)]
    return []


def _word(verdict: str) -> str:
    """Return a verdict in any language in English, lower case."""
    return english_name(verdict).lower()


def _said(cell: FilledCell) -> str:
    return "" if cell.value is None else str(cell.value).strip()
