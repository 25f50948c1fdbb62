"""Measures asks for the contrary on made-up pairs (evaluation/gold/opposites.csv).

    python -m evaluation.convergence.opposites

840 pairs in our own words: asks for the contrary of one thing, the same measure in other words and
polarity, and other pairs. Parts ``a`` to ``d`` and ``f`` were read while the reading of polarity
was made, one after the other, each of them written before; of ``e`` and ``g`` only counts were, and
no rule was made for them. All were written by one kind of author, so hidden pairs of others may
fare worse. On real States, pairs graded as the same measure that are called opposite are counted
too, and, of all recommendations of the UPR Info export on 76 States (`STATES_UNREAD`), how many of
the pairs that are compared at all: next to none asks the contrary of another.
"""

from __future__ import annotations

import csv
import gzip
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.convergence.gold import load
from evaluation.convergence.table import SAMPLE_STATE, tabulate
from evaluation.sources import LABELS, corpora
from linker.convergence.ask_pairs import near_asks
from linker.convergence.convergence import ConvergenceLinker
from linker.convergence.evidence import evidence
from linker.convergence.pairs import Pairs
from linker.convergence.treaty_asks import parted
from linker.encoding.default import default_encoder
from linker.encoding.encoder import Encoder
from linker.reading.ask_table import Profiles
from linker.records.record import Record

Row = dict[str, Any]


STATES_UNREAD = "contrary_states.csv"
"""States none of whose pairs was read before a rule was made for them: a name a line."""


def numbers(encoder: Encoder | None = None) -> dict[str, Any]:
    """Measure both.

    Returns:
        made_up: a row for each half and relation: pairs, how many are shown as opposite, how many
            are proposed as a convergence.
        real: a row for each grade of real States: pairs, how many are called opposite, how many are
            proposed, how many would be if they were not doubted. The scorer knows these States.
        states: see `among_states`, all States together; empty where their texts are not here.
    """
    linker = ConvergenceLinker(encoder or default_encoder())
    found = {"made_up": _made_up(linker), "real": _real(linker), "states": []}
    if has_states():
        rows = among_states(linker)
        keys = ("recommendations", "near pairs", "opposite")
        found["states"] = [{"States": len(rows)} | {k: sum(r[k] for r in rows) for k in keys}]
    return found


def _export() -> Path:
    return corpora() / "upr_info" / "recommendations.csv.gz"


def has_states() -> bool:
    """Whether the recommendations that `among_states` reads are here."""
    return _export().is_file()


def among_states(linker: ConvergenceLinker, every: int = 1) -> list[Row]:
    """Count what is called contrary among the recommendations of real States.

    Args:
        linker: with an encoder.
        every: read each so manyth State only.

    Returns:
        A row for each State: how many recommendations, pairs of asks near enough to be compared
        within clusters, and pairs called opposite.
    """
    lines = (LABELS / STATES_UNREAD).read_text(encoding="utf-8").split("\n")
    texts: dict[str, dict[str, str]] = {name: {} for name in sorted(filter(None, lines))[::every]}
    with gzip.open(_export(), "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["sur"] in texts:
                texts[row["sur"]][row["id"]] = row["text"]
    return [_of_state(linker, name, some) for name, some in texts.items()]


def _of_state(linker: ConvergenceLinker, name: str, texts: dict[str, str]) -> Row:
    records = [
        Record(id=key, text=text, state=name, mechanism="UPR")
        for key, text in sorted(texts.items())
    ]
    profiles = parted(Profiles.of(records, linker.encoder), linker.encoder).profiles
    pairs = Pairs(profiles, *near_asks(profiles))
    called = linker.scorer.opposed(evidence(pairs, linker.scorer.kinds))
    return {
        "State": name,
        "recommendations": len(records),
        "near pairs": len(pairs.left),
        "opposite": int(called.sum()),
    }


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
