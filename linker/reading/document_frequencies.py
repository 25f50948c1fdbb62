"""How common words, concepts and kinds of measure are in recommendations at large.

Counted over 55,711 different recommendations of the Universal Periodic Review (2008-2017); the
file holds counts, not texts. A shipped background, rather than counts of the records at hand,
makes the evidence for a pair depend on its two texts alone: it does not move when a workspace
grows, and works for a workspace of two records.

A concept or measure that somebody added to a vocabulary has no count there. It passes for as
common as the median one, until `linker vocabulary count` has counted it in a workspace's own texts.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from statistics import median

import numpy as np

from linker.encoding.encoder import Vectors
from linker.paths import models_dir
from linker.reading.own_counts import NAMED, Counted, own_counts
from linker.vocabulary.files import read_text, remembered
from linker.vocabulary.phrases import vocabulary
from linker.vocabulary.shipped_counts import shipped

MEAN_FILE = "convergence/mean.tsv"
PRIOR = 1_000
"""The median weighs as much as this many texts beside a count in a workspace's own."""


class Background:
    """Counts of how many texts hold a word stem (``w:``), concept (``c:``), measure (``m:``).

    Args:
        texts: all texts.
        counts: of them, by key.
        own: counts in other texts, of what has none among these.
    """

    def __init__(self, texts: int, counts: Mapping[str, int], own: Iterable[Counted] = ()) -> None:
        self.texts = texts
        self.counts: dict[str, float] = dict(counts)
        by_kind: dict[str, list[int]] = defaultdict(list)
        for key, count in counts.items():
            by_kind[key[:1]].append(count)
        self.median = {kind: median(by_kind[kind]) for kind in NAMED if by_kind[kind]}
        for one in own:
            typical = self.median.get(one.key[:1], 1.0) / texts
            share = (one.count + PRIOR * typical) / (one.texts + PRIOR)
            self.counts.setdefault(one.key, share * texts)

    def rarity(self, key: str) -> float:
        """Return the inverse document frequency, ln((N + 1) / (n + 1)).

        Words without a count are seen once; concepts and measures, as often as the median one.

        Args:
            key: kind, colon and name: ``w:ombudsman``, ``c:death penalty``.
        """
        count = self.counts.get(key)
        if count is None:
            count = self.median.get(key[:1], 1.0)
        return math.log((self.texts + 1) / (count + 1))


@remembered()
def background() -> Background:
    """Return the shipped counts, and those of `linker.reading.own_counts`.

    Raises:
        LinkerError: a file is missing, or a line is not what it should be.
    """
    counts = dict(shipped())
    return Background(counts.pop("texts"), counts, own_counts())


@remembered()
def uncounted() -> tuple[str, ...]:
    """Return the concepts and measures of the vocabularies without any count, in their order."""
    known = background().counts
    return tuple(
        name
        for letter, kind in NAMED.items()
        for name in vocabulary(kind).names
        if f"{letter}:{name}" not in known
    )


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


@remembered()
def _mean() -> Vectors:
    return np.array(read_text(models_dir() / MEAN_FILE).split(), dtype=np.float32)
