"""The English of a reading stands in the grammar that polarity is read from."""

import pytest

from linker.reading.inflection import gerund, governed
from linker.reading.reader import Reader
from linker.vocabulary.foreign import foreign_language


@pytest.mark.parametrize(
    ("before", "english", "genitive", "stands"),
    [
        ("refrain from", "expel", False, "expelling"),
        ("stop", "implement the law", False, "implementing the law"),
        ("including", "ensure", False, "by ensuring"),
        ("danger of", "be subjected to", False, "being subjected to"),
        ("strengthen", "protection", False, "protection"),
        ("", "expel", True, "expel"),
        ("detention", "children", True, "of children"),
        ("implement", "death penalty", True, "death penalty"),
        ("detention", "children", False, "children"),
    ],
)
def test_a_phrase_takes_the_form_that_the_one_before_it_asks_for(before, english, genitive, stands):
    assert governed(before, english, genitive) == stands


@pytest.mark.parametrize(
    ("verb", "form"),
    [
        ("stop", "stopping"),
        ("prohibit", "prohibiting"),
        ("use", "using"),
        ("restrict", "restricting"),
    ],
)
def test_gerunds(verb, form):
    assert gerund(verb) == form


@pytest.mark.parametrize(
    ("code", "text", "denials"),
    [
        ("es", "no imponer ninguna pena", ["not", "any"]),
        ("es", "ninguna pena", ["no"]),
        ("fr", "nul ne peut", ["nobody"]),
        ("fr", "n'appliquer la loi que dans les cas graves", ["only"]),
        ("fr", "ne prévoit pas que la loi", ["not"]),
        ("fr", "ne jamais dire que", ["not", "ever"]),
        ("ru", "никто не должен", ["nobody"]),
        ("fr", "aucun enfant ne soit détenu et ne soit expulsé", ["no", "not"]),
        ("fr", "ne jamais expulser et ne pas détenir", ["not", "ever", "not"]),
        ("es", "no expulsar a nadie y no detener a ningún niño", ["not", "anybody", "not", "any"]),
        ("es", "que nadie sea expulsado y no se detenga", ["nobody", "not"]),
    ],
)
def test_denials_of_one_clause_deny_once(code, text, denials):
    language = foreign_language(code)
    clause = [token.written for token in language.tokens(text)]
    found = [language.denies(clause, place) for place in range(len(clause))]
    assert [english for english in found if english] == denials


@pytest.mark.parametrize(
    ("code", "written", "other"),
    [
        ("es", "ratifique", "ratificar"),
        ("es", "garantice", "garantizar"),
        ("pt", "proteja", "proteger"),
    ],
)
def test_stems_are_spelt_alike(code, written, other):
    stems = [foreign_language(code).tokens(word)[0].stem for word in (written, other)]
    assert stems[0] == stems[1]


@pytest.mark.parametrize(
    ("code", "text", "there", "absent"),
    [
        ("es", "Publicar el informe de cada período", "period", "journalist"),
        ("es", "Apoyar a las organizaciones", "organizations", "organizers"),
        ("fr", "Poursuivre les efforts d'amélioration", "continue", "prosecute"),
        ("fr", "Poursuivre en justice les auteurs", "prosecute", "continue"),
        ("ru", "Проживающие на малых островах", "small", "Mali"),
        ("ar", "حماية الغابات", "forests", "Gabon"),
    ],
)
def test_a_word_is_not_read_as_another_of_the_same_stem(languages, code, text, there, absent):
    read = Reader().read(text, code).text
    assert there in read
    assert absent not in read
