"""Words with and without their places, and the terms of a vocabulary among them."""

from __future__ import annotations

from linker.vocabulary.phrases import Phrases
from linker.vocabulary.tokens import stem, stems, tokenise, words

TEXT = "The women’s pre-trial rights: 1,325 and O'Neill's İstanbul plan"


def test_words_are_those_of_the_tokens():
    assert words(TEXT) == tuple(token.word for token in tokenise(TEXT))
    assert words(TEXT)[:4] == ("the", "women", "pre", "trial")
    start, end = tokenise(TEXT)[1][1:]
    assert TEXT[start:end] == "women’s"


def test_stems_are_of_words_that_carry_meaning():
    assert stems("The rights of a child in 2030") == (stem("rights"), stem("child"))


def test_terms_come_in_order_of_place_then_exact_ones_then_the_shorter_beginning():
    terms = {"gap": ["chi* ... school*"], "pair": ["child labour"], "word": ["child*"]}
    phrases = Phrases({**terms, "exact": ["child"]})
    text = "Child labour keeps children from their schools"
    found = [(f.name, text[f.start : f.end]) for f in phrases.find(text)]
    assert found == [
        ("pair", "Child labour"),
        ("exact", "Child"),
        ("word", "Child"),
        ("gap", "children from their schools"),
        ("word", "children"),
    ]
    assert phrases.names_in(text) == {"gap", "pair", "word", "exact"}
    assert phrases.names_in("Children leave, as far as we know, their schools") == {"word"}
