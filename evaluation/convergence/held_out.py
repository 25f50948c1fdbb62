"""Probabilities of pairs from weights, calibration and bands made without the pairs' State."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from evaluation.convergence.bands import thresholds
from evaluation.convergence.fit import calibrated, fit, learned_from
from evaluation.convergence.table import SAMPLE_STATE, Table
from linker.convergence.scorer import Scorer
from linker.convergence.scorers import Scorers
from linker.reading.ask_table import Floats

SMALL_STATES = 1000
"""Judged pairs below which a real State says little alone: they are shown together as well."""


@dataclass(frozen=True)
class HeldOut:
    """What scorers that never saw a pair's State say of it; one value for each pair.

    Attributes:
        same: probability of the same measure.
        related: of at least the same issue.
        propose: line of the band ``propose``.
        ask: line of the band ``ask``.
        doubted: whether the two may want the contrary: such a pair is never proposed.
    """

    same: Floats
    related: Floats
    propose: Floats
    ask: Floats
    doubted: np.ndarray

    @property
    def proposed(self) -> np.ndarray:
        """Which pairs are proposed."""
        return np.asarray((self.same >= self.propose) & ~self.doubted)

    @property
    def asked(self) -> np.ndarray:
        """Which pairs a reviewer is asked about."""
        return np.asarray((self.same >= self.ask) & ~self.proposed)


LEARNED: Mapping[str, Mapping[str, float]] = {
    "TB-UPR": {"TB-UPR": 1.0},
    "UPR-UPR": {"UPR-UPR": 1.0, "TB-UPR": 0.3, "TB-TB": 0.3},
}
"""Weights that are learned: of which kinds of pairs, and how much each counts."""
WEIGHTS = {"TB-UPR": "TB-UPR", "UPR-UPR": "UPR-UPR", "TB-TB": "TB-UPR"}
"""Kinds of pairs with a calibration and lines of their own, and whose weights they have."""
LIKE = {"": "UPR", "REG": "TB", "SP": "TB", "SUB": "UPR"}
"""Mechanisms with too few graded pairs, and what they read most like."""
FOLDS = 5
"""Parts of the States, each left out once, that calibration and lines are made on."""


def cross_validate(table: Table, without: tuple[str, ...] = ()) -> HeldOut:
    """Return probabilities and lines for each pair, its State left out.

    Args:
        table: graded pairs.
        without: States never trained on.
    """
    size, fits = len(table.grade), Fits(table)
    found = HeldOut(
        np.zeros(size), np.zeros(size), np.zeros(size), np.zeros(size), np.zeros(size, bool)
    )
    for state in table.states:
        kept = np.isin(table.state, [s for s in table.states if s not in (state, *without)])
        judges = trained(table, kept, fits)
        mine = table.state == state
        same, related, doubted = predict(table, judges)
        found.same[mine], found.related[mine] = same[mine], related[mine]
        found.doubted[mine] = doubted[mine]
        for kind, scorer in judges.of.items():
            rows = mine & (table.kind == kind)
            found.propose[rows], found.ask[rows] = scorer.propose, scorer.ask
    return found


class Fits:
    """Weights by what they were learned from: many States have no pairs of some kinds."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._known: dict[tuple[str, bytes], Scorer] = {}

    def of(self, name: str, kept: np.ndarray) -> Scorer:
        """Return the weights of `LEARNED` fitted on some pairs."""
        used = kept & learned_from(self.table, LEARNED[name])
        key = name, used.tobytes()
        if key not in self._known:
            self._known[key] = fit(self.table, used, LEARNED[name])
        return self._known[key]


def trained(table: Table, kept: np.ndarray, fits: Fits | None = None) -> Scorers:
    """Fit weights, and calibrate and set the bands of each kind on States left out in turn."""
    fits = fits or Fits(table)
    whole = {name: fits.of(name, kept) for name in LEARNED}
    odds = {name: (np.zeros(len(kept)), np.zeros(len(kept))) for name in LEARNED}
    for fold in range(FOLDS):
        mine = kept & np.isin(table.state, table.states[fold::FOLDS])
        for name in LEARNED if mine.any() else ():
            part = fits.of(name, kept & ~mine)
            held = table.only(mine)
            best = held.values[held.best(part.nearness(held.values))]
            odds[name][0][mine] = part.log_odds(best)
            odds[name][1][mine] = part.log_odds(best, "related")
    return Scorers(
        {
            kind: calibrated(
                whole[name], table, kept & (table.kind == kind), odds[name], thresholds
            )
            for kind, name in WEIGHTS.items()
        },
        LIKE,
        WEIGHTS,
    )


def predict(table: Table, judges: Scorers) -> tuple[Floats, Floats, np.ndarray]:
    """Return P(same) and P(related) of every pair, and whether it may be opposed."""
    pairing = table.kind[table.pair]
    rows = table.best(judges.nearness(table.values, pairing))
    values = table.values[rows]
    return *judges.probabilities(values, table.kind), judges.doubted(values)


def groups(table: Table) -> dict[str, np.ndarray]:
    """Return what numbers are shown for: States and kinds of pairs.

    Of treaty bodies and the UPR each State, the small real ones together, all real ones; of the
    other kinds all real States, and the fictional one.
    """
    across = table.kind == "TB-UPR"
    found = {state: across & (table.state == state) for state in table.states}
    found = {state: rows for state, rows in found.items() if rows.any()}
    real = table.state != SAMPLE_STATE
    large = [s for s, rows in found.items() if rows.sum() >= SMALL_STATES]
    found |= {"others": across & real & ~np.isin(table.state, large), "real": across & real}
    for kind in WEIGHTS:
        if kind != "TB-UPR":
            found |= {kind: real & (table.kind == kind)}
    return found
