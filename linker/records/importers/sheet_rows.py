"""The filled rows of an XLSX sheet, one by one, wherever they stand.

openpyxl's own way makes every row between the first and the last, and every cell between the
first column and the last: one stray cell far down or far right costs minutes and gigabytes.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from linker.records.importers.base import Limits
from linker.records.importers.un.xml_parts import child, is_on, local

LAST_ROW = 1_048_576
"""Of any sheet."""
_LAST_COLUMN = 16_384
LOST = "lost"
"""Type of a cell whose formula was never computed or is in error ("#REF!")."""
_YES = frozenset({"1", "true", "on"})
_STRINGS = "sharedstrings.xml"
_STRUCK = "_struck_strings_of_linker"
_CHUNK = 1 << 20
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
        struck: what of it is struck out.
        hidden: whether the row or the column that it stands in is hidden.
    """

    value: Any
    data_type: str
    decimals: int = 0
    struck: str = ""
    hidden: Literal["", "row", "column"] = ""


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
        parser.struck_strings = _struck_strings(book)
        blank = 0
        for number, cells in parser.parse():
            if number > LAST_ROW:
                raise NoSuchRow(number)
            hiding = parser.hiding(number)
            filled = {
                cell["column"]: FilledCell(
                    cell["value"],
                    cell["data_type"],
                    _decimals(book, cell),
                    str(cell["value"])
                    if struck and (cell.get("style_id") or 0) in struck
                    else cell.get("struck", ""),
                    hiding.get(cell["column"], hiding[0]) if hiding else "",
                )
                for cell in cells
                if cell["value"] is not None and cell["column"] <= limits.max_columns
            }
            if filled:
                blank = 0
                yield number, filled
            elif (blank := blank + 1) > limits.max_blank_rows:
                raise TooManyBlankRows


def _struck_strings(book: Any) -> Mapping[int, str]:
    """Return number of a shared string -> what of it is struck out, for those of several runs."""
    found: dict[int, str] | None = getattr(book, _STRUCK, None)
    if found is None:
        names = [one for one in book._archive.namelist() if one.casefold().endswith(_STRINGS)]
        found = _struck_in_part(book._archive, names[0]) if names else {}
        setattr(book, _STRUCK, found)  # it may have many sheets, and they share their strings
    return found


def _struck_in_part(archive: zipfile.ZipFile, name: str) -> dict[int, str]:
    from openpyxl.xml.functions import iterparse

    with archive.open(name) as part:
        before = b""
        while chunk := part.read(_CHUNK):
            if b"strike" in before + chunk:
                break
            before = chunk[-10:]
        else:
            return {}
    found, number = dict[int, str](), 0
    with archive.open(name) as part:
        for _, element in iterparse(part):
            if local(element) == "si":
                if text := _struck_in(element):
                    found[number] = text
                number += 1
                element.clear()
    return found


def _struck_of(cell: Any, shared: Mapping[int, str]) -> str:
    """Return what of a cell is struck out run by run, and not by the style of the cell."""
    if shared and cell.get("t") == "s":
        value = child(cell, "v")
        return shared.get(int(value.text or -1), "") if value is not None else ""
    return _struck_in(child(cell, "is")) if cell.get("t") == "inlineStr" else ""


def _struck_in(string: Any) -> str:
    """Return the letters of a text of several runs that are struck out."""
    return "".join(
        text.text or ""
        for run in (() if string is None else string)
        if local(run) == "r" and is_on(child(child(run, "rPr"), "strike"))
        for text in run
        if local(text) == "t"
    )


def _hidden_in(columns: Any) -> dict[int, str]:
    """Return what hides each of some columns, 0 standing for all others; nothing where none is."""
    if columns.get("hidden", "") not in _YES:
        return {}
    last = min(int(columns.get("max")), _LAST_COLUMN)
    return {0: ""} | dict.fromkeys(range(int(columns.get("min")), last + 1), "column")


@cache
def _parser_class() -> Any:
    from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

    class Parser(WorkSheetParser):
        """Keeps what openpyxl's own leaves out, or does not tell.

        Cells whose formula has no value are not taken for empty; letters that are struck out and
        columns that are hidden are known.
        """

        struck_strings: Mapping[int, str]

        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            self._hidden_columns: dict[int, str] = {}

        def hiding(self, row: int) -> Mapping[int, str]:
            """Return column -> what hides it in a row, 0 for all others; nothing where none is."""
            about = self.row_dimensions.get(str(row), {})
            return {0: "row"} if about.get("hidden", "") in _YES else self._hidden_columns

        def parse_column_dimensions(self, col: Any) -> None:
            super().parse_column_dimensions(col)
            self._hidden_columns |= _hidden_in(col)

        def parse_cell(self, element: Any) -> dict[str, Any]:
            cell: dict[str, Any] = super().parse_cell(element)
            if struck := _struck_of(element, self.struck_strings):
                cell["struck"] = struck
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
