"""How common words, concepts and kinds of measure are in recommendations at large.

Counted over 55,711 different recommendations of the Universal Periodic Review (2008-2017); the
file holds counts, not texts. A shipped background, rather than counts of the records at hand,
makes the evidence for a pair depend on its two texts alone: it does not move when a workspace
grows, and works for a workspace of two records.
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np

from linker.encoding.encoder import Vectors
from linker.errors import LinkerError
from linker.paths import models_dir

FILE = "convergence/background.tsv"
MEAN_FILE = "convergence/mean.tsv"


class Background:
    """Counts of how many texts hold a word stem (``w:``), concept (``c:``), measure (``m:``)."""

    def __init__(self, texts: int, counts: dict[str, int]) -> None:
        self.texts = texts
        self.counts = counts

    def rarity(self, key: str) -> float:
        """Return the inverse document frequency, ln((N + 1) / (n + 1)); unseen words count once.

        Args:
            key: kind, colon and name: ``w:ombudsman``, ``c:death penalty``.
        """
        return math.log((self.texts + 1) / (self.counts.get(key, 1) + 1))


@cache
def background() -> Background:
    """Return the shipped counts.

    Raises:
        LinkerError: the file is missing or a line is not ``name<TAB>count``.
    """
    path = models_dir() / FILE
    if not path.is_file():
        raise LinkerError(f"{path}: background counts missing. Restore the models/ folder.")
    counts: dict[str, int] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        name, tab, count = line.partition("\t")
        if not tab or not count.isdigit():
            raise LinkerError(f"{path}, line {number}: expected a name, a tab and a count")
        counts[name] = int(count)
    return Background(counts.pop("texts"), counts)


def centre(vectors: Vectors) -> Vectors:
    """Return unit vectors less the average recommendation's, at unit length again.

    All recommendations resemble each other ("take measures to …"); what is left tells them apart.
    Vectors of another encoder than the shipped one (another length) are returned as they are.
    """
    mean = _mean()
    if vectors.shape[1] != len(mean):
        return vectors
    moved = vectors - mean
    lengths = np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9)
    return np.asarray(moved / lengths, dtype=np.float32)


@cache
def _mean() -> Vectors:
    path = models_dir() / MEAN_FILE
    if not path.is_file():
        raise LinkerError(f"{path}: background mean missing. Restore the models/ folder.")
    return np.array(path.read_text(encoding="utf-8").split(), dtype=np.float32)
