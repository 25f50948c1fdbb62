"""Fits the convergence scorer: logistic regression with signs that sense demands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from evaluation.convergence.table import SAMPLE_STATE, Table
from evaluation.logistic import Bound, logistic, platt
from linker.convergence.evidence import KINDS
from linker.convergence.pairs import Kind
from linker.convergence.scorer import MAY_BE_OPPOSED, OPPOSED, Calibration, Scorer, Weights
from linker.reading.ask_table import Floats

SHRINKAGE = 0.01
ENOUGH = 100
"""True links of real States from which the lines of a kind of pair are drawn on them alone."""
LEAST_SCALE = 0.05
"""Rarer evidence than this would be given unlimited weight."""
ROUNDS = 4
STATE_POWER = 0.5
"""A State's n pairs weigh n^-0.5 each: with a hundred times the pairs, ten times as much."""


def calibrated(
    scorer: Scorer,
    table: Table,
    rows: np.ndarray,
    odds: tuple[Floats, Floats],
    bands: Callable[[Floats, np.ndarray, np.ndarray], tuple[float, float]],
) -> Scorer:
    """Return a scorer with calibration and bands from log-odds that unseen-State fits gave.

    Args:
        scorer: the weights.
        table: graded pairs.
        rows: those of the kind of pair that it is for.
        odds: log-odds of the same measure and of the same issue, of all pairs.
        bands: draws the lines.
    """
    weight = state_weights(table.state[rows])
    same, related = (
        Calibration(*np.round(platt(of[rows], table.grade[rows] >= least, weight), 5).tolist())
        for of, least in zip(odds, (2, 1), strict=True)
    )
    sample = table.state[rows] == SAMPLE_STATE
    true = table.grade[rows] == 2
    if true[~sample].sum() < ENOUGH:
        sample[:] = False
    propose, ask = bands(same.probability(odds[0][rows]), true, sample)
    return replace(
        scorer,
        same=replace(scorer.same, calibration=same),
        related=replace(scorer.related, calibration=related),
        propose=propose,
        ask=ask,
    )


def state_weights(state: np.ndarray) -> Floats:
    """Return a weight for each pair, mean 1, so that large States do not drown small ones."""
    _, inverse, count = np.unique(state, return_inverse=True, return_counts=True)
    weight = count.astype(float)[inverse] ** -STATE_POWER
    return np.asarray(weight / weight.mean())


def fit(table: Table, kept: np.ndarray, shares: Mapping[str, float]) -> Scorer:
    """Fit both questions on the kept pairs.

    Args:
        table: graded pairs.
        kept: which pairs may be learned from.
        shares: weight of each kind of pair; of others nothing is learned.

    Which pair of asks carries a link is not labelled, so each round fits on the best pair of asks
    under the weights so far and chooses again (multiple-instance learning).
    """
    kinds = tuple(KINDS)
    table = table.only(kept & learned_from(table, shares))
    either_or = np.array([KINDS[kind].there_or_not for kind in kinds])
    centre = np.where(either_or, 0.0, table.values.mean(axis=0))
    scale = np.maximum(table.values.std(axis=0), LEAST_SCALE)
    by_hand = np.array([KINDS[kind].by_hand or 0.0 for kind in kinds])
    scale[by_hand != 0] = 1.0
    centre = np.asarray(np.round(centre, 5), dtype=np.float64)
    scale = np.asarray(np.round(scale, 5), dtype=np.float64)
    scaled = (table.values - centre) / scale
    odds = scaled[:, [kinds.index("meaning"), kinds.index("within_record")]].sum(axis=1)
    weight = state_weights(np.char.add(table.state, table.kind))
    weight *= [shares[str(kind)] for kind in table.kind]
    same = (0.0, by_hand)
    bounds = [_bound(KINDS[kind]) for kind in kinds]

    def fitted(odds: Floats, least: int, start: tuple[float, Floats]) -> tuple[float, Floats]:
        rows = table.best(odds)
        pairs = table.pair[rows]
        counts = weight[pairs] / len(pairs)
        true = table.grade[pairs] >= least
        found = logistic(scaled[rows], true, counts, SHRINKAGE, bounds, start)
        return round(found[0], 5), np.round(found[1], 5)

    for _ in range(ROUNDS):
        same = fitted(odds, 2, same)
        odds = scaled @ same[1] + same[0]
    related = fitted(odds, 1, same)
    # Asks for the contrary are about the same issue.
    related[1][[kinds.index(kind) for kind in (OPPOSED, MAY_BE_OPPOSED)]] = 0.0
    plain = Calibration(1.0, 0.0)
    return Scorer(kinds, centre, scale, Weights(*same, plain), Weights(*related, plain), 0.5, 0.1)


def learned_from(table: Table, shares: Mapping[str, float]) -> np.ndarray:
    """Say which pairs weights are learned from.

    The fictional State teaches only where real pairs between treaty bodies and the UPR alone do:
    they are few.
    """
    found = np.isin(table.kind, list(shares))
    return found if len(shares) == 1 else found & (table.state != SAMPLE_STATE)


def _bound(kind: Kind) -> Bound:
    if kind.by_hand is not None:
        return kind.by_hand, kind.by_hand
    return {"for": (0.0, None), "against": (None, 0.0), "either": (None, None)}[kind.sign]
