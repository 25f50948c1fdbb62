"""Which asks of a State may ask the same measure, in one document or in several.

Convergences are links between records of different documents, the best pair of asks of each; a
cluster is made of asks, whatever documents they stand in. So every ask is compared with every
other that is near in meaning or shares telling words. What two asks score depends on them and
their records alone: records that come and go touch their own pairs and no others.
"""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from linker.convergence.candidates import BLOCK, STEPS, compared, unit_rows
from linker.convergence.evidence import evidence
from linker.convergence.pairs import Pairs
from linker.convergence.scored_pairs import MILLIONTHS, QUICK, rows_now
from linker.convergence.scorers import Scorers
from linker.reading.ask_table import Floats, Profiles, Rows

NEAR = STEPS * 3 // 10
"""Asks this near in meaning are compared (cosine, in ten-thousandths) …"""
ALIKE = STEPS * 2 // 10
"""… and those that share this much of their telling words. Of pairs with a probability of 0.2 or
more, one in fifty is missed (16 States), of the likely ones none."""
LEAST = 0.05
"""Less probable pairs are not kept: in a mean they are as good as 0."""


@dataclass(frozen=True)
class AskPairs:
    """Pairs of asks of one State, in order; every array has a value for each pair.

    Attributes:
        ids: of the State's records, sorted; rows refer to them.
        asks: how many asks each of them has.
        one: row of the ask that comes first, among all asks in order of records and places.
        other: row of the other.
        same: probability that both ask the same measure, to six places.
        apart: whether they must not stand in one cluster, whatever joins them to others.
    """

    ids: tuple[str, ...]
    asks: Rows
    one: Rows
    other: Rows
    same: Floats
    apart: NDArray[np.bool_]

    @classmethod
    def none(cls) -> AskPairs:
        """Return no pairs of no records."""
        rows = np.zeros(0, np.intp)
        return cls((), rows, rows, rows, np.zeros(0), np.zeros(0, bool))

    @property
    def owner(self) -> Rows:
        """For each ask, the row of its record."""
        return np.repeat(np.arange(len(self.ids)), self.asks)

    @property
    def keys(self) -> list[tuple[str, int]]:
        """For each ask, the id of its record and its number in it."""
        return [(i, n) for i, asks in zip(self.ids, self.asks, strict=True) for n in range(asks)]

    def among(self, ids: Sequence[str], asks: Rows, changed: Collection[str]) -> AskPairs:
        """Return the pairs whose records are still there and what they were, at their rows of now.

        Args:
            ids: of the records there are now, sorted.
            asks: how many asks each of them has.
            changed: ids of records that are not what they were.
        """
        now = rows_now(self.ids, ids, changed)
        first = np.cumsum(asks) - asks
        number = np.arange(len(self.owner)) - np.repeat(np.cumsum(self.asks) - self.asks, self.asks)
        row = np.where(now[self.owner] >= 0, first[now[self.owner]] + number, -1)
        there = (row[self.one] >= 0) & (row[self.other] >= 0)
        one, other = row[self.one[there]], row[self.other[there]]
        return AskPairs(tuple(ids), asks, one, other, self.same[there], self.apart[there])

    def with_(self, others: AskPairs) -> AskPairs:
        """Return these and other pairs of the same asks, in order."""
        names = ("one", "other", "same", "apart")
        both = {n: np.concatenate([getattr(self, n), getattr(others, n)]) for n in names}
        order = np.lexsort((both["other"], both["one"]))
        return AskPairs(self.ids, self.asks, **{n: both[n][order] for n in names})

    def to_bytes(self) -> bytes:
        """Return all of it, compressed; `from_bytes` reads it."""
        columns: dict[str, NDArray[Any]] = {
            "ids": np.frombuffer(json.dumps(self.ids).encode(), np.uint8),
            "same": np.rint(self.same * MILLIONTHS).astype(np.int32),
            "apart": self.apart,
            **{name: getattr(self, name).astype(np.int32) for name in ("asks", "one", "other")},
        }
        out = io.BytesIO()
        np.savez(out, allow_pickle=False, **columns)
        return zlib.compress(out.getvalue(), QUICK)

    @classmethod
    def from_bytes(cls, content: bytes) -> AskPairs | None:
        """Read what `to_bytes` wrote; None where it cannot be read: it can be made again."""
        try:
            with np.load(io.BytesIO(zlib.decompress(content)), allow_pickle=False) as held:
                rows = {name: held[name].astype(np.intp) for name in ("asks", "one", "other")}
                ids = tuple(json.loads(held["ids"].tobytes()))
                same = held["same"] / MILLIONTHS
                return cls(ids, same=same, apart=held["apart"], **rows)
        except (zlib.error, BadZipFile, KeyError, ValueError):
            return None

    def __eq__(self, other: object) -> bool:
        """Whether both hold the same pairs."""
        if not isinstance(other, AskPairs):
            return NotImplemented
        mine, theirs = ([getattr(x, f.name) for f in fields(x)] for x in (self, other))
        return all(np.array_equal(a, b) for a, b in zip(mine, theirs, strict=True))

    __hash__ = None  # type: ignore[assignment]


def score_asks(
    profiles: Profiles,
    scorer: Scorers,
    before: AskPairs | None = None,
    changed: Collection[str] = (),
) -> AskPairs:
    """Return the pairs of a State's asks, with what was scored before taken from there.

    Args:
        profiles: the asks of all its records, which are sorted by id.
        scorer: weights.
        before: what an earlier call returned; everything is new unless given.
        changed: ids of records that are not what they were then.
    """
    ids = tuple(record.id for record in profiles.records)
    asks = np.array([len(reading.asks) for reading in profiles.readings], dtype=np.intp)
    known = (before or AskPairs.none()).among(ids, asks, changed)
    stayed = set(before.ids) - set(changed) if before else set()
    new = np.array([row for row, key in enumerate(ids) if key not in stayed], dtype=np.intp)
    found = list(_near(profiles, new))
    one, other = (
        np.concatenate([np.zeros(0, np.intp), *part]) for part in zip(*found, strict=True)
    )
    same, apart = _scores(profiles, scorer, one, other)
    kept = (same >= LEAST) | apart
    return known.with_(AskPairs(ids, asks, one[kept], other[kept], same[kept], apart[kept]))


def _near(profiles: Profiles, new: Rows) -> Iterator[tuple[Rows, Rows]]:
    """Yield the asks to compare, the first the lower: each pair of which one record is new."""
    words, owner = unit_rows(profiles.words), profiles.owner
    is_new = np.isin(owner, new)
    rows = np.flatnonzero(is_new)
    yield np.zeros(0, np.intp), np.zeros(0, np.intp)
    for start in range(0, len(new), BLOCK):
        block = new[start : start + BLOCK]
        meaning, lexical = compared(profiles, words, block)
        one, other = np.nonzero((meaning >= NEAR) | (lexical >= ALIKE))
        one = rows[np.searchsorted(owner[rows], block[0]) + one]
        wanted = (owner[one] != owner[other]) & ((one < other) | ~is_new[other])
        one, other = one[wanted], other[wanted]
        yield np.minimum(one, other), np.maximum(one, other)


def _scores(
    profiles: Profiles, scorer: Scorers, one: Rows, other: Rows
) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the probability of the same measure, and which pairs must stay apart.

    Those ask to ratify different treaties, and nothing speaks for the same measure besides.
    """
    if not len(one):
        return np.zeros(0), np.zeros(0, dtype=bool)
    pairs = Pairs(profiles, one, other)
    values = evidence(pairs, scorer.kinds)
    pairing = scorer.pair_kinds(pairs.mechanisms, pairs.left_record, pairs.right_record)
    same, _ = scorer.probabilities(values, pairing)
    left, right = pairs.ratifying
    others = values[:, scorer.kinds.index("other_instruments")] > 0
    treaties = others & (left > 0) & (right > 0) & (same < scorer.ask_from(pairing))
    return same, treaties | scorer.opposed(values)
