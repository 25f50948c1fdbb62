"""Headings that a format does not show as such, and numbered paragraphs as one line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from linker.records.importers.un.document import Mark, Paragraph, heading_level
from linker.records.importers.un.numbered import Numbered

_NUMBER = re.compile(r"(?:\d{1,2}|[A-Z]|[IVX]{1,5})\.")
_MOST_WORDS = 24
_PLAIN_WORDS = 14
_PLAIN = 4
"""Level of a heading without a number."""
_MOST_PLAIN = 2
"""Headings without a number one below another."""
_DIGIT = re.compile(r"\d")
_ENDS = re.compile(r"[.;:,،؛：；。]$")


def with_headings(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Yield the paragraphs, short lines that end no sentence as headings."""
    levels = _levels(paragraphs)
    ended = True
    for one, found in zip(paragraphs, levels, strict=True):
        # Cells of a table are as short, but stand behind what ends nothing.
        level = one.heading or (found if ended or found < _PLAIN else 0)
        ended = bool(level) or bool(_ENDS.search(one.text))
        yield replace(one, heading=level) if level else one


def _levels(paragraphs: Sequence[Paragraph]) -> list[int]:
    """Return the level that each paragraph has as a heading, 0 for text.

    A line without a number is one where a number, a heading or one more such line follows.
    """
    levels = [0] * len(paragraphs)
    plain = 0
    for place in range(len(paragraphs) - 2, -1, -1):
        one, following = paragraphs[place], paragraphs[place + 1]
        followed = bool(following.number or following.heading or 0 < plain < _MOST_PLAIN)
        levels[place] = _level(one, followed=followed)
        plain = plain + 1 if levels[place] == _PLAIN else 0
    return levels


def _level(one: Paragraph, *, followed: bool) -> int:
    count = len(one.text.split())
    first = one.text[:1]
    if not first.isalpha() or first.islower() or _ENDS.search(one.text):
        return 0
    if _NUMBER.fullmatch(one.number):
        return heading_level(one.number) if count <= _MOST_WORDS else 0
    plain = not one.number and count <= _PLAIN_WORDS and not _DIGIT.search(one.text)
    return _PLAIN if plain and followed and not one.in_table else 0


def in_one_line(one: Numbered) -> tuple[str, tuple[Mark, ...]]:
    """Return a numbered paragraph's text in one line, and its marks by their places there."""
    return re.sub(r"[\n\t]", " ", one.text), one.marks
