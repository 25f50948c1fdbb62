"""A document as numbered paragraphs with their letters below and the headings above them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from linker.records.importers.un.document import Mark, Paragraph

_MAIN = re.compile(r"\(?(\d{1,3})[.)]")
_SKIP = 3
"""Numbers that a damaged file may leave out."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A numbered paragraph.

    Attributes:
        number: "12".
        text: its text, and a line each for what stands below it: "(a) …".
        headings: the headings above it, from the chapter down, without their numbers.
        levels: the level of each heading.
        page: page from 1, or 0.
        marks: marks of footnotes by place in ``text``.
    """

    number: str
    text: str
    headings: tuple[str, ...] = ()
    levels: tuple[int, ...] = ()
    page: int = 0
    marks: tuple[Mark, ...] = ()

    @property
    def theme(self) -> str:
        """The nearest heading above that is no chapter, else an empty string."""
        if not self.headings or self.levels[-1] <= _CHAPTER:
            return ""
        return self.headings[-1]


_CHAPTER = 2


def numbered_paragraphs(paragraphs: Sequence[Paragraph]) -> Iterator[Numbered]:
    """Yield the numbered paragraphs of a document in order.

    A number begins a paragraph where it is the next one; other numbers, letters and paragraphs
    without any belong to the paragraph above them.
    """
    headings: list[tuple[int, str]] = []
    open_one: list[Paragraph] = []
    above: tuple[tuple[int, str], ...] = ()
    last = 0
    for one in paragraphs:
        number = _next_number(one, last)
        if one.heading and not number:
            if open_one:
                yield _made(last, open_one, above)
                open_one = []
            headings = [*(kept for kept in headings if kept[0] < one.heading)]
            headings.append((one.heading, one.text))
        elif number:
            if open_one:
                yield _made(last, open_one, above)
            last, open_one, above = number, [one], tuple(headings)
        elif open_one:
            open_one.append(one)
    if open_one:
        yield _made(last, open_one, above)


def _next_number(one: Paragraph, last: int) -> int:
    match = _MAIN.fullmatch(one.number)
    if not match:
        return 0
    number = int(match[1])
    if one.heading and number != last + 1:
        return 0
    if one.heading and len(one.text.split()) < _FEW_WORDS:
        return 0
    return number if 0 < number - last <= (_SKIP if last else 1) else 0


_FEW_WORDS = 14
"""A numbered heading is shorter; a paragraph in bold letters is longer."""


def _made(number: int, group: Sequence[Paragraph], above: Sequence[tuple[int, str]]) -> Numbered:
    text, marks = "", []
    for place, one in enumerate(group):
        line = one.text if place == 0 else one.printed
        text = f"{text}\n" if text else ""
        shift = len(text) + (len(line) - len(one.text))
        marks += [Mark(mark.at + shift, mark.name) for mark in one.marks]
        text += line
    return Numbered(
        str(number),
        text,
        tuple(name for _, name in above),
        tuple(level for level, _ in above),
        group[0].page,
        tuple(marks),
    )
