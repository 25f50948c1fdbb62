"""From printed lines to paragraphs: what continues, what begins, what is a heading or a note."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median_low

from linker.records.importers.un.broken_words import joined, whole_words
from linker.records.importers.un.document import (
    LABEL,
    Mark,
    Paragraph,
    heading_level,
    part_label,
)

_ENDS = re.compile(r"[.;:!?…][\"”’')\]]*\s*$|\)\s*$")
_REVIEW_ITEM = re.compile(r"\d{2,3}\.\d{1,3}\.?\s+[^\W\d_a-zà-ÿа-я]")
_ITEM = re.compile(r"(\d{1,3})([.)-])\s+[^\W\d_a-zà-ÿа-я]")
_LONGEST_TITLE = 90
_LONGEST_HEADING = 220
_NEW_GAP = 1.25
_NOTE_SIZE = 0.94
_MARK_SIZE = 0.75


@dataclass(slots=True)
class Line:
    """A line as printed on a page; sizes and places in points.

    Attributes:
        text: without the marks of footnotes.
        page: from 1.
        left: its left edge.
        bottom: its lower edge, growing upwards.
        size: height of its letters.
        bold: whether it begins and ends in bold letters.
        marks: marks of footnotes within.
        begins_with_mark: whether its first character is a mark: a note at the foot of the page.
    """

    text: str
    page: int
    left: float = 0.0
    bottom: float = 0.0
    size: float = 0.0
    bold: bool = False
    marks: list[Mark] = field(default_factory=list)
    begins_with_mark: bool = False


def paragraphs_of(lines: Sequence[Line]) -> tuple[list[Paragraph], dict[str, str]]:
    """Return the paragraphs that lines make, and the notes by their marks."""
    if not lines:
        return [], {}
    body = _commonest(round(line.size, 1) for line in lines for _ in range(len(line.text)))
    leading = _leading(lines)
    words = whole_words(line.text for line in lines)
    text, notes = _part_notes(lines, body)
    paragraphs = []
    letter = ""
    for group in _grouped(text, leading):
        paragraph = _joined(group, words)
        level = _level(group, paragraph, body, letter)
        if level == 2:
            letter = paragraph.number
        if paragraph.text or paragraph.number:
            paragraphs.append(replace(paragraph, heading=level))
    return paragraphs, notes


def _commonest(sizes: Iterator[float]) -> float:
    return max(Counter(sizes).items(), key=lambda item: (item[1], -item[0]), default=(0.0, 0))[0]


def _leading(lines: Sequence[Line]) -> float:
    """Return the usual distance of two lines of a paragraph, in heights of a line."""
    steps = [
        (one.bottom - two.bottom) / max(two.size, 1.0)
        for one, two in pairwise(lines)
        if one.page == two.page and abs(one.size - two.size) < 0.5 and one.bottom > two.bottom
    ]
    usual = [step for step in steps if 0.8 < step < 2.5]
    return median_low(usual) if usual else 1.3


def _part_notes(lines: Sequence[Line], body: float) -> tuple[list[Line], dict[str, str]]:
    """Part the text from the notes: small lines from one that begins with a mark on."""
    text: list[Line] = []
    notes: dict[str, str] = {}
    open_note, page = "", 0
    for line in lines:
        small = line.size < body * _NOTE_SIZE
        if mark := _note_mark(line, body):
            open_note, page = mark, line.page
            notes[open_note] = "" if line.text.strip() == mark else line.text.lstrip("*†‡ ").strip()
        elif open_note and small and line.page in (page, page + 1):
            page = line.page
            notes[open_note] = f"{notes[open_note]} {line.text.strip()}".strip()
        else:
            open_note = ""
            text.append(line)
    return text, notes


def _note_mark(line: Line, body: float) -> str:
    """Return the mark of the note that begins with this line, or nothing."""
    if line.begins_with_mark and line.size <= body:
        return line.marks[0].name
    if (star := re.match(r"[*†‡]{1,3}(?=\s+\S)", line.text)) and line.size < _NOTE_SIZE * body:
        return star[0]
    alone = re.fullmatch(r"[\d*†‡]{1,3}", line.text.strip())
    return line.text.strip() if alone and line.size < _MARK_SIZE * body else ""


def _grouped(lines: Sequence[Line], leading: float) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in lines:
        if group and _begins(group, line, leading):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _begins(group: Sequence[Line], line: Line, leading: float) -> bool:
    """Say whether a line begins a paragraph behind these lines of the one before."""
    last = group[-1]
    ended = bool(_ENDS.search(last.text))
    labelled = bool(LABEL.match(line.text))
    if line.page != last.page:
        return _begins_page(group, line, ended=ended, labelled=labelled)
    step = (last.bottom - line.bottom) / max(min(line.size, last.size), 1.0)
    wide = step > leading * _NEW_GAP or step < 0
    other = abs(line.size - last.size) > 0.15 * last.size
    alone = bool(LABEL.fullmatch(last.text.strip())) and len(group) == 1
    if alone:
        return False
    if wide or other:
        return True
    return labelled and (ended or line.bold != last.bold or _counts_on(group, line))


def _counts_on(group: Sequence[Line], line: Line) -> bool:
    """Say whether a numbered line is no continuation, though what stands above it ends nothing.

    It has a number of the review, or the next number, or stands below a lone line without one.
    """
    if _REVIEW_ITEM.match(line.text):
        return True
    here, above = _ITEM.match(line.text), _ITEM.match(group[0].text)
    if not here:
        return False
    if above:
        return int(here[1]) == int(above[1]) + 1 and here[2] == above[2]
    title = group[0].text
    return len(group) == 1 and here[1] == "1" and len(title) <= _LONGEST_TITLE


def _begins_page(group: Sequence[Line], line: Line, *, ended: bool, labelled: bool) -> bool:
    last = group[-1]
    if line.text[:1].islower() and abs(line.size - last.size) < 0.5:
        return False
    return ended or labelled or line.bold != last.bold or abs(line.size - last.size) > 0.5


def _joined(group: Sequence[Line], words: Counter[str]) -> Paragraph:
    """Join lines; a hyphen at a line's end goes where it is not the word's own."""
    text, marks = "", []
    for line in group:
        text = text.rstrip()
        if (together := joined(text, line.text.lstrip(), words)) is not None:
            text = together
        elif text and not text.endswith(("/", "–", "-")):
            text += " "
        lead = len(line.text) - len(line.text.lstrip())
        marks += [Mark(len(text) + max(mark.at - lead, 0), mark.name) for mark in line.marks]
        text += line.text.strip()
    number, rest = part_label(text)
    cut = len(text) - len(rest)
    first = group[0]
    return Paragraph(
        rest,
        number,
        page=first.page,
        indent=round(first.left, 1),
        marks=tuple(Mark(max(mark.at - cut, 0), mark.name) for mark in marks),
    )


def _level(group: Sequence[Line], paragraph: Paragraph, body: float, letter: str) -> int:
    """Return the level of a heading: larger or bold, short, and no sentence."""
    large = group[0].size > body * 1.08
    bold = all(line.bold for line in group)
    sentence = paragraph.text.endswith((".", ";", ",", ":")) or "(" in paragraph.number
    numbered = bool(re.match(r"\d+\.\d|\(", paragraph.number))
    if not paragraph.text or len(paragraph.text) > _LONGEST_HEADING or sentence:
        return 0
    if not (large or (bold and not numbered)):
        return 0
    return heading_level(paragraph.number, letter)
