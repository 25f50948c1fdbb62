"""Graded pairs for convergence, by State, with the records they speak of.

Three sources, all of which say how much to trust them:
- LINKER_GOLD (default ../shared/gold): ``convergence_dev.csv``, graded twice by language models
  and adjudicated, for Slovenia, Kenya, Nepal and Thailand; texts in its ``records.csv``;
- ``evaluation/gold/sample_convergence.csv``: the fictional State of data/sample, whose links are
  known because they were written; a pair it does not list is 0;
- ``evaluation/gold/convergence_extra.csv``: 232 pairs for Australia, Slovakia and Uzbekistan,
  graded once by a language model; texts in LINKER_CORPORA (default ../shared/data).
"""

from __future__ import annotations

import csv
import gzip
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from linker.records.importers import read_file
from linker.records.record import Record

HERE = Path(__file__).parent
GOLD = Path(os.environ.get("LINKER_GOLD", HERE.parent.parent / "shared" / "gold"))
CORPORA = Path(os.environ.get("LINKER_CORPORA", HERE.parent.parent / "shared" / "data"))
SAMPLE = HERE.parent / "data" / "sample"


@dataclass(frozen=True)
class Judged:
    """One graded pair: 2 the same measure, 1 the same issue, 0 neither."""

    query: str
    candidate: str
    grade: int
    state: str


@dataclass(frozen=True)
class Gold:
    """Graded pairs and the records they speak of.

    Attributes:
        records: by id; `universe` says which are whole States.
        judged: the pairs; the query is a committee's or rapporteur's paragraph.
        missing: what was not there, in words.
    """

    records: dict[str, Record]
    judged: tuple[Judged, ...]
    missing: tuple[str, ...]

    @property
    def states(self) -> tuple[str, ...]:
        """The States with graded pairs, the most first."""
        count: dict[str, int] = {}
        for pair in self.judged:
            count[pair.state] = count.get(pair.state, 0) + 1
        return tuple(sorted(count, key=lambda s: (-count[s], s)))


def load() -> Gold:
    """Return all graded pairs that can be found, and say what is missing."""
    records: dict[str, Record] = {}
    judged: list[Judged] = []
    missing: list[str] = []
    for name, source in (("development", _dev), ("sample", _sample), ("extra", _extra)):
        try:
            found, pairs = source()
        except FileNotFoundError as error:
            missing.append(f"{name} gold: {error.filename} not found")
            continue
        records.update({r.id: r for r in found if r.id not in records})
        judged += pairs
    return Gold(records, tuple(judged), tuple(missing))


def _dev() -> tuple[list[Record], list[Judged]]:
    iterator, _ = read_file(GOLD / "records.csv")
    found = list(iterator)
    states = {record.id: record.state for record in found}
    return found, list(_graded(GOLD / "convergence_dev.csv", states))


def _sample() -> tuple[list[Record], list[Judged]]:
    found = [r for path in sorted(SAMPLE.glob("*.csv")) for r in read_file(path)[0]]
    grades: dict[tuple[str, str], int] = {}
    for row in _rows(HERE / "gold" / "sample_convergence.csv"):
        grades[row["left_id"], row["right_id"]] = int(row["grade"])
        grades[row["right_id"], row["left_id"]] = int(row["grade"])
    asked = [r for r in found if r.mechanism != "UPR"]
    answers = [r for r in found if r.mechanism == "UPR"]
    pairs = [
        Judged(q.id, c.id, grades.get((q.id, c.id), 0), q.state) for q in asked for c in answers
    ]
    return found, pairs


def _extra() -> tuple[list[Record], list[Judged]]:
    path = HERE / "gold" / "convergence_extra.csv"
    paragraphs = {record.id: record for record in _paragraphs()}
    states = {key: record.state for key, record in paragraphs.items()}
    pairs = list(_graded(path, states))
    asked = {pair.candidate: pair.state for pair in pairs}
    found = [paragraphs[key] for key in {pair.query for pair in pairs}]
    with gzip.open(CORPORA / "upr_info" / "recommendations.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["id"] in asked:
                state = asked[row["id"]]
                found.append(_record(row["id"], row["text"], state, "UPR", "UPR"))
    return found, pairs


def _paragraphs() -> Iterator[Record]:
    followed = CORPORA / "ccpr_followup" / "ccpr_followup_recommendations.json"
    for item in json.loads(followed.read_text(encoding="utf-8")):
        key = f"{item['symbol']}#{item['paragraph']}"
        yield _record(key, item["text"], item["iso3"], "TB", item["body"])
    for path in sorted((CORPORA / "uhri" / "sample").glob("*.json")):
        item = json.loads(path.read_text(encoding="utf-8"))
        key = f"{item['symbol']}#{item['_id'][:8]}"
        yield _record(key, item["text"], "AUS", "TB", item["body"])


def _record(key: str, text: str, state: str, mechanism: str, body: str) -> Record:
    return Record(id=key, text=text.strip(), state=state, mechanism=mechanism, body=body)


def _graded(path: Path, states: dict[str, str]) -> Iterator[Judged]:
    for row in _rows(path):
        yield Judged(row["tb_id"], row["upr_id"], int(row["grade"]), states[row["tb_id"]])


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
