"""Pairs of asks that want the contrary of one thing: lower an age limit, raise it.

Both name the same things and would have the contrary happen to them (`linker.reading.polarity`).
Two asks that merely differ in their verbs do not: a moratorium on executions and an end to the
death penalty both turn executions down.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from scipy import sparse

from linker.encoding.encoder import Vectors
from linker.reading.ask_table import Floats, Rows, cosines, row_products
from linker.reading.document_frequencies import background
from linker.reading.polarity import Stance
from linker.reading.record_reading import word_rarity

LEAST_SHARE = 0.6
"""Share of what the shorter ask names, by rarity, of which the other wants the contrary. What both
name and one of them leaves open is no part of it."""
LEAST_OF_ALL = 0.3
"""Least share of all that the shorter ask names."""
LEAST_MEANING = 0.6
"""Cosine of the two asks: the same words about another matter are not opposites."""
INSTRUMENT = 3.0
"""Weight of a named instrument beside words, which weigh their rarity (some 0 to 9)."""
NOTHING = 1e-9


def opposed(
    said: Sequence[tuple[Stance, ...]], vectors: Vectors, left: Rows, right: Rows
) -> Floats:
    """Return 1 for pairs of asks that want the contrary of the same thing, else 0.

    Args:
        said: the stances of each ask, no two of them alike in thing and in being spoken about.
        vectors: of each ask, unit length.
        left: rows of asks.
        right: rows of the others.
    """
    every = [stance for those in said for stance in those]
    rows = np.repeat(np.arange(len(said)), [len(those) for those in said])
    weights = np.array([_weight(stance.thing) for stance in every], dtype=np.float64)
    signs = np.array([stance.sign for stance in every], dtype=np.float64)
    objects = np.array([not stance.acting for stance in every], dtype=np.float64)
    ways = _numbered([(stance.thing, stance.about) for stance in every])
    things = _numbered([stance.thing for stance in every])

    def shared(values: Floats, columns: Rows, most: float = np.inf) -> Floats:
        present = sparse.csr_matrix((values, (rows, columns)), shape=(len(said), len(every) + 1))
        present.data = np.minimum(present.data, most)
        rarity = np.zeros(len(every) + 1)
        rarity[columns] = weights
        return row_products((present @ sparse.diags(rarity)).tocsr(), present, left, right)

    both, net = shared(abs(signs), ways), shared(signs, ways)
    contrary, alike = (both - net) / 2, (both + net) / 2
    undecided = np.maximum(shared(np.ones(len(every)), things, most=1.0) - both, 0.0)
    mass = np.bincount(rows, weights=weights * objects, minlength=len(said))
    shorter = np.minimum(mass[left], mass[right])
    found = (contrary > alike) & (contrary >= LEAST_OF_ALL * shorter)
    found &= contrary >= LEAST_SHARE * np.maximum(shorter - undecided, NOTHING)
    some = np.flatnonzero(found)
    found[some] = cosines(vectors, vectors, left[some], right[some]) >= LEAST_MEANING
    return found.astype(np.float64)


def _numbered(keys: Sequence[Hashable]) -> Rows:
    number = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    return np.array([number[key] for key in keys], dtype=np.intp)


def _weight(thing: str) -> float:
    if thing.startswith("i:"):
        return INSTRUMENT
    return background().rarity(thing) if thing.startswith("c:") else word_rarity(thing)
