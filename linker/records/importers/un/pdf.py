"""PDF documents with a text layer, by pypdfium2: lines with their places, sizes and marks."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from linker.records.import_notes import refuse
from linker.records.importers.base import Limits
from linker.records.importers.marks import Marks
from linker.records.importers.un.document import Document, Mark
from linker.records.importers.un.furniture import is_furniture, is_symbol
from linker.records.importers.un.lines import Line, paragraphs_of
from linker.vocabulary.text import clean_text

MOST_PAGES = 2_000
"""Pages read of one document; a Working Group report has some 25."""
_CHARS_A_PAGE = 60
"""Fewer on most pages: pictures of pages, not text."""
_MOST = 0.5
"""Of a page, taken up by a picture."""
_SUPERSCRIPT = 0.82
_RAISED = 0.15
_NEW_LINE = 10
_LINE_ENDS = frozenset((_NEW_LINE, 0x02, 0xFFFE))
"""A new line, and what PDFium puts for a hyphen and the new line behind it."""
_MARKS = "0123456789*†‡"


def read_pdf(path: Path, limits: Limits, *, pages: int = MOST_PAGES) -> Document:
    """Return a PDF's paragraphs and notes.

    Args:
        path: the file.
        limits: how much is read.
        pages: read no more than this many.

    Raises:
        ImportRefused: damaged, locked, without a text layer, or too long.
    """
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(path)
    except (pypdfium2.PdfiumError, OSError) as error:
        locked = "password" in str(error).lower()
        raise refuse(
            path.name,
            "this PDF is locked with a password" if locked else f"this PDF is damaged ({error})",
            "Save it again without a password." if locked else "Download it again.",
        ) from error
    try:
        count = len(pdf)
        if count > MOST_PAGES:
            reason = f"this PDF has {count:,} pages, more than the limit of {MOST_PAGES:,}"
            raise refuse(path.name, reason, "Split it.", kind="limit")
        found: list[list[Line]] = []
        pictures: list[str] = []
        for number in range(min(count, pages)):
            found.append(list(_lines(pdf, number)))
            if _is_thin(found[-1]) and _is_picture(pdf, number):
                pictures.append(str(number + 1))
            if sum(len(lines) for lines in found) > limits.max_rows:
                reason = f"more lines than the limit max_rows = {limits.max_rows:,}"
                raise refuse(path.name, reason, "Split it, or raise max_rows.", kind="limit")
    finally:
        pdf.close()
    _check_text(path.name, found)
    kept = [line for lines in found for line in _head_first(list(_without_edges(lines)))]
    paragraphs, notes = paragraphs_of(kept)
    marks = Marks("document", "paragraph", pictures=pictures)
    return Document(path.name, "pdf", tuple(paragraphs), notes, count, marks)


def _check_text(name: str, pages: list[list[Line]]) -> None:
    thin = sum(map(_is_thin, pages))
    if thin * 2 > len(pages) or not pages:
        reason = f"this PDF holds pictures of pages, no text ({thin} of {len(pages)} pages)"
        remedy = "Find the document in the UN's Official Document System, or run it through OCR."
        raise refuse(name, reason, remedy, kind="scanned PDF")


def _is_thin(lines: list[Line]) -> bool:
    return sum(len(line.text) for line in lines) < _CHARS_A_PAGE


def _is_picture(pdf: Any, number: int) -> bool:
    """Say whether one picture takes up most of a page."""
    import pypdfium2
    from pypdfium2 import raw

    try:
        page = pdf[number]
    except pypdfium2.PdfiumError:
        return False
    try:
        whole = page.get_width() * page.get_height()
        pictures = page.get_objects([raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)
        return any(_area(one.raw) > whole * _MOST for one in pictures)
    except pypdfium2.PdfiumError:
        return False
    finally:
        page.close()


def _area(found: Any) -> float:
    """Return how much of a page something takes up, in square points."""
    from pypdfium2 import raw

    left, low, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(found, left, low, right, top)
    return float((right.value - left.value) * (top.value - low.value))


def _without_edges(lines: list[Line]) -> Iterator[Line]:
    """Yield the lines of a page without its head and foot, wherever in it these were stored."""
    if not lines:
        return
    heights = sorted({round(line.bottom) for line in lines})
    edge = {*heights[:3], *heights[-3:]}
    for line in lines:
        at_edge = round(line.bottom) in edge
        if line.page == 1 and is_symbol(line.text):
            yield line  # the document's own
        elif not is_furniture(line.text, at_edge=at_edge and line.page > 1):
            yield line


def _head_first(lines: list[Line]) -> list[Line]:
    """Return the lines with a page's head before the text where it was stored behind it."""
    top = lines[0].bottom + lines[0].size if lines else 0.0
    return sorted(lines, key=lambda line: line.bottom <= top)


def _lines(pdf: Any, number: int) -> Iterator[Line]:
    import pypdfium2
    from pypdfium2 import raw

    try:
        page = pdf[number]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        return
    try:
        reader = _Chars(raw, text_page)
        start = 0
        for place in range(reader.count):
            if (code := reader.code(place)) in _LINE_ENDS:
                yield from reader.line(start, place, number + 1, broken=code != _NEW_LINE)
                start = place + 1
        yield from reader.line(start, reader.count, number + 1)
    finally:
        text_page.close()
        page.close()


class _Chars:
    """The characters of a page with their boxes."""

    def __init__(self, raw: Any, text_page: Any) -> None:
        self._raw, self._page = raw, text_page
        self.count: int = raw.FPDFText_CountChars(text_page)
        self._box = raw.FS_RECTF()

    def code(self, place: int) -> int:
        return int(self._raw.FPDFText_GetUnicode(self._page, place))

    def _of(self, place: int) -> tuple[float, float, float]:
        """Return left edge, lower edge and height of a character's box."""
        box = self._box
        self._raw.FPDFText_GetLooseCharBox(self._page, place, box)
        return box.left, box.bottom, box.top - box.bottom

    def _bold(self, place: int) -> bool:
        buffer, flags = ctypes.create_string_buffer(200), ctypes.c_int()
        self._raw.FPDFText_GetFontInfo(self._page, place, buffer, 200, ctypes.byref(flags))
        name = buffer.value.lower()
        weight = self._raw.FPDFText_GetFontWeight(self._page, place)
        return b"bold" in name or b"black" in name or weight >= 600

    def line(self, start: int, end: int, page: int, *, broken: bool = False) -> Iterator[Line]:
        """Yield the line these characters make, if they print anything.

        Args:
            start: place of the first character.
            end: place behind the last one.
            page: number of the page.
            broken: whether a word is broken at its end by a hyphen.
        """
        codes = [self.code(place) for place in range(start, end)]
        shown = [
            (start + n, chr(code) if code < 0x110000 else "\ufffd")
            for n, code in enumerate(codes)
            if code not in (0, 13)
        ]
        inked = [(place, char) for place, char in shown if not char.isspace()]
        if not inked:
            return
        plain = [(place, char) for place, char in inked if char not in _MARKS] or inked
        if not any(char.isalnum() or char in _MARKS for _, char in inked):
            return
        sample = [self._of(place)[2] for place, _ in plain[:: max(1, len(plain) // 12)]]
        size = sorted(sample)[len(sample) // 2]
        base = self._of(plain[0][0])[1]
        text, marks, open_mark = [], [], ""
        length = 0
        for place, char in shown:
            if char in _MARKS and self._raised(place, size, base):
                open_mark += char
                continue
            if open_mark:
                marks.append(Mark(length, open_mark))
                open_mark = ""
            text.append(char)
            length += 1
        if open_mark:
            marks.append(Mark(length, open_mark))
        first = inked[0][0]
        yield Line(
            clean_text("".join(text)).replace("\n", " ") + ("-" if broken else ""),
            page,
            self._of(first)[0],
            base,
            size,
            self._bold(plain[0][0]) and self._bold(plain[-1][0]),
            marks,
            begins_with_mark=bool(marks) and marks[0].at == 0,
        )

    def _raised(self, place: int, size: float, base: float) -> bool:
        _, bottom, height = self._of(place)
        return 0 < height < size * _SUPERSCRIPT and bottom > base + _RAISED * size
