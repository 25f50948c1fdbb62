"""Measures clusters, and sets the line at which groups of asks are joined.

python -m evaluation.clusters evaluate   print every number, writing nothing
python -m evaluation.clusters train      the same, then write models/convergence/clusters.json
"""

from __future__ import annotations

import json
import sys

from evaluation.clusters.report import (
    GRID,
    average,
    best_line,
    numbers,
    prepared,
    propose_line,
    tried,
)
from evaluation.tables import plain
from linker.encoding.default import default_encoder
from linker.paths import models_dir
from linker.vocabulary.checksums import renew


def main(arguments: list[str]) -> int:
    """Run one of the commands; returns the exit code."""
    command = arguments[0] if arguments else "evaluate"
    if command not in ("train", "evaluate"):
        print(__doc__)
        return 2
    states = prepared(default_encoder())
    found = numbers(states)
    for title, rows in found.items():
        print(f"\n{title}\n\n{plain(rows)}", flush=True)
    if command == "train":
        join = GRID[best_line(states, tried(states, average))]
        lines = {"join": join, "propose": propose_line(states, join)}
        path = models_dir() / "convergence" / "clusters.json"
        text = json.dumps({"lines": lines, "measured": found}, indent=1, ensure_ascii=False)
        path.write_text(text + "\n", encoding="utf-8")
        renew()
        print(f"\nwritten: {path.name}: {lines}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
