"""What is known of a State's pairs of records after a build, so that the next only adds to it."""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linker.convergence.candidates import NEAREST
from linker.convergence.nearest import Known, Nearest, is_in_sorted
from linker.links import convergence_id
from linker.reading.ask_table import Floats, Rows

QUICK = 1
"""Level of compression: half the size in a tenth of the time of the usual one."""
_ROWS = ("one", "other", "one_ask", "other_ask")
MILLIONTHS = 1_000_000
"""Probabilities have six places."""


@dataclass(frozen=True)
class PairScores:
    """Pairs of records with their scores, in order of rows; every array has a value for each.

    Attributes:
        one: row of the record with the lower row.
        other: row of the other.
        one_ask: number of the ask of ``one`` that carries the link.
        other_ask: likewise of ``other``.
        same: probability of the same measure, to six places.
        related: of at least the same issue, likewise.
        opposed: whether they want the contrary of one thing.
        doubted: whether they may.
    """

    one: Rows
    other: Rows
    one_ask: Rows
    other_ask: Rows
    same: Floats
    related: Floats
    opposed: NDArray[np.bool_]
    doubted: NDArray[np.bool_]

    @classmethod
    def none(cls) -> PairScores:
        """Return no pairs."""
        rows, chances = np.zeros(0, np.intp), np.zeros(0)
        nothing = np.zeros(0, bool)
        return cls(rows, rows, rows, rows, chances, chances, nothing, nothing)

    def __len__(self) -> int:
        return len(self.one)

    def at(self, rows: Rows | NDArray[np.bool_]) -> PairScores:
        """Return some of them."""
        return PairScores(*(getattr(self, field.name)[rows] for field in fields(self)))

    def keys(self, records: int) -> Rows:
        """Return one number for each pair: ``one`` × records + ``other``."""
        return self.one * records + self.other

    def moved(self, now: Rows) -> tuple[PairScores, NDArray[np.bool_]]:
        """Return those whose records are still there, at their rows of now, and which these are.

        Args:
            now: for each row the row it has now, in the same order; -1 where it is gone.
        """
        there = (now[self.one] >= 0) & (now[self.other] >= 0)
        left = self.at(there)
        return replace(left, one=now[left.one], other=now[left.other]), there

    def with_(self, others: PairScores) -> PairScores:
        """Return these and others, in order of rows."""
        columns = [(getattr(self, f.name), getattr(others, f.name)) for f in fields(self)]
        both = PairScores(*(np.concatenate(pair) for pair in columns))
        return both.at(np.lexsort((both.other, both.one)))


@dataclass(frozen=True)
class Scored:
    """All candidates of a State, and what it takes to add records to them.

    Attributes:
        ids: of the records, in order of rows.
        nearest: of each record.
        pairs: the candidates.
        kept: which of them are links.
    """

    ids: tuple[str, ...]
    nearest: Nearest
    pairs: PairScores
    kept: NDArray[np.bool_]

    @classmethod
    def nothing(cls) -> Scored:
        """Return what is known before the first build."""
        return cls((), Nearest.nothing(0, (), NEAREST), PairScores.none(), np.zeros(0, bool))

    def known(self, now: Rows, records: int) -> Known:
        """Return what holds good for the search for candidates.

        Args:
            now: for each row the row it has now; -1 where the record is gone or another.
            records: how many there are now.
        """
        nearest, anew = self.nearest.moved(now, records)
        return Known(nearest, anew, np.setdiff1d(np.arange(records), now))

    def dropped(self, later: Scored) -> list[str]:
        """Return the ids of the links that are none any more."""
        now, count = rows_now(self.ids, later.ids), len(later.ids)
        mine, theirs = self.pairs.at(self.kept), later.pairs.at(later.kept).keys(count)
        one, other = now[mine.one], now[mine.other]
        gone = (one < 0) | (other < 0) | ~is_in_sorted(one * count + other, theirs)
        lost = mine.at(gone)
        rows = zip(lost.one.tolist(), lost.other.tolist(), strict=True)
        return [convergence_id(self.ids[i], self.ids[j]) for i, j in rows]

    def to_bytes(self) -> bytes:
        """Return all of it, compressed; `from_bytes` reads it."""
        pairs = {f.name: getattr(self.pairs, f.name) for f in fields(PairScores)}
        columns: dict[str, NDArray[Any]] = {
            "names": np.frombuffer(json.dumps([self.ids, self.nearest.sides]).encode(), np.uint8),
            "others": _narrow(self.nearest.others + 1),
            "scores": self.nearest.scores,
            "kept": self.kept,
            **{name: _narrow(values) for name, values in pairs.items()},
        }
        out = io.BytesIO()
        np.savez(out, allow_pickle=False, **columns)
        return zlib.compress(out.getvalue(), QUICK)

    @classmethod
    def from_bytes(cls, content: bytes) -> Scored:
        """Read what `to_bytes` wrote."""
        with np.load(io.BytesIO(zlib.decompress(content)), allow_pickle=False) as columns:
            one, other, *asks = (columns[name].astype(np.intp) for name in _ROWS)
            same, related = (columns[name] / MILLIONTHS for name in ("same", "related"))
            opposed, doubted = (columns[name].astype(bool) for name in ("opposed", "doubted"))
            pairs = PairScores(one, other, asks[0], asks[1], same, related, opposed, doubted)
            ids, sides = json.loads(columns["names"].tobytes())
            others = columns["others"].astype(np.int32) - 1
            nearest = Nearest(tuple(sides), others, columns["scores"])
            return cls(tuple(ids), nearest, pairs, columns["kept"])


def rows_now(before: Sequence[str], now: Sequence[str], changed: Collection[str] = ()) -> Rows:
    """Return for each record of before its row of now; -1 where it is gone or another.

    Args:
        before: ids in order.
        now: likewise.
        changed: ids of records that are not what they were.
    """
    other = set(changed)
    place = {record_id: row for row, record_id in enumerate(now) if record_id not in other}
    return np.array([place.get(record_id, -1) for record_id in before], dtype=np.intp)


def _narrow(values: NDArray[Any]) -> NDArray[Any]:
    """Return whole numbers in the smallest type that holds them, probabilities in millionths."""
    scaled = np.rint(values * MILLIONTHS) if values.dtype.kind == "f" else values
    return scaled.astype(np.min_scalar_type(int(scaled.max(initial=0))))
