"""From evidence to probability: a sum of log-odds that a person can read and check.

For each kind of evidence, the weight times how far the value lies from that of an average
candidate, in standard deviations; all of them and the intercept added up are the log-odds; a line
fitted on States that the weights had not seen makes them honest probabilities. Each kind of pair
(`linker.convergence.scorers`) has its own scorer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from linker.links import Band
from linker.reading.ask_table import Floats

DECIMALS = 6
OPPOSED = "opposed"
"""The kind of evidence that makes a pair opposite."""
MAY_BE_OPPOSED = "may_be_opposed"
"""The kind of evidence for which a person should look at a pair that is nearly the same words."""
Question = Literal["same", "related"]
"""Do both ask the same measure; are they at least about the same issue."""


@dataclass(frozen=True)
class Calibration:
    """Straightens log-odds (Platt, 1999): calibrated = slope × log-odds + offset."""

    slope: float
    offset: float

    def probability(self, log_odds: Floats) -> Floats:
        """Return probabilities; more log-odds never give less."""
        return np.asarray(1.0 / (1.0 + np.exp(-(self.slope * log_odds + self.offset))))


@dataclass(frozen=True)
class Weights:
    """The weights for one question, in the order of the scorer's kinds."""

    intercept: float
    weights: Floats
    calibration: Calibration


@dataclass(frozen=True)
class Scorer:
    """Weights for both questions over the same evidence.

    Attributes:
        kinds: names of the evidence, as in `linker.convergence.evidence.KINDS`.
        centre: value of each for an average candidate; 0 for what is either there or not.
        scale: standard deviation of each over candidates.
        same: weights for "the same measure".
        related: weights for "at least the same issue".
        propose: probability of the same measure from which a link is proposed.
        ask: from which it is put to the reviewer as a question; below it is hidden.
    """

    kinds: tuple[str, ...]
    centre: Floats
    scale: Floats
    same: Weights
    related: Weights
    propose: float
    ask: float

    def contributions(self, values: Floats, question: Question = "same") -> Floats:
        """Return what each kind of evidence adds, in log-odds; shape of ``values``.

        Args:
            values: evidence, shape (pairs, kinds) or (kinds,).
            question: which of the two weights.
        """
        return np.asarray((values - self.centre) / self.scale * self._of(question).weights)

    def log_odds(self, values: Floats, question: Question = "same") -> Floats:
        """Return the log-odds before calibration, one for each pair."""
        weights, intercept = self._of(question).weights / self.scale, self._of(question).intercept
        return np.asarray(values @ weights - self.centre @ weights + intercept)

    def found(self, kind: str, values: Floats) -> NDArray[np.bool_]:
        """Say in which pairs a kind of evidence was found, such as `OPPOSED`."""
        if kind not in self.kinds:
            return np.zeros(len(values), dtype=bool)
        return np.asarray(values[:, self.kinds.index(kind)] > 0)

    def nearness(self, values: Floats) -> Floats:
        """Return the log-odds of the same measure but for being opposed, one for each pair.

        What two records say to each other stands in the asks that come nearest, whether these
        agree or not.
        """
        odds = self.log_odds(values)
        if OPPOSED in self.kinds:
            odds = odds - self.contributions(values)[:, self.kinds.index(OPPOSED)]
        return odds

    def probabilities(self, values: Floats) -> tuple[Floats, Floats]:
        """Return P(same measure) and P(at least same issue), the second never the smaller.

        To six places: the last bits of a sum differ by machine and by how many are added at once.
        """
        same = self.same.calibration.probability(self.log_odds(values))
        related = self.related.calibration.probability(self.log_odds(values, "related"))
        same, related = np.round(same, DECIMALS), np.round(related, DECIMALS)
        return same, np.maximum(same, related)

    def band(self, probability: float) -> Band:
        """Return the band of a probability of the same measure."""
        if probability >= self.propose:
            return "propose"
        return "ask" if probability >= self.ask else "hide"

    def _of(self, question: Question) -> Weights:
        return self.same if question == "same" else self.related
