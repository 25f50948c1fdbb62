"""Trains and measures the convergence scorer.

    python -m evaluation.convergence train       cross-validate by State, then write the scorer
    python -m evaluation.convergence evaluate    cross-validate and print, writing nothing
    python -m evaluation.convergence background  count words and concepts in the UPR Info texts

Every number on a State comes from weights, calibration and bands made without that State.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass

import numpy as np

from evaluation.convergence_fit import Fitted, fit
from evaluation.convergence_gold import load
from evaluation.convergence_metrics import thresholds
from evaluation.convergence_table import SAMPLE_STATE, Table, tabulate
from linker.convergence.scorer import Scorer
from linker.paths import models_dir
from linker.reading.ask_table import Floats
from linker.vocabulary.checksums import renew

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
    """

    same: Floats
    related: Floats
    propose: Floats
    ask: Floats

    @property
    def proposed(self) -> np.ndarray:
        """Which pairs are proposed."""
        return np.asarray(self.same >= self.propose)

    @property
    def asked(self) -> np.ndarray:
        """Which pairs a reviewer is asked about."""
        return np.asarray((self.same >= self.ask) & ~self.proposed)


def cross_validate(table: Table, without: tuple[str, ...] = ()) -> HeldOut:
    """Return probabilities and lines for each pair, its State left out.

    Args:
        table: graded pairs.
        without: States never trained on.
    """
    size = len(table.grade)
    found = HeldOut(np.zeros(size), np.zeros(size), np.zeros(size), np.zeros(size))
    for state in table.states:
        kept = np.isin(table.state, [s for s in table.states if s not in (state, *without)])
        scorer = fitted_with_bands(table, kept).scorer
        mine = table.state == state
        same, related = predict(table, scorer)
        found.same[mine], found.related[mine] = same[mine], related[mine]
        found.propose[mine], found.ask[mine] = scorer.propose, scorer.ask
    return found


def fitted_with_bands(table: Table, kept: np.ndarray) -> Fitted:
    """Fit, and calibrate and set the bands on States left out in turn within ``kept``."""
    whole = fit(table, kept)
    odds_same, odds_related = (np.zeros(len(table.grade)) for _ in range(2))
    for state in {str(s) for s in table.state[kept]}:
        inner = kept & (table.state != state)
        part = fit(table, inner) if inner.any() else whole
        rows = table.best(part.scorer.log_odds(table.values))
        mine = table.state == state
        odds_same[mine] = part.scorer.log_odds(table.values[rows])[mine]
        odds_related[mine] = part.scorer.log_odds(table.values[rows], "related")[mine]
    return whole.calibrated(table, kept, odds_same, odds_related, thresholds)


def predict(table: Table, scorer: Scorer) -> tuple[Floats, Floats]:
    """Return P(same) and P(related) of every pair."""
    rows = table.best(scorer.log_odds(table.values))
    return scorer.probabilities(table.values[rows])


def groups(table: Table) -> dict[str, np.ndarray]:
    """Return what numbers are shown for: each State, small real ones, real ones, all."""
    found = {state: table.state == state for state in table.states}
    real = table.state != SAMPLE_STATE
    small = real & ~np.isin(
        table.state, [s for s, rows in found.items() if rows.sum() >= SMALL_STATES]
    )
    return {**found, "others": small, "real": real, "all": np.ones(len(real), dtype=bool)}


def main(arguments: list[str]) -> int:
    """Run one of the commands; returns the exit code."""
    from evaluation import convergence_report as report

    command = arguments[0] if arguments else "evaluate"
    if command == "background":
        from evaluation.convergence_background import write

        write()
        return 0
    if command not in ("train", "evaluate"):
        print(__doc__)
        return 2
    from linker.encoding.default import default_encoder

    gold = load()
    for line in gold.missing:
        print("missing:", line)
    table = tabulate(gold, default_encoder())
    held_out = cross_validate(table)
    print("Each State measured by a scorer that never saw it\n")
    print(report.text(report.by_group(table, held_out, groups(table))))
    if "--without-sample" in arguments:
        print("\nWithout the fictional State in training:\n")
        alone = cross_validate(table, (SAMPLE_STATE,))
        print(report.text(report.by_group(table, alone, groups(table))))
    if command == "train":
        scorer = fitted_with_bands(table, np.ones(len(table.grade), bool)).scorer
        plain = {**scorer.to_dict(), "measured": report.of_bands(table, held_out)}
        path = models_dir() / "convergence" / "scorer.json"
        path.write_text(json.dumps(plain, indent=1) + "\n", encoding="utf-8")
        renew()
        print(f"\nwritten: {path.name}; propose from {scorer.propose}, ask from {scorer.ask}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
