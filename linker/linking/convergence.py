"""Proposes convergences: which records of a State ask the same measure, and how sure that is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from linker.encoding.encoder import Encoder, Progress
from linker.errors import UsageError
from linker.linking.candidates import candidate_asks, closest_asks, document
from linker.linking.cleaning import without_names
from linker.linking.evidence import Pairs, evidence
from linker.linking.findings import Compared, waterfall
from linker.linking.links import Convergence
from linker.linking.profile import Floats, Profiles, Rows
from linker.linking.scorer import Scorer
from linker.linking.scorer import scorer as shipped_scorer
from linker.records.record import Record

HIDDEN_KEPT = 25
"""Links of a record, most probable first, of which hidden ones are kept; others are dropped."""
TEXT_ID = "text"
"""Id of the record that stands for a free text."""


class ConvergenceLinker:
    """Finds and scores convergences between records.

    A score depends on the two records alone. The result does not depend on the order of records.

    Args:
        encoder: encodes asks and records; with a cache, nothing is encoded twice.
        scorer: weights; the shipped ones unless given.
    """

    def __init__(self, encoder: Encoder, scorer: Scorer | None = None) -> None:
        self.encoder = encoder
        self.scorer = scorer or shipped_scorer()
        self._records: tuple[Record, ...] = ()

    def fit(self, records: Sequence[Record]) -> ConvergenceLinker:
        """Remember the records that a free text is searched in. Scores do not depend on them."""
        self._records = tuple(records)
        return self

    def link(
        self, records: Sequence[Record], progress: Progress | None = None
    ) -> list[Convergence]:
        """Return every candidate of one State's records, scored; most probable first.

        Links come without contributions: `score` explains any. Those in the band ``hide`` are
        returned too, where they are among the `HIDDEN_KEPT` most probable of one of their records.

        Args:
            records: of one State; each pair of different documents is considered.
            progress: called with (records done, all).

        Raises:
            UsageError: two records have the same id.
        """
        ordered = sorted(records, key=lambda r: r.id)
        ids = [record.id for record in ordered]
        if len(set(ids)) != len(ids):
            raise UsageError("two records have the same id; merge them before linking")
        profiles = Profiles.of(ordered, self.encoder)
        left, right = candidate_asks(profiles, progress)
        return self._links(profiles, left, right, HIDDEN_KEPT)

    def score(self, left: Record, right: Record) -> Convergence:
        """Return the link of any two records, whatever documents they stand in, explained."""
        profiles = Profiles.of(sorted((left, right), key=lambda r: r.id), self.encoder)
        rows = closest_asks(profiles, np.array([0]), np.array([1]))
        values = evidence(Pairs(profiles, *rows), self.scorer.kinds)
        best = best_of_each(profiles, *rows, self.scorer.log_odds(values))
        (link,) = self._links(profiles, rows[0][best], rows[1][best])
        texts = _compared(profiles, rows[0][best[0]], rows[1][best[0]])
        return replace(link, contributions=waterfall(self.scorer, values[best[0]], texts))

    def probabilities(self, pairs: Sequence[tuple[Record, Record]]) -> Floats:
        """Return the probability of the same measure for pairs of records, all at once.

        A record whose text holds no letter asks nothing: its pairs have probability 0.
        """
        found = np.zeros(len(pairs))
        told = [n for n, pair in enumerate(pairs) if all(_says_something(r.text) for r in pair)]
        if not told:
            return found
        records = [record for row in told for record in pairs[row]]
        profiles = Profiles.of(records, self.encoder)
        one = np.arange(0, len(records), 2)
        left, right = closest_asks(profiles, one, one + 1)
        values = evidence(Pairs(profiles, left, right), self.scorer.kinds)
        best = best_of_each(profiles, left, right, self.scorer.log_odds(values))
        found[told], _ = self.scorer.probabilities(values[best])
        return found

    def search_text(
        self, text: str, records: Sequence[Record] | None = None, k: int = 20
    ) -> list[Convergence]:
        """Return the records that best converge with a free text, most probable first.

        Args:
            text: what somebody asks for; its id in the links is `TEXT_ID`.
            records: where to look; those given to `fit` unless given.
            k: how many.

        Raises:
            UsageError: the text holds no word.
        """
        if not _says_something(text):
            raise UsageError("the text holds no word to search for")
        within = sorted(self._records if records is None else records, key=lambda r: r.id)
        if not within:
            return []
        profiles = Profiles.of([Record(id=TEXT_ID, text=text), *within], self.encoder)
        others = np.arange(1, len(profiles.records))
        rows = closest_asks(profiles, np.zeros(len(others), dtype=np.intp), others)
        return self._links(profiles, *rows)[:k]

    def _links(
        self, profiles: Profiles, left: Rows, right: Rows, most: int | None = None
    ) -> list[Convergence]:
        """Score pairs of asks and make a link of the best one of each pair of records.

        Args:
            profiles: the asks.
            left: rows of asks.
            right: rows of the asks each is compared with.
            most: hidden links kept for a record; all unless given.
        """
        if not len(left):
            return []
        values = evidence(Pairs(profiles, left, right), self.scorer.kinds)
        best = best_of_each(profiles, left, right, self.scorer.log_odds(values))
        same, related = self.scorer.probabilities(values[best])
        left, right = _ordered(profiles, left[best], right[best])
        order = np.lexsort((profiles.owner[right], profiles.owner[left], -same))
        if most is not None:
            owners = profiles.owner[left][order], profiles.owner[right][order]
            hidden = same[order] < self.scorer.ask
            order = order[~hidden | _among_best(owners, most)]
        rows = left[order], right[order]
        return self._made(profiles, *rows, same[order].tolist(), related[order].tolist())

    def _made(
        self,
        profiles: Profiles,
        left: Rows,
        right: Rows,
        same: list[float],
        related: list[float],
    ) -> list[Convergence]:
        """Return a link for each pair of asks; the left record of each comes first."""
        one, other = profiles.owner[left], profiles.owner[right]
        ids = [record.id for record in profiles.records]
        reiterates = _reiterates(profiles.records)
        return [
            Convergence(
                left_id=ids[i],
                right_id=ids[j],
                left_ask=first,
                right_ask=second,
                probability=p_same,
                probability_related=p_related,
                relation="convergence" if p_same >= p_related - p_same else "related",
                reiteration=reiterates(i, j),
                band=self.scorer.band(p_same),
            )
            for i, j, first, second, p_same, p_related in zip(
                one.tolist(), other.tolist(), profiles.number[left].tolist(),
                profiles.number[right].tolist(), same, related, strict=True,
            )
        ]  # fmt: skip


def _compared(profiles: Profiles, left: int, right: int) -> Compared:
    records = [profiles.records[profiles.owner[row]] for row in (left, right)]
    whole = [without_names(record.text, record.state) for record in records]
    return Compared(profiles.texts[left], profiles.texts[right], *whole)


def _says_something(text: str) -> bool:
    return any(ch.isalpha() for ch in text)


def best_of_each(profiles: Profiles, left: Rows, right: Rows, log_odds: Floats) -> Rows:
    """Return, for each pair of records, the row of its pair of asks with most log-odds.

    Of equals, the pair of asks that comes first.
    """
    one, other = profiles.owner[left], profiles.owner[right]
    order = np.lexsort((right, left, -log_odds, other, one))
    first = np.ones(len(order), dtype=bool)
    same_pair = (one[order][1:] == one[order][:-1]) & (other[order][1:] == other[order][:-1])
    first[1:] = ~same_pair
    return order[first]


def _ordered(profiles: Profiles, left: Rows, right: Rows) -> tuple[Rows, Rows]:
    """Return the asks of each pair with the one that stands left first.

    Treaty bodies and special procedures stand left, then the older, then the lower id.
    """
    keys = [_order(record) for record in profiles.records]
    rank = np.empty(len(keys), dtype=np.intp)
    rank[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys))
    swapped = rank[profiles.owner[right]] < rank[profiles.owner[left]]
    return np.where(swapped, right, left), np.where(swapped, left, right)


def _order(record: Record) -> tuple[int, str, str, str]:
    when = record.date or str(record.year or "")
    return (1 if record.mechanism == "UPR" else 0), when, record.cycle, record.id


def _among_best(owners: tuple[Rows, Rows], most: int) -> NDArray[np.bool_]:
    """Say which links are among the first ``most`` of one of their two records.

    Args:
        owners: the records of each link, links most probable first.
        most: how many.
    """
    count = len(owners[0])
    kept = np.zeros(count, dtype=bool)
    both = np.concatenate(owners)
    order = np.lexsort((np.tile(np.arange(count), 2), both))
    begins = np.flatnonzero(np.r_[True, both[order][1:] != both[order][:-1]])
    place = np.arange(2 * count) - np.repeat(begins, np.diff(np.r_[begins, 2 * count]))
    kept[order[place < most] % count] = True
    return kept


def _reiterates(records: Sequence[Record]) -> Callable[[int, int], bool]:
    """Return what says whether two records, by row, are of one body but not of one document."""
    bodies = [(record.mechanism, record.body) for record in records]
    documents = [document(record) for record in records]

    def reiterates(i: int, j: int) -> bool:
        same_body = bool(bodies[i][0]) and bodies[i] == bodies[j]
        return same_body and documents[i] != documents[j]

    return reiterates
