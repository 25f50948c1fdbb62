"""A document as numbered paragraphs with their letters below and the headings above them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from linker.records.importers.un.document import Mark, Paragraph

_MAIN = re.compile(r"\(?(\d{1,3})[.)-]")
_SKIP = 3
"""Numbers that a damaged file may leave out; more only an extract does."""
_SKIPPED, _FAR, _FAR_BELOW_HEADING, _LATE = 0.1, 1.6, 0.6, 0.5
"""What a run of numbers loses by each number left out, by a leap, and by not beginning at 1."""


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

    A number begins a paragraph where it belongs to the longest run of rising numbers; other
    numbers, letters and paragraphs without any belong to the paragraph above them.
    """
    headings: list[tuple[int, str]] = []
    open_one: list[Paragraph] = []
    above: tuple[tuple[int, str], ...] = ()
    last = 0
    for one, number in zip(paragraphs, _numbers(paragraphs), strict=True):
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


@dataclass(slots=True)
class _Run:
    """The best run of numbers that ends with a paragraph: its worth, and what stands before it."""

    worth: float
    place: int
    number: int
    before: _Run | None


def _numbers(paragraphs: Sequence[Paragraph]) -> list[int]:
    """Return the number that each paragraph begins as, 0 where it begins none."""
    best: list[_Run | None] = [None] * (_MOST + 1)
    below_heading = False
    for place, one in enumerate(paragraphs):
        number = _main_number(one)
        if not number:
            below_heading = below_heading or bool(one.heading)
            continue
        run = _continued(best, number, place, below_heading=below_heading)
        held = best[number]
        if held is None or run.worth >= held.worth:
            best[number] = run
        below_heading = False
    found = [0] * len(paragraphs)
    run_of_all = max(filter(None, best), key=lambda run: run.worth, default=None)
    while run_of_all:
        found[run_of_all.place] = run_of_all.number
        run_of_all = run_of_all.before
    return found


def _continued(
    best: Sequence[_Run | None], number: int, place: int, *, below_heading: bool
) -> _Run:
    """Return the best run that ends with a number: the next one, after a few, after a leap."""
    run = _Run(1 - (_LATE if number > 1 else 0), place, number, None)
    far = max(
        filter(None, best[1 : max(number - _SKIP, 1)]), key=lambda one: one.worth, default=None
    )
    leap = _FAR_BELOW_HEADING if below_heading else _FAR
    near = [best[number - step] if number > step else None for step in range(1, _SKIP + 1)]
    losses = [_SKIPPED * step for step in range(_SKIP)]
    for before, loss in zip([*near, far], [*losses, leap], strict=True):
        if before and before.worth + 1 - loss > run.worth:
            run = _Run(before.worth + 1 - loss, place, number, before)
    return run


def _main_number(one: Paragraph) -> int:
    match = _MAIN.fullmatch(one.number)
    if not match or (one.heading and len(one.text.split()) < _FEW_WORDS):
        return 0
    return int(match[1])


_MOST = 999
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
