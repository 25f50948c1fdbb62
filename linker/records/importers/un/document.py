"""A UN document as paragraphs: what every format is read into, and every kind is read from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from linker.records.importers.marks import Marks

Format = Literal["docx", "pdf", "text", "html"]

LABEL = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,3})+\.?|\d{1,3}[.)-]|\([a-zа-я]{1,5}\)|\([\u0621-\u064a]{1,4}\)|\(\d{1,2}\)"
    r"|[a-zа-я]\)|[A-Z]\.|[IVX]+\.)(?=\s|$)"
)
"""A number, letter or Roman numeral at the beginning of a paragraph, as printed."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A footnote's mark in a text.

    Attributes:
        at: how many characters of `Paragraph.text` stand before it.
        name: the mark as printed, such as "12" or "*"; the key in `Document.footnotes`.
    """

    at: int
    name: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph as printed, without page heads and footnote marks.

    Attributes:
        text: its text in one line, without its number.
        number: the number it begins with as printed ("12.", "124.1", "(a)", "A."), or empty;
            automatic numbers of Word are counted out.
        heading: level of a heading from 1, or 0 for a paragraph of text.
        page: page from 1, or 0 where the format has none.
        indent: points from the left edge of the page or text, 0 where unknown.
        style: name of the style in Word, else empty.
        marks: marks of footnotes, by place.
        in_table: whether it stands in a cell, where that is known.
    """

    text: str
    number: str = ""
    heading: int = 0
    page: int = 0
    indent: float = 0.0
    style: str = ""
    marks: tuple[Mark, ...] = ()
    in_table: bool = False

    @property
    def printed(self) -> str:
        """The paragraph with its number before it."""
        return f"{self.number} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Document:
    """A UN document as paragraphs in the order of reading.

    Attributes:
        name: base name of the file.
        format: "docx", "pdf" or "text".
        paragraphs: all of them, first page, annexes and all.
        footnotes: mark -> text of the note; the last one where pages number anew.
        pages: number of pages, 0 where the format has none.
        marks: what a person would not expect to be read so, or not to be read.
    """

    name: str
    format: Format
    paragraphs: tuple[Paragraph, ...]
    footnotes: Mapping[str, str] = field(default_factory=dict)
    pages: int = 0
    marks: Marks = field(default_factory=lambda: Marks("document", "paragraph"))


def part_label(text: str) -> tuple[str, str]:
    """Part "12. The Committee" into its number as printed and the text behind it."""
    match = LABEL.match(text)
    return (match[0], text[match.end() :].strip()) if match else ("", text)


def heading_level(number: str, previous: str = "") -> int:
    """Return the level of a heading by its number: "II." 1, "B." 2, "3." 3, none 4.

    Args:
        number: its number as printed.
        previous: number of the heading of letters before it; "I." behind "H." is a letter.
    """
    if re.fullmatch(r"[IVX]+\.", number) and not (number == "I." and previous == "H."):
        return 1
    if re.fullmatch(r"[A-Z]\.", number):
        return 2
    return 3 if number else 4
