"""The lexicons of other languages: enough rows, each with English, found by any form of a word."""

import pytest

from linker.errors import LinkerError
from linker.vocabulary.foreign import foreign_language
from linker.vocabulary.groups import groups_in
from linker.vocabulary.instruments import mentions
from linker.vocabulary.lexicon import Entry, Lexicon, known_in_english, lexicon, parsed
from linker.vocabulary.spoken import FOREIGN

LEAST = {"es": 600, "fr": 600}


@pytest.mark.parametrize("code", FOREIGN)
def test_every_language_has_a_lexicon_by_hand(code):
    assert len(lexicon(code)) > LEAST.get(code, 200)


@pytest.mark.parametrize(
    ("code", "title", "instrument"),
    [
        ("es", "Pacto Internacional de Derechos Civiles y Políticos", "ICCPR"),
        ("fr", "Convention relative aux droits de l'enfant", "CRC"),
        ("pt", "Convenção sobre os Direitos das Pessoas com Deficiência", "CRPD"),
        ("ru", "Конвенция о ликвидации всех форм дискриминации в отношении женщин", "CEDAW"),
        ("ar", "اتفاقية مناهضة التعذيب", "CAT"),
        ("zh", "儿童权利公约", "CRC"),
        ("es", "Estatuto de Roma", "ROME"),
        ("fr", "Statut de Rome", "ROME"),
    ],
)
def test_official_titles_stand_for_their_instruments(code, title, instrument):
    tokens = foreign_language(code).tokens(title)
    (match,) = (m for m in lexicon(code).matches(tokens) if (m.start, m.end) == (0, len(tokens)))
    assert [mention.id for mention in mentions(match.english)][:1] == [instrument]


def test_a_phrase_is_found_in_any_form_and_as_written_first():
    made = Lexicon.of("es", [Entry("trata", "trafficking"), Entry("tratado", "treaty")])
    found = [
        (text, [m.english for m in made.matches(foreign_language("es").tokens(text))])
        for text in ("trata", "tratado", "la Trata")
    ]
    assert found == [
        ("trata", ["trafficking"]), ("tratado", ["treaty"]), ("la Trata", ["trafficking"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Proteger a las mujeres y a los solicitantes de asilo",
        "Protéger les femmes et les demandeurs d'asile",
        "保护妇女和寻求庇护者的权利",
    ],
)
def test_groups_are_seen_without_an_encoder(text):
    assert groups_in(known_in_english(text)) >= {"Women & girls", "Refugees & asylum seekers"}
    assert known_in_english("Protect women") == "Protect women"


def test_a_function_word_is_no_form_of_a_verb():
    made = Lexicon.of("es", [Entry("parar", "stop")])
    assert not list(made.matches(foreign_language("es").tokens("medidas para todos")))


@pytest.mark.parametrize("text", ["phrase\n", "phrase\tenglish\nderecho\t\n"])
def test_a_damaged_lexicon_is_told_with_its_row(text):
    with pytest.raises(LinkerError, match="row"):
        parsed(text, "lexicon_es.tsv")
