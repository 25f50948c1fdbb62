"""From evidence to probabilities: the weights of models/sdg/scorer.json and what they say."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linker.errors import LinkerError
from linker.links import Band
from linker.paths import models_dir
from linker.vocabulary.files import read_text, remembered

Array = NDArray[np.float64]
CERTAIN = 1 - 1e-6
"""The probability of what a text names; an estimate never reaches more."""


@dataclass(frozen=True, slots=True)
class LogOdds:
    """A logistic model: intercept plus weight times evidence.

    Attributes:
        intercept: log-odds where all evidence is 0.
        weights: log-odds per unit of each kind of evidence, by name.
    """

    intercept: float
    weights: dict[str, float]

    def contributions(self, names: tuple[str, ...], features: Array) -> Array:
        """Return weight times evidence, shape of ``features``, whose last axis is ``names``."""
        return np.asarray(features * np.array([self.weights[name] for name in names]))

    def logit(self, names: tuple[str, ...], features: Array) -> Array:
        """Return log-odds, shape of ``features`` without its last axis."""
        return np.asarray(self.contributions(names, features).sum(axis=-1) + self.intercept)


@dataclass(frozen=True, slots=True)
class Scorer:
    """All that turns evidence into links.

    Attributes:
        target: for a record and a target.
        prior: log-odds that a target starts with, by code; ``""`` for any target not listed.
        useful: for an indicator of a linked target: direct or proxy, rather than neither.
        useful_prior: log-odds that an indicator starts with for it, by code; ``""`` for others.
        direct: of a useful indicator: direct rather than proxy.
        direct_prior: log-odds that an indicator starts with for it, by code; ``""`` for others.
        propose: lowest probability of the band ``propose``.
        ask: lowest probability of the band ``ask``.
        propose_indicator: likewise for indicators.
        ask_indicator: likewise for indicators.
        most_targets: how many targets of a record may leave the band ``hide``.
        most_indicators: likewise for indicators.
    """

    target: LogOdds
    prior: dict[str, float]
    useful: LogOdds
    useful_prior: dict[str, float]
    direct: LogOdds
    direct_prior: dict[str, float]
    propose: float
    ask: float
    propose_indicator: float
    ask_indicator: float
    most_targets: int
    most_indicators: int

    def priors(self, targets: tuple[str, ...]) -> Array:
        """Return the priors of targets, in log-odds."""
        return np.array([self.prior.get(code, self.prior[""]) for code in targets])

    def indicator_priors(self, indicators: tuple[str, ...]) -> Array:
        """Return the priors of indicators, in log-odds."""
        return np.array([self.useful_prior.get(i, self.useful_prior[""]) for i in indicators])

    def direct_priors(self, indicators: tuple[str, ...]) -> Array:
        """Return the priors of indicators for being direct, in log-odds."""
        return np.array([self.direct_prior.get(i, self.direct_prior[""]) for i in indicators])

    def band(self, probability: float, rank: int) -> Band:
        """Return the band of the target in place ``rank`` (from 0) of a record's list."""
        return _band(probability, rank < self.most_targets, self.propose, self.ask)

    def indicator_band(self, probability: float, rank: int) -> Band:
        """Return the band of the indicator in place ``rank`` (from 0) of a record's list."""
        shown = rank < self.most_indicators
        return _band(probability, shown, self.propose_indicator, self.ask_indicator)


@remembered()
def scorer() -> Scorer:
    """Return the scorer that ships with Linker.

    Raises:
        LinkerError: the file is missing or a field in it is.
    """
    return read_scorer(models_dir() / "sdg" / "scorer.json")


def read_scorer(path: Path) -> Scorer:
    """Read a scorer file; ``python -m evaluation.sdg train`` writes it.

    Raises:
        LinkerError: the file is missing or a field in it is.
    """
    try:
        content = json.loads(read_text(path))
        bands = content["bands"]
        return Scorer(
            target=_log_odds(content["target"]),
            prior={str(k): float(v) for k, v in content["prior"].items()},
            useful=_log_odds(content["indicator_useful"]),
            useful_prior={str(k): float(v) for k, v in content["indicator_prior"].items()},
            direct=_log_odds(content["indicator_direct"]),
            direct_prior={str(k): float(v) for k, v in content["direct_prior"].items()},
            propose=float(bands["propose"]),
            ask=float(bands["ask"]),
            propose_indicator=float(bands["propose_indicator"]),
            ask_indicator=float(bands["ask_indicator"]),
            most_targets=int(bands["most_targets"]),
            most_indicators=int(bands["most_indicators"]),
        )
    except (LinkerError, ValueError, KeyError, TypeError) as error:
        raise LinkerError(
            f"{path}: cannot be read ({error!r}). Restore the models/ folder or run "
            "`python -m evaluation.sdg train`."
        ) from error


def probability(logit: Array) -> Array:
    """Return the probability of log-odds."""
    return np.asarray(1 / (1 + np.exp(-logit)))


def _log_odds(content: dict[str, Any]) -> LogOdds:
    weights = {str(k): float(v) for k, v in content["weights"].items()}
    return LogOdds(float(content["intercept"]), weights)


def _band(value: float, shown: bool, propose: float, ask: float) -> Band:
    if not shown or value < ask:
        return "hide"
    return "propose" if value >= propose else "ask"
