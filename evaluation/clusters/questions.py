"""A simulation: how many questions until a reviewer has confirmed most of the true links.

A question is one key press, answered by judged pairs. A card shows a cluster: one press confirms
what is left of it, one press takes out a member that does not belong (most of its judged pairs with
the others are not the same measure). Cards of most records come first; one about which no judged
pair says anything is passed over and counted apart: nobody knows the answer here. When no card is
left, the other pairs are asked about one by one, the most probable first.
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
    by_cards = review.asked, len(review.confirmed)
    review.pairs()
    return {
        "true links": len(review.true),
        "by cards": by_cards[1],
        "questions of cards": by_cards[0],
        "confirmed": len(review.confirmed),
        "questions": review.asked,
        "cards passed over": review.silent,
        "questions, pair by pair": _pair_by_pair(compared, grades, enough),
    }


@dataclass
class _Review:
    compared: AskPairs
    grades: Mapping[Pair, int]
    enough: float
    asked: int = 0
    silent: int = 0
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
            return
        kept = list(group)
        while wrong := self._wrong(kept):
            kept.remove(wrong[0])
            self.asked += 1
        self.asked += len(kept) > 1
        self._confirm(kept)

    def pairs(self) -> None:
        """Ask about the pairs that no card confirmed, the most probable first."""
        for key in in_order(self.compared, self.grades):
            if self.done:
                return
            if key not in self.confirmed:
                self.asked += 1
                self.confirmed |= {key} & self.true

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


def in_order(compared: AskPairs, grades: Mapping[Pair, int]) -> list[Pair]:
    """Return judged pairs, the most probable first: of each, its likeliest asks count."""
    best: dict[Pair, float] = {}
    owner = [compared.ids[row] for row in compared.owner.tolist()]
    columns = (compared.one.tolist(), compared.other.tolist(), compared.same.tolist())
    for one, other, same in zip(*columns, strict=True):
        key = _ordered(owner[one], owner[other])
        best[key] = max(best.get(key, 0.0), same)
    return sorted(grades, key=lambda key: (-best.get(key, 0.0), key))


def _pair_by_pair(compared: AskPairs, grades: Mapping[Pair, int], enough: float) -> int:
    """Return how many questions it takes without clusters."""
    review = _Review(compared, grades, enough)
    review.pairs()
    return review.asked


def _ordered(one: Any, other: Any) -> Any:
    return (one, other) if one < other else (other, one)
