"""The SDG targets and indicators that a cluster's records share, each judged once for all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from linker.convergence.cluster import AskKey
from linker.links import Band, SdgLink
from linker.review.decisions import LinkVerdict
from linker.review.results import PERCENT, ProposedSdgLink

SHARED = 0.5
"""A code is a cluster's where it is proposed for, or confirmed on, this share of its records."""
Proposed = Mapping[str, Sequence[ProposedSdgLink]]
"""SDG links, those to indicators too, by record id."""


@dataclass(frozen=True, slots=True)
class SharedSdg:
    """An SDG target or indicator that a cluster's records share.

    Attributes:
        items: its links, one a record, surest first; never none.
        records: how many records the cluster has.
        below: of a target, the links of the same records to its indicators, shared or not.
    """

    items: tuple[ProposedSdgLink, ...]
    records: int
    below: tuple[ProposedSdgLink, ...] = ()

    @property
    def link(self) -> SdgLink:
        """The surest of its links."""
        return self.items[0].link

    @property
    def code(self) -> str:
        """The target's or the indicator's code."""
        return self.link.indicator or self.link.target

    @property
    def probability(self) -> float:
        """The share of its links to expect to be right."""
        return round(self.weight / len(self.items), PERCENT)

    @property
    def weight(self) -> float:
        """How many of the cluster's records to expect to be rightly linked."""
        return sum(item.link.probability for item in self.items)

    @property
    def band(self) -> Band:
        """``propose`` where half of its links or more are likely, else ``ask``."""
        likely = sum(item.link.band == "propose" for item in self.items)
        return "propose" if 2 * likely >= len(self.items) else "ask"

    @property
    def decision(self) -> str:
        """The verdict on all its links; empty where they differ or some have none."""
        said = {item.decision.verdict if item.decision else "" for item in self.items}
        return said.pop() if len(said) == 1 else ""

    @property
    def waiting(self) -> tuple[ProposedSdgLink, ...]:
        """Its links that nobody judged."""
        return _unjudged(self.items)

    def decided_by(self, verdict: LinkVerdict) -> tuple[str, ...]:
        """Return the ids of the links that a verdict on it decides.

        What was judged record by record stays, unless nothing is left to judge: then all that
        was judged otherwise is changed. A target that is rejected takes its indicators along.
        """
        chosen = self.waiting or tuple(
            item for item in self.items if item.decision and item.decision.verdict != verdict
        )
        below = _unjudged(self.below) if verdict == "reject" else ()
        return tuple(item.link.link_id for item in (*chosen, *below))


def shared_sdg(asks: Iterable[AskKey], proposed: Proposed) -> tuple[SharedSdg, ...]:
    """Return what a cluster's records share: each target, weightiest first, then its indicators.

    Args:
        asks: the cluster's; a link counts where one of them carries it.
        proposed: what was proposed for, or judged on, the records.
    """
    places = sorted({(record_id, ask) for record_id, ask, _ in asks})
    records = len({record_id for record_id, _ in places})
    held: dict[str, list[ProposedSdgLink]] = {}
    for record_id, ask in places:
        for item in proposed.get(record_id, ()):
            if item.link.ask == ask:
                held.setdefault(item.link.indicator or item.link.target, []).append(item)
    found = [
        SharedSdg(tuple(sorted(items, key=_surest)), records, tuple(_below(items, proposed)))
        for items in held.values()
        if len(items) >= SHARED * records
    ]
    return tuple(_by_target(sorted(found, key=lambda one: (-one.weight, one.code))))


def _by_target(ranked: Sequence[SharedSdg]) -> Iterator[SharedSdg]:
    """Yield each target and its indicators after it: an indicator says nothing alone."""
    below: dict[str, list[SharedSdg]] = {}
    for one in ranked:
        if one.link.indicator:
            below.setdefault(one.link.target, []).append(one)
    for target in ranked:
        if not target.link.indicator:
            yield target
            yield from below.get(target.link.target, ())


def _below(items: Sequence[ProposedSdgLink], proposed: Proposed) -> Iterator[ProposedSdgLink]:
    for link in (item.link for item in items if not item.link.indicator):
        for item in proposed.get(link.record_id, ()):
            if item.link.indicator and item.link.target == link.target:
                yield item


def _unjudged(items: Sequence[ProposedSdgLink]) -> tuple[ProposedSdgLink, ...]:
    return tuple(item for item in items if item.decision is None)


def _surest(item: ProposedSdgLink) -> tuple[float, str]:
    return -item.link.probability, item.link.record_id
