"""Pieces of Word documents as XML: runs, paragraphs, cells and rows, built quickly.

python-docx looks every cell up anew, which takes minutes for a table of a thousand rows.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from linker.documents.writers.phrasing import clean
from linker.i18n.language import is_right_to_left_spoken
from linker.vocabulary.text import is_right_to_left

TWIPS_PER_MM = 56.6929


@dataclass(frozen=True)
class Run:
    """A stretch of text in one manner.

    Attributes:
        text: the text; line breaks stay.
        bold: bold.
        italic: italic.
        colour: of the letters, RRGGBB; empty as the style says.
        fill: behind the letters, RRGGBB; empty for none.
        footnote: number of the footnote whose mark this is, instead of text; 0 for none.
    """

    text: str
    bold: bool = False
    italic: bool = False
    colour: str = ""
    fill: str = ""
    footnote: int = 0


@dataclass(frozen=True)
class Par:
    """A paragraph.

    Attributes:
        runs: its text.
        style: name of a style that `new_document` made.
        anchor: bookmark that links lead to; empty for none.
        target: bookmark that the paragraph leads to, as an entry of the contents.
        page_break: whether it begins a page.
    """

    runs: tuple[Run, ...]
    style: str = "Cell"
    anchor: str = ""
    target: str = ""
    page_break: bool = False

    @classmethod
    def of(
        cls,
        text: str,
        style: str = "Cell",
        anchor: str = "",
        target: str = "",
        page_break: bool = False,
        **manner: Any,
    ) -> Par:
        """Return a paragraph in one manner."""
        return cls((Run(text, **manner),), style, anchor, target, page_break)


Cell = tuple[Sequence[Par], str]
"""Paragraphs, and the shading of the cell (RRGGBB or empty)."""


def cells(
    widths: Sequence[float],
    contents: Sequence[Cell],
    repeat: bool = False,
    whole: bool = False,
    height: float = 0,
) -> Any:
    """Return a table row.

    Args:
        widths: of the columns, in millimetres.
        contents: one cell a column.
        repeat: a header that every page repeats.
        whole: never split over two pages.
        height: least height in millimetres, for cells to write in.
    """
    from docx.oxml import OxmlElement

    row = OxmlElement("w:tr")
    if repeat or whole or height:
        properties = child(row, "w:trPr")
        child(properties, "w:cantSplit")
        if height:
            child(properties, "w:trHeight", val=twips(height), hRule="atLeast")
        if repeat:
            child(properties, "w:tblHeader")
    for width, (paragraphs, fill) in zip(widths, contents, strict=True):
        row.append(_cell(width, paragraphs, fill))
    return row


def band(widths: Sequence[float], paragraph: Par, fill: str) -> Any:
    """Return a row of one cell over all columns, kept with the row after it."""
    from docx.oxml import OxmlElement

    row = OxmlElement("w:tr")
    child(child(row, "w:trPr"), "w:cantSplit")
    cell = _cell(sum(widths), [paragraph], fill)
    span = OxmlElement("w:gridSpan")
    span.set(qualified("w:val"), str(len(widths)))
    cell[0].insert(1, span)
    row.append(cell)
    return row


def paragraph_element(paragraph: Par) -> Any:
    """Return a paragraph as XML, from right to left where its text runs so."""
    from docx.oxml import OxmlElement

    element = OxmlElement("w:p")
    properties = child(element, "w:pPr")
    child(properties, "w:pStyle", val=paragraph.style.replace(" ", ""))
    if paragraph.page_break:
        child(properties, "w:pageBreakBefore")
    longest = max((run.text for run in paragraph.runs), key=len, default="")
    if is_right_to_left(longest) or (is_right_to_left_spoken() and not longest.strip()):
        child(properties, "w:bidi")
    runs = [run_element(run, is_right_to_left(run.text)) for run in paragraph.runs]
    if paragraph.anchor:
        number = str(zlib.crc32(paragraph.anchor.encode()) & 0x7FFFFFFF)
        child(element, "w:bookmarkStart", id=number, name=paragraph.anchor)
    holder = child(element, "w:hyperlink", anchor=paragraph.target) if paragraph.target else element
    holder.extend(runs)
    if paragraph.anchor:
        child(element, "w:bookmarkEnd", id=number)
    return element


def contents_field(entries: Sequence[Any]) -> list[Any]:
    """Return paragraphs as the result of a TOC field over headings of the first two levels."""
    from docx.oxml import OxmlElement

    def mark(kind: str) -> Any:
        run = OxmlElement("w:r")
        child(run, "w:fldChar", fldCharType=kind)
        return run

    code = OxmlElement("w:r")
    child(code, "w:instrText").text = ' TOC \\o "1-2" \\h '
    last = OxmlElement("w:p")
    last.append(mark("end"))
    if entries:
        for place, part in enumerate((mark("begin"), code, mark("separate")), start=1):
            entries[0].insert(place, part)
    return [*entries, last] if entries else []


def run_element(run: Run, rtl: bool) -> Any:
    """Return a run as XML; line breaks stay, tabs become blanks."""
    from docx.oxml import OxmlElement

    element = OxmlElement("w:r")
    properties = child(element, "w:rPr")
    if run.footnote:
        child(properties, "w:rStyle", val="FootnoteReference")
        child(element, "w:footnoteReference", id=str(run.footnote))
        return element
    if run.bold:
        child(properties, "w:b")
        child(properties, "w:bCs")
    if run.italic:
        child(properties, "w:i")
    if run.colour:
        child(properties, "w:color", val=run.colour)
    if run.fill:
        child(properties, "w:shd", val="clear", color="auto", fill=run.fill)
    if rtl:
        child(properties, "w:rtl")
    for number, line in enumerate(clean(run.text).split("\n")):
        if number:
            child(element, "w:br")
        text = child(element, "w:t")
        text.text = line.replace("\t", " ")
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element


def field_element(code: str) -> Any:
    """Return a field that the word processor fills in: PAGE or NUMPAGES."""
    from docx.oxml import OxmlElement

    field = OxmlElement("w:fldSimple")
    field.set(qualified("w:instr"), code)
    field.append(run_element(Run("1"), rtl=False))
    return field


def tab_element() -> Any:
    """Return a run that holds one tab."""
    from docx.oxml import OxmlElement

    run = OxmlElement("w:r")
    child(run, "w:tab")
    return run


def child(parent: Any, tag: str, **attributes: str) -> Any:
    """Add an element with attributes of the main namespace, and return it."""
    from docx.oxml import OxmlElement

    child = OxmlElement(tag)
    for name, value in attributes.items():
        child.set(qualified(f"w:{name}"), value)
    parent.append(child)
    return child


def qualified(tag: str) -> Any:
    """Return a name such as ``w:val`` with its namespace spelt out."""
    from docx.oxml.ns import qn

    return qn(tag)


def twips(millimetres: float) -> str:
    """Return a length in twentieths of a point, as Word counts."""
    return str(round(millimetres * TWIPS_PER_MM))


def _cell(width: float, paragraphs: Sequence[Par], fill: str) -> Any:
    from docx.oxml import OxmlElement

    cell = OxmlElement("w:tc")
    properties = child(cell, "w:tcPr")
    child(properties, "w:tcW", w=twips(width), type="dxa")
    if fill:
        child(properties, "w:shd", val="clear", color="auto", fill=fill)
    for paragraph in paragraphs or [Par(())]:
        cell.append(paragraph_element(paragraph))
    return cell
