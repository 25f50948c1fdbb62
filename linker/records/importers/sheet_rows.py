"""The filled rows of an XLSX sheet, one by one, wherever they stand.

openpyxl's own way makes every row between the first and the last, and every cell between the
first column and the last: one stray cell far down or far right costs minutes and gigabytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from linker.records.importers.base import Limits

LAST_ROW = 1_048_576
"""Of any sheet."""
LOST = "lost"
"""Type of a cell whose formula was never computed or is in error ("#REF!")."""
_DECIMALS = re.compile(r"(?:#,##)?0\.(0{1,4})(?:_\))?")


class NoSuchRow(ValueError):  # noqa: N818 - reads as what it is
    """A row number beyond the last one that a sheet can have."""

    def __init__(self, number: int) -> None:
        """Say which."""
        super().__init__(f"a row is numbered {number:,}; sheets end at row {LAST_ROW:,}")


class TooManyBlankRows(Exception):  # noqa: N818 - caught where the rows are read
    """More than ``max_blank_rows`` rows without a value are written one after another."""


@dataclass(frozen=True, slots=True)
class FilledCell:
    """What a cell holds.

    Attributes:
        value: as openpyxl reads it.
        data_type: as openpyxl names it; "f" is a formula, `LOST` one without a value.
        decimals: decimals that its number format shows, such as 2 for "0.00"; 0 for others.
        struck: whether its letters are struck out.
    """

    value: Any
    data_type: str
    decimals: int = 0
    struck: bool = False


def filled_rows(sheet: Any, limits: Limits) -> Iterator[tuple[int, Mapping[int, FilledCell]]]:
    """Yield (row number, column number -> cell), both counted from 1, for rows with cells.

    Args:
        sheet: of a workbook that openpyxl opened with ``read_only=True``.
        limits: how much is read; cells beyond ``max_columns`` are passed over.

    Raises:
        TooManyBlankRows: ``max_blank_rows`` are exceeded; rows that are not written do not count.
        NoSuchRow: a row stands where no spreadsheet has any.
    """
    book = sheet.parent
    struck = {
        place for place, style in enumerate(book._cell_styles) if book._fonts[style.fontId].strike
    }
    with sheet._get_source() as source:
        parser = _parser_class()(
            source,
            sheet._shared_strings,
            data_only=book.data_only,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        blank = 0
        for number, cells in parser.parse():
            if number > LAST_ROW:
                raise NoSuchRow(number)
            filled = {
                cell["column"]: FilledCell(
                    cell["value"],
                    cell["data_type"],
                    _decimals(book, cell),
                    (cell.get("style_id") or 0) in struck,
                )
                for cell in cells
                if cell["value"] is not None and cell["column"] <= limits.max_columns
            }
            if filled:
                blank = 0
                yield number, filled
            elif (blank := blank + 1) > limits.max_blank_rows:
                raise TooManyBlankRows


@cache
def _parser_class() -> Any:
    from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

    class Parser(WorkSheetParser):
        """Keeps the cells whose formula has no value: openpyxl's own takes them for empty."""

        def parse_cell(self, element: Any) -> dict[str, Any]:
            cell: dict[str, Any] = super().parse_cell(element)
            formula = cell["value"] is None and element.find(FORMULA_TAG) is not None
            # A formula whose value is an empty text says so by its type.
            if cell["data_type"] == "e" or (formula and element.get("t") != "str"):
                cell |= {"value": "", "data_type": LOST}
            return cell

    return Parser


def _decimals(book: Any, cell: Mapping[str, Any]) -> int:
    """Return how many decimals a cell's format shows of its number."""
    if not isinstance(cell["value"], float):
        return 0
    from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

    number = book._cell_styles[cell.get("style_id") or 0].numFmtId
    own = number - BUILTIN_FORMATS_MAX_SIZE
    known = BUILTIN_FORMATS.get(number, "") if own < 0 else book._number_formats[own]
    shown = _DECIMALS.fullmatch(known)
    return len(shown[1]) if shown else 0
