"""Ridge logistic regression with bounds on weights, and calibration by it (Platt scaling)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize
from scipy.special import expit

Floats = NDArray[np.float64]
Bound = tuple[float | None, float | None]
FREE: Bound = (None, None)
LEAST_SLOPE = 0.05
"""Calibration never turns the order of probabilities round."""


def logistic(
    x: Floats,
    y: ArrayLike,
    weight: ArrayLike,
    penalty: float,
    bounds: Sequence[Bound],
    start: tuple[float, Floats] | None = None,
) -> tuple[float, Floats]:
    """Return the intercept and weights of least penalised log loss within bounds.

    Args:
        x: features, shape (rows, features); the penalty treats all alike, so scale them before.
        y: whether each row is true, shape (rows,).
        weight: how much each row counts, shape (rows,).
        penalty: half of it times the squares of the weights is added to the sum of losses; the
            intercept is free.
        bounds: the least and the most of each weight.
        start: where to begin looking; zeros when not given.
    """
    target, count = np.asarray(y, np.float64), np.asarray(weight, np.float64)

    def loss(beta: Floats) -> tuple[float, Floats]:
        odds = x @ beta[1:] + beta[0]
        off = count * (expit(odds) - target)
        value = (count * (np.logaddexp(0, odds) - target * odds)).sum()
        slope = x.T @ off + penalty * beta[1:]
        return float(value + penalty / 2 * (beta[1:] ** 2).sum()), np.r_[off.sum(), slope]

    begin = np.zeros(x.shape[1] + 1) if start is None else np.r_[start[0], start[1]]
    found = minimize(loss, begin, jac=True, method="L-BFGS-B", bounds=[FREE, *bounds]).x
    return float(found[0]), np.asarray(found[1:])


def platt(
    odds: Floats, y: ArrayLike, weight: ArrayLike | None = None, penalty: float = 0.0
) -> tuple[float, float]:
    """Return the slope and shift that make log-odds honest; 1 and 0 where all rows agree.

    Args:
        odds: log-odds of rows that were left out of the fit, shape (rows,).
        y: whether each is true.
        weight: how much each counts; alike when not given.
        penalty: see `logistic`.
    """
    target = np.asarray(y, np.float64)
    if not len(target) or target.min() == target.max():
        return 1.0, 0.0
    count = np.ones(len(target)) if weight is None else np.asarray(weight, np.float64)
    begin = 0.0, np.ones(1)
    shift, slope = logistic(odds[:, None], target, count, penalty, [(LEAST_SLOPE, None)], begin)
    return float(slope[0]), shift
