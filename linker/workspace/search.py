"""Searching records: what says this, and what means it, in one list."""

from __future__ import annotations

from collections.abc import Callable
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
    among: Callable[[str], bool] | None = None,
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
        among: whether the record of an id may be found; all may unless given.

    Raises:
        UsageError: the text is too long.
    """
    if not text.strip():
        return []
    if reason := too_long(text):
        raise UsageError(f"{reason[0].upper()}{reason[1:]}. Look for fewer words.")
    by_shard = within.rows(where or Filter(), among)
    rows = np.concatenate(
        [start + some for start, some in zip(within.starts, by_shard, strict=False)] or [[]]
    ).astype(np.intp, copy=False)
    if not len(rows):
        return []
    english = _one_line(reader.english_text(text))
    query = encoder.encode([english])[0]
    near, shares = [], []
    for shard, some in zip(within.shards, by_shard, strict=True):
        if len(some):
            near.append(shard.meaning(query, some))
            shares.append(shard.words(text, english, some))
    meaning, words, place = np.concatenate(near), np.concatenate(shares), within.places[rows]
    best, score = _fused(meaning, words, place, limit)
    ids = within.record_ids(rows[best].tolist())
    records = within.records_of(ids)
    return [
        Found(records[one], fused, float(meaning[at]), min(float(words[at]), 1.0))
        for one, at, fused in zip(ids, best.tolist(), score.tolist(), strict=True)
        if one in records
    ]


def _one_line(reading: str) -> str:
    """Return an English reading as one line of words."""
    return " ".join(part.text for part in cut(reading)) if reading[:1] in TOLD else reading


def _fused(
    meaning: NDArray[np.float32], words: Floats, place: Rows, limit: int
) -> tuple[Rows, Floats]:
    """Return where the best of two rankings together are, best first, and their fused scores.

    The last of the best scores at least 1 / (`FUSION` + limit), for so much has each of the first
    in one ranking. Whoever stands in both below ``depth`` scores less, so no more need be sorted.
    """
    depth = min(FUSION + 2 * max(limit, 0), len(place))
    said = words.astype(np.float32)
    ranked = [_ranked(one, place, depth) for one in (meaning, said)]
    rows = np.union1d(*(first for _, first in ranked))
    by_meaning, by_words = (
        1.0 / (FUSION + 1 + order.searchsorted(_keys(one[rows], place[rows])))
        for one, (order, _) in zip((meaning, said), ranked, strict=True)
    )
    score = by_meaning + np.where(words[rows] > 0, by_words, 0.0)
    best = np.lexsort((place[rows], -score))[: max(limit, 0)]
    return rows[best], score[best]


def _ranked(scores: NDArray[np.float32], place: Rows, depth: int) -> tuple[NDArray[np.int64], Rows]:
    """Return the keys of some scores in order, and the rows of the first so many.

    Sorting all is many times faster than looking up each among those whose rank is asked for.
    """
    keys = _keys(scores, place)
    order = np.sort(keys)
    return order, np.flatnonzero(keys <= order[depth - 1])


def _keys(scores: NDArray[np.float32], place: Rows) -> NDArray[np.int64]:
    """Return whole numbers that rise as some scores fall, and among equal ones with the places.

    The bits of a positive number count up with it, those of a negative one down (IEEE 754).
    """
    bits = (np.float32(0) - scores).view(np.int32)  # from 0, so that none is -0
    return ((bits ^ (bits >> 31 & 0x7FFFFFFF)).astype(np.int64) << 32) + place
