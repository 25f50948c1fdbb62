"""Word documents: page, styles, header and footer, paragraphs and tables."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from linker.documents.by_theme import Block, ByTheme
from linker.documents.inputs import Source
from linker.documents.shown_links import SdgRef
from linker.documents.writers.phrasing import PROMISE, clean, contrasting, footer
from linker.documents.writers.reproducible_zip import settled
from linker.documents.writers.template import from_template, has_header
from linker.documents.writers.wordparts import (
    Cell,
    Par,
    Run,
    band,
    cells,
    child,
    contents_field,
    field_element,
    paragraph_element,
    qualified,
    run_element,
    tab_element,
    twips,
)
from linker.i18n.language import bcp47, is_right_to_left_spoken
from linker.i18n.messages import tr
from linker.vocabulary.official import official_name

FONT = "Arial"
"""On every office computer, with Latin, Greek, Cyrillic, Arabic and Hebrew letters."""
A4 = (210, 297)
MARGIN, BESIDE_TABLES = 15, 10
"""Millimetres beside texts, and beside tables that take the whole of a landscape page."""
TABLE_STYLES = ("Cell", "Cell small", "Cell beneath")
"""Styles of texts in tables, their lines a little closer."""
CELL_SIZE = 9.0
"""Points of the letters of a cell."""
TIGHT, LOOSE = 35, 80
"""Twentieths of a point that a table leaves at each side of a cell's text."""
INK, GREY, UMBRELLA, THEME, HEADER = "1A2B3C", "5A6672", "1F3A5F", "D6E2F0", "EDF1F6"


def new_document(source: Source, title: str, landscape: bool, template: str = "") -> Any:
    """Return an A4 document with styles and header (State, title, page X of Y), else empty.

    Args:
        source: whose State it is about.
        title: what the document is.
        landscape: how its pages lie.
        template: an organisation's own document, whose cover, styles, header, footer and language
            are kept; see `linker.documents.writers.template`.
    """
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    document = from_template(template, source, title) if template else docx.Document()
    section = document.sections[-1]
    short, long = (Mm(side) for side in A4)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    beside = BESIDE_TABLES if landscape else MARGIN
    section.left_margin = section.right_margin = Mm(beside)
    if not template:
        top, bottom = (16, 11) if landscape else (20, 16)
        section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
        section.header_distance, section.footer_distance = Mm(7), Mm(6)
    if is_right_to_left_spoken():
        # Before the grid of lines, where the schema wants it.
        grid = section._sectPr.find(qualified("w:docGrid"))
        bidi = child(section._sectPr, "w:bidi")
        if grid is not None:
            grid.addprevious(bidi)
    _styles(document, keep=bool(template))
    _properties(document, source, title)
    if not template or not has_header(document):
        width = A4[1 if landscape else 0] - 2 * beside
        _header(section.header, source, title, width)
    return document


def titled_document(
    source: Source, title: str, subtitle: str = "", landscape: bool = True, template: str = ""
) -> Any:
    """Return a new document that begins with the State and what the document is.

    Args:
        source: whose State it is about.
        title: what the document is, for header and properties.
        subtitle: the same below the name of the State; empty for the title.
        landscape: how its pages lie.
        template: as for `new_document`.
    """
    document = new_document(source, title, landscape, template)
    for line in top(source, source.state_name, subtitle or title):
        add(document, line)
    return document


def add(document: Any, paragraph: Par) -> None:
    """Write a paragraph after what stands in the document."""
    document.element.body.insert(len(document.element.body) - 1, paragraph_element(paragraph))


def top(source: Source, title: str, subtitle: str) -> Iterator[Par]:
    """Yield what a document begins with; a notice below, where the source has one."""
    yield Par.of(title, "Title")
    yield Par.of(subtitle, "Subtitle")
    if source.notice:
        yield Par.of(source.notice, "Notice")
    if source.calendar:
        yield Par.of(source.calendar, "Small")


def banded(
    made: ByTheme[Any], widths: Sequence[float], row_of: Callable[[Any], Any]
) -> Iterator[Any]:
    """Yield the rows of a table by umbrella and theme, each with a row of its own above.

    Args:
        made: the matrix.
        widths: of the columns, in millimetres.
        row_of: makes the element of a row.
    """
    for number, (umbrella, blocks) in enumerate(made.umbrellas(), start=1):
        title = Run(official_name(umbrella), colour="FFFFFF")
        yield band(widths, Par((title,), "Heading 1", umbrella_anchor(number)), UMBRELLA)
        for block in blocks:
            if block.theme.label != umbrella:
                heading = Run(tr("Theme: {label}", label=official_name(block.theme.label)))
                yield band(widths, Par((heading,), "Heading 2", block_anchor(block)), THEME)
            yield from map(row_of, block.rows)


def matrix_contents(made: ByTheme[Any]) -> Iterator[Par]:
    """Yield the contents of a matrix: umbrellas and themes, each with its number of rows."""
    for number, (umbrella, blocks) in enumerate(made.umbrellas(), start=1):
        rows = sum(len(block.rows) for block in blocks)
        yield Par.of(f"{official_name(umbrella)} ({rows})", "toc 1", target=umbrella_anchor(number))
        for block in blocks:
            if block.theme.label != umbrella:
                said = f"{official_name(block.theme.label)} ({len(block.rows)})"
                yield Par.of(said, "toc 2", target=block_anchor(block))


def umbrella_anchor(number: int) -> str:
    """Return the bookmark of an umbrella."""
    return f"umbrella_{number}"


def block_anchor(block: Block[Any]) -> str:
    """Return the bookmark of a theme."""
    return "theme_" + re.sub(r"\W", "_", block.theme.theme_id or "none")


def add_contents(document: Any, entries: Iterable[Par]) -> None:
    """Write a table of contents whose entries lead to their headings.

    It is a field that a word processor can renew; the numbers of pages are its own to fill in.
    """
    add(document, Par.of(tr("Contents"), "Band"))
    listed = [paragraph_element(entry) for entry in entries]
    body = document.element.body
    for element in contents_field(listed):
        body.insert(len(body) - 1, element)


def add_table(
    document: Any,
    widths: Sequence[float],
    header: Sequence[str],
    rows: Iterable[Any],
    tight: bool = False,
    caption: str = "",
) -> None:
    """Write a table whose header is repeated on every page.

    Args:
        document: from `new_document`.
        widths: of the columns, in millimetres.
        header: headings of the columns; empty for none.
        rows: elements from `cells` and `band`.
        tight: many narrow columns: little space in cells, small headings.
        caption: what the table holds, for those who cannot see it.
    """
    from docx.oxml import OxmlElement

    table = OxmlElement("w:tbl")
    properties = child(table, "w:tblPr")
    if is_right_to_left_spoken():
        child(properties, "w:bidiVisual")
    child(properties, "w:tblW", w=twips(sum(widths)), type="dxa")
    borders = child(properties, "w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        child(borders, f"w:{side}", val="single", sz="4", space="0", color="B8C2CC")
    child(properties, "w:tblLayout", type="fixed")
    margins, beside = child(properties, "w:tblCellMar"), TIGHT if tight else LOOSE
    for edge, size in (("top", 20), ("left", beside), ("bottom", 20), ("right", beside)):
        child(margins, f"w:{edge}", w=str(size), type="dxa")
    child(properties, "w:tblLook", firstRow="1" if header else "0", noHBand="1", noVBand="1")
    if caption:
        child(properties, "w:tblCaption", val=clean(caption))
    grid = child(table, "w:tblGrid")
    for width in widths:
        child(grid, "w:gridCol", w=twips(width))
    if header:
        heads: list[Cell] = [
            ([Par.of(tr(text), "Tight head" if tight else "Cell head")], HEADER) for text in header
        ]
        table.append(cells(widths, heads, repeat=True))
    for row in rows:
        table.append(row)
    body = document.element.body
    body.insert(len(body) - 1, table)


def add_picture(document: Any, png: bytes, width: float, alt: str) -> None:
    """Write a picture after what stands in the document.

    Args:
        document: from `new_document`.
        png: the picture.
        width: in millimetres.
        alt: what it shows, for those who cannot see it.
    """
    from docx.shared import Mm

    paragraph = document.add_paragraph()
    shape = paragraph.add_run().add_picture(io.BytesIO(png), width=Mm(width))
    shape._inline.docPr.set("descr", clean(alt))


def chip(code: str, colour: str) -> Run:
    """Return an SDG code on the official colour of its goal."""
    fill = colour.lstrip("#")
    return Run(f" {code} ", bold=True, colour=contrasting(colour, least=4.5).lstrip("#"), fill=fill)


def sdg_line(ref: SdgRef, title: str, style: str = "Cell small") -> Par:
    """Return chip, title and mark of an SDG target or indicator."""
    role = f"{official_name(ref.role)}; " if ref.role else ""
    return Par(
        (
            chip(ref.code, ref.colour),
            Run(f" {title} "),
            Run(f"[{role}{ref.mark.text}]", italic=not ref.mark.confirmed, colour=GREY),
        ),
        style,
    )


def save(document: Any, path: Path, source: Source, note: str = PROMISE) -> None:
    """Write the document, its versions at the end; the same content gives the same bytes."""
    add(
        document,
        Par.of(
            tr("Made with {footer}. {note}", footer=source.footer, note=tr(note)).strip(), "Small"
        ),
    )
    buffer = io.BytesIO()
    document.save(buffer)
    path.write_bytes(settled(buffer.getvalue(), source.date))


def _styles(document: Any, keep: bool) -> None:
    """Set the styles that writers use; those that a template has are its own."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    held = {style.name for style in document.styles} if keep else set()
    for spoken in () if keep else document.styles.element.iter(qualified("w:lang")):
        spoken.set(qualified("w:val"), bcp47())

    manners: tuple[tuple[str, float, bool, bool, str, float, float], ...] = (
        # name, size, bold, italic, colour, space before, space after (points)
        ("Normal", 9.5, False, False, INK, 0, 4),
        ("Title", 20, True, False, UMBRELLA, 0, 2),
        ("Subtitle", 11, False, False, GREY, 0, 4),
        ("Notice", 9.5, True, False, "9A3412", 2, 4),
        ("Heading 1", 11.5, True, False, UMBRELLA, 7, 3),
        ("Heading 2", 10, True, False, UMBRELLA, 5, 2),
        ("toc 1", 9, True, False, INK, 2, 1),
        ("toc 2", 9, False, False, INK, 0, 1),
        ("Small", 8, False, False, GREY, 0, 3),
        ("Item", 9, False, False, INK, 0, 2.5),
        ("List Bullet", 9, False, False, INK, 0, 2.5),
        ("Cell", CELL_SIZE, False, False, INK, 0, 1),
        ("Cell head", 9, True, False, INK, 1, 1),
        ("Tight head", 8, True, False, INK, 0, 0),
        ("Cell small", 8, False, False, INK, 0, 1),
        ("Cell beneath", 9, False, False, INK, 1, 0.5),
        ("Band", 10, True, False, UMBRELLA, 2, 2),
        ("Page", 8, False, False, GREY, 0, 0),
    )
    for name, size, bold, italic, colour, before, after in manners:
        if name in held:
            continue
        known = name in [style.name for style in document.styles]
        style = (
            document.styles[name]
            if known
            else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        )
        style.font.name, style.font.size = FONT, Pt(size)
        style.font.bold, style.font.italic = bold, italic
        style.font.color.rgb = RGBColor.from_string(colour)
        fonts = style.element.rPr.rFonts
        fonts.set(qualified("w:cs"), FONT)
        sizes = child(style.element.rPr, "w:szCs")
        sizes.set(qualified("w:val"), str(round(2 * size)))
        layout = style.paragraph_format
        layout.space_before, layout.space_after = Pt(before), Pt(after)
        layout.line_spacing = 0.97 if name in TABLE_STYLES else 1.0
        layout.keep_with_next = name in ("Heading 1", "Heading 2", "Band")
        layout.widow_control = True
    for name, left in (("Item", 9), ("List Bullet", 9), ("toc 2", 9), ("Cell beneath", 5)):
        if name in held:
            continue
        layout = document.styles[name].paragraph_format
        layout.left_indent = Pt(left)
        layout.first_line_indent = Pt(-left if name in ("Item", "List Bullet") else 0)


def _properties(document: Any, source: Source, title: str) -> None:
    properties = document.core_properties
    properties.title = clean(f"{source.state_name}: {title}")[:255]
    properties.author = f"Linker {source.version}"
    properties.last_modified_by = ""
    properties.comments = clean(" ".join(p for p in (source.notice, footer(source)) if p))[:255]
    properties.language = properties.language or bcp47()
    properties.revision = 1


def _header(part: Any, source: Source, title: str, width: float) -> None:
    element = paragraph_element(
        Par((Run(source.state_name, bold=True), Run(f" · {title}")), "Page")
    )
    stops = child(element.pPr, "w:tabs")
    child(stops, "w:tab", val="right", pos=twips(width))
    element.append(tab_element())
    counted = tr("Page {page} of {pages}", page="\0PAGE\0", pages="\0NUMPAGES\0")
    for text in filter(None, counted.split("\0")):
        field = text in ("PAGE", "NUMPAGES")
        element.append(field_element(text) if field else run_element(Run(text), rtl=False))
    part.is_linked_to_previous = False
    old = part.paragraphs[0]._p
    old.addprevious(element)
    if source.notice:
        old.addprevious(
            paragraph_element(Par.of(source.notice, "Page", bold=True, colour="9A3412"))
        )
    old.getparent().remove(old)
