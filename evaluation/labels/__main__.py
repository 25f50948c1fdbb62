"""Learns and measures labels for untagged records: ``python -m evaluation.labels train|evaluate``.

``choose`` prints what the strength of L1 was chosen by.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from evaluation.labels.data import LAST_TO_LEARN, Coded, coded, to_learn, to_report
from evaluation.labels.fit import best_threshold, fit_action, fit_issues, issue_truth, write
from evaluation.labels.report import acted_only, choose, report, tagged_only
from evaluation.tables import plain
from linker.labels.model import Model
from linker.paths import models_dir


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.labels", description=__doc__)
    parser.add_argument("what", choices=("train", "evaluate", "choose"))
    parser.add_argument("--folder", type=Path, default=models_dir() / "labels")
    chosen = parser.parse_args(arguments)
    rows = coded()
    if chosen.what == "train":
        print(train(to_learn(rows), chosen.folder))
    elif chosen.what == "choose":
        print(plain(choose(to_learn(rows))))
    else:
        print(report(Model.load(chosen.folder), to_learn(rows), to_report(rows)))


def train(rows: Sequence[Coded], folder: Path) -> str:
    """Fit both models, write them and return what was written."""
    tagged, acted = tagged_only(rows), acted_only(rows)
    issues, action = fit_issues(tagged), fit_action(acted)
    line = best_threshold(issues.held_out, issue_truth(tagged, issues.weights.labels))
    facts = {
        "name": "labels",
        "threshold": line,
        "learned_from": f"UPR Info, sessions 1 to {LAST_TO_LEARN}",
        "texts": {"issues": len(tagged), "action": len(acted)},
    }
    write(folder, issues.weights, action.weights, facts)
    weights = sum(int(np.count_nonzero(w.table)) for w in (issues.weights, action.weights))
    return f"{folder}: written, {weights} weights from {len(rows)} texts; tags shown from {line}"


if __name__ == "__main__":
    main()
