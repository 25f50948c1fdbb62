"""Graded pairs for convergence, by State, with the records they speak of.

Five sources, all of which say how much to trust them:
- LINKER_GOLD (default ../shared/gold): ``convergence_dev.csv``, graded twice by language models
  and adjudicated, for Slovenia, Kenya, Nepal and Thailand; texts in its ``records.csv``;
- there too, ``reiteration_dev.csv`` and ``reiteration_more.csv``: recommendations of two cycles of
  the UPR, twelve States; ``bodies_dev.csv``: paragraphs of two committees, Slovenia; both graded
  twice by language models, without the pairs on which they differ;
- ``evaluation/gold/sample_convergence.csv`` and ``sample_convergence_bodies.csv``: the fictional
  State of data/sample, whose links are known because they were written; a pair that they do not
  list is 0;
- ``evaluation/gold/convergence_extra.csv``: 232 pairs for Australia, Slovakia and Uzbekistan,
  graded once by a language model; texts in LINKER_CORPORA (default ../shared/data).
"""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evaluation.sources import LABELS, SAMPLE, corpora, gold, gold_texts
from linker.convergence.candidates import document
from linker.records.importers import read_file
from linker.records.record import Record


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
    sources = (
        ("development", _dev), ("reiteration", _reiterations), ("bodies", _bodies),
        ("sample", _sample), ("extra", _extra),
    )  # fmt: skip
    for name, source in sources:
        try:
            found, pairs = source()
        except FileNotFoundError as error:
            missing.append(f"{name} gold: {error.filename} not found")
            continue
        records.update({r.id: r for r in found if r.id not in records})
        judged += pairs
    return Gold(records, tuple(judged), tuple(missing))


def _dev() -> tuple[list[Record], list[Judged]]:
    iterator, _ = read_file(gold_texts())
    found = list(iterator)
    states = {record.id: record.state for record in found}
    return found, list(_graded(gold() / "convergence_dev.csv", states))


def _reiterations() -> tuple[list[Record], list[Judged]]:
    rows = [row for name in ("dev", "more") for row in _rows(gold() / f"reiteration_{name}.csv")]
    pairs = [
        Judged(row["later_id"], row["earlier_id"], int(row["grade"]), row["state"])
        for row in rows
        if row["grade"]
    ]
    return _of_upr_info({key: p.state for p in pairs for key in (p.query, p.candidate)}), pairs


def _bodies() -> tuple[list[Record], list[Judged]]:
    pairs = [
        Judged(row["left_id"], row["right_id"], int(row["grade"]), row["state"])
        for row in _rows(gold() / "bodies_dev.csv")
    ]
    return list(read_file(gold_texts())[0]), pairs


def _of_upr_info(states: dict[str, str]) -> list[Record]:
    """Return the records of UPR Info with some ids, by the State of each."""
    path = corpora() / "upr_info" / "recommendations.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [
            _record(row["id"], row["text"], states[row["id"]], "UPR", "UPR")
            for row in csv.DictReader(file)
            if row["id"] in states
        ]


def _sample() -> tuple[list[Record], list[Judged]]:
    graded = {row["record"] for row in _rows(LABELS / "sample_asks.csv")}
    every = (record for path in sorted(SAMPLE.glob("*.csv")) for record in read_file(path)[0])
    found = [record for record in every if record.id in graded]
    grades: dict[frozenset[str], int] = {}
    for name in ("sample_convergence", "sample_convergence_bodies"):
        for row in _rows(LABELS / f"{name}.csv"):
            grades[frozenset((row["left_id"], row["right_id"]))] = int(row["grade"])
    asked = [r for r in found if r.mechanism != "UPR"]
    pairs = [
        Judged(q.id, c.id, grades.get(frozenset((q.id, c.id)), 0), q.state)
        for number, q in enumerate(asked)
        for c in (*(r for r in found if r.mechanism == "UPR"), *asked[number + 1 :])
        if document(q) != document(c)
    ]
    return found, pairs


def _extra() -> tuple[list[Record], list[Judged]]:
    path = LABELS / "convergence_extra.csv"
    paragraphs = {record.id: record for record in _paragraphs()}
    states = {key: record.state for key, record in paragraphs.items()}
    pairs = list(_graded(path, states))
    asked = {pair.candidate: pair.state for pair in pairs}
    found = [paragraphs[key] for key in {pair.query for pair in pairs}]
    found += _of_upr_info(asked)
    return found, pairs


def _paragraphs() -> Iterator[Record]:
    followed = corpora() / "ccpr_followup" / "ccpr_followup_recommendations.json"
    for item in json.loads(followed.read_text(encoding="utf-8")):
        key = f"{item['symbol']}#{item['paragraph']}"
        yield _record(key, item["text"], item["iso3"], "TB", item["body"])
    for path in sorted((corpora() / "uhri" / "sample").glob("*.json")):
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
