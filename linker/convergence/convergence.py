"""Proposes convergences: which records of a State ask the same measure, and how sure that is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from linker.convergence.candidates import candidate_asks, closest_asks, document
from linker.convergence.evidence import evidence, waterfall
from linker.convergence.nearest import is_in_sorted
from linker.convergence.pairs import Compared, Pairs
from linker.convergence.scored_pairs import MILLIONTHS, PairScores, Scored, rows_now
from linker.convergence.scorers import Pairing, Scorers, scorers
from linker.encoding.encoder import Encoder, Progress
from linker.errors import Invalid
from linker.links import Convergence, Relation
from linker.reading.ask_table import Floats, Profiles, Rows
from linker.reading.cleaning import without_names
from linker.records.record import Record

HIDDEN_KEPT = 25
"""Links of a record, most probable first, of which hidden ones are kept; others are dropped."""
TEXT_ID = "text"
"""Id of the record that stands for a free text."""


@dataclass(frozen=True, slots=True)
class Update:
    """What an update found that the one before did not.

    Attributes:
        links: new ones, and those of changed records; most probable first.
        dropped: ids of links that are none any more.
        scored: what the next update starts from.
    """

    links: list[Convergence]
    dropped: list[str]
    scored: Scored


class ConvergenceLinker:
    """Finds and scores convergences between records.

    A score depends on the two records alone. The result does not depend on the order of records.

    Args:
        encoder: encodes asks and records; with a cache, nothing is encoded twice.
        scorer: weights; the shipped ones unless given.
    """

    def __init__(self, encoder: Encoder, scorer: Scorers | None = None) -> None:
        self.encoder = encoder
        self.scorer = scorer or scorers()

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
        return self.update(records, progress=progress).links

    def update(
        self,
        records: Sequence[Record],
        before: Scored | None = None,
        changed: Collection[str] = (),
        progress: Progress | None = None,
    ) -> Update:
        """Return what is new since an earlier update: the same as `link` makes, and less work.

        A score depends on two records alone, so the pairs of records that stayed keep theirs; but
        a new record can be nearer than an old one, and then an old pair is no candidate any more.

        Args:
            records: of one State, all that it has now.
            before: what the earlier update returned; everything is new unless given.
            changed: ids of records that are not what they were then.
            progress: called with (records done, all).

        Raises:
            UsageError: two records have the same id.
        """
        ordered = sorted(records, key=lambda r: r.id)
        ids = tuple(record.id for record in ordered)
        if len(set(ids)) != len(ids):
            raise Invalid("two records have the same id; merge them before linking")
        profiles = Profiles.of(ordered, self.encoder)
        before, count = before or Scored.nothing(), len(ids)
        now = rows_now(before.ids, ids, changed)
        nearest, left, right = candidate_asks(profiles, progress, before.known(now, count))
        candidates, (stayed, there) = nearest.pairs(), before.pairs.moved(now)
        still = is_in_sorted(stayed.keys(count), candidates)
        known, were_links = stayed.at(still), stayed.at(still & before.kept[there])
        found = profiles.owner[left] * count + profiles.owner[right]
        new = is_in_sorted(found, candidates) & ~is_in_sorted(found, known.keys(count))
        pairs = known.with_(self._scored(profiles, left[new], right[new]))
        asked_from = self.scorer.ask_from(self._pairing(ordered, pairs))
        kept = (pairs.same >= asked_from) | pairs.opposed | _among_best(pairs, HIDDEN_KEPT)
        fresh = kept & ~is_in_sorted(pairs.keys(count), were_links.keys(count))
        scored = Scored(ids, nearest, pairs, kept)
        return Update(self._made(ordered, pairs.at(fresh)), before.dropped(scored), scored)

    def score(self, left: Record, right: Record) -> Convergence:
        """Return the link of any two records, whatever documents they stand in, explained."""
        profiles = Profiles.of(sorted((left, right), key=lambda r: r.id), self.encoder)
        rows = closest_asks(profiles, np.array([0]), np.array([1]))
        compared = Pairs(profiles, *rows)
        values, pairing = self._judged(compared)
        best = best_of_each(profiles, *rows, self.scorer.nearness(values, pairing))
        (link,) = self._made(profiles.records, self._scored(profiles, *rows))
        texts = _compared(profiles, rows[0][best[0]], rows[1][best[0]])
        return replace(
            link, contributions=waterfall(self.scorer.of[pairing[0]], values[best[0]], texts)
        )

    def probabilities(self, pairs: Sequence[tuple[Record, Record]]) -> Floats:
        """Return the probability of the same measure for pairs of records, all at once.

        A record whose text holds no letter asks nothing: its pairs have probability 0.
        """
        return self._chances(pairs, self.scorer.probabilities)

    def contrary(self, pairs: Sequence[tuple[Record, Record]]) -> Floats:
        """Return how sure it is of pairs of records that they ask for the contrary of one thing.

        That is the probability of the same measure that they would have if they wanted the same
        of it; 0 where they do not want the contrary.
        """

        def chances(values: Floats, pairing: Pairing) -> tuple[Floats, Floats]:
            opposed = self.scorer.opposed(values)
            same, related = self.scorer.probabilities(self.scorer.unopposed(values), pairing)
            return same * opposed, related * opposed

        return self._chances(pairs, chances)

    def _chances(
        self,
        pairs: Sequence[tuple[Record, Record]],
        judge: Callable[[Floats, Pairing], tuple[Floats, Floats]],
    ) -> Floats:
        found = np.zeros(len(pairs))
        told = [n for n, pair in enumerate(pairs) if all(_says_something(r.text) for r in pair)]
        if not told:
            return found
        records = [record for row in told for record in pairs[row]]
        profiles = Profiles.of(records, self.encoder)
        one = np.arange(0, len(records), 2)
        left, right = closest_asks(profiles, one, one + 1)
        values, pairing = self._judged(Pairs(profiles, left, right))
        best = best_of_each(profiles, left, right, self.scorer.nearness(values, pairing))
        found[told], _ = judge(values[best], pairing[best])
        return found

    def search_text(self, text: str, records: Sequence[Record], k: int = 20) -> list[Convergence]:
        """Return the records that best converge with a free text, most probable first.

        Args:
            text: what somebody asks for; its id in the links is `TEXT_ID`.
            records: where to look.
            k: how many.

        Raises:
            UsageError: the text holds no word.
        """
        if not _says_something(text):
            raise Invalid("the text holds no word to search for")
        return self.across([Record(id=TEXT_ID, text=text)], records)[:k]

    def across(self, ones: Sequence[Record], others: Sequence[Record]) -> list[Convergence]:
        """Return the link of each record with each of other records, most probable first.

        Args:
            ones: records, or texts that stand for some, such as the asks of a submission.
            others: what each is compared with, whatever document it stands in.

        Raises:
            UsageError: two records have the same id.
        """
        told = [record for record in ones if _says_something(record.text)]
        within = [record for record in others if _says_something(record.text)]
        ordered = [*sorted(told, key=lambda r: r.id), *sorted(within, key=lambda r: r.id)]
        if len({record.id for record in ordered}) != len(ordered):
            raise Invalid("two records have the same id; give each its own before comparing")
        if not told or not within:
            return []
        profiles = Profiles.of(ordered, self.encoder)
        one = np.repeat(np.arange(len(told)), len(within))
        other = np.tile(np.arange(len(told), len(ordered)), len(told))
        rows = closest_asks(profiles, one, other)
        return self._made(profiles.records, self._scored(profiles, *rows))

    def _scored(self, profiles: Profiles, left: Rows, right: Rows) -> PairScores:
        """Score pairs of asks; of each pair of records, the best of its pairs of asks counts.

        Args:
            profiles: the asks.
            left: rows of asks.
            right: rows of the asks each is compared with, of records further down.
        """
        if not len(left):
            return PairScores.none()
        values, pairing = self._judged(Pairs(profiles, left, right))
        best = best_of_each(profiles, left, right, self.scorer.nearness(values, pairing))
        left, right = left[best], right[best]
        return PairScores(
            profiles.owner[left], profiles.owner[right],
            profiles.number[left], profiles.number[right],
            *self.scorer.probabilities(values[best], pairing[best]),
            self.scorer.opposed(values[best]), self.scorer.doubted(values[best]),
        )  # fmt: skip

    def _judged(self, pairs: Pairs) -> tuple[Floats, Pairing]:
        """Return the evidence of pairs, and by which scorer each is judged."""
        rows = pairs.left_record, pairs.right_record
        pairing = self.scorer.pair_kinds(pairs.mechanisms, *rows)
        return evidence(pairs, self.scorer.kinds), pairing

    def _pairing(self, records: Sequence[Record], pairs: PairScores) -> Pairing:
        mechanisms = [record.mechanism for record in records]
        return self.scorer.pair_kinds(mechanisms, pairs.one, pairs.other)

    def _made(self, records: Sequence[Record], pairs: PairScores) -> list[Convergence]:
        """Return a link for each pair of records, most probable first."""
        left, right, swapped = _ordered(records, pairs)
        order = np.lexsort((right, left, -pairs.same))
        asks = np.where(swapped, [pairs.other_ask, pairs.one_ask], [pairs.one_ask, pairs.other_ask])
        reiterates = _reiterates(records)
        kinds = self._pairing(records, pairs)
        chances = pairs.same, pairs.related, pairs.opposed, pairs.doubted
        columns = (left, right, *asks, *chances, kinds)
        return [
            Convergence(
                left_id=records[i].id,
                right_id=records[j].id,
                left_ask=first,
                right_ask=second,
                probability=same,
                probability_related=related,
                relation=_relation(same, related, opposite),
                reiteration=reiterates(i, j),
                band=self.scorer.band(same, kind, opposite, doubted),
            )
            for i, j, first, second, same, related, opposite, doubted, kind in zip(
                *(column[order].tolist() for column in columns), strict=True
            )
        ]


def _relation(same: float, related: float, opposite: bool) -> Relation:
    if opposite:
        return "opposite"
    return "convergence" if same >= related - same else "related"


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


def _ordered(records: Sequence[Record], pairs: PairScores) -> tuple[Rows, Rows, NDArray[np.bool_]]:
    """Return the rows of each pair with the record first that stands left, and where that moved.

    Treaty bodies and special procedures stand left, then the older, then the lower id.
    """
    keys = [_order(record) for record in records]
    rank = np.empty(len(keys), dtype=np.intp)
    rank[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys))
    swapped = rank[pairs.other] < rank[pairs.one]
    left, right = np.where(swapped, [pairs.other, pairs.one], [pairs.one, pairs.other])
    return left, right, swapped


def _order(record: Record) -> tuple[int, str, str, str]:
    when = record.date or str(record.year or "")
    return record.is_cyclic, when, record.cycle, record.id


def _among_best(pairs: PairScores, most: int) -> NDArray[np.bool_]:
    """Say which pairs are among the ``most`` most probable of one of their two records."""
    # Of a record's pairs, those with a lower row come first, as they do among all pairs.
    owners, chances = np.r_[pairs.other, pairs.one], np.tile(pairs.same, 2)
    order = np.argsort((owners + 1) * MILLIONTHS - np.rint(chances * MILLIONTHS), kind="stable")
    place = np.arange(len(owners)) - np.searchsorted(owners[order], owners[order])
    kept = np.zeros(len(pairs), dtype=bool)
    kept[order[place < most] % max(1, len(pairs))] = True
    return kept


def _reiterates(records: Sequence[Record]) -> Callable[[int, int], bool]:
    """Return what says whether two records, by row, are of one body but not of one document."""
    bodies = [(record.mechanism, record.body) for record in records]
    documents = [document(record) for record in records]

    def reiterates(i: int, j: int) -> bool:
        same_body = bool(bodies[i][0]) and bodies[i] == bodies[j]
        return same_body and documents[i] != documents[j]

    return reiterates
