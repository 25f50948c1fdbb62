"""Slides of the x-ray: titled, within the slide, told apart in words, the same bytes."""

from dataclasses import replace

import pytest
from made_up_state import RECORDS, made_up
from pptx import Presentation

from linker.documents.writers import write
from linker.themes.theme import Xray
from linker.workspace.workspace import Linker


@pytest.fixture
def deck(tmp_path):
    return Presentation(str(write("slides", tmp_path / "s.pptx", made_up())[0]))


def words(slide):
    return " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_every_slide_has_a_title_and_says_that_the_state_is_fictional(deck):
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert titles[:3] == ["Valmora", "Who raised what", "The largest themes"]
    assert {"Sustainable Development Goals", "How to read this"} <= set(titles)
    assert all("fictional" in words(slide) for slide in deck.slides)


def test_everything_lies_within_its_slide_and_shapes_have_words(deck):
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width, shape.name
            assert shape.top + shape.height <= deck.slide_height, shape.name
            if not shape.has_text_frame or not shape.text_frame.text:
                described = shape._element.xpath(".//p:cNvPr")[0].get("descr")
                assert described, shape.name


def test_what_does_not_fit_is_counted(tmp_path):
    theme = made_up().xray.themes[1]
    many = [replace(theme, theme_id=f"T-{n:010d}", label=f"Theme {n}") for n in range(30)]
    path = write("slides", tmp_path / "s.pptx", made_up(xray=Xray("XVM", tuple(many))))[0]
    titles = [slide.shapes.title.text_frame.text for slide in Presentation(str(path)).slides]
    assert "The largest themes (and 19 more)" in titles


def test_the_same_bytes_from_the_same_workspace(tmp_path):
    one = write("slides", tmp_path / "1.pptx", made_up())[0].read_bytes()
    two = write("slides", tmp_path / "2.pptx", made_up(records=list(reversed(RECORDS))))[0]
    assert two.read_bytes() == one


def test_the_demonstration_has_slides_that_stay_within(demo, tmp_path):
    with Linker.open(demo[0]) as linker:
        deck = Presentation(str(linker.export("slides", tmp_path / "s.pptx")[0]))
    test_everything_lies_within_its_slide_and_shapes_have_words(deck)
    assert len(deck.slides) >= 6
