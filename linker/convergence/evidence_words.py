"""Evidence from meaning and words: how close two asks are, and how much each says."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from scipy import sparse

from linker.convergence.pairs import Compared, Kind, Pairs, share
from linker.convergence.wording import listed, shared_words
from linker.i18n.messages import tr, tr_later, tr_plural
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


def _alike(*degrees: tuple[float, str]) -> Callable[[float, Compared], str]:
    """Say how close in meaning two texts are, from the least values of each degree."""

    def describe(value: float, texts: Compared) -> str:
        return tr(next(said for least, said in degrees if value >= least))

    return describe


def _shared_words(pairs: Pairs) -> Floats:
    return np.log1p(pairs.shared_words)


def _say_words(value: float, texts: Compared) -> str:
    words = shared_words(texts.left, texts.right)
    if not words:
        return tr("They have no telling word in common")
    return tr_plural(
        "Both use the word: {words}", "Both use the words: {words}", len(words), words=listed(words)
    )


def _within_record(pairs: Pairs) -> Floats:
    """How much of each ask's words the whole other record holds, on average."""
    p = pairs.profiles
    weighted = (p.words.present @ sparse.diags(p.words.rarity)).tocsr()
    left, right = pairs.words_mass
    there = row_products(weighted, p.record_words.present, pairs.left, pairs.right_record)
    back = row_products(weighted, p.record_words.present, pairs.right, pairs.left_record)
    return (share(there, left) + share(back, right)) / 2


def _say_within(value: float, texts: Compared) -> str:
    return tr(next(said for least, said in _WITHIN if value >= least))


def _specific(pairs: Pairs) -> Floats:
    """How much the less telling ask says: near 0 for "continue to promote human rights"."""
    return np.log1p(np.minimum(*pairs.words_mass))


def _say_specific(value: float, texts: Compared) -> str:
    if value >= 3.2:
        return tr("Both are specific in what they ask")
    if value >= 2.6:
        return tr("Both are fairly specific in what they ask")
    return tr("At least one of them is very general in what it asks")


_FAR = -math.inf
_WITHIN = (
    (0.6, tr_later("Most of the words of each are found in the other's whole text")),
    (0.4, tr_later("About half of the words of each are found in the other's whole text")),
    (0.2, tr_later("Some of the words of each are found in the other's whole text")),
    (0.05, tr_later("Few of the words of each are found in the other's whole text")),
    (_FAR, tr_later("Hardly a word of either is found in the other's whole text")),
)
_ASKS = (
    (0.6, tr_later("The two asks are very close in meaning")),
    (0.4, tr_later("The two asks are close in meaning")),
    (0.2, tr_later("The two asks are only partly alike in meaning")),
    (_FAR, tr_later("The two asks are far apart in meaning")),
)
_ACROSS = (
    (0.65, tr_later("One ask and the other's whole text are very close in meaning")),
    (0.5, tr_later("One ask and the other's whole text are close in meaning")),
    (0.35, tr_later("One ask and the other's whole text are only partly alike in meaning")),
    (_FAR, tr_later("One ask and the other's whole text are far apart in meaning")),
)
_WHOLE = (
    (0.6, tr_later("The two whole texts are very close in meaning")),
    (0.4, tr_later("The two whole texts are close in meaning")),
    (0.2, tr_later("The two whole texts are only partly alike in meaning")),
    (_FAR, tr_later("The two whole texts are far apart in meaning")),
)
"""What is said from which value on."""
KINDS = (
    Kind("meaning", _meaning, _alike(*_ASKS)),
    Kind("meaning_across", _meaning_across, _alike(*_ACROSS)),
    Kind("meaning_of_records", _meaning_of_records, _alike(*_WHOLE)),
    Kind("shared_words", _shared_words, _say_words),
    Kind("within_record", _within_record, _say_within),
    Kind("specific", _specific, _say_specific, sign="either"),
)
