"""The lines of the bands, drawn on probabilities of pairs whose State was left out."""

from __future__ import annotations

import math

import numpy as np

from linker.reading.ask_table import Floats

TOP_PRECISION = 0.92
"""Precision, on States left out, that the top band is set for."""
HIDDEN = 0.06
"""Share of the true links of real States left out that the band ``hide`` may hold: 8 % at most is
wanted, of States that nobody has looked at."""
LEAST_ASKED = 0.05
"""A link of which fewer than one in twenty is true is not worth a reviewer's question."""
LEAST = 20
"""A line is never drawn on fewer links than this."""


def thresholds(score: Floats, true: np.ndarray, group: np.ndarray) -> tuple[float, float]:
    """Return the lines of the bands.

    Propose: the lowest probability above which `TOP_PRECISION` of links are true in every group
    (real States together, the fictional one). Ask: the highest below which lie no more than
    `HIDDEN` of the true links of the first group.

    Args:
        score: probabilities from scorers that had not seen the pair's State.
        true: whether each link is true.
        group: what each link belongs to; the real States are False.
    """
    groups = [group == g for g in np.unique(group)]
    propose = max(_precise_from(score[g], true[g], TOP_PRECISION, 0.9) for g in groups)
    sure = np.sort(score[groups[0] & true])
    ask = float(sure[int(HIDDEN * len(sure))]) if len(sure) else propose / 2
    ask = max(ask, LEAST_ASKED)
    return round(propose, 4), math.floor(min(ask, propose) * 10_000) / 10_000


def _precise_from(score: Floats, true: np.ndarray, least: float, otherwise: float) -> float:
    order = np.argsort(-score, kind="stable")
    precise = np.cumsum(true[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero((precise >= least) & (np.arange(len(score)) >= LEAST - 1))
    return float(score[order][good[-1]]) if len(good) else otherwise
