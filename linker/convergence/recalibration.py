"""What decisions on convergences teach the pair scorer of one State: a small shift of its odds.

For each kind of pair the log-odds of the same measure are moved by one number, the most probable
one given the decisions and a belief that it is near 0 (a normal prior): reviewers who reject much
of what is proposed make the scorer more careful, and the other way round. It moves nothing before
``LEAST`` decisions on a kind of pair, and never further than ``MOST``. Evidence keeps its weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from linker.convergence.scorers import Scorers

LEAST = 10
"""Decisions on a kind of pair before it is recalibrated."""
MOST = 1.0
"""Log-odds: 50 % become 73 % at most."""
SPREAD = 0.5
"""Standard deviation of the prior, in log-odds."""
STEP = 0.05
"""A shift is rounded to it, so that not every decision makes all pairs anew."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair of records that a reviewer judged.

    Attributes:
        kind: of pair, ``TB-UPR``.
        probability: of the same measure by the scorer as it ships.
        same: whether the reviewer says that both ask the same measure.
    """

    kind: str
    probability: float
    same: bool


def shifts(judged: Iterable[Judged]) -> dict[str, float]:
    """Return by kind of pair the log-odds to add; kinds that nothing moves are left out."""
    by_kind: dict[str, list[Judged]] = {}
    for one in judged:
        by_kind.setdefault(one.kind, []).append(one)
    found = {
        kind: round(round(_shift(pairs) / STEP) * STEP, 2)
        for kind, pairs in sorted(by_kind.items())
        if len(pairs) >= LEAST
    }
    return {kind: shift for kind, shift in found.items() if shift}


def recalibrated(scorers: Scorers, shift: Mapping[str, float]) -> Scorers:
    """Return scorers whose probability of the same measure is moved by kind of pair."""
    of = dict(scorers.of)
    for kind in shift.keys() & of.keys():
        scorer, same = of[kind], of[kind].same
        moved = replace(same.calibration, offset=same.calibration.offset + shift[kind])
        of[kind] = replace(scorer, same=replace(same, calibration=moved))
    return replace(scorers, of=of)


def _shift(pairs: Iterable[Judged]) -> float:
    """Return the most probable shift: where the slope of the log posterior, which falls, is 0."""
    chances = np.clip([one.probability for one in pairs], 1e-6, 1 - 1e-6)
    right = np.array([one.same for one in pairs], dtype=np.float64)
    odds = np.log(chances / (1 - chances))
    low, high = -MOST, MOST
    while high - low > STEP / 10:
        middle = (low + high) / 2
        slope = (right - 1 / (1 + np.exp(-(odds + middle)))).sum() - middle / SPREAD**2
        low, high = (middle, high) if slope > 0 else (low, middle)
    return (low + high) / 2
