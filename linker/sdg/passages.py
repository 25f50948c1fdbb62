"""The knowledge as single passages, each with a stable id: what is embedded, indexed and quoted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from linker.sdg.framework import Framework, framework
from linker.sdg.graded import GradedText, IndicatorAsk, graded_texts, indicator_asks
from linker.sdg.knowledge import IndicatorKnowledge, Knowledge, TargetKnowledge, knowledge

Kind = Literal[
    "title", "gloss", "terms", "exemplar", "counter", "procedural", "graded",
    "indicator-title", "measures", "direct", "proxy", "direct-ask", "proxy-ask", "neither-ask",
]  # fmt: skip
TARGET_KINDS: frozenset[Kind] = frozenset((
    "title", "gloss", "terms", "exemplar", "counter", "procedural", "graded", "direct",
    "direct-ask",
))  # fmt: skip
"""Kinds that speak for a target (or, procedural ones, for none)."""
EXEMPLARS: frozenset[Kind] = frozenset({"exemplar", "graded", "direct-ask"})
"""Kinds that are worded like recommendations and speak for the target they stand under."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that speaks for a target, for an indicator, or for no target at all.

    Attributes:
        id: ``target:5.3/exemplar/04``, ``indicator:5.3.1/measures``, ``procedural/12``.
        kind: what sort of text it is.
        text: the text.
        target: the target it speaks for; of a counter-exemplar the one it belongs to, not the one
            it resembles; empty when it speaks for none.
        indicator: the indicator it describes, or empty.
        also: further targets that a graded text links to.
        direct: indicators that measure what a graded text asks.
        proxy: indicators that tell something about it.
    """

    id: str
    kind: Kind
    text: str
    target: str
    indicator: str = ""
    also: tuple[str, ...] = ()
    direct: tuple[str, ...] = ()
    proxy: tuple[str, ...] = ()

    @property
    def targets(self) -> tuple[str, ...]:
        """All targets that it speaks for; none where it speaks for none."""
        return (self.target, *self.also) if self.target else ()


def shipped_passages() -> tuple[Passage, ...]:
    """Return the passages of all that ships with Linker.

    Raises:
        LinkerError: a file of data/sdg cannot be read.
    """
    return passages(knowledge(), framework(), graded_texts(), indicator_asks())


def passages(
    known: Knowledge,
    codes: Framework,
    graded: Sequence[GradedText] = (),
    asked: Sequence[IndicatorAsk] = (),
) -> tuple[Passage, ...]:
    """Return every passage, sorted by id.

    Targets and indicators that nobody has described yet are still there with their titles.
    """
    found = [
        Passage(f"target:{entry.code}/title", "title", entry.title, entry.code)
        for entry in codes.level("target")
    ]
    found += [
        Passage(f"indicator:{e.code}/title", "indicator-title", e.title, e.parent, e.code)
        for e in codes.level("indicator")
    ]
    for target in known.targets.values():
        found += _of_target(target)
    found += [
        Passage(f"procedural/{number:02}", "procedural", text, "")
        for number, text in enumerate(known.procedural)
    ]
    found += [
        Passage(f"procedural/near/{number:02}", "counter", text, target)
        for number, (text, target) in enumerate(known.near_procedural)
    ]
    found += [
        Passage(f"graded/{number:03}", "graded", g.text, *_split(g.targets), g.direct, g.proxy)
        for number, g in enumerate(graded)
    ]
    found += _asks(asked, codes)
    return tuple(sorted((p for p in found if p.text), key=lambda passage: passage.id))


def _split(targets: tuple[str, ...]) -> tuple[str, str, tuple[str, ...]]:
    """Return the first target, no indicator, and the further targets."""
    return (targets[0], "", targets[1:]) if targets else ("", "", ())


def _asks(asked: Sequence[IndicatorAsk], codes: Framework) -> Iterator[Passage]:
    kinds: dict[str, Kind] = {
        "direct": "direct-ask", "proxy": "proxy-ask", "neither": "neither-ask",
    }  # fmt: skip
    counted: dict[tuple[str, str], int] = {}
    for ask in asked:
        number = counted.setdefault((ask.indicator, ask.role), 0)
        counted[ask.indicator, ask.role] += 1
        place = f"indicator:{ask.indicator}/{ask.role}-ask/{number:02}"
        target = codes[ask.indicator].parent
        yield Passage(place, kinds[ask.role], ask.ask, target, ask.indicator)


def _of_target(target: TargetKnowledge) -> Iterator[Passage]:
    place = f"target:{target.code}"
    yield Passage(f"{place}/gloss", "gloss", target.gloss, target.code)
    yield Passage(f"{place}/terms", "terms", ", ".join(target.terms), target.code)
    for number, text in enumerate(target.exemplars):
        yield Passage(f"{place}/exemplar/{number:02}", "exemplar", text, target.code)
    for number, (text, other) in enumerate(target.counter):
        yield Passage(f"{place}/counter/{number:02}", "counter", text, other)
    for indicator in target.indicators:
        yield from _of_indicator(indicator, target.code)


def _of_indicator(indicator: IndicatorKnowledge, target: str) -> Iterator[Passage]:
    place = f"indicator:{indicator.code}"
    measured = f"{indicator.measures} ({indicator.of})"
    yield Passage(f"{place}/measures", "measures", measured, target, indicator.code)
    described: tuple[tuple[Kind, str], ...] = (
        ("direct", indicator.direct),
        ("proxy", indicator.proxy),
    )
    for kind, text in described:
        for number, part in enumerate(text.split(";")):
            yield Passage(f"{place}/{kind}/{number:02}", kind, part.strip(), target, indicator.code)
