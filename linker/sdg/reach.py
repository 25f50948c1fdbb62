"""How far a reviewer's decision reaches: to texts that are near to the one that was judged.

A confirmed target makes the same target likelier for near texts, a rejected one less likely. Near
is half meaning (cosine of embeddings) and half wording (cosine of TF-IDF) of single asks, at least
``REACH``; from there the effect grows in a straight line to ``STRENGTH`` for the same words. Of the
decisions on a target only the nearest confirmed and the nearest rejected one count, so that many
decisions move a text no further than one. Whatever is not in reach stays as it is, to the last bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from linker.i18n.messages import tr
from linker.sdg.evidence import EvidenceMaker, Reading
from linker.sdg.exemplars import Exemplar

Array = NDArray[np.float64]
REACH = 0.4
"""Nearness from which a decision counts."""
STRENGTH = 6.0
"""Log-odds that a decision on the very same ask adds or takes away."""


@dataclass(frozen=True, slots=True)
class Taught:
    """A decision in reach of a text.

    Attributes:
        exemplar: what was decided.
        log_odds: what it adds to the target's log-odds.
    """

    exemplar: Exemplar
    log_odds: float

    def __str__(self) -> str:
        said = tr("{target} rejected", target=self.exemplar.target)
        if self.exemplar.accepted:
            said = tr("{target} confirmed", target=self.exemplar.target)
        if not self.exemplar.source:
            return said
        return tr("{decision} for {source}", decision=said, source=self.exemplar.source)


class Reach:
    """Measures which decisions reach which texts.

    Args:
        maker: reads the texts that were judged.
        exemplars: what was decided; those on goals or unknown codes are passed over.
    """

    def __init__(self, maker: EvidenceMaker, exemplars: Sequence[Exemplar]) -> None:
        self.width = len(maker.targets)
        kept = sorted(
            (e for e in exemplars if e.target in maker.column),
            key=lambda e: (e.key, e.accepted, e.source),
        )
        self.exemplars = tuple(kept)
        self.columns = np.array([maker.column[e.target] for e in kept], dtype=np.intp)
        if kept:
            reading = maker.read([e.text for e in kept])
            ask = maker.measure(reading).ask[np.arange(len(kept)), self.columns]
            rows = reading.starts + ask
            self._vectors = np.asarray(reading.vectors[rows], dtype=np.float64)
            self._words = sp.csr_matrix(reading.words[rows])

    def effects(self, reading: Reading) -> Array:
        """Return the log-odds that each decision adds, shape (texts, decisions); mostly 0."""
        if not self.exemplars:
            return np.zeros((len(reading.texts), 0))
        dense = np.asarray(reading.vectors, dtype=np.float64) @ self._vectors.T
        near = 0.5 * dense + 0.5 * (reading.words @ self._words.T).toarray()
        nearest = np.maximum.reduceat(near, reading.starts, axis=0)
        share = np.clip((np.round(nearest, 6) - REACH) / (1 - REACH), 0, 1)
        said = np.array([1.0 if e.accepted else -1.0 for e in self.exemplars])
        return np.asarray(STRENGTH * share * said)

    def shift(self, reading: Reading) -> Array:
        """Return what decisions add to the log-odds of targets, shape (texts, targets)."""
        effects = self.effects(reading)
        found = np.zeros((len(effects), self.width))
        for column in np.unique(self.columns):
            of_target = effects[:, self.columns == column]
            most, least = of_target.max(axis=1), of_target.min(axis=1)
            found[:, column] = np.maximum(most, 0) + np.minimum(least, 0)
        return found

    def taught(self, reading: Reading, row: int, column: int) -> list[Taught]:
        """Return the decisions that reach one text, for the target in a column.

        They are the nearest confirmed and the nearest rejected one.
        """
        if not self.exemplars:
            return []
        effects = self.effects(reading)[row]
        effects = np.where(self.columns == column, effects, 0)
        found = [int(pick) for pick in (effects.argmax(), effects.argmin()) if effects[pick]]
        return [Taught(self.exemplars[n], float(effects[n])) for n in dict.fromkeys(found)]
