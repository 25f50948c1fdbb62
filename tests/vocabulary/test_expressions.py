"""What lets `re` find things sooner finds the same things."""

from __future__ import annotations

import re

import pytest

from linker.vocabulary.expressions import folded, has_required_literals, one_of, required_literals
from linker.vocabulary.instruments import _compiled, _patterns, _rows


def test_words_parted_by_letters_are_the_same_words():
    words = ["ban", "adopt", "ad", "allow", "co-operate", "a.b"]
    either = re.compile(one_of(words))
    assert all(either.fullmatch(word) for word in words)
    assert not any(either.fullmatch(word) for word in ("a", "b", "adop", "axb", "bana", ""))
    assert either.match("adopted").group() == "adopt", "the longest"


def test_a_folded_text_holds_whatever_takes_its_letters_place():
    kelvin, dotted, dotless, long = "\u212a", "İ", "ı", "ſ"
    assert folded(f"{kelvin}{dotted}{dotless}{long} CAT") == "kiis cat"
    assert re.fullmatch("kiis", f"{kelvin}{dotted}{dotless}{long}", re.IGNORECASE)


@pytest.mark.parametrize(
    ("expression", "entries"),
    [
        ("paris (?:agreement|accords?)", (("paris a",), ("ccord", "greement"))),
        ("(?:UN )?treat(?:y|ies)", (("treat",), ("ies", "y"))),
        (r"\b(?:OP)?CAT\b(?! committee)", (("cat",),)),
        (r"\d+|law", ()),
        ("(?:rome ){0,2}", ()),
    ],
)
def test_what_an_expression_needs(expression, entries):
    assert required_literals(expression) == entries


def test_whatever_an_expression_of_the_vocabulary_finds_holds_what_it_needs():
    texts = [row["name"] for row in _rows()]
    found = 0
    for number in range(len(_rows())):
        for pattern, entries in _patterns(number):
            assert entries, f"{pattern} is tried on every text"
            for text in texts:
                if _compiled(number, pattern).search(text):
                    found += 1
                    assert has_required_literals(folded(text), entries), (pattern, text)
    assert found > len(texts) / 2
