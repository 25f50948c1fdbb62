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
from linker.records.importers.un.titled import with_headings
from linker.records.working_out import ALL_OTHERS
from linker.vocabulary.positions import position_in_cell as position_of_cell

_SENTENCE = re.compile(r"(?<=[.;:!?])\s+(?=[A-Z“\"(])|\n")
_LISTED_IN = re.compile(
    r"\b(?:follow\w*|list(?:ed)?|contained|set\s+out|reflected|numbered|found|given|recommendations)\b"
    r"[^.;]{0,60}\bparagraphs?\s+(\d{2,3})(?![\d.]*\d)\b[^.;]{0,60}\breport\b",
    re.I,
)
_ALL = re.compile(
    r"\b(?:all|the)\s+(?:(?:other|remaining|rest\s+of\s+the|of\s+the)\s*)?"
    r"(?:\d+\s+)?recommendations\b|\b(?:recommandations|recomendaciones)\b|рекомендаци|建议|توصيات",
    re.I,
)
_ALL_OTHERS = re.compile(
    r"\b(?:all\s+(?:of\s+)?(?:the\s+|its\s+)?|the\s+)(?:other|others|remaining|rest\s+of\s+the)\b"
    r"|\b(?:toutes?\s+les\s+autres|les\s+autres|todas?\s+las\s+demás|las\s+demás)\b"
    r"|\b(?:все|всех)\s+(?:остальные|остальных|другие|прочие)\b|所有其他|其余|جميع التوصيات الأخرى",
    re.I,
)
_NOT_ALL = re.compile(r"\bnot\b[^.]{0,40}\ball\b", re.I)
_SEE = re.compile(r"\W*(?:please\s+)?(?:see|refer|cf|as\s+(?:stated|noted|mentioned))\b", re.I)
_SPEAKS_OF = re.compile(
    r"\W*(?:\d{1,2}\.\s+)?(?:the\s+)?rec(?:ommendation)?s?\b[\s.]*(?:nos?\b|numbers?\b|\d)", re.I
)
_HEADS = re.compile(r"\b(?:recommendations|recommandations|recomendaciones)\b|рекомендаци", re.I)
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
        others: what it says of all recommendations that it does not name; empty where nothing.
        general: other sentences on recommendations, without numbers.
        unplaced: serial numbers whose paragraph of the report is nowhere named.
    """

    statements: tuple[Statement, ...]
    contradicted: tuple[tuple[str, str, str], ...]
    others: Statement | None
    general: tuple[str, ...]
    unplaced: tuple[str, ...]


class Addendum:
    """Positions as statements about numbered recommendations of the report."""

    kind = "addendum"

    def read(self, document: Document, front: FrontPage, notes: Notes) -> Iterator[Found]:
        """Yield a statement a number; what is said in two ways or without numbers is told."""
        found = positions_of(document)
        others = (found.others,) if found.others else ()
        for one in (*found.statements, *others):
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
            yield Found(values, place if one in others else f"para. {one.number}")
        _tell(found, notes)


def _tell(found: Positions, notes: Notes) -> None:
    for number, one, other in found.contradicted:
        reason = f"{number} stands as {one} and as {other}; the first one is kept"
        notes.told("two positions", row=f"para. {number}", reason=reason)
    if found.others:
        reason = f"all recommendations that it does not name are {found.others.said.position}"
        notes.told("position of all others", row=found.others.paragraph, reason=reason)
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
    reader = _PositionReader(_listing_paragraph(document))
    paragraphs = list(with_headings(document.paragraphs))
    for one, following in zip(paragraphs, [*paragraphs[1:], None], strict=True):
        reader.take(one, following)
    return reader.found()


class _PositionReader:
    """Goes through the paragraphs of an addendum, keeping what stands above and before."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._listed, self._own = _Collected(), _Collected()
        self._others: list[Statement] = []
        self._general: list[str] = []
        self._above = Position()
        self._paragraph = ""
        self._pending: list[str] = []
        self._row: Sequence[str] = ()

    def take(self, one: Paragraph, following: Paragraph | None) -> None:
        """Take the next paragraph."""
        numbers = _labels(one, self._prefix)
        if one.in_table and not numbers and (cell := position_of_cell(one.text)):
            said = Position(cell.position, cell.note)
            self._listed.add(self._row, said, _number_of(self._row, ""), one.page)
            return
        self._row = numbers or (self._row if one.in_table else ())
        if not numbers and (one.heading or self._heads_numbers(one, following)):
            self._above, self._pending = position_said(one.text), []
            return
        if re.fullmatch(r"\d{1,2}\.", one.number):
            self._paragraph = one.number.rstrip(".")
        behind = _behind(one, numbers)
        if numbers and not behind.strip():
            self._pending = numbers  # what is said of them stands in the next paragraph
            if self._above.position:
                self._own.add(numbers, self._above, self._paragraph, one.page)
            return
        self._sentences(one, numbers)
        if of_these := numbers or self._pending:
            said = self._above if self._above.position else _own_position(behind)
            place = _number_of(of_these, self._paragraph)
            self._own.add(of_these, said, place, one.page)
        if numbers:
            self._pending = []

    def _heads_numbers(self, one: Paragraph, following: Paragraph | None) -> bool:
        """Say whether a line such as "Recommendations noted by Nepal" heads bare numbers."""
        if following is None or not _HEADS.search(one.text) or one.text.endswith("."):
            return False
        numbers = _labels(following, self._prefix)
        return bool(numbers) and not _behind(following, numbers).strip()

    def _sentences(self, one: Paragraph, labels: Sequence[str]) -> None:
        """Take the sentences of a paragraph that say a position of the numbers they list."""
        for sentence in _SENTENCE.split(_behind(one, labels)):
            numbers = numbers_said(sentence)
            numbers = numbers or _placed(serial_numbers_said(sentence), self._prefix)
            if labels and not re.search(r"\brecommendations?\b", sentence, re.I):
                continue
            said = position_said(sentence)
            if numbers and said.position and not _refers(sentence):
                self._listed.add(numbers, said, self._paragraph, one.page)
            elif numbers and self._above.position and _SPEAKS_OF.match(sentence):
                self._own.add(numbers, self._above, self._paragraph, one.page)
            elif said.position and not labels and _ALL.search(sentence):
                self._of_all(sentence, said, one.page)

    def _of_all(self, sentence: str, said: Position, page: int) -> None:
        if _ALL_OTHERS.search(sentence) and not _NOT_ALL.search(sentence):
            self._others.append(Statement(ALL_OTHERS, said, self._paragraph, page))
        else:
            self._general.append(sentence)

    def found(self) -> Positions:
        """Return all that was said; two positions of all others are none."""
        positions = {one.said.position for one in self._others}
        others = self._others[0] if len(positions) == 1 else None
        return _together(self._listed, self._own, others, self._general)


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


def _together(
    listed: _Collected, own: _Collected, others: Statement | None, general: Sequence[str]
) -> Positions:
    statements = {**own.said, **listed.said}
    for number, one in own.said.items():
        kept = statements[number]
        same = kept.said.position == one.said.position and not kept.said.note
        if same and one.said.note:
            statements[number] = Statement(number, one.said, kept.paragraph, kept.page)
    unplaced = dict.fromkeys([*listed.unplaced, *own.unplaced])
    ordered = sorted(statements.values(), key=lambda one: _sort_key(one.number))
    return Positions(
        tuple(ordered), tuple(listed.otherwise), others, tuple(general), tuple(unplaced)
    )


def _sort_key(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split("."))


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
    return _BEFORE_TEXT.sub("", one.printed).lstrip(" :.–—-")


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
