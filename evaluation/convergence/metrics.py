"""Measures of a ranked and calibrated list of links, on judged pairs only."""

from __future__ import annotations

import math

import numpy as np

from linker.reading.ask_table import Floats, Rows

TOP_PRECISION = 0.92
"""Precision, on States left out, that the top band is set for."""
HIDDEN = 0.06
"""Share of the true links of real States left out that the band ``hide`` may hold: 8 % at most is
wanted, of States that nobody has looked at."""
LEAST_ASKED = 0.05
"""A link of which fewer than one in twenty is true is not worth a reviewer's question."""
LEAST = 20
"""A line is never drawn on fewer links than this."""


def average_precision(query: Rows, true: np.ndarray, score: Floats) -> float:
    """Return the mean over paragraphs with a true link (condensed lists)."""
    found = average_precisions(query, true, score)
    return float(np.mean(found)) if len(found) else float("nan")


def average_precisions(query: Rows, true: np.ndarray, score: Floats) -> Floats:
    """Return the average precision of each paragraph with a true link."""
    from sklearn.metrics import average_precision_score

    return np.array([
        average_precision_score(true[query == q], score[query == q]) for q in np.unique(query[true])
    ])  # fmt: skip


def recall_at(query: Rows, true: np.ndarray, score: Floats, k: int) -> float:
    """Return the share of a paragraph's true links among its first k, averaged."""
    found = []
    for q in np.unique(query[true]):
        mine = query == q
        order = np.argsort(-score[mine], kind="stable")[:k]
        found.append(true[mine][order].sum() / true[mine].sum())
    return float(np.mean(found)) if found else float("nan")


def precision(true: np.ndarray, chosen: np.ndarray) -> float:
    """Return how many of the chosen links are true."""
    return float(true[chosen].mean()) if chosen.any() else float("nan")


def calibration_error(score: Floats, true: np.ndarray, bins: int = 10) -> float:
    """Return the expected calibration error over bins of equal width."""
    edges = np.minimum((score * bins).astype(int), bins - 1)
    total = 0.0
    for b in np.unique(edges):
        mine = edges == b
        total += abs(score[mine].mean() - true[mine].mean()) * mine.mean()
    return float(total)


def reliability(score: Floats, true: np.ndarray, bins: int = 10) -> list[dict[str, float]]:
    """Return for each tenth of the scale: pairs, mean probability, share that is true."""
    place = np.minimum((score * bins).astype(int), bins - 1)
    return [
        {
            "from": b / bins,
            "to": (b + 1) / bins,
            "pairs": int((place == b).sum()),
            "probability": float(score[place == b].mean()),
            "true": float(true[place == b].mean()),
        }
        for b in np.unique(place).tolist()
    ]


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
