"""Searching records: what says this, and what means it, in one list."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from linker.encoding.encoder import Encoder
from linker.errors import UsageError
from linker.reading.reader import Reader
from linker.records.asks import TOLD, cut, too_long
from linker.records.filters import Filter
from linker.records.record import Record
from linker.workspace.search_corpus import Within

if TYPE_CHECKING:  # brings SciPy, which searching does without
    from linker.reading.ask_table import Floats, Rows

DECIMALS = 4
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

    def to_row(self) -> dict[str, Any]:
        """Return the columns that listings show."""
        record = self.record
        return {
            "id": record.id,
            "state": record.state,
            "meaning": round(self.meaning, DECIMALS),
            "words": round(self.words, DECIMALS),
            "body": record.body,
            "cycle": record.cycle,
            "position": record.position,
            "text": record.text,
        }


def search(
    text: str,
    within: Within,
    encoder: Encoder,
    reader: Reader,
    limit: int = 20,
    where: Filter | None = None,
    among: Collection[str] | None = None,
) -> list[Found]:
    """Return the records nearest to a text, in meaning and in words, best first.

    Two rankings are fused by reciprocal rank: cosine with the nearest ask, and the share of the
    query's words found, a literal phrase counting as all of them and more.

    Args:
        text: what to look for; any words, in any language that is read.
        within: where to look.
        encoder: turns the query into a vector.
        reader: of the query.
        limit: at most how many to return.
        where: what a record must be; any unless given.
        among: ids of the records that may be found; all unless given.

    Raises:
        UsageError: the text is too long.
    """
    if not text.strip():
        return []
    if reason := too_long(text):
        raise UsageError(f"{reason[0].upper()}{reason[1:]}. Look for fewer words.")
    records, rows = within.records, within.rows(where or Filter(), among)
    if not len(rows):
        return []
    english = _one_line(reader.english_text(text))
    query = encoder.encode([english])[0]
    meaning = np.concatenate([corpus.meaning(query) for corpus in within.corpora])[rows].astype(
        float
    )
    words = np.concatenate([corpus.words(text, english) for corpus in within.corpora])[rows]
    place = within.places[rows]
    score = _reciprocal(meaning, place, meaning >= -1) + _reciprocal(words, place, words > 0)
    best = np.lexsort((place, -score))[:limit]
    return [
        Found(records[rows[one]], float(score[one]), float(meaning[one]), min(words[one], 1.0))
        for one in best
    ]


def _one_line(reading: str) -> str:
    """Return an English reading as one line of words."""
    return " ".join(part.text for part in cut(reading)) if reading[:1] in TOLD else reading


def _reciprocal(scores: Floats, place: Rows, ranked: NDArray[np.bool_]) -> Floats:
    """Return 1 / (`FUSION` + rank) of what is ranked, else 0; of equals, the lower id first."""
    found, rows = np.zeros(len(scores)), np.flatnonzero(ranked)
    order = rows[np.lexsort((place[rows], -scores[rows]))]
    found[order] = 1.0 / (FUSION + np.arange(1, len(order) + 1))
    return found
