"""How much a text resembles the passages of each target: kernel ridge regression over them.

A passage of a target says 1 for it and 0 for all others; procedural passages say 1 for "no
target". The kernel is half the cosine of the embeddings and half the cosine of TF-IDF vectors, so
meaning and wording both count. Against asking for the nearest passage only, the regression weighs
passages that stand alone more than those that repeat each other, and what speaks for another
target speaks against this one. The score of a target is a sum over passages, which is what an
explanation quotes. (Saunders, Gammerman, Vovk 1998: ridge regression in dual variables.)
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from linker.encoding.encoder import Vectors
from linker.sdg.words import WordSpace

Array = NDArray[np.float64]
RIDGE = 3.0
FEW = 64
"""Up to so many texts it is faster to compare them with each passage."""


class Resemblance:
    """Scores texts against targets.

    Args:
        words: the word space.
        vectors: embeddings of the passages, shape (passages, dimension).
        lexical: their ``words.vectors``.
        shares: what ``fit_shares`` returned for them.
        typical: likewise.

    Attributes:
        shares: shape (passages, targets and last "no target"): what each passage adds to each
            score per unit of kernel.
        typical: shape (passages,): the kernel of a passage with the average passage.
    """

    def __init__(
        self,
        words: WordSpace,
        vectors: Vectors,
        lexical: sp.csr_matrix,
        shares: Array,
        typical: Array,
    ) -> None:
        self.words = words
        self.shares = shares
        self.typical = typical
        self._vectors = np.asarray(vectors, dtype=np.float64)
        self._lexical = lexical

    def score(self, vectors: Vectors, lexical: sp.csr_matrix) -> Array:
        """Return scores, shape (texts, width): near 0 for most, 0.2 and more where it fits.

        Args:
            vectors: embeddings of the texts.
            lexical: their ``words.vectors``.
        """
        if len(vectors) <= FEW:
            return np.asarray(self.similarity(vectors, lexical) @ self.shares)
        by_meaning, by_word = self._weights
        dense = np.asarray(vectors, dtype=np.float64) @ by_meaning
        return np.asarray(0.5 * dense + 0.5 * (lexical @ by_word))

    @cached_property
    def _weights(self) -> tuple[Array, Array]:
        """The same sum, taken by component of the embedding and by word: faster for many texts."""
        return self._vectors.T @ self.shares, np.asarray(self._lexical.T @ self.shares)

    def similarity(self, vectors: Vectors, lexical: sp.csr_matrix) -> Array:
        """Return the kernel between texts and passages."""
        return _kernel(np.asarray(vectors, dtype=np.float64), lexical, self._vectors, self._lexical)


def _kernel(a: Array, a_words: sp.csr_matrix, b: Array, b_words: sp.csr_matrix) -> Array:
    return np.asarray(0.5 * (a @ b.T) + 0.5 * (a_words @ b_words.T).toarray())


def fit_shares(vectors: Vectors, lexical: sp.csr_matrix, wanted: Array) -> tuple[Array, Array]:
    """Fit the regression on passages.

    Args:
        vectors: their embeddings, shape (passages, dimension).
        lexical: their TF-IDF vectors, shape (passages, features).
        wanted: what each passage says for each column.

    Returns:
        Shares, shape (passages, width), and the typical kernels, shape (passages,); in single
        precision, as they are shipped, so that shipped and fresh ones give the same.
    """
    dense = np.asarray(vectors, dtype=np.float64)
    kernel = _kernel(dense, lexical, dense, lexical)
    shares = solve_ridge(kernel, wanted, RIDGE)
    return in_single(shares), in_single(kernel.mean(axis=0))


def in_single(values: Array) -> Array:
    """Return the values rounded to single precision."""
    return np.asarray(values, dtype=np.float32).astype(np.float64)


def solve_ridge(kernel: Array, wanted: Array, ridge: float) -> Array:
    """Return the shares of a kernel ridge regression, shape of ``wanted``.

    Args:
        kernel: between the passages, shape (passages, passages).
        wanted: what each passage says for each column.
        ridge: the penalty.
    """
    from scipy.linalg import cho_factor, cho_solve

    factor = cho_factor(kernel + ridge * np.eye(len(kernel)), lower=True)
    return np.asarray(cho_solve(factor, wanted))
