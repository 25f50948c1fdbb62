"""Plain text and Markdown, as copied out of documents: encodings, line ends, page heads inside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from linker.records.import_notes import refuse
from linker.records.importers.base import Limits
from linker.records.importers.safe_open import encoding_of_start, open_content
from linker.records.importers.un.document import Document, Paragraph, heading_level, part_label
from linker.records.importers.un.furniture import is_furniture, is_symbol, without_furniture
from linker.vocabulary.text import clean_text

MOST_BYTES = 20 << 20
"""Of one document as text; a Working Group report has some 0.1 MB."""
_ENDS = re.compile(r"[.;:!?…][\"”’)\]]*\s?(?:\d{1,3})?$|\)$")
_MARKDOWN = re.compile(r"^\s*(#{1,6})\s+")
# A mark inside is one of letters ("_a_b_"): looking past any other would take for ever.
_EMPHASIS = re.compile(
    r"(?<!\w)(\*\*|__|\*|_)(?=\S)((?:(?!\1).|(?<=\w)\1(?=\w))+?)(?<=\S)\1(?!\w)", re.DOTALL
)
_HEADING = re.compile(r"(?:[IVX]+|[A-Z])\.\s+\S.{2,160}|[A-Z][^.;:]{2,120}")
_LABEL = re.compile(
    r"\s*(?:\d{1,3}\.(?:\d{1,3}\.?)?|\([a-z]{1,5}\)|[IVX]+\.|[A-Z]\.|[-•*])(?=\s|$)"
)
_SET_OFF = re.compile(r"\s{0,40}\d{1,3}\.\s{2,40}[A-Z“]")
"""A number with a gap behind it, as pages kept in their layout set paragraphs off."""
_COUNTED = re.compile(r"(\d{1,3})\.\s")
_NUMBERED = re.compile(r"\d{1,3}\.\s")
_LOOKED_AT, _LEAST_ON, _RUNS_ON = 65_536, 2, 0.5
"""Bytes looked at for running text; lines that go on at least, and of all that might."""
_NARROW = 60
_WRAPPED = 140
"""Lines no longer than this are lines of a page; longer ones are paragraphs."""


def read_plain(path: Path, limits: Limits) -> Document:
    """Return the paragraphs of a text file.

    Raises:
        ImportRefused: longer than `MOST_BYTES`.
    """
    with open_content(path, limits) as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        reason = f"this text is longer than the limit of {MOST_BYTES >> 20} MB for a document"
        raise refuse(path.name, reason, "Split it.", kind="limit")
    return Document(path.name, "text", tuple(paragraphs_of_text(decoded(data))))


def decoded(data: bytes) -> str:
    """Return text from bytes in UTF-8, UTF-16, Windows-1252 or Mac Roman.

    The last two are told apart by what their quotes and dashes would be in the other: "womenÕs"
    is Mac Roman read as Windows-1252.
    """
    encoding = encoding_of_start(data[:4096])
    if encoding != "utf-8-sig":
        return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    mac = len(re.findall(rb"(?<=[A-Za-z])\xd5(?=[a-z]\b)|\s\xd2(?=[A-Za-z])|[\d ]\xd0[\d ]", data))
    windows = len(re.findall(rb"[\x91-\x97](?=[A-Za-z\s\d])", data))
    return data.decode("mac_roman" if mac > windows else "cp1252", "replace")


def runs_on(path: Path, limits: Limits) -> bool:
    """Whether a text file is running text: most of its lines go on in the next one.

    Of a table or a list each line begins anew.
    """
    with open_content(path, limits) as file:
        lines = [line.strip() for line in decoded(file.read(_LOOKED_AT)).splitlines()]
    pairs = [(one, other) for one, other in pairwise(lines) if one and other]
    on = sum(not _ENDS.search(one) and other[:1].islower() for one, other in pairs)
    return on >= max(_LEAST_ON, _RUNS_ON * len(pairs))


def without_emphasis(text: str) -> str:
    """Return a text without Markdown's marks of bold and italic print."""
    return _EMPHASIS.sub(r"\2", text)


def paragraphs_of_text(text: str) -> Iterator[Paragraph]:
    """Yield the paragraphs of a text."""
    page = 1
    letter = ""
    for block, at_page in _blocks(text, page):
        marked = _MARKDOWN.match(block)
        bare = _MARKDOWN.sub("", block) if marked else block
        bare = without_furniture(without_emphasis(bare)).replace("\n", " ")
        if not bare:
            continue
        number, rest = part_label(bare)
        heading = bool(marked) or (
            bool(_HEADING.fullmatch(bare)) and not _ENDS.search(bare) and not bare[:1].isdigit()
        )
        level = heading_level(number, letter) if heading else 0
        letter = number if level == 2 else letter
        yield Paragraph(rest, number, level, at_page)


def _blocks(text: str, page: int) -> Iterator[tuple[str, int]]:
    """Yield the text of each paragraph with its page: lines joined that go on."""
    lines = re.split(r"\r\n|[\r\n\v\x85\u2028\u2029]", text)
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    width = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0
    wrapped = width <= _WRAPPED
    width = max(width, _NARROW)
    block: list[str] = []
    started = page
    gap = symbol = False
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        page += line.count("\f")
        bare = line.replace("\f", " ").strip()
        own = not symbol and is_symbol(bare)  # the document's: first, and before any paragraph
        symbol = symbol or own or bool(_NUMBERED.match(bare))
        if not own and (not bare or is_furniture(bare, at_edge="\f" in line + following)):
            gap = gap or not bare
            continue
        if block and (
            _is_next(block[0], bare)
            or _begins(block[-1], line, bare, gap=gap, wrapped=wrapped, width=width)
        ):
            yield " ".join(block), started
            block, started = [], page
        block.append(clean_text(bare))
        gap = False
    if block:
        yield " ".join(block), started


def _is_next(first: str, bare: str) -> bool:
    """Say whether a line has the number behind that of the paragraph it would go on."""
    one, other = _COUNTED.match(first), _COUNTED.match(bare)
    return one is not None and other is not None and int(other[1]) == int(one[1]) + 1


def _begins(last: str, line: str, bare: str, *, gap: bool, wrapped: bool, width: int) -> bool:
    """Say whether a line begins a paragraph behind the line ``last``."""
    if _LABEL.fullmatch(last):
        return False
    ended = bool(_ENDS.search(last))
    if _MARKDOWN.match(line) or _MARKDOWN.match(last) or is_symbol(last) or _SET_OFF.match(line):
        return True
    if gap:
        return ended or not bare[:1].islower()
    if _LABEL.match(line):
        return ended or len(last) < 0.7 * width or bool(re.match(r"\s*\d+\.\d", line))
    if not wrapped:
        return ended or not bare[:1].islower()
    return ended and len(last) < 0.75 * width
