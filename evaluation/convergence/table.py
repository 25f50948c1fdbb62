"""The graded pairs as a table of evidence: what the scorer is fitted to and measured on."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from evaluation.convergence.gold import Gold, Judged
from linker.convergence.candidates import candidate_asks, closest_asks
from linker.convergence.evidence import evidence
from linker.convergence.pairs import Pairs
from linker.convergence.scorers import scorers
from linker.encoding.encoder import Encoder
from linker.reading.ask_table import Floats, Profiles, Rows
from linker.records.record import Record

SAMPLE_STATE = "XVM"
"""The fictional State of data/sample, where every pair is graded."""


@dataclass(frozen=True)
class Table:
    """All graded pairs with the evidence for their asks.

    Attributes:
        query: number of the paragraph of each pair.
        grade: 0, 1 or 2.
        state: of each pair.
        kind: of each pair, such as ``TB-UPR``.
        body: who asked, of each pair: the committee, or SP for special procedures.
        pair: for each row of evidence, the pair it belongs to.
        values: evidence, rows × kinds.
        baselines: scores of the baselines, one for each pair.
    """

    query: Rows
    grade: Rows
    state: np.ndarray
    kind: np.ndarray
    body: np.ndarray
    pair: Rows
    values: Floats
    baselines: dict[str, Floats]

    @property
    def states(self) -> list[str]:
        """States, the one with most paragraphs first."""
        names, count = np.unique(self.state, return_counts=True)
        return [str(n) for _, n in sorted(zip(-count, names, strict=True))]

    def only(self, kept: np.ndarray) -> Table:
        """Return some of the pairs, numbered anew."""
        number = np.cumsum(kept) - 1
        rows = kept[self.pair]
        return Table(
            self.query[kept], self.grade[kept], self.state[kept], self.kind[kept],
            self.body[kept], number[self.pair[rows]], self.values[rows],
            {name: scores[kept] for name, scores in self.baselines.items()},
        )  # fmt: skip

    def best(self, log_odds: Floats) -> Rows:
        """Return the row of the best pair of asks of each pair."""
        order = np.lexsort((-log_odds, self.pair))
        first = np.r_[True, self.pair[order][1:] != self.pair[order][:-1]]
        return order[first]


def tabulate(gold: Gold, encoder: Encoder) -> Table:
    """Work out the evidence for all graded pairs.

    Of the sample State, where every pair is graded, the untrue pairs are only the linker's own
    candidates; all true and related pairs are taken, so what the search for candidates misses
    (two in a thousand there) is not counted against the scorer.
    """
    pieces = [_tabulate_state(gold, state, encoder) for state in gold.states]
    offset, queries = 0, 0
    for number, piece in enumerate(pieces):
        pieces[number] = replace(piece, pair=piece.pair + offset, query=piece.query + queries)
        offset += len(piece.grade)
        queries += int(piece.query.max()) + 1
    return Table(
        query=np.concatenate([piece.query for piece in pieces]),
        grade=np.concatenate([piece.grade for piece in pieces]),
        state=np.concatenate([piece.state for piece in pieces]),
        kind=np.concatenate([piece.kind for piece in pieces]),
        body=np.concatenate([piece.body for piece in pieces]),
        pair=np.concatenate([piece.pair for piece in pieces]),
        values=np.concatenate([piece.values for piece in pieces]),
        baselines={
            name: np.concatenate([piece.baselines[name] for piece in pieces])
            for name in pieces[0].baselines
        },
    )


def _tabulate_state(gold: Gold, state: str, encoder: Encoder) -> Table:
    judged = [pair for pair in gold.judged if pair.state == state]
    whole = state == SAMPLE_STATE
    used = {pair.query for pair in judged} | {pair.candidate for pair in judged}
    records = sorted(
        (r for r in gold.records.values() if (r.state == state if whole else r.id in used)),
        key=lambda r: r.id,
    )
    place = {record.id: row for row, record in enumerate(records)}
    profiles = Profiles.of(records, encoder)
    if whole:
        _, left, right = candidate_asks(profiles)
        found = set(zip(profiles.owner[left].tolist(), profiles.owner[right].tolist(), strict=True))
        judged = [p for p in judged if p.grade or _pair(place, p.query, p.candidate) in found]
    one = np.array([place[p.query] for p in judged])
    other = np.array([place[p.candidate] for p in judged])
    left, right = closest_asks(profiles, one, other)
    number = {key: row for row, key in enumerate(zip(one.tolist(), other.tolist(), strict=True))}
    owners = zip(profiles.owner[left].tolist(), profiles.owner[right].tolist(), strict=True)
    queries = {key: n for n, key in enumerate(sorted({_query(gold, p) for p in judged}))}
    pairs = Pairs(profiles, left, right)
    values = evidence(pairs)
    pair = np.array([number[key] for key in owners])
    return Table(
        np.array([queries[_query(gold, p)] for p in judged]),
        np.array([p.grade for p in judged]),
        np.array([state] * len(judged)),
        scorers().pair_kinds([record.mechanism for record in records], one, other),
        np.array([_body(gold.records[p.query]) for p in judged]),
        pair,
        values,
        _baselines(profiles, one, other, encoder),
    )


def _query(gold: Gold, pair: Judged) -> tuple[str, bool]:
    """Return what a ranked list answers: a paragraph, and whether with recommendations."""
    return pair.query, gold.records[pair.candidate].mechanism == "UPR"


def _body(record: Record) -> str:
    return "SP" if record.mechanism == "SP" else record.body or record.mechanism


def _pair(place: dict[str, int], one: str, other: str) -> tuple[int, int]:
    low, high = sorted((place[one], place[other]))
    return low, high


def _baselines(profiles: Profiles, one: Rows, other: Rows, encoder: Encoder) -> dict[str, Floats]:
    """Return what a user would try first: cosine and TF-IDF of the whole texts."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = [record.text for record in profiles.records]
    vectors = encoder.encode(texts)
    tfidf = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(texts)
    return {
        "MiniLM": np.einsum("ij,ij->i", vectors[one], vectors[other]).astype(float),
        "TF-IDF": np.asarray(tfidf[one].multiply(tfidf[other]).sum(axis=1)).ravel(),
    }
