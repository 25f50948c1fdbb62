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
from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from linker.convergence.candidates import BLOCK, STEPS, compared, unit_rows
from linker.convergence.cluster import AskKey
from linker.convergence.evidence import evidence
from linker.convergence.pairs import Pairs
from linker.convergence.scored_pairs import MILLIONTHS, QUICK, rows_now
from linker.convergence.scorers import Scorers
from linker.convergence.treaty_asks import Parted
from linker.reading.ask_table import Floats, Profiles, Rows

NEAR = STEPS * 3 // 10
"""Asks this near in meaning are compared (cosine, in ten-thousandths) …"""
ALIKE = STEPS * 2 // 10
"""… and those that share this much of their telling words. Of pairs with a probability of 0.2 or
more, one in fifty is missed (16 States), of the likely ones none."""
ROWS = ("asks", "number", "one", "other")
"""The arrays of whole numbers that `AskPairs` has."""
LEAST = 0.05
"""Less probable pairs are not kept: in a mean they are as good as 0."""


@dataclass(frozen=True)
class AskPairs:
    """Pairs of asks of one State, in order; every array has a value for each pair.

    Attributes:
        ids: of the State's records, sorted; rows refer to them.
        asks: how many asks each of them has.
        number: of each ask, its number in the record.
        treaty: of each ask, the treaty where it was parted from others; else empty.
        one: row of the ask that comes first, among all asks in order of records and places.
        other: row of the other.
        same: probability that both ask the same measure, to six places.
        apart: whether they must not stand in one cluster, whatever joins them to others.
    """

    ids: tuple[str, ...]
    asks: Rows
    number: Rows
    treaty: tuple[str, ...]
    one: Rows
    other: Rows
    same: Floats
    apart: NDArray[np.bool_]

    @classmethod
    def of(cls, asked: Parted) -> AskPairs:
        """Return some asks without any pairs."""
        ids = tuple(record.id for record in asked.profiles.records)
        asks = np.bincount(asked.profiles.owner, minlength=len(ids))
        rows = np.zeros(0, np.intp)
        empty = rows, rows, np.zeros(0), np.zeros(0, bool)
        return cls(ids, asks, asked.number, asked.treaty, *empty)

    @property
    def owner(self) -> Rows:
        """For each ask, the row of its record."""
        return np.repeat(np.arange(len(self.ids)), self.asks)

    @property
    def first(self) -> Rows:
        """For each record, the row of its first ask."""
        return np.asarray(np.cumsum(self.asks) - self.asks)

    @property
    def keys(self) -> list[AskKey]:
        """What tells each ask from all others."""
        records = (self.ids[row] for row in self.owner.tolist())
        return list(zip(records, self.number.tolist(), self.treaty, strict=True))

    def among(self, asked: AskPairs, changed: Collection[str]) -> AskPairs:
        """Return the pairs whose records are still there and what they were, at their rows of now.

        Args:
            asked: the asks there are now.
            changed: ids of records that are not what they were.
        """
        now = rows_now(self.ids, asked.ids, changed)
        place = np.arange(len(self.owner)) - self.first[self.owner]
        row = np.where(now[self.owner] >= 0, asked.first[now[self.owner]] + place, -1)
        there = (row[self.one] >= 0) & (row[self.other] >= 0)
        kept = row[self.one[there]], row[self.other[there]], self.same[there], self.apart[there]
        return asked.holding(*kept)

    def holding(self, one: Rows, other: Rows, same: Floats, apart: NDArray[np.bool_]) -> AskPairs:
        """Return the same asks with these pairs."""
        return replace(self, one=one, other=other, same=same, apart=apart)

    def with_(self, others: AskPairs) -> AskPairs:
        """Return these and other pairs of the same asks, in order."""
        names = ("one", "other", "same", "apart")
        both = {n: np.concatenate([getattr(self, n), getattr(others, n)]) for n in names}
        order = np.lexsort((both["other"], both["one"]))
        return self.holding(*(both[n][order] for n in names))

    def to_bytes(self) -> bytes:
        """Return all of it, compressed; `from_bytes` reads it."""
        columns: dict[str, NDArray[Any]] = {
            "ids": np.frombuffer(json.dumps([self.ids, self.treaty]).encode(), np.uint8),
            "same": np.rint(self.same * MILLIONTHS).astype(np.int32),
            "apart": self.apart,
            **{name: getattr(self, name).astype(np.int32) for name in ROWS},
        }
        out = io.BytesIO()
        np.savez(out, allow_pickle=False, **columns)
        return zlib.compress(out.getvalue(), QUICK)

    @classmethod
    def from_bytes(cls, content: bytes) -> AskPairs | None:
        """Read what `to_bytes` wrote; None where it cannot be read: it can be made again."""
        try:
            with np.load(io.BytesIO(zlib.decompress(content)), allow_pickle=False) as held:
                rows = {name: held[name].astype(np.intp) for name in ROWS}
                ids, treaty = map(tuple, json.loads(held["ids"].tobytes()))
                same = held["same"] / MILLIONTHS
                return cls(ids, treaty=treaty, same=same, apart=held["apart"], **rows)
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
    asked: Parted,
    scorer: Scorers,
    before: AskPairs | None = None,
    changed: Collection[str] = (),
) -> AskPairs:
    """Return the pairs of a State's asks, with what was scored before taken from there.

    Args:
        asked: the asks of all its records, which are sorted by id.
        scorer: weights.
        before: what an earlier call returned; everything is new unless given.
        changed: ids of records that are not what they were then.
    """
    empty, profiles = AskPairs.of(asked), asked.profiles
    known = before.among(empty, changed) if before else empty
    stayed = set(before.ids) - set(changed) if before else set()
    new = [row for row, key in enumerate(empty.ids) if key not in stayed]
    one, other = near_asks(profiles, np.array(new, dtype=np.intp))
    same, apart = _scores(profiles, scorer, one, other)
    kept = (same >= LEAST) | apart
    return known.with_(empty.holding(one[kept], other[kept], same[kept], apart[kept]))


def near_asks(profiles: Profiles, new: Rows | None = None) -> tuple[Rows, Rows]:
    """Return the rows of all pairs of asks that are near enough to be compared.

    Args:
        profiles: the asks of a State.
        new: rows of records; only pairs with one of these; all unless given.
    """
    everything = np.arange(len(profiles.records)) if new is None else new
    one, other = zip(*_near(profiles, everything), strict=True)
    return np.concatenate(one), np.concatenate(other)


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

    Those that want the contrary of one thing, and those that ask to ratify different treaties
    where nothing speaks for the same measure besides.
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
