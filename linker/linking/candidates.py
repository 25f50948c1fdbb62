"""Which pairs of records are worth a closer look: near in meaning, or sharing telling words.

For each record, in each direction, the records of other documents whose asks come nearest in
meaning and those that share most words; a pair is a candidate when either finds it. Exact: every
ask is compared with every other, block by block.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from linker.encoding.encoder import Progress
from linker.linking.profile import Bag, Floats, Profiles, Rows
from linker.records.record import Record

NEAREST = 25
"""Records kept for each record, each side and each of the two searches."""
ASKS = 2
"""Pairs of asks looked at closely for each pair of records."""
BLOCK = 128
"""Records compared at once."""


def document(record: Record) -> tuple[str, ...]:
    """Return what identifies the document a record stands in: body, and cycle or symbol.

    Two records of one document never converge; of one body in two cycles, they may. Where a text
    speaks for several documents ("CAT/C/…; CEDAW/C/…"), its own body's counts.
    """
    if record.mechanism == "UPR":
        edition = record.cycle or record.session or record.symbol or str(record.year or "")
    else:
        symbols = [symbol.strip() for symbol in record.symbol.split(";")]
        own = [symbol for symbol in symbols if symbol.startswith(f"{record.body}/")]
        symbol = own[0] if own else record.symbol
        edition = symbol or record.session or record.cycle or str(record.year or "")
    return record.mechanism, record.body, edition


def side(record: Record) -> tuple[str, ...]:
    """Return the side a record stands on: its UPR cycle, or the bodies together.

    Each side gets its own places among the nearest, so that three cycles of the UPR that repeat
    one another do not push the committees out.
    """
    return document(record) if record.mechanism == "UPR" else ("bodies",)


def candidate_asks(
    profiles: Profiles, progress: Progress | None = None, nearest: int = NEAREST
) -> tuple[Rows, Rows]:
    """Return the pairs of asks to compare: rows of one and of the other, the first the lower.

    Args:
        profiles: the asks of one State's records.
        progress: called with (records done, all).
        nearest: places for each record, side and search.
    """
    records = profiles.records
    if len(records) < 2:
        return _nothing()
    documents = _numbered([document(record) for record in records])
    sides = _numbered([side(record) for record in records])
    columns = [np.flatnonzero(sides == number) for number in range(int(sides.max()) + 1)]
    words = _unit_rows(profiles.words)
    lefts, rights = [], []
    for start in range(0, len(records), BLOCK):
        block = np.arange(start, min(start + BLOCK, len(records)))
        compared = _compared(profiles, words, block)
        allowed = documents[block][:, None] != documents
        chosen = np.zeros(allowed.shape, dtype=bool)
        for similarity in compared:
            best = np.where(allowed, _by_record(profiles, similarity, block), -np.inf)
            for those in columns:
                chosen[:, those] |= _top(best[:, those], nearest)
        row, other = np.nonzero(chosen & allowed)
        begin, both = profiles.first_asks[block[0]], compared[0] + compared[1]
        left, right = _best_asks(profiles, block[row], other, both, begin)
        lefts.append(left)
        rights.append(right)
        if progress:
            progress(int(block[-1]) + 1, len(records))
    one, other, count = np.concatenate(lefts), np.concatenate(rights), len(profiles.owner)
    pairs = np.sort(np.minimum(one, other) * count + np.maximum(one, other))
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    return pairs // count, pairs % count


def closest_asks(profiles: Profiles, one: Rows, other: Rows) -> tuple[Rows, Rows]:
    """Return the pairs of asks that are looked at closely for given pairs of records.

    Args:
        profiles: the asks.
        one: rows of records.
        other: rows of the records each is compared with.
    """
    words = _unit_rows(profiles.words)
    lefts, rights = [], []
    for row in np.unique(one):
        meaning, lexical = _compared(profiles, words, np.array([row]))
        others = other[one == row]
        begin, ones = profiles.first_asks[row], np.full(len(others), row)
        left, right = _best_asks(profiles, ones, others, meaning + lexical, begin)
        lefts.append(left)
        rights.append(right)
    return np.concatenate(lefts), np.concatenate(rights)


def _nothing() -> tuple[Rows, Rows]:
    return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp)


def _numbered(keys: Sequence[tuple[str, ...]]) -> Rows:
    number = {key: position for position, key in enumerate(sorted(set(keys)))}
    return np.array([number[key] for key in keys], dtype=np.intp)


def _unit_rows(words: Bag) -> sparse.csr_matrix:
    """Return TF-IDF rows of unit length (or 0 where no word tells anything)."""
    weighted = (words.present @ sparse.diags(words.rarity)).tocsr()
    lengths = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    return (sparse.diags(1.0 / np.maximum(lengths, 1e-9)) @ weighted).tocsr()


def _compared(profiles: Profiles, words: sparse.csr_matrix, block: Rows) -> tuple[Floats, Floats]:
    """Return the asks of records that follow one another against all asks: meaning and words."""
    rows = slice(profiles.asks_of[block[0]][0], profiles.asks_of[block[-1]][-1] + 1)
    meaning = np.round(profiles.centred[rows] @ profiles.centred.T, 4)
    lexical = (words[rows] @ words.T).tocsr()
    lexical.data = np.round(lexical.data, 4)
    return meaning, lexical.toarray()


def _by_record(profiles: Profiles, similarity: Floats, block: Rows) -> Floats:
    """Return the best over asks, shape (records of the block, records)."""
    first, count = profiles.first_asks, len(profiles.owner)
    end = first[block[-1] + 1] if block[-1] + 1 < len(first) else count
    rows = _highest(similarity, first[block] - first[block[0]], end - first[block[0]])
    return _highest(rows.T, first, count).T


def _highest(values: Floats, first: Rows, end: int) -> Floats:
    """Return the highest of each group of rows that follow one another.

    Most records have one ask: taking the first, then the second of those that have one, is many
    times faster than ``np.maximum.reduceat``.

    Args:
        values: rows in order of their groups.
        first: the first row of each group.
        end: one past the last row of the last group.
    """
    size = np.diff(np.r_[first, end])
    out = values[first]
    for place in range(1, int(size.max())):
        longer = np.flatnonzero(size > place)
        out[longer] = np.maximum(out[longer], values[first[longer] + place])
    return np.asarray(out)


def _top(scores: Floats, count: int) -> NDArray[np.bool_]:
    """Say which scores are the highest of their row; of equals, those that come first."""
    if scores.shape[1] <= count:
        return np.ones(scores.shape, dtype=bool)
    least = np.partition(scores, -count, axis=1)[:, [-count]]
    chosen = scores >= least
    tied = np.flatnonzero(chosen.sum(axis=1) > count)
    above, level = scores[tied] > least[tied], scores[tied] == least[tied]
    room = count - above.sum(axis=1, keepdims=True)
    chosen[tied] = above | (level & (np.cumsum(level, axis=1) <= room))
    return np.asarray(chosen)


def _best_asks(
    profiles: Profiles, one: Rows, other: Rows, similarity: Floats, begin: int
) -> tuple[Rows, Rows]:
    """Return the best pairs of asks of each pair of records, `ASKS` for each.

    Args:
        profiles: the asks.
        one: rows of records, all of one block.
        other: rows of the records each is compared with.
        similarity: asks of the block × all asks.
        begin: row of the first ask of the block.
    """
    first = profiles.first_asks
    if not len(one):
        return _nothing()
    asks = np.diff(np.r_[first, len(profiles.owner)])
    count = asks[one] * asks[other]
    pair = np.repeat(np.arange(len(one)), count)
    place = np.arange(len(pair)) - np.repeat(np.cumsum(count) - count, count)
    left = first[one][pair] + place // asks[other][pair]
    right = first[other][pair] + place % asks[other][pair]
    more = count[pair] > ASKS
    chosen, of = np.flatnonzero(more), pair[more]
    nearness = similarity[left[more] - begin, right[more]]
    order = np.lexsort((right[more], left[more], -nearness, of))
    kept = np.r_[np.flatnonzero(~more), chosen[order[place[more] < ASKS]]]
    return left[kept], right[kept]
