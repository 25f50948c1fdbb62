"""Addenda to reports of the UPR Working Group: the State's positions by number, without texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from linker.records.ids import report_symbol
from linker.records.import_notes import Notes
from linker.records.importers.un.document import Document, Paragraph
from linker.records.importers.un.found import Found
from linker.records.importers.un.front_page import FrontPage
from linker.records.importers.un.numbers import numbers_said, serial_numbers_said
from linker.records.importers.un.positions import Position, position_said

_SENTENCE = re.compile(r"(?<=[.;:!?])\s+(?=[A-Z“\"(])|\n")
_LISTED_IN = re.compile(
    r"\b(?:follow\w*|list(?:ed)?|contained|set\s+out|reflected|numbered|found|given|recommendations)\b"
    r"[^.;]{0,60}\bparagraphs?\s+(\d{2,3})(?![\d.]*\d)\b[^.;]{0,60}\breport\b",
    re.I,
)
_ALL = re.compile(
    r"\b(?:all|the)\s+(?:(?:other|remaining|rest\s+of\s+the|of\s+the)\s*)?"
    r"(?:\d+\s+)?recommendations\b",
    re.I,
)
_SEE = re.compile(r"\W*(?:please\s+)?(?:see|refer|cf|as\s+(?:stated|noted|mentioned))\b", re.I)
_NUMBERED = re.compile(
    r"\s*(?:rec(?:ommendation)?s?\.?\s+(?:nos?\.?\s*)?)?"
    r"((?:\d{1,3}\s?\.\s?\d{1,3}\.?(?:\s*(?:[-–—,;&]|and|to)\s*)?"
    r"(?:\d{1,3}(?!\s?\.\s?\d)(?:\s*(?:[-–—,;&]|and)\s*)?)*)+)",
    re.I,
)
_SERIAL = re.compile(r"\s*rec(?:ommendation)?s?\.?\s+(?:nos?\.?\s*)?\d{1,3}[\d\s,–—-]*", re.I)
_BEFORE_TEXT = re.compile(
    r"^\s*(?:rec(?:ommendation)?s?\.?\s+(?:nos?\.?\s*)?)?[\d.,;&\s–—-]+(?:and\s+[\d.\s–—-]+)?", re.I
)
_SHOWN = 400


@dataclass(frozen=True, slots=True)
class Statement:
    """What an addendum says of one recommendation.

    Attributes:
        number: "122.36".
        said: the position and its mark.
        paragraph: where it says so, such as "5", or empty.
        page: page from 1, or 0.
    """

    number: str
    said: Position
    paragraph: str
    page: int


@dataclass(frozen=True, slots=True)
class Positions:
    """What an addendum says.

    Attributes:
        statements: one a number, in the order of the document.
        contradicted: (number, one position, another one) that it says in two lists.
        general: sentences on all or on the other recommendations, without numbers.
        unplaced: serial numbers whose paragraph of the report is nowhere named.
    """

    statements: tuple[Statement, ...]
    contradicted: tuple[tuple[str, str, str], ...]
    general: tuple[str, ...]
    unplaced: tuple[str, ...]


class Addendum:
    """Positions as statements about numbered recommendations of the report."""

    kind = "addendum"

    def read(self, document: Document, front: FrontPage, notes: Notes) -> Iterator[Found]:
        """Yield a statement a number; what is said in two ways or without numbers is told."""
        found = positions_of(document)
        for one in found.statements:
            place = f"para. {one.paragraph}" if one.paragraph else f"page {one.page}"
            values: dict[str, str | tuple[str, ...]] = {
                "paragraph": one.number,
                "symbol": report_symbol(front.symbol),
                "position": one.said.position,
                "position_note": one.said.note,
                "position_source": ", ".join(part for part in (front.symbol, place) if part),
                "mechanism": "UPR",
                "body": "UPR",
            }
            yield Found(values, f"para. {one.number}")
        _tell(found, notes)


def _tell(found: Positions, notes: Notes) -> None:
    for number, one, other in found.contradicted:
        reason = f"{number} stands as {one} and as {other}; the first one is kept"
        notes.told("two positions", row=f"para. {number}", reason=reason)
    for sentence in found.general:
        reason = f"said without numbers, so of no recommendation: {sentence[:_SHOWN]}"
        notes.told("general position", reason=reason)
    if found.unplaced:
        notes.refused(
            "number without paragraph",
            row=", ".join(found.unplaced[:20]),
            reason=f"{len(found.unplaced)} recommendations are numbered without the paragraph of "
            "the report, which the addendum does not name",
            remedy="Correct the positions of these recommendations by hand.",
        )


def positions_of(document: Document) -> Positions:
    """Return the positions an addendum says by number.

    A sentence that lists numbers and says a position holds before the heading above a number, and
    that before what the paragraph of a number says itself.
    """
    listed = _Collected()
    own = _Collected()
    general: list[str] = []
    prefix = _listing_paragraph(document)
    above = Position()
    paragraph = ""
    pending: list[str] = []
    for one in document.paragraphs:
        numbers = _labels(one, prefix)
        if one.heading and not numbers:
            above, pending = position_said(one.text), []
            continue
        if re.fullmatch(r"\d{1,2}\.", one.number):
            paragraph = one.number.rstrip(".")
        if numbers and not _behind(one, numbers).strip():
            pending = numbers  # what is said of them stands in the next paragraph
            if above.position:
                own.add(numbers, above, paragraph, one.page)
            continue
        _sentences(one, prefix, numbers, listed, general, paragraph)
        of_these = numbers or pending
        if of_these:
            said = above if above.position else _own_position(_behind(one, numbers))
            own.add(of_these, said, _number_of(of_these, paragraph), one.page)
        pending = [] if numbers else pending
    return _together(listed, own, general)


class _Collected:
    """What was said of numbers, the first of each; and what was said otherwise later."""

    def __init__(self) -> None:
        self.said: dict[str, Statement] = {}
        self.otherwise: list[tuple[str, str, str]] = []
        self.unplaced: list[str] = []

    def add(self, numbers: Sequence[str], said: Position, paragraph: str, page: int) -> None:
        if not said.position:
            return
        for number in numbers:
            if "." not in number:
                self.unplaced.append(number)
                continue
            before = self.said.setdefault(number, Statement(number, said, paragraph, page))
            if before.said.position != said.position:
                self.otherwise.append((number, before.said.position, said.position))


def _together(listed: _Collected, own: _Collected, general: Sequence[str]) -> Positions:
    statements = {**own.said, **listed.said}
    for number, one in own.said.items():
        kept = statements[number]
        same = kept.said.position == one.said.position and not kept.said.note
        if same and one.said.note:
            statements[number] = Statement(number, one.said, kept.paragraph, kept.page)
    unplaced = dict.fromkeys([*listed.unplaced, *own.unplaced])
    ordered = sorted(statements.values(), key=lambda one: _sort_key(one.number))
    return Positions(tuple(ordered), tuple(listed.otherwise), tuple(general), tuple(unplaced))


def _sort_key(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split("."))


def _sentences(
    one: Paragraph,
    prefix: str,
    labels: Sequence[str],
    listed: _Collected,
    general: list[str],
    paragraph: str,
) -> None:
    """Take the sentences of a paragraph that say a position of the numbers they list."""
    for sentence in _SENTENCE.split(_behind(one, labels)):
        numbers = numbers_said(sentence)
        numbers = numbers or _placed(serial_numbers_said(sentence), prefix)
        if labels and not re.search(r"\brecommendations?\b", sentence, re.I):
            continue
        said = position_said(sentence)
        if numbers and said.position and not _refers(sentence):
            listed.add(numbers, said, paragraph, one.page)
        elif said.position and not labels and _ALL.search(sentence):
            general.append(sentence)


def _refers(sentence: str) -> bool:
    """Say whether a sentence only points to what is said of another number."""
    return bool(_SEE.match(sentence))


def _labels(one: Paragraph, prefix: str) -> list[str]:
    """Return the numbers a paragraph begins with: what it says is said of them."""
    text = one.printed
    match = _NUMBERED.match(text)
    if match:
        return numbers_said(match[1].rstrip(" -–—,;&"))
    serial = _SERIAL.match(text)
    return _placed(serial_numbers_said(serial[0]), prefix) if serial else []


def _behind(one: Paragraph, labels: Sequence[str]) -> str:
    if not labels:
        return one.text
    return _BEFORE_TEXT.sub("", one.printed)


def _own_position(text: str) -> Position:
    """Return the position in a paragraph's first sentence, else in its last one."""
    sentences = [part for part in _SENTENCE.split(text) if part.strip()]
    said = (position_said(sentence) for sentence in (*sentences[:1], *sentences[-1:]))
    return next((one for one in said if one.position), Position())


def _placed(serial: Sequence[str], prefix: str) -> list[str]:
    return [f"{prefix}.{number}" if prefix else number for number in serial]


def _number_of(numbers: Sequence[str], paragraph: str) -> str:
    return paragraph if len(numbers) != 1 else numbers[0]


def _listing_paragraph(document: Document) -> str:
    """Return the paragraph of the report that serial numbers count in, empty where unnamed."""
    for text in [*document.footnotes.values(), *(one.text for one in document.paragraphs)]:
        if match := _LISTED_IN.search(text):
            return match[1]
    return ""
