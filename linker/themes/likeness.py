"""How alike a State's records are: of any two, and on average of one to the rest of a group.

Each kind of evidence is a row of length 1 for each record, or of zeros where the record says
nothing of the kind; two records agree by the product of their rows. Kinds on which both speak are
averaged by weight, so what a sum is divided by depends on nothing but which kinds each of the two
speaks of. That is why the mean to a group takes no pairs: rows of members that speak of the same
kinds are summed first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Matrix = NDArray[np.float64]
Rows = NDArray[np.intp]

DECIMALS = 5
"""Similarities are rounded, so that the last bit of a sum cannot flip a merge."""
MEAN_DECIMALS = 6
"""So are their means."""


@dataclass(frozen=True)
class Likeness:
    """What records are compared by.

    Attributes:
        dense: rows of the kinds held as plain matrices, side by side, each times the square root
            of its weight; shape (records, features).
        sparse: likewise of the kinds held as sparse matrices; shape (records, terms).
        speaks: for each record the number of the set of kinds that it speaks of.
        shared: summed weight of the kinds common to two such sets; shape (sets, sets).
    """

    dense: Matrix
    sparse: csr_array
    speaks: Rows
    shared: Matrix

    @classmethod
    def of(
        cls, dense: Sequence[tuple[float, Matrix]], sparse: Sequence[tuple[float, csr_array]]
    ) -> Likeness:
        """Put kinds of evidence together.

        Args:
            dense: weights and unit rows; the first kind counts for every pair of records.
            sparse: weights and unit rows of the kinds of which few features are in any record.
        """
        from scipy.sparse import csr_array, hstack

        always = np.ones(len(dense[0][1]), dtype=np.bool_)
        spoken = [always, *(rows.any(axis=1) for _, rows in dense[1:])]
        spoken += [np.diff(rows.indptr) > 0 for _, rows in sparse]
        sets, speaks = np.unique(np.stack(spoken, axis=1), axis=0, return_inverse=True)
        weights = np.array([weight for weight, _ in (*dense, *sparse)])
        return cls(
            dense=np.hstack([weight**0.5 * rows for weight, rows in dense]),
            sparse=csr_array(hstack([weight**0.5 * rows for weight, rows in sparse])),
            speaks=np.asarray(speaks, dtype=np.intp).ravel(),
            shared=np.asarray((sets * weights) @ sets.T),
        )

    def __len__(self) -> int:
        return len(self.dense)

    def of_all(self) -> Matrix:
        """Return the similarity of each two records, symmetric; shape (records, records)."""
        found = self.between(slice(None), slice(None))
        return np.asarray(np.maximum(found, found.T, out=found))

    def between(self, rows: Rows | slice, columns: Rows | slice) -> Matrix:
        """Return the similarity of each of some records to each of others, at most 1.

        Returns:
            Shape (rows, columns).
        """
        total = self.dense[rows] @ self.dense[columns].T
        total += (self.sparse[rows] @ self.sparse[columns].T).toarray()
        shared = self.shared[:, self.speaks[columns]]
        # Row by row, for a whole matrix does not stay in the processor's cache between two steps.
        for row, speaks in zip(total, self.speaks[rows], strict=True):
            np.round(np.divide(row, shared[speaks], out=row), DECIMALS, out=row)
        return np.asarray(total)

    def to_groups(self, member: NDArray[np.bool_], rows: Rows | None = None) -> Matrix:
        """Return the mean similarity of records to the other members of each group.

        Args:
            member: who is in which group; shape (records, groups).
            rows: the records asked about; all where not given.

        Returns:
            Shape (rows, groups); 1.0 where a group has no other member.
        """
        rows = np.arange(len(self)) if rows is None else rows
        total = self._to_sums(member, rows)
        own = np.einsum("ij,ij->i", self.dense[rows], self.dense[rows])
        own += (self.sparse[rows] ** 2).sum(axis=1)
        own /= self.shared.diagonal()[self.speaks[rows]]
        total -= np.where(member[rows], own[:, None], 0.0)
        others = member.sum(axis=0) - member[rows]
        mean = np.divide(total, others, out=np.ones_like(total), where=others > 0)
        return np.asarray(np.round(mean, MEAN_DECIMALS))

    def _to_sums(self, member: NDArray[np.bool_], rows: Rows) -> Matrix:
        """Return the summed similarity of records to the members of each group."""
        from scipy.sparse import csr_array

        sets, groups = len(self.shared), member.shape[1]
        place, group = np.nonzero(member)
        where = self.speaks[place] * groups + group
        shape = (sets * groups, len(self))
        pool = csr_array((np.ones(len(place)), (where, place)), shape=shape)
        total = self.dense[rows] @ (pool @ self.dense).T
        total += self.sparse[rows] @ (pool @ self.sparse).toarray().T
        by_set = total.reshape(len(rows), sets, groups)
        return np.asarray((by_set / self.shared[self.speaks[rows]][:, :, None]).sum(axis=1))
