"""Measures asks for the contrary on made-up pairs (evaluation/gold/opposites.csv).

    python -m evaluation.convergence.opposites

840 pairs in our own words: asks for the contrary of one thing, the same measure in other words and
polarity, and other pairs. Parts ``a`` to ``d`` and ``f`` were read while the reading of polarity
was made, one after the other, each of them written before; of ``e`` and ``g`` only counts were, and
no rule was made for them. All were written by one kind of author, so hidden pairs of others may
fare worse. On real States, pairs graded as the same measure that are called opposite are counted
too.
"""

from __future__ import annotations

import csv
import sys
from dataclasses import replace
from typing import Any

import numpy as np

from evaluation.convergence.gold import load
from evaluation.convergence.table import SAMPLE_STATE, tabulate
from evaluation.sources import LABELS
from linker.convergence.convergence import ConvergenceLinker
from linker.encoding.default import default_encoder
from linker.encoding.encoder import Encoder
from linker.records.record import Record

Row = dict[str, Any]


def numbers(encoder: Encoder | None = None) -> dict[str, Any]:
    """Measure both.

    Returns:
        made_up: a row for each half and relation: pairs, how many are shown as opposite, how many
            are proposed as a convergence.
        real: a row for each grade of real States: pairs, how many are called opposite, how many are
            proposed, how many would be if they were not doubted. The scorer knows these States.
    """
    linker = ConvergenceLinker(encoder or default_encoder())
    return {"made_up": _made_up(linker), "real": _real(linker)}


def made_up() -> list[dict[str, str]]:
    """Return the made-up pairs, each with its half, its relation and the texts left and right."""
    with (LABELS / "opposites.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _made_up(linker: ConvergenceLinker) -> list[Row]:
    found: dict[tuple[str, str], Row] = {}
    for row in made_up():
        key = row["half"], row["relation"]
        count = found.setdefault(
            key, {"half": key[0], "relation": key[1], "pairs": 0, "opposite": 0, "proposed": 0}
        )
        link = linker.score(Record(id="a", text=row["left"]), Record(id="b", text=row["right"]))
        count["pairs"] += 1
        count["opposite"] += link.relation == "opposite"
        count["proposed"] += link.band == "propose"
    return list(found.values())


def _real(linker: ConvergenceLinker) -> list[Row]:
    gold, judges = load(), linker.scorer
    real = tuple(pair for pair in gold.judged if pair.state != SAMPLE_STATE)
    table = tabulate(replace(gold, judged=real), linker.encoder)
    values = table.values[table.best(judges.nearness(table.values, table.kind[table.pair]))]
    opposed, doubted = judges.opposed(values), judges.doubted(values)
    same, _ = judges.probabilities(values, table.kind)
    line = np.array([judges.of[kind].propose for kind in table.kind.tolist()])
    return [
        {
            "grade": grade,
            "pairs": int(rows.sum()),
            "opposite": int((rows & opposed).sum()),
            "proposed": int((rows & (same >= line) & ~doubted).sum()),
            "doubted instead": int((rows & (same >= line) & doubted).sum()),
        }
        for grade in (2, 1, 0)
        for rows in (table.grade == grade,)
    ]


def main() -> int:
    """Print all of it; returns the exit code."""
    for name, rows in numbers().items():
        print(name)
        for row in rows:
            print("  ", *(f"{key} {value}" for key, value in row.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
