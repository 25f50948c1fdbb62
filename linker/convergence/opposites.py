"""Pairs of asks that want the contrary of one thing: lower an age limit, raise it.

Both name the same things and would have the contrary happen to them (`linker.reading.polarity`), or
say contrary words of them: a voluntary register, a compulsory one (`linker.reading.poles`). Two
asks that merely differ in their verbs do not: a moratorium on executions and an end to the death
penalty both turn executions down.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from linker.encoding.encoder import Vectors
from linker.reading.ask_table import Floats, Rows, cosines, row_products
from linker.reading.document_frequencies import background
from linker.reading.polarity import Polarity
from linker.reading.record_reading import word_rarity

LEAST_SHARE = 0.6
"""Share of what the shorter ask names, by rarity, of which the other wants the contrary. What both
name and one of them leaves open is no part of it."""
LEAST_OF_ALL = 0.3
"""Least share of all that the shorter ask names."""
LEAST_COMMON = 0.5
"""Share of what the shorter ask names that both name, where contrary words are said of it."""
LEAST_MEANING = 0.6
"""Cosine of the two asks: the same words about another matter are not opposites."""
INSTRUMENT = 3.0
"""Weight of a named instrument beside words, which weigh their rarity (some 0 to 9)."""
NOTHING = 1e-9

Flags = NDArray[np.bool_]


def opposed(
    said: Sequence[Polarity], vectors: Vectors, left: Rows, right: Rows
) -> Floats:
    """Return 1 for pairs of asks that want the contrary of the same thing, else 0.

    Args:
        said: which way each ask goes.
        vectors: of each ask, unit length.
        left: rows of asks.
        right: rows of the others.
    """
    things, words = _Things.of(said), _Poles.of(said)
    contrary, alike = words.compared(left, right)
    found = (things.contrary(left, right) & ~alike) | (contrary & things.common(left, right))
    some = np.flatnonzero(found)
    near = cosines(vectors, vectors, left[some], right[some]) >= LEAST_MEANING
    found[some] = near
    for row in np.flatnonzero(found & contrary).tolist():
        one, other = said[left[row]], said[right[row]]
        found[row] = things.contrary(left[[row]], right[[row]])[0] or _of_one_thing(one, other)
    return found.astype(np.float64)


def _of_one_thing(one: Polarity, other: Polarity) -> bool:
    """Whether contrary words stand beside the same word, and no other subjects are named."""
    left, right = ({s.thing for s in p.stances if s.thing[:2] == "c:"} for p in (one, other))
    if left and right and left.isdisjoint(right):
        return False
    mine = {pole.axis: pole for pole in one.poles}
    return any(
        pole.axis in mine
        and mine[pole.axis].value != pole.value
        and not mine[pole.axis].beside.isdisjoint(pole.beside)
        for pole in other.poles
    )


@dataclass(frozen=True)
class _Things:
    """What asks name, and which way it is to go."""

    signs: sparse.csr_matrix
    decided: sparse.csr_matrix
    named: sparse.csr_matrix
    objects: Floats

    @classmethod
    def of(cls, said: Sequence[Polarity]) -> _Things:
        every = [stance for polarity in said for stance in polarity.stances]
        rows = np.repeat(np.arange(len(said)), [len(polarity.stances) for polarity in said])
        weights = np.array([_weight(stance.thing) for stance in every], dtype=np.float64)
        signs = np.array([stance.sign for stance in every], dtype=np.float64)
        objects = np.array([not stance.acting for stance in every], dtype=np.float64)
        ways = _numbered([(stance.thing, stance.about) for stance in every])
        things = _numbered([stance.thing for stance in every])
        # The root of the rarity on each side: products then weigh as rare as what both name.
        roots = np.sqrt(weights)
        return cls(
            _rows(signs * roots, rows, ways, len(said)),
            _rows(abs(signs) * roots, rows, ways, len(said)),
            _once(roots, rows, things, len(said)),
            np.bincount(rows, weights=weights * objects, minlength=len(said)),
        )

    def contrary(self, left: Rows, right: Rows) -> Flags:
        """Say where most of what both name is to go the contrary way."""
        both = row_products(self.decided, self.decided, left, right)
        net = row_products(self.signs, self.signs, left, right)
        contrary, alike = (both - net) / 2, (both + net) / 2
        undecided = np.maximum(row_products(self.named, self.named, left, right) - both, 0.0)
        shorter = np.minimum(self.objects[left], self.objects[right])
        found = (contrary > alike) & (contrary >= LEAST_OF_ALL * shorter)
        return found & (contrary >= LEAST_SHARE * np.maximum(shorter - undecided, NOTHING))

    def common(self, left: Rows, right: Rows) -> Flags:
        """Say where both name much of what the shorter names."""
        shorter = np.minimum(self.objects[left], self.objects[right])
        return row_products(self.named, self.named, left, right) >= LEAST_COMMON * shorter


@dataclass(frozen=True)
class _Poles:
    """Which of two contrary words asks use: of each side alone, and of either or both."""

    first: sparse.csr_matrix
    second: sparse.csr_matrix
    every: sparse.csr_matrix

    @classmethod
    def of(cls, said: Sequence[Polarity]) -> _Poles:
        every = [pole for polarity in said for pole in polarity.poles]
        rows = np.repeat(np.arange(len(said)), [len(polarity.poles) for polarity in said])
        axes = np.array([pole.axis for pole in every], dtype=np.intp)
        values = np.array([pole.value for pole in every], dtype=np.float64)
        sides = np.array([pole.side for pole in every], dtype=np.intp)
        width = int(axes.max(initial=-1)) + 1
        return cls(
            *(_rows(values * (sides == side), rows, axes, len(said), width) for side in (1, -1)),
            _rows(values, rows, axes, len(said), width),
        )

    def compared(self, left: Rows, right: Rows) -> tuple[Flags, Flags]:
        """Say which pairs use contrary words to want the contrary, and which to want the same.

        As "keep it open" and "do not close it". The same word on both sides tells nothing: what
        turns it turns what it is said of, too.
        """
        contrary, alike = _agreeing(self.every, left, right)
        for side in (self.first, self.second):
            opposite, same = _agreeing(side, left, right)
            contrary, alike = contrary - opposite, alike - same
        return contrary > alike, alike > contrary


def _agreeing(wanted: sparse.csr_matrix, left: Rows, right: Rows) -> tuple[Floats, Floats]:
    """Return on how many axes two asks want contrary poles, and on how many the same."""
    both = row_products(abs(wanted), abs(wanted), left, right)
    net = row_products(wanted, wanted, left, right)
    return (both - net) / 2, (both + net) / 2


def _rows(
    values: Floats, rows: Rows, columns: Rows, count: int, width: int | None = None
) -> sparse.csr_matrix:
    shape = count, len(values) + 1 if width is None else width + 1
    return sparse.csr_matrix((values, (rows, columns)), shape=shape)


def _once(values: Floats, rows: Rows, columns: Rows, count: int) -> sparse.csr_matrix:
    """Return the rows with each column counted once."""
    width = len(values) + 1
    _, first = np.unique(rows * width + columns, return_index=True)
    return _rows(values[first], rows[first], columns[first], count, width)


def _numbered(keys: Sequence[Hashable]) -> Rows:
    number = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    return np.array([number[key] for key in keys], dtype=np.intp)


def _weight(thing: str) -> float:
    if thing.startswith("i:"):
        return INSTRUMENT
    return background().rarity(thing) if thing.startswith("c:") else word_rarity(thing)
