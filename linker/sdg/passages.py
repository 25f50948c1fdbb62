"""The knowledge as single passages, each with a stable id: what is embedded, indexed and quoted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from linker.sdg.framework import Framework
from linker.sdg.knowledge import IndicatorKnowledge, Knowledge, TargetKnowledge

Kind = Literal[
    "title", "gloss", "terms", "exemplar", "counter", "procedural",
    "indicator-title", "measures", "direct", "proxy",
]  # fmt: skip
TARGET_KINDS: frozenset[Kind] = frozenset(
    {"title", "gloss", "terms", "exemplar", "counter", "procedural", "direct"}
)
"""Kinds that speak for a target (or, procedural ones, for none)."""


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
    """

    id: str
    kind: Kind
    text: str
    target: str
    indicator: str = ""


def passages(known: Knowledge, codes: Framework) -> tuple[Passage, ...]:
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
    return tuple(sorted((p for p in found if p.text), key=lambda passage: passage.id))


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
    yield Passage(f"{place}/direct", "direct", indicator.direct, target, indicator.code)
    yield Passage(f"{place}/proxy", "proxy", indicator.proxy, target, indicator.code)
