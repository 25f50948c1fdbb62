"""The records that come nearest to each, which take and lose places as records come and go."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linker.reading.ask_table import Rows

SEARCHES = 2
"""By meaning and by words."""
NONE = -(2**15)
"""The similarity of an empty place."""

Similarity = NDArray[np.int16]
Where = tuple[Rows, int, int]
"""Rows of records, a side and a search."""


@dataclass(frozen=True)
class Nearest:
    """The records of other documents that come nearest to each record.

    Attributes:
        sides: on which records stand, in order; see `side`.
        others: records × sides × searches × places: rows of records, -1 in an empty place.
        scores: likewise their similarity, in ten-thousandths; `NONE` in an empty place.
    """

    sides: tuple[str, ...]
    others: NDArray[np.int32]
    scores: Similarity

    @classmethod
    def nothing(cls, records: int, sides: tuple[str, ...], places: int) -> Nearest:
        """Return empty places."""
        shape = records, len(sides), SEARCHES, places
        return cls(sides, np.full(shape, -1, np.int32), np.full(shape, NONE, np.int16))

    def pairs(self) -> Rows:
        """Return the candidates, each once: lower row × records + higher row, in order."""
        count = len(self.others)
        places = int(np.prod(self.others.shape[1:]))
        one, other = np.repeat(np.arange(count), places), self.others.ravel().astype(np.intp)
        one, other = one[other >= 0], other[other >= 0]
        return sorted_unique(np.minimum(one, other) * count + np.maximum(one, other))

    def moved(self, now: Rows, records: int) -> tuple[Nearest, Rows]:
        """Return the places after records came and went, and whose have to be filled anew.

        Those are of the records that came, and of those that lost one of their nearest.

        Args:
            now: for each row the row it has now; -1 where the record is gone or another.
            records: how many there are now.
        """
        moved = Nearest.nothing(records, self.sides, self.others.shape[-1])
        others = np.where(self.others >= 0, now[self.others], -1)
        whole = (now >= 0) & ~((self.others >= 0) & (others < 0)).any(axis=(1, 2, 3))
        moved.others[now[whole]], moved.scores[now[whole]] = others[whole], self.scores[whole]
        return moved, np.setdiff1d(np.arange(records), now[whole])

    def on(self, sides: tuple[str, ...]) -> Nearest:
        """Return the same with places on these sides; those on others are lost."""
        if sides == self.sides:
            return self
        found = Nearest.nothing(len(self.others), sides, self.others.shape[-1])
        kept = [name for name in self.sides if name in sides]
        here, there = ([own.index(name) for name in kept] for own in (self.sides, sides))
        found.others[:, there], found.scores[:, there] = self.others[:, here], self.scores[:, here]
        return found

    def fill(
        self, where: Where, those: Rows, similarity: Similarity, nearest: NDArray[np.bool_]
    ) -> None:
        """Give the nearest of some records the empty places there.

        Args:
            where: rows of the records, a side and a search.
            those: rows of the records of that side.
            similarity: with each of these.
            nearest: which of them are the nearest.
        """
        rows, side, search = where
        row, column = np.nonzero(nearest)
        at = rows[row], side, search, np.arange(len(row)) - np.searchsorted(row, row)
        self.others[at], self.scores[at] = those[column], similarity[row, column]

    def merge_added(self, where: Where, added: Rows, similarity: Similarity) -> NDArray[np.bool_]:
        """Let added records take places among the nearest, and say which of them may have.

        Args:
            where: rows of the records that were there before, a side and a search.
            added: rows of the added records, all of that side.
            similarity: added × those that were there before; `NONE` where they cannot be.
        """
        rows, side, search = where
        least = self.scores[rows, side, search].min(axis=1)
        nearer = (similarity >= least) & (similarity > NONE)
        some = np.flatnonzero(nearer.any(axis=0))
        at = rows[some], side, search
        places = self.others.shape[-1]
        scores = np.hstack([self.scores[at], similarity[:, some].T]).astype(np.int32)
        others = np.hstack([self.others[at], np.tile(added.astype(np.int32), (len(some), 1))])
        order = np.lexsort((others, -scores))[:, :places]
        scores, others = (np.take_along_axis(one, order, axis=1) for one in (scores, others))
        self.scores[at], self.others[at] = scores, np.where(scores == NONE, -1, others)
        return np.asarray(nearer)


@dataclass(frozen=True)
class Known:
    """What holds good from before records came and went.

    Attributes:
        nearest: the places of all records there are now; empty where they have to be filled anew.
        anew: rows of the records whose places have to be filled, in order.
        added: those of them that came, in order: they take places among the nearest of others.
    """

    nearest: Nearest
    anew: Rows
    added: Rows


def sorted_unique(numbers: Rows) -> Rows:
    """Return each number once, in order; several times faster than ``np.unique``, which hashes."""
    ordered = np.sort(numbers)
    return ordered[np.diff(ordered, prepend=-1) > 0]


def is_in_sorted(numbers: Rows, known: Rows) -> NDArray[np.bool_]:
    """Say which numbers are among the known, which are in order; faster than ``np.isin``."""
    if not len(known):
        return np.zeros(len(numbers), dtype=bool)
    place = np.minimum(np.searchsorted(known, numbers), len(known) - 1)
    return np.asarray(known[place] == numbers)
