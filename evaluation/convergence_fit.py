"""Fits the convergence scorer: logistic regression with signs that sense demands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import minimize

from evaluation.convergence_table import SAMPLE_STATE, Table
from linker.convergence.evidence import KINDS
from linker.convergence.scorer import Calibration, Scorer, Weights
from linker.reading.ask_table import Floats

SIGN = {
    "other_concepts": -1,
    "other_measure": -1,
    "other_instruments": -1,
    "only_one_ratifies": -1,
    "other_group": -1,
}
"""Kinds that can only speak against a link; all others can only speak for it."""
FREE = ("specific",)
BY_HAND = {"opposed": -10.0, "one_carries_it_out": -3.0}
"""Log-odds set by hand: the gold holds no opposed pair to learn from, and two of a treaty that
one side ratifies and the other carries out."""
EITHER_OR = (
    "other_concepts", "other_measure", "shared_instruments", "ratify_the_same",
    "other_instruments", "only_one_ratifies", "one_carries_it_out", "other_group", "opposed",
)  # fmt: skip
"""Kinds that are there or not: their absence adds nothing."""
SHRINKAGE = 0.01
LEAST_SCALE = 0.05
"""Rarer evidence than this would be given unlimited weight."""
ROUNDS = 4
STATE_POWER = 0.5
"""A State's n pairs weigh n^-0.5 each: with a hundred times the pairs, ten times as much."""


@dataclass(frozen=True)
class Fitted:
    """A scorer, and its calibration once made."""

    scorer: Scorer

    def calibrated(
        self,
        table: Table,
        kept: np.ndarray,
        odds_same: Floats,
        odds_related: Floats,
        bands: Callable[[Floats, np.ndarray, np.ndarray], tuple[float, float]],
    ) -> Fitted:
        """Return it with calibration and bands from log-odds that unseen-State fits gave."""
        weight = state_weights(table.state[kept])
        parts = {}
        for name, odds, least in (("same", odds_same, 2), ("related", odds_related, 1)):
            parts[name] = platt(odds[kept], table.grade[kept] >= least, weight)
        same = replace(self.scorer.same, calibration=parts["same"])
        related = replace(self.scorer.related, calibration=parts["related"])
        sample = table.state[kept] == SAMPLE_STATE
        probability = parts["same"].probability(odds_same[kept])
        propose, ask = bands(probability, table.grade[kept] == 2, sample)
        return Fitted(replace(self.scorer, same=same, related=related, propose=propose, ask=ask))


def state_weights(state: np.ndarray) -> Floats:
    """Return a weight for each pair, mean 1, so that large States do not drown small ones."""
    _, inverse, count = np.unique(state, return_inverse=True, return_counts=True)
    weight = count.astype(float)[inverse] ** -STATE_POWER
    return np.asarray(weight / weight.mean())


def fit(table: Table, kept: np.ndarray) -> Fitted:
    """Fit both questions on the kept pairs.

    Which pair of asks carries a link is not labelled, so each round fits on the best pair of asks
    under the weights so far and chooses again (multiple-instance learning).
    """
    kinds = tuple(KINDS)
    mine = kept[table.pair]
    either_or = np.array([kind in EITHER_OR for kind in kinds])
    centre = np.where(either_or, 0.0, table.values[mine].mean(axis=0))
    scale = np.maximum(table.values[mine].std(axis=0), LEAST_SCALE)
    scale[[kinds.index(kind) for kind in BY_HAND]] = 1.0
    centre = np.asarray(np.round(centre, 5), dtype=np.float64)
    scale = np.asarray(np.round(scale, 5), dtype=np.float64)
    scaled = (table.values - centre) / scale
    odds = scaled[:, [kinds.index("meaning"), kinds.index("within_record")]].sum(axis=1)
    weight = state_weights(table.state)
    same = (0.0, np.array([BY_HAND.get(kind, 0.0) for kind in kinds]))
    for _ in range(ROUNDS):
        rows = table.best(odds)
        rows = rows[mine[rows]]
        pairs = table.pair[rows]
        same = logistic(scaled[rows], table.grade[pairs] == 2, weight[pairs], kinds, same)
        odds = scaled @ same[1] + same[0]
    rows = table.best(odds)
    rows = rows[mine[rows]]
    pairs = table.pair[rows]
    related = logistic(scaled[rows], table.grade[pairs] >= 1, weight[pairs], kinds, same)
    plain = Calibration(1.0, 0.0)
    return Fitted(
        Scorer(kinds, centre, scale, Weights(*same, plain), Weights(*related, plain), 0.5, 0.1)
    )


def logistic(
    x: Floats,
    y: np.ndarray,
    weight: Floats,
    kinds: tuple[str, ...],
    start: tuple[float, Floats],
) -> tuple[float, Floats]:
    """Return intercept and weights of a ridge logistic regression within bounds of sign.

    Args:
        x: scaled evidence.
        y: whether each is true.
        weight: of each.
        kinds: names of the columns.
        start: where to begin looking.
    """
    bounds: list[tuple[float | None, float | None]] = [(None, None)]
    for kind in kinds:
        if kind in BY_HAND:
            bounds.append((BY_HAND[kind], BY_HAND[kind]))
        elif kind in FREE:
            bounds.append((None, None))
        else:
            bounds.append((None, 0.0) if SIGN.get(kind, 1) < 0 else (0.0, None))
    target = y.astype(float)

    def loss(beta: Floats) -> tuple[float, Floats]:
        z = x @ beta[1:] + beta[0]
        p = 1.0 / (1.0 + np.exp(-np.clip(z, -30, 30)))
        value = (weight * (np.logaddexp(0, z) - target * z)).mean()
        slope = x.T @ (weight * (p - target)) / len(target)
        grad = np.r_[(weight * (p - target)).mean(), slope + SHRINKAGE * beta[1:]]
        return float(value + SHRINKAGE * (beta[1:] ** 2).sum() / 2), grad

    found = minimize(loss, np.r_[start[0], start[1]], jac=True, bounds=bounds, method="L-BFGS-B")
    return round(float(found.x[0]), 5), np.round(found.x[1:], 5)


def platt(odds: Floats, y: np.ndarray, weight: Floats) -> Calibration:
    """Return the line that makes log-odds honest (Platt scaling with a slope of at least 0.05)."""
    target = y.astype(float)

    def loss(beta: Floats) -> float:
        z = beta[0] * odds + beta[1]
        return float((weight * (np.logaddexp(0, z) - target * z)).mean())

    found = minimize(loss, np.array([1.0, 0.0]), bounds=[(0.05, None), (None, None)])
    return Calibration(round(float(found.x[0]), 5), round(float(found.x[1]), 5))
