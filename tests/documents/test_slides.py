"""Slides of the x-ray: titled, within the slide, told apart in words, the same bytes."""

from dataclasses import replace

import pytest
from made_up_state import RECORDS, decided, made_up
from pptx import Presentation

from linker.convergence.cluster import Cluster
from linker.convergence.cluster import Member as Asked
from linker.documents.writers import write
from linker.documents.writers.slides_pptx import _listed
from linker.review.cluster_results import ShownCluster, ShownMember
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


def test_what_is_asked_most_stands_first_whether_confirmed_or_not(tmp_path):
    few, many = cluster(1, RECORDS[:2], "confirm"), cluster(2, RECORDS[3:9], "")
    path = write("slides", tmp_path / "s.pptx", made_up(clusters=[few, many]))[0]
    slides = Presentation(str(path)).slides
    (slide,) = [s for s in slides if s.shapes.title.text_frame.text == "What is asked most"]
    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    rows = [[cell.text for cell in row.cells] for row in table.rows][1:]
    assert [(row[0], row[2]) for row in rows] == [
        ("Measure 2", "proposal"), ("Measure 1", "confirmed"),
    ]  # fmt: skip


def cluster(number, records, verdict):
    asked = tuple(Asked(record.id, 0, "", 0.9) for record in records)
    said = decided(f"CL-{number}", verdict)
    shown = tuple(ShownMember(m, r, said) for m, r in zip(asked, records, strict=True))
    return ShownCluster(Cluster(f"CL-{number}", f"Measure {number}", asked), "XVM", shown, said)


def test_subjects_that_do_not_fit_on_a_line_are_counted():
    labels = [f"A theme of some length, number {n}" for n in range(20)]
    said = _listed(labels)
    shown = [label for label in labels if label in said.split(" · ")]
    assert 1 < len(shown) < 20
    assert said.endswith(f"and {20 - len(shown)} more")


def test_the_same_bytes_from_the_same_workspace(tmp_path):
    one = write("slides", tmp_path / "1.pptx", made_up())[0].read_bytes()
    two = write("slides", tmp_path / "2.pptx", made_up(records=list(reversed(RECORDS))))[0]
    assert two.read_bytes() == one


def test_the_demonstration_has_slides_that_stay_within(demo, tmp_path):
    with Linker.open(demo[0]) as linker:
        deck = Presentation(str(linker.export("slides", tmp_path / "s.pptx")[0]))
    test_everything_lies_within_its_slide_and_shapes_have_words(deck)
    assert len(deck.slides) >= 6
