"""The sheets of a workbook as rows of text, merged cells filled down."""

from __future__ import annotations

import datetime
import re
import zipfile
from bisect import bisect_right
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from linker.records.import_notes import Notes, refuse
from linker.records.importers.base import Limits
from linker.records.importers.grid import Grid, Row
from linker.records.importers.marks import Marks
from linker.records.importers.own_files import own_file
from linker.records.importers.sheet_marks import see_row, sheet_marks
from linker.records.importers.sheet_rows import (
    LOST,
    FilledCell,
    NoSuchRow,
    TooManyBlankRows,
    filled_rows,
)
from linker.records.importers.strict_ooxml import transitional

_DATED = (datetime.datetime, datetime.date)
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_CHUNK = 1 << 20
_OWN_SHEET = "Linker"
_MOST_MERGED = 200_000
_SHOWN = 8


def xlsx_grids(path: Path, notes: Notes, limits: Limits) -> Iterator[Grid]:
    """Yield the sheets of a workbook, hidden ones too.

    Raises:
        ImportRefused: the workbook cannot be read.
    """
    import openpyxl

    with transitional(path) as file:  # by its name, openpyxl would go by the name's ending
        try:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        except MemoryError:
            raise
        except Exception as error:  # openpyxl lets through whatever a broken part raises
            raise _damaged(notes, error) from error
        _refuse_plan(book, notes, limits)
        sheets: list[Any] = book.worksheets
        for sheet in sheets:
            merged = _Merged.of(file, sheet)
            marks = sheet_marks(file, sheet._worksheet_path)
            rows = _rows(sheet, merged, marks, notes, limits)
            hidden = sheet.sheet_state != "visible"
            yield Grid(rows, sheet.title, hidden=hidden, tell=partial(marks.tell, notes))


def _refuse_plan(book: Any, notes: Notes, limits: Limits) -> None:
    """Refuse a plan that Linker wrote: its hidden sheet says so."""
    for sheet in book.worksheets:
        if sheet.title == _OWN_SHEET and sheet.sheet_state != "visible":
            first = next(_rows(sheet, _Merged([]), Marks("workbook", "row"), notes, limits), None)
            if first and first.cells[:1] == ("format",) and "-plan-" in first.cells[-1]:
                raise own_file(notes.file, "plan")


def _rows(sheet: Any, merged: _Merged, marks: Marks, notes: Notes, limits: Limits) -> Iterator[Row]:
    from openpyxl.utils import get_column_letter

    rows = filled_rows(sheet, limits)
    lost: list[str] = []
    while True:
        try:
            number, cells_there = next(rows)
        except StopIteration:
            _tell_lost(lost, notes)
            return
        except TooManyBlankRows:
            notes.refused(
                "limit",
                row=f"sheet {sheet.title!r}",
                reason="it has more blank rows, one after another, than the limit "
                f"max_blank_rows = {limits.max_blank_rows:,}; what stands below is not read",
                remedy="Delete the blank rows, or raise max_blank_rows.",
            )
            return
        except NoSuchRow as error:
            notes.refused(
                "no such row",
                row=f"sheet {sheet.title!r}",
                reason=f"{error}; this row and all after it are not read",
                remedy="Open it in a spreadsheet program and save it again.",
            )
            return
        except MemoryError:
            raise
        except Exception as error:
            raise _damaged(notes, error) from error
        lost += [
            f"{get_column_letter(at)}{number}"
            for at, cell in cells_there.items()
            if cell.data_type == LOST
        ]
        see_row(marks, number, cells_there)
        last = max(cells_there)
        row = [cells_there.get(n) for n in range(1, last + 1)]
        numeric = {i for i, cell in enumerate(row) if cell and _has_decimals(cell)}
        cells = tuple(_shown(cell.value, cell.decimals) if cell else "" for cell in row)
        place = f"row {number}"
        if merged:
            yield merged.filled(number, Row(place, cells, frozenset(numeric)))
        else:
            yield Row(place, cells, frozenset(numeric))


def _tell_lost(lost: list[str], notes: Notes) -> None:
    if lost:
        shown = ", ".join(lost[:_SHOWN]) + ("" if len(lost) <= _SHOWN else " …")
        notes.told(
            "formulas without a value",
            reason=f"{len(lost)} cells hold formulas that were never computed or are in error; "
            f"they are read as empty ({shown})",
            remedy="Open the workbook in a spreadsheet program, save it, and import it again.",
        )


class _Merged:
    """The merged cells of a sheet: what stands in the first row holds for those below it.

    A merged cell that goes over several columns of one row only says that the row is a title.
    """

    def __init__(self, ranges: list[tuple[int, int, int, int]]) -> None:
        """Take (first row, last row, first column, last column), counted from 1."""
        self._by_column: dict[int, list[tuple[int, int]]] = {}
        self._wide: dict[int, int] = {}
        for top, bottom, left, right in ranges:
            if bottom > top:
                self._by_column.setdefault(left - 1, []).append((top, bottom))
            if right > left:
                self._wide[top] = max(self._wide.get(top, 0), right - left + 1)
        for spans in self._by_column.values():
            spans.sort()
        self._values: dict[tuple[int, int], str] = {}

    def __bool__(self) -> bool:
        return bool(self._by_column or self._wide)

    @classmethod
    def of(cls, file: BinaryIO, sheet: Any) -> _Merged:
        """Read the ranges from the sheet's part; openpyxl leaves them out when it streams."""
        ranges: list[tuple[int, int, int, int]] = []
        try:
            with zipfile.ZipFile(file) as archive, archive.open(sheet._worksheet_path) as part:
                rest = b""
                while (chunk := part.read(_CHUNK)) and len(ranges) < _MOST_MERGED:
                    data = rest + chunk
                    last = 0
                    for match in _MERGED.finditer(data):
                        left, top, right, bottom = match.groups()
                        ranges.append((int(top), int(bottom), _column(left), _column(right)))
                        last = match.end()
                    rest = data[max(last, len(data) - 100) :]
        except (KeyError, OSError, zipfile.BadZipFile, AttributeError):
            return cls([])
        return cls(ranges)

    def filled(self, number: int, row: Row) -> Row:
        """Return a row that holds something with the values of the merged cells it lies in."""
        if not row.filled:
            return row
        cells, merged = list(row.cells), set()
        for column, spans in self._by_column.items():
            at = bisect_right(spans, (number, 1 << 30)) - 1
            if at < 0 or not spans[at][0] <= number <= spans[at][1]:
                continue
            top = spans[at][0]
            if top == number:
                self._values[column, top] = cells[column] if column < len(cells) else ""
            elif value := self._values.get((column, top), ""):
                cells += [""] * (column + 1 - len(cells))
                if not cells[column].strip():
                    cells[column] = value
                    merged.add(column)
        wide = self._wide.get(number, 0)
        spans_all = wide > 1 and len(row.filled) == 1
        return Row(row.place, tuple(cells), row.numeric, frozenset(merged), spans_all)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _damaged(notes: Notes, error: Exception) -> Exception:
    return refuse(
        notes.file,
        f"the workbook cannot be read ({error})",
        "Open it in a spreadsheet program and save it again as .xlsx.",
    )


def _has_decimals(cell: FilledCell) -> bool:
    return isinstance(cell.value, float) and not cell.value.is_integer()


def _shown(value: object, decimals: int = 0) -> str:
    """Return a value as the sheet shows it: 34.0 is "34", 140.1 as "0.00" is "140.10"."""
    if isinstance(value, _DATED):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return f"{value:.{decimals}f}" if decimals and isinstance(value, float) else str(value)
