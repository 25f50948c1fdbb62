"""Clusters: all asks of a State for the same measure, whoever asked, in one document or several.

Average linkage over the probabilities of pairs of asks: two groups are joined while the mean
probability between all of their asks, those too far apart to be compared counting 0, is at least
``join``. One likely pair therefore never chains two groups together, as it does among connected
components. What people confirmed is joined first; what must stand apart is never joined.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from linker.convergence.ask_pairs import AskPairs
from linker.convergence.cluster import DECIMALS, AskKey, Lines, Member
from linker.convergence.scored_pairs import MILLIONTHS
from linker.reading.ask_table import Rows


@dataclass(frozen=True, slots=True)
class Ties:
    """What people said of pairs of asks.

    Attributes:
        must: asks that stand in one cluster: confirmed.
        cannot: asks that do not: rejected, or linked as related or opposite.
    """

    must: tuple[tuple[AskKey, AskKey], ...] = ()
    cannot: tuple[tuple[AskKey, AskKey], ...] = ()


def partition(pairs: AskPairs, join: float, ties: Ties | None = None) -> Rows:
    """Return the cluster of each ask, numbered from 0 in the order of their first asks.

    Args:
        pairs: of all asks.
        join: least mean probability at which two groups are one.
        ties: what people said; of asks that are there no more, nothing counts.
    """
    table = _Table(pairs, ties or Ties())
    table.join(join)
    _, first, inverse = np.unique(table.homes(), return_index=True, return_inverse=True)
    return np.asarray(np.argsort(np.argsort(first))[inverse], dtype=np.intp)


def members_of(pairs: AskPairs, homes: Rows, ties: Ties, drawn: Lines) -> Iterator[list[Member]]:
    """Yield the members of each cluster, surest first.

    Args:
        pairs: of all asks.
        homes: the cluster of each ask.
        ties: what people said.
        drawn: where the bands lie.
    """
    near: list[list[float]] = [[] for _ in homes]
    inside = homes[pairs.one] == homes[pairs.other]
    for one, other, same in zip(
        pairs.one[inside].tolist(), pairs.other[inside].tolist(), pairs.same[inside].tolist(),
        strict=True,
    ):  # fmt: skip
        near[one].append(same)
        near[other].append(same)
    keys, sizes = pairs.keys, np.bincount(homes)
    row = {key: number for number, key in enumerate(keys)}
    torn = {
        key
        for pair in ties.cannot
        if all(key in row for key in pair) and homes[row[pair[0]]] == homes[row[pair[1]]]
        for key in pair
    }
    surest = {key for pair in ties.must for key in pair}
    found: list[list[Member]] = [[] for _ in sizes]
    for key, home, chances in zip(keys, homes.tolist(), near, strict=True):
        sure = 1.0 if key in surest else _nearer_half(chances, int(sizes[home]) - 1)
        found[home].append(Member(*key, sure, drawn.band(sure), key in torn))
    for members in found:
        yield sorted(members, key=lambda m: (-m.probability, m.key))


def _nearer_half(chances: Sequence[float], others: int) -> float:
    if not others:
        return 1.0
    half = (others + 1) // 2
    return round(sum(sorted(chances, reverse=True)[:half]) / half, DECIMALS)


@dataclass
class _Table:
    """The groups while they are joined; of each, what its asks add up to with every other."""

    pairs: AskPairs
    ties: Ties
    sums: list[dict[int, int]] = field(init=False)
    apart: list[set[int]] = field(init=False)
    members: list[list[int]] = field(init=False)

    def __post_init__(self) -> None:
        count = len(self.pairs.owner)
        self.sums = [{} for _ in range(count)]
        self.apart = [set() for _ in range(count)]
        self.members = [[row] for row in range(count)]
        whole = np.rint(self.pairs.same * MILLIONTHS).astype(np.int64)
        rows = (self.pairs.one.tolist(), self.pairs.other.tolist(), whole.tolist())
        for one, other, same in zip(*rows, strict=True):
            self.sums[one][other] = self.sums[other][one] = same
        self._tie()

    def homes(self) -> Rows:
        """Return the group of each ask."""
        found = np.zeros(len(self.members), np.intp)
        for group, members in enumerate(self.members):
            found[members] = group
        return found

    def join(self, least: float) -> None:
        """Join the two likeliest groups while their mean probability is high enough.

        Of equals, those of the lowest rows.
        """
        version = [0] * len(self.members)
        waiting = [
            (-same, one, other, 0, 0)
            for one, group in enumerate(self.sums)
            for other in group
            if one < other and (same := self._mean(one, other)) >= least
        ]
        heapq.heapify(waiting)
        while waiting:
            _, one, other, *versions = heapq.heappop(waiting)
            if versions != [version[one], version[other]] or other in self.apart[one]:
                continue
            self._merge(one, other)
            version[one] += 1
            version[other] += 1
            for third in self.sums[one]:
                if (same := self._mean(one, third)) >= least:
                    low, high = min(one, third), max(one, third)
                    heapq.heappush(waiting, (-same, low, high, version[low], version[high]))

    def _mean(self, one: int, other: int) -> float:
        count = len(self.members[one]) * len(self.members[other])
        return self.sums[one][other] / (count * MILLIONTHS)

    def _merge(self, into: int, gone: int) -> None:
        self.members[into] += self.members[gone]
        self.members[gone] = []
        for third, same in self.sums[gone].items():
            del self.sums[third][gone]
            if third != into:
                self.sums[into][third] = self.sums[into].get(third, 0) + same
                self.sums[third][into] = self.sums[into][third]
        self.sums[gone] = {}
        for third in self.apart[gone]:
            self.apart[third].discard(gone)
            if third != into:
                self.apart[third].add(into)
                self.apart[into].add(third)
        self.apart[gone] = set()

    def _tie(self) -> None:
        """Join what people confirmed, then keep apart what they, or the texts, tell apart."""
        row = {key: number for number, key in enumerate(self.pairs.keys)}
        group = list(range(len(row)))

        def find(ask: int) -> int:
            while group[ask] != ask:
                group[ask] = group[group[ask]]
                ask = group[ask]
            return ask

        for one, other in _known(self.ties.must, row):
            low, high = sorted((find(one), find(other)))
            if low != high:
                group[high] = low
                self._merge(low, high)
        engine = zip(
            self.pairs.one[self.pairs.apart].tolist(),
            self.pairs.other[self.pairs.apart].tolist(),
            strict=True,
        )
        for one, other in [*engine, *_known(self.ties.cannot, row)]:
            left, right = find(one), find(other)
            if left != right:
                self.apart[left].add(right)
                self.apart[right].add(left)


def _known(
    ties: Iterable[tuple[AskKey, AskKey]], row: Mapping[AskKey, int]
) -> Iterator[tuple[int, int]]:
    for one, other in ties:
        if one in row and other in row:
            yield row[one], row[other]
