"""How good clusters are, against judged pairs and against clusters made in full by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

Homes = Mapping[str, frozenset[str]]
"""The clusters that each record stands in."""


@dataclass(frozen=True)
class Counted:
    """What was found and what is true; adds up over States.

    Attributes:
        right: found and true.
        found: found.
        true: true.
    """

    right: float = 0
    found: float = 0
    true: float = 0

    def __add__(self, other: Counted) -> Counted:
        return Counted(self.right + other.right, self.found + other.found, self.true + other.true)

    @property
    def precision(self) -> float:
        """Share of what was found that is true."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of what is true that was found."""
        return self.right / self.true if self.true else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return f1(self.precision, self.recall)


def f1(precision: float, recall: float) -> float:
    """Return the harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def pairs(homes: Homes, grades: Mapping[tuple[str, str], int]) -> Counted:
    """Count judged pairs: found where both stand in one cluster, true where graded 2."""
    together = {pair: not homes[pair[0]].isdisjoint(homes[pair[1]]) for pair in grades}
    return Counted(
        sum(together[pair] for pair, grade in grades.items() if grade == 2),
        sum(together.values()),
        sum(grade == 2 for grade in grades.values()),
    )


def b_cubed(found: Homes, true: Homes) -> tuple[float, float]:
    """Return B-cubed precision and recall of clusters that may overlap.

    Amigó, Gonzalo, Artiles and Verdejo, Information Retrieval 12 (2009): of two records, how many
    clusters and how many measures they share; precision and recall of that, over each record and
    then over all of them.

    Args:
        found: the clusters of each record.
        true: the measures of the same records.
    """
    precision = _mean_over_records(found, true, found)
    return precision, _mean_over_records(found, true, true)


def _mean_over_records(found: Homes, true: Homes, by: Homes) -> float:
    members: dict[str, list[str]] = {}
    for record, homes in by.items():
        for home in homes:
            members.setdefault(home, []).append(record)
    total = 0.0
    for record in by:
        near = set(chain.from_iterable(members[home] for home in by[record]))
        shares = []
        for other in sorted(near):
            both = len(found[record] & found[other]), len(true[record] & true[other])
            shares.append(min(both) / len(by[record] & by[other]))
        total += sum(shares) / len(shares)
    return total / len(by)
