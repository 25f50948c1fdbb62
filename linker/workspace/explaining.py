"""Why a link was proposed: both texts with the shared evidence marked, and the waterfall."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Literal

from linker.convergence.convergence import ConvergenceLinker
from linker.convergence.marks import marks
from linker.links import Contribution, Convergence, SdgLink
from linker.reading.occlusion import Spans, ask_of
from linker.reading.reader import Reader
from linker.records.record import Record
from linker.sdg.framework import framework
from linker.sdg.linking import SdgLinker
from linker.sdg.marks import sdg_marks

HOW_READ = "How Linker read this (no translation)"
BAR = 18
"""Characters of the longest bar in a printed waterfall."""
WIDTH = 96
"""Characters of a printed line of text."""
BOLD, PLAIN = "\x1b[1m", "\x1b[0m"
MARKED = "the words that carry the link; without them it would be far less probable"
FINDING = 68
"""Characters of a line of a finding, beside its bar."""
_OPEN, _CLOSE = "\ue000", "\ue001"
"""Stand around a mark while lines are broken: one character each, whatever is printed for them."""
Kind = Literal["", "ask", "mark"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a text: the linked ask, a mark inside it, or neither."""

    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a link: a record, its linked ask and the phrases that carry the link.

    Attributes:
        label: the record, in a line.
        text: the record's text.
        start: first character of the linked ask.
        end: one past its last.
        marks: first and past-last character of each phrase that carries the link, in order, all
            within the ask.
        read_as: of an ask in another language, each phrase and the English it was compared as.
    """

    label: str
    text: str
    start: int
    end: int
    marks: tuple[tuple[int, int], ...] = ()
    read_as: tuple[tuple[str, str], ...] = ()

    def segments(self) -> tuple[Segment, ...]:
        """Return the text cut where the ask and its marks begin and end; joined, they are it."""
        found, place = [Segment(self.text[: self.start], "")], self.start
        for start, end in self.marks:
            found += [Segment(self.text[place:start], "ask"), Segment(self.text[start:end], "mark")]
            place = end
        found += [Segment(self.text[place : self.end], "ask"), Segment(self.text[self.end :], "")]
        return tuple(segment for segment in found if segment.text)

    def to_text(self, colour: bool = False) -> str:
        """Return the text in indented lines, » « around the ask, marks in bold or in *asterisks*.

        Args:
            colour: the terminal prints bold.
        """
        marked = "".join(
            f"{_OPEN}{part.text}{_CLOSE}" if part.kind == "mark" else part.text
            for part in self.segments()
        )
        added = 2 * sum(start < self.end for start, _ in self.marks)
        end = self.end + added
        quoted = f"{marked[: self.start]}»{marked[self.start : end]}«{marked[end:]}"
        lines = [line for row in quoted.splitlines() for line in (wrap(row, WIDTH) or [""])]
        before, after = (BOLD, PLAIN) if colour else ("*", "*")
        shown = "\n".join(f"  {line}" if line else line for line in lines)
        return shown.replace(_OPEN, before).replace(_CLOSE, after)


@dataclass(frozen=True, slots=True)
class Explanation:
    """A link made plain.

    Attributes:
        link_id: the link.
        headline: what is proposed and how sure.
        sides: the record or records.
        probability: what Linker makes of it, 0 to 1, also where a person made the link.
        contributions: the waterfall, strongest first; for and against.
    """

    link_id: str
    headline: str
    probability: float
    sides: tuple[Side, ...]
    contributions: tuple[Contribution, ...]

    def to_text(self, colour: bool = False) -> str:
        """Return the explanation to print: the texts, and what speaks for and against.

        Linked asks stand in » «; the phrases that carry the link are bold, or in *asterisks*.

        Args:
            colour: the terminal prints bold.
        """
        lines = [f"{self.link_id}  {self.headline}", ""]
        for side in self.sides:
            lines += [side.label, side.to_text(colour), *_how_read(side), ""]
        if any(side.marks for side in self.sides):
            lines += [f"{'Bold' if colour else '*Asterisks*'}: {MARKED}", ""]
        return "\n".join([*lines, *_waterfall(self)])

    @property
    def speaks_for(self) -> tuple[Contribution, ...]:
        """What speaks for the link, strongest first."""
        return tuple(c for c in self.contributions if c.log_odds > 0)

    @property
    def speaks_against(self) -> tuple[Contribution, ...]:
        """What speaks against it, strongest first."""
        return tuple(c for c in self.contributions if c.log_odds < 0)


def explain_convergence(
    linker: ConvergenceLinker, reader: Reader, link: Convergence, left: Record, right: Record
) -> Explanation:
    """Explain a convergence; like its score, the explanation depends on the two records alone.

    Args:
        linker: scored it.
        reader: of records in other languages.
        link: the link.
        left: its left record.
        right: its right record.
    """
    english = reader.english(left), reader.english(right)
    scored = linker.score(*english)
    rationale = marks(linker, link, *english)
    return Explanation(
        link_id=link.link_id,
        headline=_headline(linker, link, scored, left, right),
        probability=scored.probability,
        sides=(
            _side(reader, left, link.left_ask, rationale[0]),
            _side(reader, right, link.right_ask, rationale[1]),
        ),
        contributions=_by_weight(scored.contributions),
    )


def _how_read(side: Side) -> list[str]:
    """Return how an ask in another language was read, phrase by phrase; nothing for English."""
    if not side.read_as:
        return []
    said = "; ".join(f"{phrase} = {english}" for phrase, english in side.read_as)
    begin = f"  {HOW_READ}: "
    return wrap(said, WIDTH, initial_indent=begin, subsequent_indent="    ")


def _headline(
    linker: ConvergenceLinker, link: Convergence, scored: Convergence, left: Record, right: Record
) -> str:
    opposite = ", they ask the contrary of each other" if link.relation == "opposite" else ""
    said = (
        f"{link.relation}{opposite}: same measure {scored.probability:.0%}, at least same issue "
        f"{scored.probability_related:.0%} ({link.band})"
    )
    if linker.scorer.borrowed(left.mechanism, right.mechanism):
        kind = linker.scorer.pair_kind(left.mechanism, right.mechanism).replace("-", " to ")
        said += f"; no such pairs were graded, so it is judged as {kind} is"
    return said


def explain_sdg(linker: SdgLinker, reader: Reader, link: SdgLink, record: Record) -> Explanation:
    """Explain an SDG link of a record."""
    english = reader.english(record)
    scored = linker.explain(english.text, link.target, link.indicator)
    code = link.indicator or link.target
    role = f", {link.role} indicator" if link.role else ""
    return Explanation(
        link_id=link.link_id,
        headline=f"{framework()[code]}{role}: {scored.probability:.0%} ({link.band})",
        probability=scored.probability,
        sides=(_side(reader, record, link.ask, sdg_marks(linker, link, english)),),
        contributions=_by_weight(scored.contributions),
    )


def _side(reader: Reader, record: Record, ask: int, marked: Spans) -> Side:
    """Return a side as published; what is marked in an English reading is marked there."""
    part, read = ask_of(record, ask), reader.read(record.text, record.language)
    if read is None:
        return Side(record.label, record.text, part.start, part.end, marked)
    pairs = tuple(
        (record.text[pair.start : pair.end], read.english_of(pair))
        for pair in read.telling
        if part.start <= pair.start < part.end
    )
    inside = tuple(
        (max(start, part.start), min(end, part.end))
        for start, end in read.in_original(marked)
        if start < part.end and part.start < end
    )
    return Side(record.label, record.text, part.start, part.end, inside, pairs)


def _by_weight(contributions: Sequence[Contribution]) -> tuple[Contribution, ...]:
    return tuple(sorted(contributions, key=lambda c: (-abs(c.log_odds), c.evidence)))


def _waterfall(explained: Explanation) -> list[str]:
    """Return a line and a bar for each finding, what speaks for the link first."""
    sizes = [abs(c.log_odds) for c in explained.contributions]
    sides = (("for", explained.speaks_for), ("against", explained.speaks_against))
    lines = []
    for name, found in sides:
        lines.append(f"Speaks {name} it (log-odds):")
        for c in found:
            bar = "█" * max(1, round(BAR * abs(c.log_odds) / max(sizes)))
            begin = f"  {c.log_odds:+6.2f} {bar:<{BAR}} "
            lines += wrap(
                c.finding or c.evidence,
                len(begin) + FINDING,
                initial_indent=begin,
                subsequent_indent=" " * len(begin),
            )
        lines += [] if found else ["  nothing"]
    total = sum(c.log_odds for c in explained.contributions)
    odds = 1 / (1 + math.exp(-total))
    return [*lines, f"  {total:+6.2f} in all, before calibration {odds:.0%}"]
