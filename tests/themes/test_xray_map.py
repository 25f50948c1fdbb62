"""The map of records, and when each body raised a theme."""

import random
from math import dist

import pytest
from made_up_recommendations import records

from linker.documents.rounds import groups, new_since, returning, rounds, since
from linker.encoding.cache import CachedEncoder
from linker.encoding.default import default_encoder
from linker.records.record import Record
from linker.themes.build import build_xray
from linker.themes.map import draw_map


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    encoder = CachedEncoder(default_encoder(), tmp_path_factory.mktemp("embeddings"))
    xray = build_xray("XXX", records(), encoder, themes=6)
    return encoder, xray, draw_map(xray.themes, records(), encoder)


def test_every_record_lies_in_the_disc_of_its_theme_and_no_two_discs_overlap(drawn):
    _, xray, places = drawn
    assert set(places.records) == {record.id for record in records()}
    for theme in xray:
        x, y, radius = places.themes[theme.theme_id]
        for member in theme.members:
            assert dist((x, y), places.records[member.record_id]) <= radius + 0.02
    discs = list(places.themes.values())
    for number, (x, y, radius) in enumerate(discs):
        for other_x, other_y, other in discs[:number]:
            assert dist((x, y), (other_x, other_y)) >= radius + other


def test_the_map_does_not_depend_on_order(drawn):
    encoder, xray, places = drawn
    shuffled = random.Random(1).sample(records(), 42)
    assert draw_map(xray.themes[::-1], shuffled, encoder) == places


def test_a_map_of_little_or_nothing(drawn):
    encoder, xray, _ = drawn
    assert draw_map((), records(), encoder).records == {}
    one = draw_map(xray.themes[:1], records(), encoder)
    assert len(one.themes) == 1
    assert len(draw_map(xray.themes[:2], records(), encoder).themes) == 2


def upr(number, cycle, year):
    return Record(f"u{number}", "Ratify", mechanism="UPR", body="UPR", cycle=cycle, year=year)


def tb(number, body, year):
    return Record(f"t{number}", "Ratify", mechanism="TB", body=body, year=year)


EVERYTHING = [upr(1, "2", 2014), upr(2, "3", 2019), upr(3, "4", 2024), tb(1, "CAT", 2013)]
EVERYTHING += [tb(2, "CAT", 2021), tb(3, "CRC", 2018), Record("x", "Undated")]


def test_what_comes_back_and_what_is_new():
    theme = rounds([EVERYTHING[0], EVERYTHING[2], EVERYTHING[4], EVERYTHING[5], EVERYTHING[6]])
    assert [str(one) for one in theme] == [
        "UPR cycle 2",
        "UPR cycle 4",
        "CAT 2021",
        "CRC 2018",
        "other undated",
    ]
    assert list(returning(theme).values()) == ["UPR in cycles 2 and 4"]
    assert list(map(str, new_since(theme, rounds(EVERYTHING)))) == ["CAT 2021"]
    again = ["UPR in cycles 2, 3 and 4", "CAT in 2013 and 2021"]
    assert list(returning(rounds(EVERYTHING)).values()) == again


def test_reiterated_since_the_earliest_end():
    pairs = [(EVERYTHING[2], EVERYTHING[1]), (EVERYTHING[4], EVERYTHING[3])]
    assert since(pairs) == "CAT 2013"
    assert since(pairs[:1]) == "UPR cycle 3 (2019)"
    assert since([]) == ""


def test_groups_come_from_tags_and_texts_widest_only():
    tagged = Record("a", "Train the police", groups=("Girls",))
    said = Record("b", "Protect girls and children with disabilities")
    found = dict(groups([tagged, said]))
    assert found["Women & girls"] == found["Children"] == 2
    assert found["Persons with disabilities"] == 1
    assert "Girls" not in found
