"""Whole States with judged pairs, and States whose records were clustered in full.

Judged pairs: convergence_dev, bodies_dev, reiteration_dev, reiteration_more of LINKER_GOLD, graded
by language models; texts in its records.csv and in LINKER_CORPORA's copy of UPR Info. Clusters in
full: ``evaluation/gold/clusters.csv``, Monaco and Tonga, read and clustered once by a language
model; a record may stand in several, one that is not listed stands alone.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from evaluation.sources import LABELS, corpora, gold, gold_texts
from linker.records.importers import read_file
from linker.records.record import Record
from linker.vocabulary.states import state_code

CYCLES = ((12, "1"), (26, "2"), (40, "3"))
"""Last session of each cycle of the UPR."""
Pair = tuple[str, str]


@dataclass
class State:
    """A State whose records are all here.

    Attributes:
        records: by id.
        grades: of judged pairs, by ids in order: 2 the same measure, 1 the same issue, 0 neither.
        measures: of each record, where all were clustered; empty elsewhere.
    """

    records: dict[str, Record] = field(default_factory=dict)
    grades: dict[Pair, int] = field(default_factory=dict)
    measures: dict[str, frozenset[str]] = field(default_factory=dict)


def load() -> dict[str, State]:
    """Return the States by code.

    Raises:
        FileNotFoundError: the labels or texts are not here.
    """
    found: dict[str, State] = {}
    for record in read_file(gold_texts())[0]:
        found.setdefault(record.state, State()).records[record.id] = record
    state_of = {key: code for code, state in found.items() for key in state.records}
    for one, other, grade, state in _graded(state_of):
        low, high = sorted((one, other))
        found.setdefault(state, State()).grades[low, high] = grade
    for row in _rows(LABELS / "clusters.csv"):
        held = found.setdefault(row["state"], State()).measures
        held[row["record_id"]] = held.get(row["record_id"], frozenset()) | {row["measure"]}
    for record in _upr_info({code for code, state in found.items() if not state.records}):
        found[record.state].records[record.id] = record
    return {code: state for code, state in sorted(found.items()) if state.grades or state.measures}


def _graded(state_of: Mapping[str, str]) -> Iterator[tuple[str, str, int, str]]:
    for row in _rows(gold() / "convergence_dev.csv"):
        yield row["tb_id"], row["upr_id"], int(row["grade"]), state_of[row["tb_id"]]
    for row in _rows(gold() / "bodies_dev.csv"):
        yield row["left_id"], row["right_id"], int(row["grade"]), row["state"]
    for name in ("reiteration_dev.csv", "reiteration_more.csv"):
        for row in _rows(gold() / name):
            if row["grade"]:
                yield row["later_id"], row["earlier_id"], int(row["grade"]), row["state"]


def _upr_info(states: set[str]) -> Iterator[Record]:
    path = corpora() / "upr_info" / "recommendations.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            code = state_code(row["sur"])
            if code in states:
                session = float(row["session"])
                yield Record(
                    id=row["id"],
                    text=row["text"].strip(),
                    state=code,
                    mechanism="UPR",
                    body="UPR",
                    session=f"{session:g}",
                    cycle=next(cycle for last, cycle in CYCLES if session <= last),
                )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
