"""A simulation: how many questions until a reviewer has confirmed most of the true links.

A question is one key press, answered by judged pairs. A card shows a cluster: one press confirms
what is left of it, one press takes out a member that does not belong (most of its judged pairs with
the others are not the same measure). Cards with the most links come first. When no card is left,
the likeliest two groups are shown: are they one? A question about which no judged pair says
anything is passed over and counted apart: nobody knows the answer here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from linker.convergence.ask_pairs import AskPairs
from linker.convergence.cluster import Lines
from linker.convergence.clusters import partition

ENOUGH = 0.95
LEAST = 0.1
"""Two groups that are less probable to be one are not asked about."""
Pair = tuple[str, str]


def questions(
    compared: AskPairs, grades: Mapping[Pair, int], drawn: Lines, enough: float = ENOUGH
) -> dict[str, Any]:
    """Return how many questions it took to confirm so many of the true links, and how many did.

    Args:
        compared: the State's pairs of asks.
        grades: of judged pairs, by ids in order.
        drawn: where the lines of clusters lie.
        enough: the share of the true links at which the reviewer stops.
    """
    review = _Review(compared, grades, enough)
    homes = partition(compared, drawn.join)
    groups: dict[int, list[int]] = {}
    for ask, home in enumerate(homes.tolist()):
        groups.setdefault(home, []).append(ask)
    for group in sorted(groups.values(), key=lambda asks: (-len(asks), asks)):
        review.card(group)
    review.merges()
    return {
        "true links": len(review.true),
        "confirmed": len(review.confirmed),
        "questions": review.asked,
        "passed over": review.silent,
        "pairs otherwise": len(grades),
    }


@dataclass
class _Review:
    compared: AskPairs
    grades: Mapping[Pair, int]
    enough: float
    asked: int = 0
    silent: int = 0
    groups: list[list[int]] = field(default_factory=list)
    confirmed: set[Pair] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.record = [self.compared.ids[row] for row in self.compared.owner.tolist()]
        self.true = {pair for pair, grade in self.grades.items() if grade == 2}

    @property
    def done(self) -> bool:
        return len(self.confirmed) >= self.enough * len(self.true)

    def card(self, group: Sequence[int]) -> None:
        """Take out whom the judged pairs speak against, then confirm the rest."""
        if self.done or not self._judged(group):
            self.silent += len(group) > 1 and not self.done
            self.groups.append(list(group))
            return
        kept = list(group)
        while wrong := self._wrong(kept):
            kept.remove(wrong[0])
            self.groups.append([wrong[0]])
            self.asked += 1
        self.asked += len(kept) > 1
        self._confirm(kept)
        self.groups.append(kept)

    def merges(self) -> None:
        """Ask about the likeliest two groups, again and again."""
        place = {ask: n for n, group in enumerate(self.groups) for ask in group}
        sums: dict[tuple[int, int], float] = {}
        columns = (self.compared.one, self.compared.other, self.compared.same)
        for one, other, same in zip(*(column.tolist() for column in columns), strict=True):
            key = _ordered(place[one], place[other])
            if key[0] != key[1]:
                sums[key] = sums.get(key, 0.0) + same
        while sums and not self.done:
            low, high = min(sums, key=lambda key: (-sums[key], key))
            likely = sums.pop((low, high))
            mean = likely / (len(self.groups[low]) * len(self.groups[high]))
            if mean < LEAST:
                continue
            said = [
                self.grades[key]
                for one in self.groups[low]
                for other in self.groups[high]
                if (key := _ordered(self.record[one], self.record[other])) in self.grades
            ]
            self.asked += bool(said)
            self.silent += not said
            if said and sum(grade == 2 for grade in said) * 2 > len(said):
                self._join(low, high, sums)

    def _join(self, low: int, high: int, sums: dict[tuple[int, int], float]) -> None:
        self.groups[low] += self.groups[high]
        self.groups[high] = []
        self._confirm(self.groups[low])
        for key in [key for key in sums if high in key]:
            other = key[0] if key[1] == high else key[1]
            moved = _ordered(low, other)
            sums[moved] = sums.get(moved, 0.0) + sums.pop(key)

    def _judged(self, group: Sequence[int]) -> dict[int, list[int]]:
        """Return the grades of each ask with the others of its group."""
        found: dict[int, list[int]] = {}
        for one, other in combinations(group, 2):
            key = _ordered(self.record[one], self.record[other])
            if key in self.grades:
                found.setdefault(one, []).append(self.grades[key])
                found.setdefault(other, []).append(self.grades[key])
        return found

    def _wrong(self, group: Sequence[int]) -> list[int]:
        """Return the asks that do not belong, the worst first."""
        share = {
            ask: sum(grade == 2 for grade in said) / len(said)
            for ask, said in self._judged(group).items()
        }
        return sorted((ask for ask in share if share[ask] < 1 / 2), key=lambda a: (share[a], a))

    def _confirm(self, group: Sequence[int]) -> None:
        for one, other in combinations(group, 2):
            key = _ordered(self.record[one], self.record[other])
            if key in self.true:
                self.confirmed.add(key)


def _ordered(one: Any, other: Any) -> Any:
    return (one, other) if one < other else (other, one)
