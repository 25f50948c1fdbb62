"""Spreadsheets whose cells are text and nothing else, ready to print."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from linker.documents import citation
from linker.documents.converging import Converging
from linker.documents.inputs import Source
from linker.documents.matrix import Row
from linker.documents.writers.letters import broken
from linker.documents.writers.phrasing import PROMISE, clean, footer, shade
from linker.documents.writers.reproducible_zip import settled
from linker.i18n.language import is_right_to_left_spoken
from linker.i18n.messages import tr, tr_later
from linker.vocabulary.text import is_right_to_left

FONT = "Arial"
LIMIT = 32_767
"""Characters that a cell can hold (Excel specifications and limits)."""
HIGHEST, LINE = 409, 12
"""Points that a row (Excel specifications and limits) and a line of text are high."""
SIZE = 9.0
"""Points of the letters of a cell."""
PAGE_WIDTH = 152.0
"""Characters that a landscape A4 page holds beside each other at full size."""
WIDEST = PAGE_WIDTH * SIZE / 8
"""Characters that it holds in letters of eight points."""
POINTS, INSIDE = 5.25, 4.0
"""Points that a character of a column's width is wide, and that its cells leave at their edges."""
REFUSED = tr_later("Grey cells say which recommendation a row is about: they stay as they are.")
HEADER_FILL, UMBRELLA_FILL, THEME_FILL, LOCKED_FILL = "1F3A5F", "9DB4D0", "D6E2F0", "F2F2F2"


_worn: WeakKeyDictionary[Any, dict[tuple[Any, ...], Any]] = WeakKeyDictionary()
"""Of each workbook that is being written: the styles of its cells by their manner."""


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
        printed: whether pages have it; columns for the screen stand outside those that do, and
            what Linker says in one stands on one line: it makes no row of a page higher.
    """

    name: str
    title: str
    width: float
    cell: Callable[..., str] = _empty
    millimetres: float = 0.0
    editable: bool = False
    printed: bool = True

    @property
    def wraps(self) -> bool:
        """Whether its cells have several lines."""
        return self.printed or self.editable


def new_workbook(source: Source, title: str) -> Any:
    """Return a workbook with one empty sheet and its properties set."""
    import openpyxl

    workbook: Any = openpyxl.Workbook()
    properties = workbook.properties
    properties.title = clean(f"{source.state_name}: {title}")
    properties.creator = f"Linker {source.version}"
    properties.description = clean(" ".join(p for p in (source.notice, footer(source)) if p))
    workbook.active.title = title[:31]
    workbook.active.sheet_view.rightToLeft = is_right_to_left_spoken() or None
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
    size: float = SIZE,
    locked: bool = True,
    border: bool = True,
    wrap: bool = True,
) -> Any:
    """Write text into a cell, whatever it starts with; formulas stay text."""
    text = clean(value)
    if len(text) > LIMIT:
        text = text[: LIMIT - 1] + "…"
    cell = sheet.cell(row=row, column=column)
    manner = (bold, colour, size, fill, locked, border, wrap, is_right_to_left(text))
    _dress(cell, sheet.parent, manner)
    if text:
        cell.value = text
        # openpyxl takes "=…" for a formula and "#N/A" for an error unless told what it is.
        cell.data_type = "s"
        if text.startswith(("=", "+", "-", "@")):
            cell.quotePrefix = True
    return cell


def _dress(cell: Any, workbook: Any, manner: tuple[Any, ...]) -> None:
    """Give a cell its styles; those of a workbook's earlier cell of the same manner where it can.

    openpyxl looks each style up among all of the workbook's at every assignment, which takes most
    of the time of writing; the numbers that it found (``_style``) say the same of a later cell.
    """
    worn = _worn.setdefault(workbook, {})
    if manner in worn:
        cell._style = copy(worn[manner])
        return
    for name, style in _manner(*manner):
        setattr(cell, name, style)
    worn[manner] = copy(cell._style)


@cache
def _manner(
    bold: bool,
    colour: str,
    size: float,
    fill: str,
    locked: bool,
    border: bool,
    wrap: bool,
    rtl: bool,
) -> tuple[tuple[str, Any], ...]:
    """Return the styles of a cell; cells share them, for making each anew takes long."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

    styles: list[tuple[str, Any]] = [
        ("alignment", Alignment(wrap_text=wrap, vertical="top", readingOrder=2 if rtl else 0)),
        ("font", Font(name=FONT, size=size, bold=bold, color=colour)),
        ("protection", Protection(locked=locked)),
    ]
    if fill:
        styles.append(("fill", PatternFill("solid", start_color=fill, end_color=fill)))
    if border:
        line = Side(style="thin", color="C3CCD5")
        styles.append(("border", Border(left=line, right=line, top=line, bottom=line)))
    return tuple(styles)


def put_top(
    sheet: Any, source: Source, title: str, lines: Sequence[str], columns: Sequence[Column]
) -> int:
    """Write title, notice and explanation above the printed columns, as wide as those.

    Args:
        sheet: the sheet.
        source: what it is made from.
        title: of the document.
        lines: below the title.
        columns: of the table.

    Returns:
        The number of the row after them.
    """
    texts = [(f"{source.state_name} · {tr(title)}", 14.0, "1F3A5F")]
    if source.notice:
        texts.append((source.notice, 10.0, "9A3412"))
    texts += [(tr(line), SIZE, "5A6672") for line in (source.calendar, *lines) if line]
    first = next(at for at, column in enumerate(columns, start=1) if column.printed)
    width = sum(column.width for column in columns if column.printed) * POINTS
    number = 0
    for text, size, colour in texts:
        for line in broken(text, width, size):
            number += 1
            cell = put(sheet, number, first, line, bold=size > SIZE, size=size, colour=colour,
                       border=False)  # fmt: skip
            cell.alignment = _on_one_line()
    return number + 1


@cache
def _on_one_line() -> Any:
    from openpyxl.styles import Alignment

    return Alignment(wrap_text=False, vertical="top")


def put_header(sheet: Any, row: int, columns: Sequence[Column]) -> None:
    """Write the headings and set the widths of the columns."""
    from openpyxl.utils import get_column_letter

    for number, column in enumerate(columns, start=1):
        put(sheet, row, number, tr(column.title), bold=True, colour="FFFFFF", fill=HEADER_FILL)
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    # The button of the filter covers the end of a heading.
    lines = max(lines_in(f"{tr(column.title)} xx", column.width) for column in columns)
    sheet.row_dimensions[row].height = LINE * lines + 3


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
        fill = shade(column.name, value)
        put(sheet, row, place, value, fill=fill, bold=bold, wrap=column.wraps)
    fit_height(sheet, row, columns, values)


def fit_height(sheet: Any, row: int, columns: Sequence[Column], values: Sequence[str]) -> None:
    """Set the height of a row to its longest cell: not every program does so by itself.

    The height is no fixed one: a program makes the row higher when somebody writes more into it.
    """
    lines = max(lines_in(text, c.width) for c, text in zip(columns, values, strict=True) if c.wraps)
    sheet.row_dimensions[row] = _fitted()(
        sheet, index=row, ht=min(HIGHEST, max(15, LINE * lines + 1))
    )


@cache
def _fitted() -> Any:
    from openpyxl.worksheet.dimensions import RowDimension

    class Fitted(RowDimension):
        """A row with a height that nobody set by hand; openpyxl calls every height such a one."""

        @property
        def customHeight(self) -> bool:  # noqa: N802
            return False

    return Fitted


def lines_in(text: str, width: float) -> int:
    """Return how many lines a text takes in a column of some characters' width."""
    return len(broken(text, width * POINTS - INSIDE, SIZE))


def converging_lines(row: Row) -> list[str]:
    """Return what asks the same as a row and what asks the contrary, each quoted in a line."""
    said = [f"{c.reference} [{c.mark.text}]: {c.quote}" for c in row.quoted_here]
    said += [
        tr("{names} [{mark}]: quoted under {place}", names=b.names, mark=b.mark, place=b.place)
        for b in row.quoted_before
    ]
    return said + contrary_lines(row.contrary)


def contrary_lines(contrary: Sequence[Converging]) -> list[str]:
    """Return what asks the contrary, each quoted in a line."""
    return [
        tr(
            "Asks the contrary: {reference} [{text}]: {quote}",
            reference=c.reference,
            text=c.mark.text,
            quote=c.quote,
        )
        for c in contrary
    ]


def contrary_names(contrary: Sequence[Converging]) -> list[str]:
    """Return what asks the contrary by symbol and paragraph alone."""
    return [tr("Asks the contrary: {name}", name=citation.name(c.record)) for c in contrary]


def converging(row: Row, width: float) -> str:
    """Return what asks the same as a row, as full as a cell can show it.

    Args:
        row: of the matrix.
        width: of the column, in characters.
    """
    cited = [f"{citation.name(c.record)} [{c.mark.text}]" for c in row.converging]
    cited += contrary_names(row.contrary)
    return as_full_as_fits(converging_lines(row), cited, width)


def as_full_as_fits(said: Sequence[str], cited: Sequence[str], width: float) -> str:
    """Return lines with their words where they fit; else what they are cited by, alone.

    A row can be no higher than 409 points and hides what lies below.

    Args:
        said: the lines in full.
        cited: the same by symbol, paragraph and mark.
        width: of the column, in characters.
    """
    for text in ("\n".join(said), "\n".join(cited)):
        if lines_in(text, width) * LINE < HIGHEST:
            return text
    return "; ".join(cited)


def print_setup(
    sheet: Any,
    source: Source,
    header_row: int,
    columns: Sequence[Column],
    note: str = PROMISE,
) -> None:
    """Landscape A4, one page wide, headings on every page, numbered pages, a filter.

    Args:
        sheet: the sheet.
        source: what it is made from.
        header_row: number of the row of headings.
        columns: of the table; the printed ones beside each other, at most `WIDEST` in all.
        note: what stands at the foot of each page.
    """
    from openpyxl.utils import get_column_letter

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{header_row}:{header_row}"
    places = [at for at, column in enumerate(columns, start=1) if column.printed]
    first, last = get_column_letter(places[0]), get_column_letter(places[-1])
    sheet.print_area = f"{first}1:{last}{sheet.max_row}"
    sheet.page_margins.left = sheet.page_margins.right = 0.3
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.6
    # "&" starts a code in headers and footers.
    sheet.oddFooter.left.text = tr(note)
    sheet.oddFooter.right.text = tr("Page &P of &N")
    sheet.oddFooter.left.size = sheet.oddFooter.right.size = 8
    if source.notice:
        sheet.oddHeader.center.text = source.notice.replace("&", "&&")
    end = get_column_letter(len(columns))
    sheet.auto_filter.ref = f"A{header_row}:{end}{sheet.max_row}"
    sheet.freeze_panes = sheet.cell(row=header_row + 1, column=3)


def protect(sheet: Any, header_row: int, columns: Sequence[Column]) -> None:
    """Guard a table that people fill in; sorting, filtering and sizing stay allowed. No password.

    Excel sorts a protected sheet only where no cell of the table is locked: what identifies a row
    is therefore guarded by a rule that refuses what is typed. Rows and headings stay locked.

    Args:
        sheet: the sheet, its cells put with ``locked=False``.
        header_row: number of the row of headings.
        columns: of the table; those that are not editable are guarded.
    """
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    protection = sheet.protection
    protection.sheet = True
    protection.autoFilter = protection.sort = False
    protection.formatColumns = protection.formatRows = protection.formatCells = False
    rule = DataValidation(
        type="custom",
        formula1="FALSE",
        allow_blank=False,
        showErrorMessage=True,
        errorTitle=tr("This cell identifies the row"),
        error=tr(REFUSED),
    )
    last = max(sheet.max_row, header_row + 1)
    for place, column in enumerate(columns, start=1):
        if not column.editable:
            letter = get_column_letter(place)
            rule.add(f"{letter}{header_row + 1}:{letter}{last}")
    sheet.add_data_validation(rule)


def save(workbook: Any, path: Path, source: Source) -> None:
    """Write the workbook; the same content gives the same bytes."""
    buffer = io.BytesIO()
    workbook.save(buffer)
    path.write_bytes(settled(buffer.getvalue(), source.date))
