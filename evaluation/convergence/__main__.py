"""Trains and measures the convergence scorer.

    python -m evaluation.convergence train       cross-validate by State, then write the scorer
    python -m evaluation.convergence evaluate    cross-validate and print, writing nothing
    python -m evaluation.convergence background  count words and concepts in the UPR Info texts

Every number on a State comes from weights, calibration and bands made without that State.
"""

from __future__ import annotations

import json
import sys

import numpy as np

from evaluation.convergence import background, report
from evaluation.convergence.gold import load
from evaluation.convergence.held_out import cross_validate, groups, trained
from evaluation.convergence.table import SAMPLE_STATE, tabulate
from linker.convergence.scorers import FILE
from linker.encoding.default import default_encoder
from linker.paths import models_dir
from linker.vocabulary.checksums import renew


def main(arguments: list[str]) -> int:
    """Run one of the commands; returns the exit code."""
    command = arguments[0] if arguments else "evaluate"
    if command == "background":
        background.write()
        return 0
    if command not in ("train", "evaluate"):
        print(__doc__)
        return 2
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
        plain = trained(table, np.ones(len(table.grade), bool)).to_dict()
        for kind, pair in plain["pairs"].items():
            pair["measured"] = report.of_bands(table, held_out, table.kind == kind)
            print(f"{kind}: {pair['bands']}")
        (models_dir() / FILE).write_text(json.dumps(plain, indent=1) + "\n", encoding="utf-8")
        renew()
        print(f"\nwritten: {FILE}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
