"""How far reviewers who judged the same links agree, and where they do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from typing import Any

from linker.review.cluster_words import by_member, seen_in
from linker.review.decisions import Decision, is_settlement, is_unseen, stacks

CONVERGENCE, TARGET, INDICATOR = "convergence", "SDG target", "SDG indicator"
MEMBER = "record in a cluster"
KINDS = (CONVERGENCE, MEMBER, TARGET, INDICATOR)
WORDS = ("confirm", "reject", "unsure")
DEGREES = (
    (0.81, "almost perfect"),
    (0.61, "substantial"),
    (0.41, "moderate"),
    (0.21, "fair"),
    (0.0, "slight"),
)
"""Names for values of κ: Landis and Koch, Biometrics 33 (1977), table on page 165."""
FEWEST = 20
"""Links judged by both below which κ is not told: it would say more of chance than of reviewers."""
WIDE = 1.96
"""Standard errors on either side of κ that its interval of 95 % spans."""
Judged = dict[str, dict[str, Decision]]
"""The word of each reviewer on each link, by link id and reviewer."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two reviewers and the links of one kind that both judged.

    Attributes:
        kind: one of `KINDS`.
        first: name of one reviewer; the pair is in alphabetical order.
        second: name of the other.
        both: how many links both judged.
        agreed: of how many they said the same.
        kappa: Cohen's κ, agreement beyond chance: 1 is full, 0 is what chance gives. None where
            it is not defined, both having said one and the same of every link.
        counts: how many links the first reviewer and the second said what of.
    """

    kind: str
    first: str
    second: str
    both: int
    agreed: int
    kappa: float | None
    counts: tuple[tuple[tuple[str, str], int], ...]

    @property
    def tells(self) -> bool:
        """Whether enough was judged by both for κ to say something."""
        return self.kappa is not None and self.both >= FEWEST

    @property
    def interval(self) -> tuple[float, float] | None:
        """κ's interval of 95 %, -1 to 1, by Cohen's own standard error (1960); None without κ."""
        if self.kappa is None:
            return None
        observed = self.agreed / self.both
        chance = (observed - self.kappa) / (1 - self.kappa) if self.kappa < 1 else 0.0
        error = WIDE * sqrt(observed * (1 - observed) / self.both) / (1 - chance)
        return max(-1.0, self.kappa - error), min(1.0, self.kappa + error)

    @property
    def degree(self) -> str:
        """κ in a word; empty where there is none."""
        if self.kappa is None:
            return ""
        return next((word for least, word in DEGREES if self.kappa >= least), "none beyond chance")

    def to_row(self) -> dict[str, Any]:
        """Return the columns that listings show."""
        counts = dict(self.counts)
        return {
            "kind": self.kind,
            "first": self.first,
            "second": self.second,
            "both": self.both,
            "agreed": self.agreed,
            "share": round(self.agreed / self.both, 4),
            "kappa": None if self.kappa is None else round(self.kappa, 4),
            "degree": self.degree,
            **{f"{a}_{b}": counts.get((a, b), 0) for a in WORDS for b in WORDS},
        }


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A link of which reviewers said different things.

    Attributes:
        link_id: the link.
        kind: one of `KINDS`.
        words: what each reviewer said, in the order they said it.
        settled: the settlement that stands, if there is one.
    """

    link_id: str
    kind: str
    words: tuple[Decision, ...]
    settled: Decision | None

    def to_row(self) -> dict[str, Any]:
        """Return the columns that listings show."""
        return {
            "link_id": self.link_id,
            "kind": self.kind,
            "said": "; ".join(f"{d.reviewer}: {d.verdict}" for d in self.words),
            "notes": "; ".join(f"{d.reviewer}: {d.note}" for d in self.words if d.note),
            "settled": self.settled.verdict if self.settled else "",
            "settled_by": self.settled.reviewer if self.settled else "",
        }


def agreements(log: Iterable[Decision]) -> tuple[Agreement, ...]:
    """Return how far each two reviewers agree, kind by kind; pairs with nothing in common not.

    Settlements are left out: they are not a reviewer's own, independent word.
    """
    words = judged(log)
    reviewers = sorted({reviewer for given in words.values() for reviewer in given})
    return tuple(
        _agreement(kind, first, second, pairs)
        for kind in KINDS
        for first, second in combinations(reviewers, 2)
        if (pairs := list(_pairs(words, kind, first, second)))
    )


def disagreements(log: Sequence[Decision]) -> tuple[Disagreement, ...]:
    """Return the links of which reviewers said different things, by kind and link id.

    Settled ones are among them; ``settled`` tells them apart.
    """
    words = judged(log)
    settled: dict[str, Decision] = {}
    for key, given in judged(log, settlements=True).items():
        settled[key] = max(given.values(), key=lambda decision: decision.seq)
    found = [
        Disagreement(link_id, kind_of(said[0]), said, settled.get(link_id))
        for link_id, given in words.items()
        for said in [tuple(sorted(given.values(), key=lambda d: d.seq))]
        if len({d.verdict for d in said}) > 1
    ]
    return tuple(sorted(found, key=lambda d: (KINDS.index(d.kind), d.link_id)))


def judged(log: Iterable[Decision], settlements: bool = False) -> Judged:
    """Return what each reviewer last said of each link, having looked at it, and did not take back.

    A word on a cluster counts for each record that was seen in it, and whoever took a record out
    rejected that one; their key is the cluster's id, a colon and the name of the ask.

    Args:
        log: all decisions.
        settlements: return what was said to settle disagreements, and nothing else, instead of
            reviewers' own words.
    """
    log = list(log)
    found: Judged = {}
    for (link_id, reviewer), stack in stacks(log).items():
        wanted = [d for d in stack if is_settlement(d) is settlements and not is_unseen(d)]
        if wanted:
            found.setdefault(link_id, {})[reviewer] = wanted[-1]
    return by_member(found, () if settlements else log)


def kind_of(decision: Decision) -> str:
    """Return what kind of link a decision is about, of `KINDS`."""
    if seen_in(decision):
        return MEMBER
    if decision.link_id.startswith("C-"):
        return CONVERGENCE
    return INDICATOR if dict(decision.link).get("indicator") else TARGET


def _pairs(words: Judged, kind: str, first: str, second: str) -> Iterator[tuple[str, str]]:
    for given in words.values():
        if first in given and second in given and kind_of(given[first]) == kind:
            yield given[first].verdict, given[second].verdict


def _agreement(kind: str, first: str, second: str, pairs: list[tuple[str, str]]) -> Agreement:
    counts: dict[tuple[str, str], int] = {}
    for pair in pairs:
        counts[pair] = counts.get(pair, 0) + 1
    agreed = sum(number for (one, other), number in counts.items() if one == other)
    return Agreement(
        kind, first, second, len(pairs), agreed, _kappa(pairs), tuple(sorted(counts.items()))
    )


def _kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Return Cohen's kappa (1960): agreement beyond chance; None where nothing else could be."""
    if not pairs:
        return None
    one, other = (Counter(pair[side] for pair in pairs) for side in (0, 1))
    by_chance = sum(one[verdict] * other[verdict] for verdict in one) / len(pairs) ** 2
    agreed = sum(first == second for first, second in pairs) / len(pairs)
    return None if by_chance == 1 else (agreed - by_chance) / (1 - by_chance)
