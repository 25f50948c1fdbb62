"""Asks for the contrary of each other are told of the themes that hold one of them."""

import docx
import pytest

from linker.documents.inputs import Options
from linker.documents.writers import write
from linker.documents.xray_numbers import picture, theme_facts
from tests.documents.made_up_state import MARRIAGE_3, MARRIAGE_4, convergence, made_up

SAID = "Asks the contrary"


@pytest.mark.parametrize(
    ("decision", "mark"), [("", "[proposal]"), ("confirm", "[confirmed]"), ("reject", "")]
)
def test_contrary_asks_are_told_of_their_theme(decision, mark, tmp_path):
    link = convergence(MARRIAGE_3, MARRIAGE_4, 0.01, decision, 0, "opposite")
    source = made_up(convergences=[link])
    facts = [fact for theme in picture(source).themes for fact in theme_facts(theme, ())]
    found = [(name, sentence) for name, sentence in facts if sentence.startswith(SAID)]
    assert bool(found) == bool(mark)
    for name, sentence in found:
        assert name == MARRIAGE_3.label
        assert MARRIAGE_4.label in sentence
        assert mark in sentence
    write("xray", tmp_path / "xray.html", source)
    write("xray", tmp_path / "xray.docx", source)
    page = (tmp_path / "xray.html").read_text(encoding="utf-8")
    text = "\n".join(part.text for part in docx.Document(str(tmp_path / "xray.docx")).paragraphs)
    assert [SAID in written for written in (page, text)] == [bool(found)] * 2


def test_only_confirmed_ones_where_only_those_are_wanted():
    link = convergence(MARRIAGE_3, MARRIAGE_4, 0.01, "", 0, "opposite")
    made = picture(made_up(convergences=[link]), Options(only_confirmed=True))
    assert not any(theme.contrary for theme in made.themes)
