"""What people said of clusters and links, as pairs of asks that belong together or do not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise

import numpy as np

from linker.convergence.ask_pairs import AskPairs
from linker.convergence.cluster import AskKey
from linker.convergence.clusters import Ties
from linker.review.cluster_words import seen_in
from linker.review.decisions import Decision, standing

CONFIRMED, REJECTED = "confirm", "reject"
Pair = tuple[AskKey, AskKey]


def said_digest(log: Sequence[Decision]) -> str:
    """Return a digest of all decisions that tie asks together or part them."""
    said = [
        [key, decision.verdict, sorted(decision.link)]
        for key, decision in sorted(standing(log).items())
        if decision.verdict in (CONFIRMED, REJECTED) and (_ends(decision) or seen_in(decision))
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def ties(log: Sequence[Decision], pairs: AskPairs) -> Ties:
    """Return which asks must stand in one cluster and which cannot.

    A link ties the likeliest asks of its two records; a rejected one parts all of them. The asks
    of a cluster were seen together: confirmed, they stay together; rejected, none stays with
    another.

    Args:
        log: all decisions.
        pairs: the asks of a State; what was said of others is passed over.
    """
    must: list[Pair] = []
    cannot: list[Pair] = []
    likeliest = _Likeliest(pairs)
    for _, decision in sorted(standing(log).items()):
        if decision.verdict not in (CONFIRMED, REJECTED):
            continue
        if seen := seen_in(decision):
            joined = decision.verdict == CONFIRMED
            (must if joined else cannot).extend((pairwise if joined else combinations_of)(seen))
        elif ends := _ends(decision):
            same = dict(decision.link).get("relation", "convergence") == "convergence"
            if decision.verdict == CONFIRMED and same:
                must += likeliest.of(*ends)
            else:
                cannot += likeliest.all_of(*ends)
    return Ties(tuple(must), tuple(cannot))


def combinations_of(seen: Sequence[AskKey]) -> Iterator[Pair]:
    """Return each two asks of different records: one record may ask a thing twice."""
    return ((a, b) for a, b in combinations(seen, 2) if a[0] != b[0])


def _ends(decision: Decision) -> tuple[str, str] | None:
    held: Mapping[str, str] = dict(decision.link)
    if "left_id" not in held or "right_id" not in held:
        return None
    return held["left_id"], held["right_id"]


class _Likeliest:
    """Finds, for two records, the asks that most probably ask the same."""

    def __init__(self, pairs: AskPairs) -> None:
        self.pairs = pairs
        self.keys = pairs.keys
        starts, counts = pairs.first.tolist(), pairs.asks.tolist()
        rows = zip(pairs.ids, starts, counts, strict=True)
        self.asks = {record_id: (start, start + count) for record_id, start, count in rows}

    def of(self, one: str, other: str) -> list[Pair]:
        """Return the likeliest pair of asks of two records; the first two where none was scored."""
        if one not in self.asks or other not in self.asks:
            return []
        low, high = (self.asks[key] for key in sorted((one, other)))
        p = self.pairs
        here = np.flatnonzero(
            (p.one >= low[0]) & (p.one < low[1]) & (p.other >= high[0]) & (p.other < high[1])
        )
        if not len(here):
            return [(self.keys[low[0]], self.keys[high[0]])]
        best = here[p.same[here].argmax()]
        return [(self.keys[int(p.one[best])], self.keys[int(p.other[best])])]

    def all_of(self, one: str, other: str) -> list[Pair]:
        """Return each ask of one record with each of the other."""
        if one not in self.asks or other not in self.asks:
            return []
        mine, theirs = (self.keys[slice(*self.asks[key])] for key in (one, other))
        return [(a, b) for a in mine for b in theirs]
