"""A language is a file: how its words are stemmed, which say nothing, and who speaks."""

import re

import pytest

from linker.errors import LinkerError
from linker.reading.cleaning import without_names
from linker.vocabulary.files import refresh, vocabulary_file
from linker.vocabulary.language import language
from linker.vocabulary.tokens import stem, stems

SPANISH = """
stemmer: spanish
asking: asking.yaml
function_words: [de, la, los, "no"]
speakers:
  {cues: [comité], before: '', names: [Comité], subject: '', adverbs: [también], verbs: [recomendó]}
"""


def test_another_language_is_another_file(own_home):
    vocabulary_file("language_es.yaml").write_text(SPANISH, encoding="utf-8")
    refresh()
    spanish = language("es")
    assert spanish.stem("recomendaciones") == spanish.stem("recomendación")
    assert "no" in spanish.function_words
    assert re.search(spanish.speaker, "El Comité también recomendó formar a jueces")


def test_what_a_language_lacks_is_said(own_home):
    vocabulary_file("language_xx.yaml").write_text("stemmer: english\n", encoding="utf-8")
    refresh()
    with pytest.raises(LinkerError, match=r"language_xx.yaml: lacks 'function_words'"):
        language("xx")
    with pytest.raises(LinkerError, match=r"language_yy.yaml: missing"):
        language("yy")


def test_english_is_read_by_its_file(own_home):
    assert stem("recommendations") == "recommend"
    assert stems("No one of the prisons") == ("prison",)
    said = "The Committee also recommended that prisons be inspected"
    assert "Committee" not in without_names(said)
    path = vocabulary_file("language_en.yaml")
    text = path.read_text(encoding="utf-8").replace(
        "function_words: [", "function_words: [prisons,"
    )
    path.write_text(text, encoding="utf-8")
    refresh()
    assert stems("No one of the prisons") == ()


def test_words_that_yaml_takes_for_something_else_are_words():
    assert {"no", "off", "on"} <= language().function_words
    assert "True" not in language().function_words
    assert "False" not in language().function_words
