"""Which indicators of a linked target fit a record: evidence for each of them, ask by ask."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from linker.encoding.encoder import Vectors
from linker.sdg.evidence import EvidenceMaker, Reading
from linker.sdg.framework import framework
from linker.sdg.passages import Kind

Array = NDArray[np.float64]
KINDS: tuple[frozenset[Kind], ...] = (
    frozenset({"indicator-title"}),
    frozenset({"measures"}),
    frozenset({"direct", "direct-ask"}),
    frozenset({"proxy", "proxy-ask"}),
    frozenset({"neither-ask"}),
)
INDICATOR_FEATURES = ("indicator-title", "measures", "direct", "proxy", "neither", "siblings")
"""Resemblance to the title, to what is measured, to the nearest ask that the indicator measures, of
which it tells something, and which looks near and is not; and the logarithm of how many indicators
the target has, for the more there are the less each fits."""


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
        by_ask = self._similarity(reading.vectors, reading.words)
        near = np.maximum(
            np.maximum.reduceat(by_ask, reading.starts, axis=0),
            self._similarity(reading.whole_vectors, reading.whole_words),
        )
        found = np.zeros((len(reading.texts), len(self.codes), len(INDICATOR_FEATURES)))
        for kind, (indicators, places, starts) in enumerate(self._of_kind):
            nearest = np.maximum.reduceat(near[:, places], starts, axis=1)
            found[:, indicators, kind] = np.maximum(nearest, 0)
        found[:, :, len(KINDS)] = self._siblings
        return found

    def _similarity(self, vectors: Vectors, words: sp.csr_matrix) -> Array:
        dense = np.asarray(vectors, dtype=np.float64) @ self._vectors.T
        worded = (words @ self._words.T).toarray()
        return np.asarray(0.5 * dense + 0.5 * worded)


Grouped = tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]


def _grouped(pairs: list[tuple[int, int]]) -> Grouped:
    """Return the indicators that have passages, the passages by indicator, where each begins."""
    ordered = np.array(sorted(pairs), dtype=np.intp)
    indicators, starts = np.unique(ordered[:, 0], return_index=True)
    return indicators, ordered[:, 1], np.asarray(starts, dtype=np.intp)
