"""Which indicators of a linked target fit a record: evidence for each of them."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from linker.encoding.encoder import Vectors
from linker.sdg.evidence import EvidenceMaker, Reading
from linker.sdg.framework import framework

Array = NDArray[np.float64]
KINDS = ("indicator-title", "measures", "direct", "proxy")
INDICATOR_FEATURES = (*KINDS, "siblings")
"""Resemblance to the title, to what is measured, to the asks it tracks directly and as proxy; and
the logarithm of how many indicators the target has, for the more there are the less each fits."""


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
        rows = [i for i, p in enumerate(maker.all_passages) if p.kind in KINDS]
        self._vectors = np.asarray(maker.all_vectors[rows], dtype=np.float64)
        self._words = sp.csr_matrix(maker.all_lexical[rows])
        self._place = np.full((len(KINDS), len(self.codes)), -1, dtype=np.intp)
        for row, i in enumerate(rows):
            passage = maker.all_passages[i]
            self._place[KINDS.index(passage.kind), column[passage.indicator]] = row

    def codes_of(self, target: int) -> tuple[str, ...]:
        """Return the indicators of the target in this column."""
        return tuple(self.codes[column] for column in self.of_target[target])

    def measure(self, reading: Reading, ask: NDArray[np.intp]) -> Array:
        """Return evidence, shape (records, indicators, len(INDICATOR_FEATURES)).

        Args:
            reading: the records.
            ask: the ask that carries each target, shape (records, targets).
        """
        by_ask = self._similarity(reading.vectors, reading.words)
        by_whole = self._similarity(reading.whole_vectors, reading.whole_words)
        rows = (ask + reading.starts[:, None])[:, self.targets]
        found = np.zeros((len(reading.texts), len(self.codes), len(INDICATOR_FEATURES)))
        for kind, place in enumerate(self._place):
            known = place >= 0
            near = np.maximum(by_ask[rows[:, known], place[known]], by_whole[:, place[known]])
            found[:, known, kind] = np.maximum(near, 0)
        found[:, :, len(KINDS)] = self._siblings
        return found

    def _similarity(self, vectors: Vectors, words: sp.csr_matrix) -> Array:
        dense = np.asarray(vectors, dtype=np.float64) @ self._vectors.T
        worded = (words @ self._words.T).toarray()
        return np.asarray(0.5 * dense + 0.5 * worded)
