"""The filled rows of an XLSX sheet, one by one, wherever they stand.

openpyxl's own way makes every row between the first and the last, and every cell between the
first column and the last: one stray cell far down or far right costs minutes and gigabytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from linker.records.importers.base import Limits


class TooManyBlankRows(Exception):  # noqa: N818 - caught where the rows are read
    """More than ``max_blank_rows`` rows without a value are written one after another."""


@dataclass(frozen=True, slots=True)
class FilledCell:
    """What a cell holds: its value and, as openpyxl names it, its type ("f" is a formula)."""

    value: Any
    data_type: str


def filled_rows(sheet: Any, limits: Limits) -> Iterator[tuple[int, Mapping[int, FilledCell]]]:
    """Yield (row number, column number -> cell), both counted from 1, for rows with cells.

    Args:
        sheet: of a workbook that openpyxl opened with ``read_only=True``.
        limits: how much is read; cells beyond ``max_columns`` are passed over.

    Raises:
        TooManyBlankRows: ``max_blank_rows`` are exceeded; rows that are not written do not count.
    """
    from openpyxl.worksheet._reader import WorkSheetParser

    book = sheet.parent
    with sheet._get_source() as source:
        parser = WorkSheetParser(
            source,
            sheet._shared_strings,
            data_only=book.data_only,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        blank = 0
        for number, cells in parser.parse():
            filled = {
                cell["column"]: FilledCell(cell["value"], cell["data_type"])
                for cell in cells
                if cell["value"] is not None and cell["column"] <= limits.max_columns
            }
            if filled:
                blank = 0
                yield number, filled
            elif (blank := blank + 1) > limits.max_blank_rows:
                raise TooManyBlankRows
