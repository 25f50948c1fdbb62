"""Rows of CSV and XLSX files, one by one, whatever shape the file is in."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from linker.records.cells import plain
from linker.records.import_notes import Notes, refuse
from linker.records.importers.base import Kind, Limits
from linker.records.importers.csv_lines import CsvProblem, Lines, csv_rows, delimiter_of
from linker.records.importers.safe_open import encoding_of, open_text
from linker.records.importers.sheet_rows import TooManyBlankRows, filled_rows

_DATED = (datetime.datetime, datetime.date)
_TITLE_ROWS = 20


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the header.

    Attributes:
        place: "row 12", counted as a spreadsheet counts.
        cells: one string a column, "" where the cell is empty.
        numeric: columns whose cell is a number with decimals: a paragraph "140.10" has become
            140.1 there.
    """

    place: str
    cells: tuple[str, ...]
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its headings (no two alike) and its rows, read as they are asked for."""

    columns: tuple[str, ...]
    rows: Iterator[Row]


def read_sheet(path: Path, kind: Kind, notes: Notes, limits: Limits) -> Sheet:
    """Return the table in a CSV file or in the first filled sheet of an XLSX file.

    Raises:
        ImportRefused: no header row, or a file that cannot be opened.
    """
    rows = _xlsx(path, notes, limits) if kind == "xlsx" else _csv(path, notes, limits)
    header = _header(rows, notes, kind)
    columns = _unlike(header.cells)
    return Sheet(columns, _within_limits(rows, columns, notes, limits))


def _header(rows: Iterator[Row], notes: Notes, kind: Kind) -> Row:
    first: Row | None = None
    for row, _ in zip(rows, range(_TITLE_ROWS), strict=False):
        filled = sum(bool(cell.strip()) for cell in row.cells)
        if filled and (filled > 1 or kind == "csv"):
            return row
        first = first or (row if filled else None)
    if first is None:
        raise refuse(notes.file, "no header row was found", "Put column names in the first row.")
    return first


def _unlike(cells: Sequence[str]) -> tuple[str, ...]:
    """Return headings made different: a second "Org" is "Org (2)"; an empty one is "column 4"."""
    seen: dict[str, int] = {}
    columns = []
    for number, cell in enumerate(cells, start=1):
        name = " ".join(cell.replace("\ufeff", "").split()) or f"column {number}"
        seen[name] = seen.get(name, 0) + 1
        columns.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(columns)


def _within_limits(
    rows: Iterator[Row], columns: tuple[str, ...], notes: Notes, limits: Limits
) -> Iterator[Row]:
    blank = 0
    for row in rows:
        if not any(map(str.strip, row.cells)):
            blank += 1
            if blank > limits.max_blank_rows:
                notes.refused(
                    "limit",
                    row=row.place,
                    reason=f"above it stand more blank rows than the limit max_blank_rows = "
                    f"{limits.max_blank_rows:,}; this row and all after it are not read",
                    remedy="Delete the blank rows, or raise max_blank_rows.",
                )
                return
            continue
        blank = 0
        if notes.rows_read >= limits.max_rows:
            notes.refused(
                "limit",
                row=row.place,
                reason=f"the file has more rows than the limit max_rows = {limits.max_rows:,}; "
                "this row and all after it are not read",
                remedy="Split the file, or raise max_rows.",
            )
            return
        notes.rows_read += 1
        fitted = _fitted(row, columns, notes, limits)
        if fitted:
            yield fitted


def _fitted(row: Row, columns: tuple[str, ...], notes: Notes, limits: Limits) -> Row | None:
    """Return the row with one cell a column, or None where it was refused."""
    width = len(columns)
    if any(map(str.strip, row.cells[width:])):
        notes.refused(
            "too many cells",
            row=row.place,
            reason=f"{len(row.cells)} cells under {width} headings",
            remedy="Put cells that hold the delimiter into double quotes.",
        )
        return None
    if len(row.cells) < width:
        notes.repaired(
            "short row",
            row=row.place,
            reason=f"{len(row.cells)} cells under {width} headings; the rest is read as empty",
        )
    cells = (*row.cells[:width], *[""] * (width - len(row.cells)))
    for column, cell in zip(columns, cells, strict=True):
        if len(cell) > limits.max_cell_chars:
            notes.refused(
                "limit",
                row=row.place,
                column=column,
                reason=f"the cell has {len(cell):,} characters, more than the limit "
                f"max_cell_chars = {limits.max_cell_chars:,}",
                remedy="Shorten it, or raise max_cell_chars.",
            )
            return None
    return Row(row.place, cells, row.numeric)


def _csv(path: Path, notes: Notes, limits: Limits) -> Iterator[Row]:
    encoding, damaged = encoding_of(path, limits)
    if encoding == "cp1252":
        notes.repaired(
            "encoding",
            row="",
            reason="not UTF-8; read as Windows-1252",
            remedy="Check names with accents; better, save the file as UTF-8.",
        )
    if damaged:
        notes.repaired(
            "encoding",
            row="",
            reason=f"{damaged} damaged characters became \ufffd",
            remedy="Export the file again.",
            times=damaged,
        )
    with open_text(path, encoding, limits) as file:
        lines = Lines(file, limits)
        for number, row in enumerate(csv_rows(lines, delimiter_of(lines)), start=1):
            place = f"row {number}"
            if isinstance(row, CsvProblem):
                notes.rows_read += 1
                notes.refused(row.kind, row=place, reason=row.reason, remedy=row.remedy)
                continue
            if row.mended:
                notes.repaired("stray quotes", row=place, reason="its quotes are not paired")
            yield Row(place, tuple(map(plain, row.cells)))
    if lines.nuls:
        notes.repaired(
            "NUL characters",
            row="",
            reason=f"{lines.nuls} NUL characters left out",
            times=lines.nuls,
        )


def _xlsx(path: Path, notes: Notes, limits: Limits) -> Iterator[Row]:
    import openpyxl

    with path.open("rb") as file:  # by its name, openpyxl would go by the name's ending
        try:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        except MemoryError:
            raise
        except Exception as error:  # openpyxl lets through whatever a broken part raises
            raise _damaged(notes, error) from error
        filled = False
        for sheet in book.worksheets:
            if filled:
                notes.repaired(
                    "other sheets left out",
                    row="",
                    reason=f"sheet {sheet.title!r} is not read, only the first filled one",
                    remedy="Save it as a file of its own to import it.",
                )
                continue
            for row in _sheet_rows(sheet, notes, limits):
                filled = filled or any(row.cells)
                yield row


def _sheet_rows(sheet: Any, notes: Notes, limits: Limits) -> Iterator[Row]:
    rows = filled_rows(sheet, limits)
    while True:
        try:
            number, cells = next(rows)
        except StopIteration:
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
        except MemoryError:
            raise
        except Exception as error:
            raise _damaged(notes, error) from error
        values = [cells[n].value if n in cells else None for n in range(1, max(cells) + 1)]
        numeric = {i for i, v in enumerate(values) if isinstance(v, float) and not v.is_integer()}
        yield Row(f"row {number}", tuple(map(_shown, values)), frozenset(numeric))


def _damaged(notes: Notes, error: Exception) -> Exception:
    return refuse(
        notes.file,
        f"the workbook cannot be read ({error})",
        "Open it in a spreadsheet program and save it again as .xlsx.",
    )


def _shown(value: object) -> str:
    """Return a cell's value as text: 34.0 is "34", a date is ISO 8601, a formula its result."""
    if value is None:
        return ""
    if isinstance(value, _DATED):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
