"""Searching records: what says this, and what means it, in one list."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

from linker.encoding.encoder import Encoder
from linker.errors import UsageError
from linker.index import VectorIndex
from linker.reading.reader import Reader
from linker.records.asks import TOLD, cut, too_long
from linker.records.record import Record
from linker.vocabulary.text import fold
from linker.workspace.ask_indices import AskIndices, asks_of, record_of

FUSION = 60
"""Constant of reciprocal rank fusion: Cormack, Clarke and Büttcher, SIGIR 2009."""


@dataclass(frozen=True, slots=True)
class Found:
    """A record that a search found.

    Attributes:
        record: the record.
        score: fused rank, higher is better; comparable within one search only.
        meaning: cosine of the query with the record's nearest ask.
        words: share of the query's words that stand in the record.
    """

    record: Record
    score: float
    meaning: float
    words: float


def search(
    text: str,
    records: Sequence[Record],
    encoder: Encoder,
    reader: Reader,
    limit: int = 20,
    indices: AskIndices | None = None,
) -> list[Found]:
    """Return the records nearest to a text, in meaning and in words, best first.

    Two rankings are fused by reciprocal rank: cosine with the nearest ask, and the share of the
    query's words found, a literal phrase counting as all of them and more.

    Args:
        text: what to look for; any words, in any language that is read.
        records: where to look.
        encoder: turns the query, and asks that stand in no index, into vectors.
        limit: at most how many to return.
        reader: of the query and of records in other languages.
        indices: hold the vectors of the asks; all are encoded where there are none.
    """
    if not records or not text.strip():
        return []
    if reason := too_long(text):
        raise UsageError(f"{reason[0].upper()}{reason[1:]}. Look for fewer words.")
    english = {record.id: reader.english(record) for record in records}
    query = _one_line(reader.english_text(text))
    meaning = _meaning(query, list(english.values()), encoder, indices)
    words = _words(text, records)
    if query != text or any(english[record.id] is not record for record in records):
        also = _words(query, list(english.values()))
        words = {key: max(share, also[key]) for key, share in words.items()}
    ranks = _ranks(meaning), _ranks({i: share for i, share in words.items() if share > 0})
    scores = {
        record.id: sum(1 / (FUSION + rank[record.id]) for rank in ranks if record.id in rank)
        for record in records
    }
    best = heapq.nsmallest(limit, records, key=lambda record: (-scores[record.id], record.id))
    return [
        Found(record, scores[record.id], meaning[record.id], min(words[record.id], 1.0))
        for record in best
    ]


def _one_line(reading: str) -> str:
    """Return an English reading as one line of words."""
    return " ".join(part.text for part in cut(reading)) if reading[:1] in TOLD else reading


def _meaning(
    text: str, records: Sequence[Record], encoder: Encoder, indices: AskIndices | None
) -> dict[str, float]:
    """Return the cosine of a text with the nearest ask of each record."""
    query = encoder.encode([text])
    best: dict[str, float] = {record.id: -1.0 for record in records}
    wanted = asks_of(records)

    def take(index: VectorIndex) -> None:
        for hit in index.search(query, len(index))[0]:
            if wanted.pop(hit.id, None) is not None:
                record_id = record_of(hit.id)
                best[record_id] = max(best[record_id], hit.score)

    if indices is not None:
        for state in sorted({record.state for record in records}):
            take(indices.of(state))
    if wanted:  # what came after the last build stands in no index yet
        rest = VectorIndex(encoder.dimension, encoder.checksum)
        rest.add([*wanted], encoder.encode([*wanted.values()]))
        take(rest)
    return best


def _words(text: str, records: Sequence[Record]) -> dict[str, float]:
    """Return the share of a text's words that stand in each record, 2 for the whole phrase."""
    phrase = fold(text)
    wanted = set(phrase.split())
    shares = {}
    for record in records:
        there = fold(f"{record.id} {record.label} {record.text}")
        found = len(wanted.intersection(there.split()))
        shares[record.id] = 2.0 if phrase in there else found / len(wanted)
    return shares


def _ranks(scores: dict[str, float]) -> dict[str, int]:
    order = sorted(scores, key=lambda i: (-scores[i], i))
    return {record_id: rank for rank, record_id in enumerate(order, start=1)}
