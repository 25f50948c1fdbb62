"""Asks that pull in opposite directions: abolish the death penalty, retain the death penalty."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from linker.reading.ask_table import Bag, Floats, Rows

OPPOSITES = (
    ("retain", "abolish punishment"),
    ("retain", "repeal"),
    ("retain", "moratorium"),
    ("retain", "decriminalize"),
    ("prohibit or criminalize", "decriminalize"),
)
"""Kinds of measure that undo each other when the rest of the ask is the same."""

_NEGATED = re.compile(
    r"\b(?:do(?:es)? not|not to|never|refrain(?:ing|s|ed)? from|abstain(?:ing)? from|"
    r"desist(?:ing)? from)\b",
    re.IGNORECASE,
)


def opposed(measures: Bag, texts: Sequence[str], left: Rows, right: Rows) -> Floats:
    """Return 1 for pairs of asks whose kinds of measure undo each other, else 0.

    Args:
        measures: kinds of measure that each ask names.
        texts: the asks; one that negates its verb ("refrain from reinstating") opposes nothing.
        left: rows of asks.
        right: rows of the others.
    """
    columns = {
        name: measures.present[:, measures.names.index(name)].toarray().ravel() > 0
        for name in {n for pair in OPPOSITES for n in pair}
    }
    found = np.zeros(len(left), dtype=bool)
    for one, other in OPPOSITES:
        only_one, only_other = columns[one] & ~columns[other], columns[other] & ~columns[one]
        found |= (only_one[left] & only_other[right]) | (only_other[left] & only_one[right])
    some = np.flatnonzero(found)
    negated = {row: bool(_NEGATED.search(texts[row])) for row in {*left[some], *right[some]}}
    found[some] = [not (negated[left[k]] or negated[right[k]]) for k in some]
    return found.astype(np.float64)
