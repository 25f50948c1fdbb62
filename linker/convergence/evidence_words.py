"""Evidence from meaning and words: how close two asks are, and how much each says."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import sparse

from linker.convergence.pairs import Compared, Kind, Pairs, share
from linker.convergence.wording import listed, shared_words
from linker.reading.ask_table import Floats, cosines, row_products


def _meaning(pairs: Pairs) -> Floats:
    centred = pairs.profiles.centred
    return cosines(centred, centred, pairs.left, pairs.right)


def _meaning_across(pairs: Pairs) -> Floats:
    """The better of: one ask against the whole other record, and the other way round."""
    p = pairs.profiles
    there = cosines(p.vectors, p.record_vectors, pairs.left, pairs.right_record)
    back = cosines(p.vectors, p.record_vectors, pairs.right, pairs.left_record)
    return np.maximum(there, back)


def _meaning_of_records(pairs: Pairs) -> Floats:
    centred = pairs.profiles.centred_records
    return cosines(centred, centred, pairs.left_record, pairs.right_record)


def _alike(what: str, *least: float) -> Callable[[float, Compared], str]:
    """Say how close in meaning two texts are, from the least values of three degrees."""
    degrees = ("very close", "close", "only partly alike")

    def describe(value: float, texts: Compared) -> str:
        for degree, bound in zip(degrees, least, strict=True):
            if value >= bound:
                return f"{what} {degree} in meaning"
        return f"{what} far apart in meaning"

    return describe


def _shared_words(pairs: Pairs) -> Floats:
    return np.log1p(pairs.shared_words)


def _say_words(value: float, texts: Compared) -> str:
    words = shared_words(texts.left, texts.right)
    if not words:
        return "They have no telling word in common"
    return f"Both use the word{'s' if len(words) > 1 else ''}: {listed(words)}"


def _within_record(pairs: Pairs) -> Floats:
    """How much of each ask's words the whole other record holds, on average."""
    p = pairs.profiles
    weighted = (p.words.present @ sparse.diags(p.words.rarity)).tocsr()
    left, right = pairs.words_mass
    there = row_products(weighted, p.record_words.present, pairs.left, pairs.right_record)
    back = row_products(weighted, p.record_words.present, pairs.right, pairs.left_record)
    return (share(there, left) + share(back, right)) / 2


def _say_within(value: float, texts: Compared) -> str:
    for least, what in ((0.6, "Most"), (0.4, "About half"), (0.2, "Some"), (0.05, "Few")):
        if value >= least:
            return f"{what} of the words of each are found in the other's whole text"
    return "Hardly a word of either is found in the other's whole text"


def _specific(pairs: Pairs) -> Floats:
    """How much the less telling ask says: near 0 for "continue to promote human rights"."""
    return np.log1p(np.minimum(*pairs.words_mass))


def _say_specific(value: float, texts: Compared) -> str:
    for least, what in ((3.2, "Both are specific"), (2.6, "Both are fairly specific")):
        if value >= least:
            return f"{what} in what they ask"
    return "At least one of them is very general in what it asks"


KINDS = (
    Kind("meaning", _meaning, _alike("The two asks are", 0.6, 0.4, 0.2)),
    Kind(
        "meaning_across",
        _meaning_across,
        _alike("One ask and the other's whole text are", 0.65, 0.5, 0.35),
    ),
    Kind(
        "meaning_of_records", _meaning_of_records, _alike("The two whole texts are", 0.6, 0.4, 0.2)
    ),
    Kind("shared_words", _shared_words, _say_words),
    Kind("within_record", _within_record, _say_within),
    Kind("specific", _specific, _say_specific, sign="either"),
)
