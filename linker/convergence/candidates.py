"""Which pairs of records are worth a closer look: near in meaning, or sharing telling words.

For each record, in each direction, the records of other documents whose asks come nearest in
meaning and those that share most words; a pair is a candidate when either finds it. Exact: every
ask is compared with every other, block by block. Records added later are compared with all others,
and take their places among the nearest of those: the same as comparing all with all again.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from linker.convergence.nearest import NONE, Known, Nearest, Similarity, sorted_unique
from linker.encoding.encoder import Progress
from linker.reading.ask_table import Bag, Profiles, Rows
from linker.records.record import Record
from linker.vocabulary.mechanisms import mechanism

NEAREST = 25
"""Records kept for each record, each side and each of the two searches."""
ASKS = 2
"""Pairs of asks looked at closely for each pair of records."""
BLOCK = 128
"""Records compared at once."""
STEPS = 10_000
"""Similarity is counted in such parts of one: the last bits of a sum differ by machine."""
LEAST = (NONE, 0)
"""What each search takes to be no nearness at all: two asks that share no telling word."""


def document(record: Record) -> tuple[str, ...]:
    """Return what identifies the document a record stands in: body, and cycle or symbol.

    Two records of one document never converge; of one body in two cycles, they may. Where a text
    speaks for several documents ("CAT/C/…; CEDAW/C/…"), its own body's counts. What one document
    gathers from many authors is of that document, whoever said it.
    """
    if record.is_cyclic:
        edition = record.cycle or record.session or record.symbol or str(record.year or "")
    else:
        symbols = [symbol.strip() for symbol in record.symbol.split(";")]
        own = [symbol for symbol in symbols if symbol.startswith(f"{record.body}/")]
        symbol = own[0] if own else record.symbol
        edition = symbol or record.session or record.cycle or str(record.year or "")
    body = "" if mechanism(record.mechanism).collective and record.symbol else record.body
    return record.mechanism, body, edition


def side(record: Record) -> tuple[str, ...]:
    """Return the side a record stands on: its UPR cycle, the submissions, or the bodies together.

    Each side gets its own places among the nearest, so that three cycles of the UPR that repeat
    one another, or fifty submissions, do not push the committees out.
    """
    if record.is_cyclic:
        return document(record)
    return (record.mechanism,) if mechanism(record.mechanism).collective else ("bodies",)


def candidate_asks(
    profiles: Profiles,
    progress: Progress | None = None,
    known: Known | None = None,
) -> tuple[Nearest, Rows, Rows]:
    """Return the nearest of each record, and the pairs of asks to compare.

    The pairs are rows of one ask and of the other, the first the lower. Where something is known,
    only pairs of records whose places are filled anew, and a few that are no candidates any more.

    Args:
        profiles: the asks of one State's records.
        progress: called with (records done, all).
        known: from before these records came and went; nothing unless given.
    """
    records = profiles.records
    sides = ["\t".join(side(record)) for record in records]
    names = tuple(sorted(set(sides)))
    everything = np.arange(len(records))
    known = known or Known(Nearest.nothing(len(records), names, NEAREST), everything, everything)
    found, rest = known.nearest.on(names), np.setdiff1d(everything, known.anew)
    documents = _numbered([document(record) for record in records])
    of_side = [np.flatnonzero(np.array(sides) == name) for name in names]
    words = unit_rows(profiles.words)
    lefts, rights = [np.zeros(0, np.intp)], [np.zeros(0, np.intp)]
    for start in range(0, len(known.anew), BLOCK):
        block = known.anew[start : start + BLOCK]
        nearness = compared(profiles, words, block)
        allowed = documents[block][:, None] != documents
        chosen = np.zeros(allowed.shape, dtype=bool)
        for search, similarity in enumerate(nearness):
            best = _by_record(profiles, similarity, block)
            best[~allowed | (best <= LEAST[search])] = NONE
            for place, those in enumerate(of_side):
                nearest = _top(best[:, those], found.others.shape[-1])
                nearest &= best[:, those] > NONE
                found.fill((block, place, search), those, best[:, those], nearest)
                chosen[:, those] |= nearest
                mine = np.flatnonzero(np.isin(block, np.intersect1d(those, known.added)))
                chosen[np.ix_(mine, rest)] |= found.merge_added(
                    (rest, place, search), block[mine], best[np.ix_(mine, rest)]
                )
        row, other = np.nonzero(chosen)
        both = nearness[0].astype(np.int32) + nearness[1]
        left, right = _best_asks(profiles, block[row], other, both, block)
        lefts.append(left)
        rights.append(right)
        if progress:
            progress(start + len(block), len(known.anew))
    one, other, count = np.concatenate(lefts), np.concatenate(rights), len(profiles.owner)
    pairs = sorted_unique(np.minimum(one, other) * count + np.maximum(one, other))
    return found, *np.divmod(pairs, max(1, count))


def closest_asks(profiles: Profiles, one: Rows, other: Rows) -> tuple[Rows, Rows]:
    """Return the pairs of asks that are looked at closely for given pairs of records.

    Args:
        profiles: the asks.
        one: rows of records.
        other: rows of the records each is compared with.
    """
    words = unit_rows(profiles.words)
    lefts, rights = [], []
    for row in np.unique(one):
        block = np.array([row])
        meaning, lexical = compared(profiles, words, block)
        others = other[one == row]
        ones, both = np.full(len(others), row), meaning.astype(np.int32) + lexical
        left, right = _best_asks(profiles, ones, others, both, block)
        lefts.append(left)
        rights.append(right)
    return np.concatenate(lefts), np.concatenate(rights)


def _numbered(keys: Sequence[tuple[str, ...]]) -> Rows:
    number = {key: position for position, key in enumerate(sorted(set(keys)))}
    return np.array([number[key] for key in keys], dtype=np.intp)


def unit_rows(words: Bag) -> sparse.csr_matrix:
    """Return TF-IDF rows of unit length (or 0 where no word tells anything)."""
    weighted = (words.present @ sparse.diags(words.rarity)).tocsr()
    lengths = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    return (sparse.diags(1.0 / np.maximum(lengths, 1e-9)) @ weighted).tocsr()


def compared(
    profiles: Profiles, words: sparse.csr_matrix, block: Rows
) -> tuple[Similarity, Similarity]:
    """Return the asks of some records against all asks: meaning and words."""
    rows = _asks_of(profiles, block)
    meaning = np.rint(STEPS * (profiles.centred[rows] @ profiles.centred.T))
    lexical = (words[rows] @ words.T).tocsr()
    lexical.data = np.rint(STEPS * lexical.data)
    return meaning.astype(np.int16), lexical.astype(np.int16).toarray()


def _asks_of(profiles: Profiles, block: Rows) -> Rows:
    """Return the rows of the asks of some records, in order."""
    first, count = profiles.first_asks[block], _sizes(profiles)[block]
    return np.asarray(np.arange(count.sum()) + np.repeat(first - (count.cumsum() - count), count))


def _sizes(profiles: Profiles) -> Rows:
    """Return how many asks each record has."""
    return np.asarray(np.diff(np.r_[profiles.first_asks, len(profiles.owner)]))


def _by_record(profiles: Profiles, similarity: Similarity, block: Rows) -> Similarity:
    """Return the best over asks, shape (records of the block, records)."""
    sizes = _sizes(profiles)
    rows = _highest(similarity, sizes[block])
    return _highest(rows.T, sizes).T


def _highest(values: Similarity, sizes: Rows) -> Similarity:
    """Return the highest of each group of rows that follow one another.

    Most records have one ask: taking the first, then the second of those that have one, is many
    times faster than ``np.maximum.reduceat``.

    Args:
        values: rows in order of their groups.
        sizes: rows of each group, one at least.
    """
    first = sizes.cumsum() - sizes
    out = values[first]
    for place in range(1, int(sizes.max())):
        longer = np.flatnonzero(sizes > place)
        out[longer] = np.maximum(out[longer], values[first[longer] + place])
    return np.asarray(out)


def _top(scores: Similarity, count: int) -> NDArray[np.bool_]:
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
    profiles: Profiles, one: Rows, other: Rows, similarity: NDArray[np.int32], block: Rows
) -> tuple[Rows, Rows]:
    """Return the best pairs of asks of each pair of records, `ASKS` for each.

    Args:
        profiles: the asks.
        one: rows of records, all of the block.
        other: rows of the records each is compared with.
        similarity: asks of the block × all asks.
        block: rows of records.
    """
    first, asks = profiles.first_asks, _sizes(profiles)
    count = asks[one] * asks[other]
    pair = np.repeat(np.arange(len(one)), count)
    place = np.arange(len(pair)) - np.repeat(np.cumsum(count) - count, count)
    left = first[one][pair] + place // asks[other][pair]
    right = first[other][pair] + place % asks[other][pair]
    more = count[pair] > ASKS
    chosen, of = np.flatnonzero(more), pair[more]
    row = np.searchsorted(_asks_of(profiles, block), left[more])
    nearness = similarity[row, right[more]]
    order = np.lexsort((right[more], left[more], -nearness, of))
    kept = np.r_[np.flatnonzero(~more), chosen[order[place[more] < ASKS]]]
    return left[kept], right[kept]
