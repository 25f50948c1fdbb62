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
_DIGIT = re.compile(r"\d")
_ENDS = re.compile(r"[.;:,]$")


def with_headings(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Yield the paragraphs, short lines that end no sentence as headings."""
    ended = True
    for place, one in enumerate(paragraphs):
        following = paragraphs[place + 1] if place + 1 < len(paragraphs) else None
        level = one.heading or _level(one, following, ended=ended)
        ended = bool(level) or bool(_ENDS.search(one.text))
        yield replace(one, heading=level) if level else one


def _level(one: Paragraph, following: Paragraph | None, *, ended: bool) -> int:
    """Return the level of a heading, 0 for text; cells of a table are as short but end nothing."""
    count = len(one.text.split())
    if not one.text[:1].isupper() or _ENDS.search(one.text) or following is None:
        return 0
    if _NUMBER.fullmatch(one.number):
        return heading_level(one.number) if count <= _MOST_WORDS else 0
    followed = bool(following.number) or bool(following.heading)
    plain = not one.number and count <= _PLAIN_WORDS and not _DIGIT.search(one.text)
    return 4 if plain and ended and followed else 0


def in_one_line(one: Numbered) -> tuple[str, tuple[Mark, ...]]:
    """Return a numbered paragraph's text in one line, and its marks by their places there."""
    return re.sub(r"[\n\t]", " ", one.text), one.marks
