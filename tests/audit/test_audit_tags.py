"""Tags that stand on too many records, and tags that the text does not bear out."""

import pytest
from made_up_records import TORTURE, record, upr

from linker.audit.build import audit
from linker.audit.tags import Reading, Tag, known_tags, tags
from linker.paths import data_dir
from linker.records.importers import read_file

MATTERS = (
    "Build schools in the remote districts and train more teachers",
    "Bring prison conditions in line with international standards",
    "Investigate all reported killings of journalists without delay",
    "Raise the minimum wage of workers in the textile sector",
    "Provide clean drinking water to the villages of the north",
    "Adopt a law that prohibits discrimination against women",
)


def year_of(year, number, polluted, tag="Reservations"):
    return [
        upr(
            1000 * (year - 2000) + n,
            f"{MATTERS[n % len(MATTERS)]}, number {n}",
            year=year, cycle="", session="",
            themes=(tag,) if n < polluted else (),
        )
        for n in range(number)
    ]  # fmt: skip


def test_a_tag_on_most_records_of_one_year_is_found():
    found = audit(year_of(2011, 100, 87) + year_of(2012, 100, 1)).of_kind("tag on too many records")
    (finding,) = found
    assert finding.severity == "distrust"
    assert (finding.count, finding.total) == (87, 100)
    assert finding.title == "Theme “Reservations” on too many records of 2011"
    assert "Elsewhere it is on 1 %" in finding.meaning
    assert len(finding.cases) == 87


def test_a_tag_that_the_texts_bear_out_is_no_pollution():
    about = [
        record(n, f"Withdraw the reservation to article {n} of the Convention.", year=2011,
               themes=("Reservations",))
        for n in range(60)
    ]  # fmt: skip
    assert not audit(about + year_of(2012, 100, 0)).of_kind("tag on too many records")


def test_a_tag_as_common_in_every_year_is_no_pollution():
    every = year_of(2011, 60, 40) + year_of(2012, 60, 40)
    assert not audit(every).of_kind("tag on too many records")


def test_a_tag_without_vocabulary_is_held_against_its_own_name():
    kept = year_of(2011, 60, 55, tag="Fisheries") + year_of(2012, 100, 0)
    (finding,) = audit(kept).of_kind("tag on too many records")
    assert "Fisheries" in finding.title


def test_pollution_of_a_whole_year_is_not_told_again_for_its_document():
    polluted = [
        record(n, f"{MATTERS[n % 6]} ({n})", themes=("Reservations",), year=2011) for n in range(40)
    ]
    found = audit(polluted + year_of(2012, 100, 0)).of_kind("tag on too many records")
    assert len(found) == 1


def test_the_false_reservations_of_the_demonstration_are_all_found_and_no_true_one():
    records = [
        one for file in sorted((data_dir() / "sample").glob("*.csv")) for one in read_file(file)[0]
    ]
    (finding,) = (
        f for f in audit(records).of_kind("tag without words") if "Reservations" in f.title
    )
    assert {case[0] for case in finding.cases} == {
        "A/HRC/41/XVM#132.27",
        "A/HRC/58/XVM#127.60",
        "A/HRC/58/XVM#127.99",
        "CEDAW/C/XVM/CO/5#46",
    }
    assert finding.total == 7
    assert finding.severity == "distrust"


@pytest.mark.parametrize(
    ("text", "more", "borne_out"),
    [
        ("Publish the results of municipal elections within a week", {}, False),
        ("Admit every pupil to the school of the district", {}, True),
        ("Ratify the third optional protocol to the CRC", {}, True),
        ("Improve the drainage of the northern roads", {"body": "CRC"}, True),
        ("Improve the drainage of the northern roads", {"heading": "Child labour"}, True),
        ("Improve the drainage of the northern roads", {"heading": "Reservations"}, False),
    ],
)  # fmt: skip
def test_what_bears_out_the_group_children(text, more, borne_out):
    reading = Reading(upr(1, text, **more))
    assert reading.bears_out(Tag("groups", "Children")) is borne_out


def test_a_text_that_points_elsewhere_is_not_held_against_its_tag():
    pointing = upr(1, "Carry out these recommendations before the next review", themes=(TORTURE,))
    plain = upr(2, "Carry out a census of agricultural machinery next year", themes=(TORTURE,))
    cases = [c for f in audit([pointing, plain]).of_kind("tag without words") for c in f.cases]
    assert cases == [("r0002",)]


def test_the_name_of_a_people_speaks_for_the_tag_it_goes_with():
    told = [
        upr(n, f"Protect the Ogiek minority in district {n}", themes=("Members of minorities",))
        for n in range(4)
    ]
    untold = upr(9, "Register the deeds of the Ogiek without delay", themes=told[0].themes)
    others = [upr(100 + n, f"{MATTERS[n % 6]}, number {n}") for n in range(60)]
    assert not audit([*told, untold, *others]).of_kind("tag without words")
    assert audit([untold, *others]).of_kind("tag without words")


def test_tags_are_known_under_all_their_names():
    given = record(1, themes=("A13 Reservations",), groups=("women",), sdgs=("5.2", "5"))
    assert tags(given) == {
        Tag("themes", "Reservations"), Tag("groups", "Women & girls"), Tag("sdgs", "5"),
    }  # fmt: skip


def test_the_vocabulary_names_only_official_tags():
    for tag in known_tags():
        (same,) = tags(record(1, **{tag.field: (tag.name,)}))
        assert same == tag
