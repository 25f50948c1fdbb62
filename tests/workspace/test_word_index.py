"""Words and phrases are found by the index as a reader finds them in the texts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linker.vocabulary.text import fold
from linker.workspace.word_index import PHRASE, WordIndex

WORDS = st.sampled_from(
    ["rape", "marital", "rap", "a", "ape,", "“Ape", "l'eau", "é", "e\u0301", "mar", "ital.", "ﬁne"]
)
TEXTS = st.lists(st.lists(WORDS, max_size=6).map(" ".join), max_size=6)


def read(texts, wanted):
    """What is said of each text by looking through it."""
    phrase, found = fold(wanted), []
    words = set(phrase.split())
    for text in texts:
        padded = f" {fold(text)} "
        share = sum(f" {word} " in padded for word in words) / max(1, len(words))
        found.append(PHRASE if phrase in padded else share)
    return found


@given(TEXTS, st.lists(WORDS, max_size=4).map(" ".join))
def test_the_index_says_what_reading_says(texts, wanted):
    assert WordIndex.of(texts).shares(wanted).tolist() == read(texts, wanted)


@given(TEXTS, st.lists(WORDS, max_size=4).map(" ".join), st.data())
def test_of_some_texts_it_says_the_same(texts, wanted, data):
    among = data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts)))
    chosen = np.array(among, dtype=np.bool_)
    index = WordIndex.of(texts)
    assert np.array_equal(index.shares(wanted, chosen)[chosen], index.shares(wanted)[chosen])


@pytest.mark.parametrize(
    ("wanted", "found"),
    [("ital rap", [1]), ("rape mar", [2]), ("pe", [1, 2]), ("rape  rape", []), ("", [0, 1, 2])],
)
def test_a_phrase_may_begin_and_end_within_words_but_never_across_texts(wanted, found):
    index = WordIndex.of(["Plant rap", "Marital RAPE", "rape: rape marital"])
    assert index.with_phrase(fold(wanted).split()).tolist() == found


def test_what_was_kept_says_the_same():
    index = WordIndex.of(["marital rape", "a \ud800 lone one", ""])
    again = WordIndex.from_arrays(index.arrays("x-"), "x-")
    for wanted in ("rape", "lone one", "\ud800", "?"):
        assert np.array_equal(again.shares(wanted), index.shares(wanted))
