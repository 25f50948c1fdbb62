"""When to stop: what a random sample says of the clusters that nobody looked at.

The bound is that of Clopper and Pearson, "The use of confidence or fiducial limits illustrated in
the case of the binomial", Biometrika 26 (1934), pages 404-413, one-sided: were the share of right
ones lower, so many right ones in the sample would come up in fewer than one of twenty draws.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import comb, floor

from linker.links import Convergence
from linker.review.cluster_results import ShownCluster

SIZE, FEWEST = 40, 20
"""Clusters drawn at most, and those below which no rest is offered.

Forty right ones of forty say: at least 92.8 of a hundred; twenty of twenty: at least 86.1.
"""
CONFIDENCE = 0.95
_STEPS = 40


@dataclass(frozen=True, slots=True)
class Sample:
    """Likely clusters drawn at random, and what was said of them.

    Attributes:
        drawn: ids of those drawn, in the order of the draw.
        waiting: those of them that nobody judged.
        right: how many were confirmed with all their records.
        rest: ids of the likely clusters that nobody judged and that were not drawn.
    """

    drawn: tuple[str, ...]
    waiting: tuple[str, ...]
    right: int
    rest: tuple[str, ...]

    @property
    def judged(self) -> int:
        """How many of those drawn were judged."""
        return len(self.drawn) - len(self.waiting)

    @property
    def bound(self) -> float:
        """Share of right ones among all likely clusters, at the least, 0 to 1."""
        return lower_bound(self.right, self.judged)

    @property
    def best(self) -> float:
        """What the bound would be if all that were drawn are right."""
        return lower_bound(len(self.drawn), len(self.drawn))

    @property
    def tells(self) -> bool:
        """Whether all that were drawn are judged and enough of them to speak for the rest."""
        return bool(self.rest) and not self.waiting and self.judged >= FEWEST

    def __str__(self) -> str:
        return f"{self.right} of {self.judged} right (at least {floor(100 * self.bound)} in 100)"


def sample(clusters: Sequence[ShownCluster], changed: Iterable[str] = ()) -> Sample:
    """Draw likely clusters and count what was said of them.

    Drawn by a digest of their ids: as good as by lot, and the same whenever it is asked.

    Args:
        clusters: all of a State, of two records or more.
        changed: ids of those that a reviewer took records out of: they were not right.
    """
    likely = {c.cluster_id: c for c in clusters if c.cluster.band == "propose"}
    order = sorted(likely, key=lambda key: hashlib.sha256(key.encode()).hexdigest())
    unlooked = {key for key in order if _unlooked(likely[key])}
    size = size_of(len(order))
    drawn = tuple(order[:size])
    wrong = set(changed)
    right = [c for c in (likely[key] for key in drawn) if _confirmed(c)]
    return Sample(
        drawn=drawn,
        waiting=tuple(key for key in drawn if key in unlooked),
        right=sum(c.cluster_id not in wrong for c in right),
        rest=tuple(key for key in order[size:] if key in unlooked),
    )


def size_of(likely: int) -> int:
    """Return how many of so many likely clusters are drawn: half of them, from 20 to 40.

    Of twenty or fewer all are drawn: there is no rest to speak for.
    """
    return max(FEWEST, min(SIZE, likely // 2))


def lower_bound(right: int, judged: int, confidence: float = CONFIDENCE) -> float:
    """Return the least share of right ones that a sample leaves likely (Clopper and Pearson).

    Args:
        right: right ones in the sample.
        judged: its size.
        confidence: how sure, 0 to 1, one-sided.
    """
    if not right:
        return 0.0
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        so_many = sum(
            comb(judged, k) * middle**k * (1 - middle) ** (judged - k)
            for k in range(right, judged + 1)
        )
        low, high = (middle, high) if so_many < 1 - confidence else (low, middle)
    return low


def left_among(links: Iterable[Convergence]) -> tuple[int, int]:
    """Return how many true links to expect among links, and how many there are.

    Their probabilities are calibrated: their sum is what to expect.
    """
    chances = [link.probability for link in links]
    return round(sum(chances)), len(chances)


def _unlooked(cluster: ShownCluster) -> bool:
    return cluster.decision is None or bool(cluster.new)


def _confirmed(cluster: ShownCluster) -> bool:
    return cluster.decision is not None and cluster.decision.verdict == "confirm"
