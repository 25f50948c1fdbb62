"""The numbered recommendations of a UPR report: paragraphs that introduce, and items below them.

Since 2010 items carry the paragraph's number ("106.1."); before, they count from 1 below each
paragraph. Both may stand in running text without line breaks, so a number begins an item only
where it is the next one and the text before it has ended.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_NUMBER = re.compile(
    r"(?<![\w./,–—-])(\d{1,3})\s?\.(?:[ \t]?(\d{1,3})(?![\d%])(?!\.\d)\.?)?(?=[^\d,])"
)
_ENDED = re.compile(r"(?:(?:\A|[.;:)\]”\"*…]|\b(?:and|or))\s*|\n[^\S\n]*)(?:\d{1,3}\s+)?\Z")
_LINE_START = re.compile(r"(?:\A\s*|\n[^\S\n]*)(?:\d{1,3}\s+)?\Z")
_SPEAKS = re.compile(
    r"(?:the|all|these|those|other|above|following|both|most|two|three|some|each|with|in|as|of"
    r"|at|during|regarding|concerning|accordingly|finally|recommendations?|conclusions?"
    r"|the\s+delegation|the\s+government)\b"
    r"|(?:[A-Z][\w’'-]*\s+){1,8}(?:consider(?:s|ed)?|notes?|noted|takes?|took|will|has|have|had|is|are|was"
    r"|were|wish\w*|indicated|stated|states|accepts?|accepted|examin\w+|supports?|supported"
    r"|rejects?|rejected|does|did|would|could|cannot|believes?|regards?|provided?|expressed"
    r"|informed|undertakes?|reaffirms?|is\s+pleased)\b"
)
_ABOUT = re.compile(
    r"recommend|conclusion|support|examin|accept|review|response|pledge|commit|voluntar|interactive"
    r"|outcome|position|report",
    re.I,
)
_SENTENCE = re.compile(r"[^:;]{0,500}?(?:[:;]|[.](?=\s|\Z)|\Z)")
_HEADING_NEXT = re.compile(
    r"\n[^\n]{0,4}(?:[IVX]+\s*\.\s+)?(?:voluntary\s+(?:pledges|commitments)|annex\b)", re.I
)
_SKIP = 3
"""Numbers that a damaged text may leave out between two items."""


@dataclass(slots=True)
class Item:
    """One numbered recommendation as printed.

    Attributes:
        number: "106.1", also where only "1." is printed below paragraph 106.
        text: what stands behind the number, recommending States too.
        place: where its text begins in the section.
    """

    number: str
    text: str
    place: int


@dataclass(slots=True)
class Group:
    """A numbered paragraph and the items below it.

    Attributes:
        number: its number, such as "106".
        text: its own text; the sentence that introduces the items.
        place: where it begins in the section.
        items: the recommendations below it, in order.
    """

    number: int
    text: str = ""
    place: int = 0
    items: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class _Found:
    """A number that begins something: a paragraph (item 0) or an item."""

    start: int
    end: int
    number: int
    item: int


def groups_of(text: str, first: int | None = None) -> list[Group]:
    """Return the numbered paragraphs of a section with the items below them.

    Args:
        text: the section, a line for each paragraph where the file has lines.
        first: number of the section's first paragraph, where it is known.
    """
    groups: list[Group] = []
    found = list(_Scanner(text, first).found())
    for here, following in zip(found, [*found[1:], None], strict=True):
        end = following.start if following else _end(text, here.end)
        inner = " ".join(_until_heading(text[here.end : end]).split())
        if not here.item:
            groups.append(Group(here.number, inner, here.end))
            continue
        if not groups or groups[-1].number != here.number:
            groups.append(Group(here.number, "", here.start))
        groups[-1].items.append(Item(f"{here.number}.{here.item}", inner, here.end))
    return groups


def _end(text: str, start: int) -> int:
    stop = _HEADING_NEXT.search(text, start)
    return stop.start() if stop else len(text)


def _until_heading(text: str) -> str:
    stop = _HEADING_NEXT.search(text)
    return text[: stop.start()] if stop else text


class _Scanner:
    """Goes through the numbers of a text, keeping what number comes next."""

    def __init__(self, text: str, first: int | None) -> None:
        self._text = text
        self._number = (first or 0) - 1 if first else 0
        self._item = 0
        self._dotted = False

    def found(self) -> Iterator[_Found]:
        """Yield what begins a paragraph or an item, in order."""
        place = 0
        while match := _NUMBER.search(self._text, place):
            made = self._dotted_item(match) if match[2] else None
            made = made or self._plain(match)
            place = made.end if made else match.end(1) + 1
            if made:
                yield made

    def _dotted_item(self, match: re.Match[str]) -> _Found | None:
        number, item = int(match[1]), int(match[2])
        before = self._before(match)
        begins = number > self._number and item == 1 and number - self._number <= _SKIP
        begins = begins or (not self._number and item == 1)
        goes_on = number == self._number and 0 < item - self._item <= _SKIP
        if self._misprinted(number, item, before):
            number, goes_on = self._number, True
        if self._item and not self._dotted:
            goes_on = False
        if not (begins or goes_on) or not self._stands_apart(match, before, item):
            return None
        self._number, self._item, self._dotted = number, item, True
        return _Found(match.start(), match.end(), number, item)

    def _misprinted(self, number: int, item: int, before: str) -> bool:
        """Say whether the next item carries the number of a neighbouring paragraph."""
        near = self._dotted and 0 < abs(number - self._number) <= 1
        return near and self._item > 1 and item == self._item + 1 and bool(_ENDED.search(before))

    def _stands_apart(self, match: re.Match[str], before: str, item: int) -> bool:
        if _ENDED.search(before):
            return True
        following = self._text[match.end() : match.end() + 3].lstrip()
        return item == self._item + 1 and following[:1].isupper()

    def _plain(self, match: re.Match[str]) -> _Found | None:
        """Take "12." as the next paragraph, or as the next item where items count from 1."""
        number = int(match[1])
        before = self._before(match)
        if not _ENDED.search(before):
            return None
        end = match.start() + len(match[1]) + (self._text[match.end(1)] == " ") + 1
        following = self._text[end : end + 600].lstrip()
        if not following or following[0] in ").,;":
            return None
        at_line = bool(_LINE_START.search(before))
        speaks = _introduces(following)
        if self._is_next_paragraph(
            number, speaks=speaks, at_line=at_line, starts=not before.strip()
        ):
            self._number, self._item, self._dotted = number, 0, False
            return _Found(match.start(), end, number, 0)
        ahead = number - self._item
        if not self._dotted and self._number and 0 < ahead <= (_SKIP if at_line else 1):
            if self._item == 0 and number != 1:
                return None
            self._item = number
            return _Found(match.start(), end, self._number, number)
        return None

    def _is_next_paragraph(self, number: int, *, speaks: bool, at_line: bool, starts: bool) -> bool:
        if not self._number:
            return speaks or starts
        ahead = number - self._number
        as_item = not self._dotted and self._item > 0 and number == self._item + 1
        if ahead == 1:
            return speaks or (at_line and not as_item)
        return 1 < ahead <= _SKIP and speaks and not as_item

    def _before(self, match: re.Match[str]) -> str:
        return self._text[max(0, match.start() - 12) : match.start()]


def _introduces(following: str) -> bool:
    """Say whether a text speaks of recommendations, as a paragraph does and an item does not."""
    sentence = _SENTENCE.match(following)
    said = sentence[0] if sentence else following[:300]
    return bool(_SPEAKS.match(following) or _SPEAKS.match(following.lower()[:40])) and bool(
        _ABOUT.search(said)
    )
