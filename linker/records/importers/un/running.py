"""A document as one running text that still knows its pages: some files hold no line breaks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from linker.records.importers.un.document import Paragraph


@dataclass(frozen=True, slots=True)
class Running:
    """Paragraphs joined, a line each.

    Attributes:
        text: all of them with their numbers, headings too.
        starts: where each paragraph begins in ``text``.
        paragraphs: the paragraphs.
    """

    text: str
    starts: tuple[int, ...]
    paragraphs: tuple[Paragraph, ...]

    @classmethod
    def of(cls, paragraphs: Sequence[Paragraph]) -> Running:
        """Join paragraphs."""
        starts, parts, at = [], [], 0
        for paragraph in paragraphs:
            starts.append(at)
            parts.append(paragraph.printed)
            at += len(parts[-1]) + 1
        return cls("\n".join(parts), tuple(starts), tuple(paragraphs))

    def at(self, place: int) -> Paragraph:
        """Return the paragraph that holds a place of the text."""
        return self.paragraphs[max(bisect_right(self.starts, place) - 1, 0)]

    def page(self, place: int) -> int:
        """Return the page of a place of the text, 0 where unknown."""
        return self.at(place).page if self.paragraphs else 0
