"""Measures clusters, and chooses the lines at which groups of asks are joined.

Every number on a State comes from a scorer that never saw a pair of that State and from lines
chosen on the other States (themselves scored by scorers that never saw them).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from evaluation.clusters.gold import State, load
from evaluation.clusters.metrics import Counted, Homes, b_cubed, f1, pairs
from evaluation.clusters.questions import questions
from evaluation.convergence.gold import load as load_pairs
from evaluation.convergence.held_out import trained
from evaluation.convergence.table import tabulate
from linker.convergence.ask_pairs import AskPairs, score_asks
from linker.convergence.cluster import Lines
from linker.convergence.clusters import Ties, members_of, partition
from linker.convergence.scorers import scorers
from linker.convergence.treaty_asks import parted
from linker.encoding.encoder import Encoder
from linker.reading.ask_table import Profiles, Rows

GRID = tuple(round(0.04 * step, 2) for step in range(3, 19))
"""Lines that are tried."""
FLAT = 0.01
RIGHT = 0.9
"""Share of the members in the band ``propose`` that are to be right."""
Row = dict[str, Any]


@dataclass(frozen=True)
class Scored:
    """A State's asks, compared by a scorer that never saw its judged pairs, and by baselines.

    Attributes:
        state: its code.
        gold: records and labels.
        pairs: by the scorer.
        baselines: pairs of the same asks by other similarities, by name.
    """

    state: str
    gold: State
    pairs: AskPairs
    baselines: Mapping[str, AskPairs]

    def homes(self, clusters: Rows) -> Homes:
        """Return the clusters of each record."""
        found: dict[str, frozenset[str]] = {}
        for row, cluster in zip(self.pairs.owner.tolist(), clusters.tolist(), strict=True):
            key = self.pairs.ids[row]
            found[key] = found.get(key, frozenset()) | {str(cluster)}
        return found


def prepared(encoder: Encoder) -> list[Scored]:
    """Return all States, each scored by a scorer fitted without it."""
    table = tabulate(load_pairs(), encoder)
    everything = np.ones(len(table.grade), dtype=bool)
    found = []
    for code, gold in load().items():
        kept = everything & (table.state != code)
        known = code in set(table.state.tolist())
        judges = trained(table, kept) if known else scorers()
        records = sorted(gold.records.values(), key=lambda record: record.id)
        asked = parted(Profiles.of(records, encoder), encoder)
        compared = score_asks(asked, judges)
        found.append(Scored(code, gold, compared, _baselines(asked.profiles, compared)))
    return found


def _baselines(profiles: Profiles, compared: AskPairs) -> dict[str, AskPairs]:
    """Return the similarities a user would try first, of the same pairs of asks."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    tfidf = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(profiles.texts)
    cosine = (profiles.vectors @ profiles.vectors.T)[compared.one, compared.other]
    words = np.asarray(tfidf[compared.one].multiply(tfidf[compared.other]).sum(axis=1)).ravel()
    free = np.zeros(len(compared.one), dtype=bool)
    return {
        "MiniLM, average linkage": replace(compared, same=np.clip(cosine, 0, 1), apart=free),
        "TF-IDF, average linkage": replace(compared, same=np.clip(words, 0, 1), apart=free),
    }


def average(compared: AskPairs, line: float) -> Rows:
    """Return what the product does."""
    return partition(compared, line)


def components(compared: AskPairs, line: float) -> Rows:
    """Return connected components: every pair above the line chains."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    kept, count = compared.same >= line, len(compared.owner)
    edges = (np.ones(kept.sum()), (compared.one[kept], compared.other[kept]))
    return np.asarray(connected_components(coo_matrix(edges, shape=(count, count)))[1])


Method = Callable[[AskPairs, float], Rows]


def tried(states: Sequence[Scored], method: Method, baseline: str = "") -> dict[str, list[Homes]]:
    """Return the clusters of each State at each line of `GRID`."""
    return {
        one.state: [
            one.homes(method(one.baselines[baseline] if baseline else one.pairs, line))
            for line in GRID
        ]
        for one in states
    }


def best_line(states: Sequence[Scored], homes: Mapping[str, list[Homes]], without: str = "") -> int:
    """Return the place in `GRID` of the line that is best on all judged pairs of the States.

    Of lines whose F1 is within `FLAT` of the best, the highest: it is right more often.
    """
    totals = []
    for place in range(len(GRID)):
        total = Counted()
        for one in states:
            if one.state != without and one.gold.grades:
                total += pairs(homes[one.state][place], one.gold.grades)
        totals.append(total.f1)
    return int(np.flatnonzero(np.array(totals) >= max(totals) - FLAT)[-1])


def by_state(
    states: Sequence[Scored], method: Method, baseline: str = ""
) -> tuple[list[Row], dict[str, Homes]]:
    """Return a row for each State and for all, and the clusters, lines chosen without the State."""
    homes = tried(states, method, baseline)
    rows, chosen, total = [], {}, Counted()
    for one in states:
        place = best_line(states, homes, one.state)
        chosen[one.state] = homes[one.state][place]
        if one.gold.grades:
            counted = pairs(chosen[one.state], one.gold.grades)
            total += counted
            rows.append(_row(one.state, len(one.gold.grades), counted))
    return [*rows, _row("all", sum(len(s.gold.grades) for s in states), total)], chosen


def _row(name: str, judged: int, counted: Counted) -> Row:
    return {
        "State": name,
        "judged": judged,
        "true": int(counted.true),
        "precision": round(counted.precision, 3),
        "recall": round(counted.recall, 3),
        "F1": round(counted.f1, 3),
    }


def in_full(states: Sequence[Scored], homes: Mapping[str, Homes]) -> list[Row]:
    """Return B-cubed numbers of the States whose records were all clustered by hand."""
    rows = []
    for one in states:
        if one.gold.measures:
            true = {key: one.gold.measures.get(key, frozenset({key})) for key in one.gold.records}
            precision, recall = b_cubed(homes[one.state], true)
            rows.append(
                {
                    "State": one.state,
                    "records": len(true),
                    "precision": round(precision, 3),
                    "recall": round(recall, 3),
                    "F1": round(f1(precision, recall), 3),
                }
            )
    return rows


def numbers(states: Sequence[Scored]) -> dict[str, list[Row]]:
    """Return every table of numbers, this method beside the others."""
    methods = {
        "Linker, average linkage": (average, ""),
        "Linker's pairs, connected components": (components, ""),
        "MiniLM, average linkage": (average, "MiniLM, average linkage"),
        "TF-IDF, average linkage": (average, "TF-IDF, average linkage"),
    }
    together: list[Row] = []
    full: list[Row] = []
    found: dict[str, list[Row]] = {}
    for name, (method, baseline) in methods.items():
        rows, homes = by_state(states, method, baseline)
        together.append({"method": name, **rows[-1]})
        full += [{"method": name, **row} for row in in_full(states, homes)]
        if not found:
            found["Clusters, judged pairs, each State left out"] = rows
            asked = [_questions(one, states) for one in states if len(one.gold.grades) > 1000]
            found["Clusters, questions until 95 % of the true links are confirmed"] = asked
    found["Clusters, judged pairs, beside other ways"] = together
    found["Clusters, States clustered in full (B-cubed)"] = full
    return found


def _questions(one: Scored, states: Sequence[Scored]) -> Row:
    homes = tried(states, average)
    line = GRID[best_line(states, homes, one.state)]
    drawn = Lines(line, propose_line([s for s in states if s.state != one.state], line))
    return {"State": one.state, **questions(one.pairs, one.gold.grades, drawn)}


def propose_line(states: Sequence[Scored], join: float) -> float:
    """Return the least probability of a member from which on `RIGHT` of them are right.

    A member is right in the share of the judged pairs with other members of its cluster that are
    the same measure.
    """
    sure: list[float] = []
    right: list[float] = []
    for one in states:
        for probability, share in _judged_members(one, join):
            sure.append(probability)
            right.append(share)
    order = np.argsort(-np.array(sure), kind="stable")
    running = np.cumsum(np.array(right)[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(running >= RIGHT)
    return round(float(np.array(sure)[order][good[-1]]), 2) if len(good) else 0.99


def _judged_members(one: Scored, join: float) -> list[tuple[float, float]]:
    homes = partition(one.pairs, join)
    found = []
    for members in members_of(one.pairs, homes, Ties(), Lines(join, 0.5)):
        for member in members:
            grades = [
                one.gold.grades[key]
                for other in members
                if (key := _key(member.record_id, other.record_id)) in one.gold.grades
            ]
            if grades:
                found.append((member.probability, sum(g == 2 for g in grades) / len(grades)))
    return found


def _key(one: str, other: str) -> tuple[str, str]:
    low, high = sorted((one, other))
    return low, high
