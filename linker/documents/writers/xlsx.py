"""Spreadsheets whose cells are text and nothing else, ready to print."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from linker.documents import citation
from linker.documents.inputs import Source
from linker.documents.matrix import Row
from linker.documents.writers.phrasing import PROMISE, clean, footer, shade
from linker.documents.writers.reproducible_zip import settled
from linker.vocabulary.text import is_right_to_left

FONT = "Arial"
LIMIT = 32_767
"""Characters that a cell can hold (Excel specifications and limits)."""
HIGHEST, LINE = 409, 12
"""Points that a row (Excel specifications and limits) and a line of text are high."""
PAGE_WIDTH = 150
"""Characters that a landscape A4 page holds beside each other in letters one can still read."""
HEADER_FILL, UMBRELLA_FILL, THEME_FILL, LOCKED_FILL = "1F3A5F", "9DB4D0", "D6E2F0", "F2F2F2"


def _empty(*_: Any) -> str:
    return ""


@dataclass(frozen=True)
class Column:
    """A column of a sheet.

    Attributes:
        name: key of the row's value.
        title: heading.
        width: in characters.
        cell: what stands in it, from what the rows of its sheet are made of.
        millimetres: of a page's column; 0 where no page has it.
        editable: whether people may fill it in.
    """

    name: str
    title: str
    width: float
    cell: Callable[..., str] = _empty
    millimetres: float = 0.0
    editable: bool = False


def new_workbook(source: Source, title: str) -> Any:
    """Return a workbook with one empty sheet and its properties set."""
    import openpyxl

    workbook: Any = openpyxl.Workbook()
    properties = workbook.properties
    properties.title = clean(f"{source.state_name}: {title}")
    properties.creator = f"Linker {source.version}"
    properties.description = clean(" ".join(p for p in (source.notice, footer(source)) if p))
    workbook.active.title = title[:31]
    return workbook


def put(
    sheet: Any,
    row: int,
    column: int,
    value: str,
    *,
    bold: bool = False,
    colour: str = "1A2B3C",
    fill: str = "",
    size: float = 9,
    locked: bool = True,
    border: bool = True,
) -> Any:
    """Write text into a cell, whatever it starts with; formulas stay text."""
    text = clean(value)
    if len(text) > LIMIT:
        text = text[: LIMIT - 1] + "…"
    cell = sheet.cell(row=row, column=column)
    if text:
        cell.value = text
        # openpyxl takes "=…" for a formula and "#N/A" for an error unless told what it is.
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
    manner = _manner(bold, colour, size, fill, locked, border, is_right_to_left(text))
    for name, style in manner:
        setattr(cell, name, style)
    return cell


@cache
def _manner(
    bold: bool, colour: str, size: float, fill: str, locked: bool, border: bool, rtl: bool
) -> tuple[tuple[str, Any], ...]:
    """Return the styles of a cell; cells share them, for making each anew takes long."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

    styles: list[tuple[str, Any]] = [
        ("alignment", Alignment(wrap_text=True, vertical="top", readingOrder=2 if rtl else 0)),
        ("font", Font(name=FONT, size=size, bold=bold, color=colour)),
        ("protection", Protection(locked=locked)),
    ]
    if fill:
        styles.append(("fill", PatternFill("solid", start_color=fill, end_color=fill)))
    if border:
        line = Side(style="thin", color="C3CCD5")
        styles.append(("border", Border(left=line, right=line, top=line, bottom=line)))
    return tuple(styles)


def put_top(sheet: Any, source: Source, title: str, lines: Sequence[str]) -> int:
    """Write title, notice and explanation; return the number of the row after them."""
    from openpyxl.styles import Alignment

    texts = [(f"{source.state_name} · {title}", 14.0, "1F3A5F")]
    if source.notice:
        texts.append((source.notice, 10.0, "9A3412"))
    texts += [(line, 9.0, "5A6672") for line in (source.calendar, *lines) if line]
    for number, (text, size, colour) in enumerate(texts, start=1):
        cell = put(sheet, number, 1, text, bold=size > 9, size=size, colour=colour, border=False)
        cell.alignment = Alignment(wrap_text=False, vertical="top")
    return len(texts) + 1


def put_header(sheet: Any, row: int, columns: Sequence[Column]) -> None:
    """Write the headings and set the widths of the columns."""
    from openpyxl.utils import get_column_letter

    for number, column in enumerate(columns, start=1):
        put(sheet, row, number, column.title, bold=True, colour="FFFFFF", fill=HEADER_FILL)
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.row_dimensions[row].height = 42


def put_table(
    sheet: Any, top: int, columns: Sequence[Column], lines: Iterable[tuple[Any, ...]]
) -> None:
    """Write the headings and, below them, a row for each line.

    Args:
        sheet: the sheet.
        top: number of the row of headings.
        columns: of the table.
        lines: what the cells of each row are made of.
    """
    put_header(sheet, top, columns)
    for number, line in enumerate(lines, start=top + 1):
        put_row(sheet, number, columns, [column.cell(*line) for column in columns])


def put_row(sheet: Any, row: int, columns: Sequence[Column], values: Sequence[str]) -> None:
    """Write a recommendation, its number in bold, as high as its longest cell.

    Args:
        sheet: the sheet.
        row: number of the row.
        columns: of the table.
        values: one for each column.
    """
    for place, (column, value) in enumerate(zip(columns, values, strict=True), start=1):
        bold = column.name == "number"
        put(sheet, row, place, value, fill=shade(column.name, value), bold=bold)
    fit_height(sheet, row, columns, values)


def fit_height(sheet: Any, row: int, columns: Sequence[Column], values: Sequence[str]) -> None:
    """Set the height of a row to its longest cell: not every program does so by itself."""
    lines = max(lines_of(text, c.width) for c, text in zip(columns, values, strict=True))
    sheet.row_dimensions[row].height = min(HIGHEST, max(15, LINE * lines + 3))


def lines_of(text: str, width: float) -> int:
    """Return about how many lines a text takes in a column of some characters' width."""
    return sum(1 + int(len(line) * 0.85 / max(width, 1)) for line in text.split("\n"))


def converging(row: Row, width: float) -> str:
    """Return what asks the same as a row, as full as a cell can show it.

    Args:
        row: of the matrix.
        width: of the column, in characters.
    """
    said = [f"{c.reference} [{c.mark.text}]: {c.quote}" for c in row.quoted_here]
    said += [f"{b.names} [{b.mark}]: quoted under {b.place}" for b in row.quoted_before]
    said += [f"Asks the contrary: {c.reference} [{c.mark.text}]: {c.quote}" for c in row.contrary]
    cited = [f"{citation.name(c.record)} [{c.mark.text}]" for c in row.converging]
    cited += [f"Asks the contrary: {citation.name(c.record)}" for c in row.contrary]
    return as_full_as_fits(said, cited, width)


def as_full_as_fits(said: Sequence[str], cited: Sequence[str], width: float) -> str:
    """Return lines with their words where they fit; else what they are cited by, alone.

    A row can be no higher than 409 points and hides what lies below.

    Args:
        said: the lines in full.
        cited: the same by symbol, paragraph and mark.
        width: of the column, in characters.
    """
    for text in ("\n".join(said), "\n".join(cited)):
        if lines_of(text, width) * LINE < HIGHEST:
            return text
    return "; ".join(cited)


def print_setup(
    sheet: Any,
    source: Source,
    header_row: int,
    columns: Sequence[Column],
    first: str = "",
    note: str = PROMISE,
) -> None:
    """Landscape A4, headings on every page, numbered pages, as many beside each other as it takes.

    Args:
        sheet: the sheet.
        source: what it is made from.
        header_row: number of the row of headings.
        columns: of the table.
        first: columns that each page begins with, such as "A:D"; empty for none.
        note: what stands at the foot of each page.
    """
    from openpyxl.utils import get_column_letter

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    wide = max(1, round(sum(column.width for column in columns) / PAGE_WIDTH))
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = wide, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{header_row}:{header_row}"
    if first:
        sheet.print_title_cols = first
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.6
    # "&" starts a code in headers and footers.
    sheet.oddFooter.left.text = note
    sheet.oddFooter.right.text = "Page &P of &N"
    sheet.oddFooter.left.size = sheet.oddFooter.right.size = 8
    if source.notice:
        sheet.oddHeader.center.text = source.notice.replace("&", "&&")
    last = get_column_letter(len(columns))
    sheet.auto_filter.ref = f"A{header_row}:{last}{sheet.max_row}"
    sheet.freeze_panes = sheet.cell(row=header_row + 1, column=3)


def save(workbook: Any, path: Path, source: Source) -> None:
    """Write the workbook; the same content gives the same bytes."""
    buffer = io.BytesIO()
    workbook.save(buffer)
    path.write_bytes(settled(buffer.getvalue(), source.date))
