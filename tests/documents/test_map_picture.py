"""The map of records as documents hold it: every record a dot, every theme a numbered disc."""

import pytest
from docx import Document
from made_up_state import RECORDS, THEMES, made_up

from linker.documents.inputs import Options
from linker.documents.writers import write
from linker.documents.writers.map_frame import map_frame
from linker.documents.writers.map_png import record_map_png
from linker.documents.xray_numbers import picture
from linker.themes.map import Places, draw_map


@pytest.fixture
def places(encoder):
    return draw_map(THEMES, RECORDS, encoder)


def test_every_record_lies_inside_its_disc_and_the_page(places):
    frame = map_frame(picture(made_up(places=places)), 1000, 40, 30)
    assert sum(len(dots) for _, dots in frame.discs) == sum(len(t.members) for t in THEMES)
    assert [disc.theme.theme.theme_id for disc, _ in frame.discs] == [t.theme_id for t in THEMES]
    for disc, dots in frame.discs:
        assert disc.x - disc.radius >= 39.999
        assert disc.x + disc.radius <= 960.001
        assert disc.y + disc.radius <= frame.height - 29.999
        for dot in dots:
            assert (dot.x - disc.x) ** 2 + (dot.y - disc.y) ** 2 <= disc.radius**2


def test_the_same_places_give_the_same_picture(places):
    made = picture(made_up(places=places))
    assert record_map_png(made)[0] == record_map_png(made)[0]
    assert record_map_png(picture(made_up())) == (b"", ())


def test_word_document_shows_the_map_with_its_words(places, tmp_path):
    path = tmp_path / "xray.docx"
    write("xray", path, made_up(places=places), Options())
    document = Document(path)
    (shape,) = document.inline_shapes
    assert f"Map of {len(RECORDS)} records in" in shape._inline.docPr.get("descr")
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for number, theme in enumerate(THEMES, 1):
        assert f"{number}\u00a0{theme.label}" in said


def test_a_tall_map_keeps_to_its_page():
    """Themes far apart in one line: the map is made smaller, not cut off or endless."""
    places = Places(
        {record.id: (0.0, 60.0 * n) for n, record in enumerate(RECORDS)},
        {theme.theme_id: (0.0, 3000.0 * n, 2.0) for n, theme in enumerate(THEMES)},
    )
    frame = map_frame(picture(made_up(places=places)), 1000, 40, 30)
    assert frame.height <= 1200
    assert {round(disc.x) for disc, _ in frame.discs} == {500}
