"""Which indicators of a linked target fit a record: evidence for each of them, ask by ask."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from linker.encoding.encoder import Vectors
from linker.sdg.evidence import EvidenceMaker, Reading
from linker.sdg.framework import framework
from linker.sdg.passages import Kind
from linker.sdg.reach import REACH

Array = NDArray[np.float64]
KINDS: tuple[frozenset[Kind], ...] = (
    frozenset({"indicator-title"}),
    frozenset({"measures"}),
    frozenset({"direct", "direct-ask"}),
    frozenset({"proxy", "proxy-ask"}),
    frozenset({"neither-ask"}),
)
TITLE, MEASURES, DIRECT, PROXY, NEITHER = range(len(KINDS))
LEARNED = ("indicator-title", "measures", "direct", "proxy", "neither", "siblings", "elsewhere")
INDICATOR_FEATURES = (*LEARNED, "refused")
"""What is measured of a record and an indicator:

- resemblance to the title, to what is measured, to the nearest ask that the indicator measures, of
  which it tells something, and which looks near and is not;
- siblings: logarithm of how many indicators the target has, for the more the less each fits;
- elsewhere: by how much the record's ask is nearer to an ask that the indicator does not measure,
  or that another indicator does, than to any that it measures: a shared subject makes both near;
- refused: how close the ask comes to one that looks near and is not, where no other ask of the
  indicator is as near; from 0 at ``REACH`` to 1 for the same words. Its weight is not learned: what
  was said of the very same ask stands, as a reviewer's decision does (``linker/sdg/reach.py``).
"""


class IndicatorEvidence:
    """Measures evidence for indicators.

    Args:
        maker: holds the passages, their vectors and the word space.
    """

    def __init__(self, maker: EvidenceMaker) -> None:
        entries = framework().level("indicator")
        self.codes = tuple(entry.code for entry in entries)
        self.targets = np.array([maker.column[e.parent] for e in entries], dtype=np.intp)
        self.of_target = [
            np.flatnonzero(self.targets == column) for column in range(len(maker.targets))
        ]
        siblings = np.bincount(self.targets, minlength=len(maker.targets))
        self._siblings = np.log(siblings[self.targets])
        column = {code: number for number, code in enumerate(self.codes)}
        rows = [i for i, p in enumerate(maker.all_passages) if p.indicator]
        self._vectors = np.asarray(maker.all_vectors[rows], dtype=np.float64)
        self._words = sp.csr_matrix(maker.all_lexical[rows])
        passages = [maker.all_passages[i] for i in rows]
        self._of_kind = [
            _grouped([(column[p.indicator], n) for n, p in enumerate(passages) if p.kind in kinds])
            for kinds in KINDS
        ]

    def codes_of(self, target: int) -> tuple[str, ...]:
        """Return the indicators of the target in this column."""
        return tuple(self.codes[column] for column in self.of_target[target])

    def measure(self, reading: Reading) -> Array:
        """Return evidence, shape (records, indicators, len(INDICATOR_FEATURES)).

        Each ask is compared on its own, for a record with two asks has the indicators of both.
        """
        by_ask = self._nearest(reading.vectors, reading.words)
        whole = self._nearest(reading.whole_vectors, reading.whole_words)
        ends = np.append(reading.starts[1:], len(by_ask))
        found = np.zeros((len(reading.texts), len(self.codes), len(INDICATOR_FEATURES)))
        for row, (start, end) in enumerate(zip(reading.starts, ends, strict=True)):
            near = np.concatenate([by_ask[start:end], whole[row : row + 1]])
            found[row, :, : len(KINDS)] = near.max(axis=0)
            found[row, :, len(KINDS) :] = np.stack(
                [self._siblings, _elsewhere(near), _refused(near)], axis=-1
            )
        return found

    def _nearest(self, vectors: Vectors, words: sp.csr_matrix) -> Array:
        """Return the resemblance to the nearest passage, shape (asks, indicators, len(KINDS))."""
        near = self._similarity(vectors, words)
        found = np.zeros((len(near), len(self.codes), len(KINDS)))
        for kind, (indicators, places, starts) in enumerate(self._of_kind):
            nearest = np.maximum.reduceat(near[:, places], starts, axis=1)
            found[:, indicators, kind] = np.maximum(nearest, 0)
        return found

    def _similarity(self, vectors: Vectors, words: sp.csr_matrix) -> Array:
        dense = np.asarray(vectors, dtype=np.float64) @ self._vectors.T
        worded = (words @ self._words.T).toarray()
        return np.asarray(0.5 * dense + 0.5 * worded)


def _elsewhere(near: Array) -> Array:
    """Return by how much other asks are nearer than those that each indicator measures.

    Args:
        near: as ``IndicatorEvidence._nearest`` gives for the asks of one record.
    """
    own = near[:, :, DIRECT]
    best = np.sort(own, axis=1)
    others = np.where(own >= best[:, -1:], best[:, -2:-1], best[:, -1:])
    rivals = np.maximum(others, near[:, :, (PROXY, NEITHER)].max(axis=2))
    own, rivals = _where_most(np.stack([own, rivals], axis=-1), own).T
    return np.asarray(np.maximum(rivals - own, 0))


def _refused(near: Array) -> Array:
    """Return how close the ask comes to one of which each indicator tells nothing, likewise."""
    near = _where_most(near, near[:, :, (DIRECT, PROXY)].max(axis=2))
    nearest = near[:, NEITHER] > near[:, (DIRECT, PROXY)].max(axis=1)
    return np.asarray(nearest * np.clip((near[:, NEITHER] - REACH) / (1 - REACH), 0, 1))


def _where_most(near: Array, most: Array) -> Array:
    """Return for each indicator what the ask says for which ``most`` is highest.

    Rounded, for the last bits of sums differ by how many records are read at once.
    """
    rounded = np.round(near, 6)
    ask = np.round(most, 6).argmax(axis=0)
    return np.asarray(rounded[ask, np.arange(near.shape[1])])


Grouped = tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]


def _grouped(pairs: list[tuple[int, int]]) -> Grouped:
    """Return the indicators that have passages, the passages by indicator, where each begins."""
    ordered = np.array(sorted(pairs), dtype=np.intp)
    indicators, starts = np.unique(ordered[:, 0], return_index=True)
    return indicators, ordered[:, 1], np.asarray(starts, dtype=np.intp)
