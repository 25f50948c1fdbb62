"""Which known record a row of a new file is."""

from __future__ import annotations

import pytest

from linker.records.matching import Known, Matcher
from linker.records.record import Record

TEXT = "Set up an independent body that looks into complaints against the police"


def upr(record_id, text=TEXT, **fields):
    known = {"state": "XVM", "mechanism": "UPR", "body": "UPR", "cycle": "4"}
    return Record(record_id, text, **{**known, **fields})


def found(new, known, file="b.csv", version=(), apart=()):
    matcher = Matcher(file, apart)
    there = [one if isinstance(one, Known) else Known(one) for one in known]
    matcher.match(new, there)
    if version:
        matcher.match_versions(new, version)
    matcher.settle(new, {one.record.id for one in there})
    return matcher.found


@pytest.mark.parametrize(
    "other",
    [
        upr("x", recommending_states=("NOR",)),
        upr("x", TEXT.upper() + "."),
        upr("x", TEXT + " and the army", recommending_states=("NOR",)),
        upr("x", cycle="", paragraph="150.1"),
        upr("x", "Set up an independent body for complaints against police", paragraph="150.1"),
    ],
    ids=["words", "case", "nearly, one State in common", "number missing", "number"],
)
def test_one_recommendation_from_two_sources_is_one_record(other):
    numbered = upr("A/HRC/60/9#150.1", symbol="A/HRC/60/9", paragraph="150.1",
                   recommending_states=("NOR",))  # fmt: skip
    if other.cycle:
        assert found([other], [numbered]).record_of == {"x": numbered.id}
        assert found([numbered], [other]).record_of == {numbered.id: "x"}
    else:
        assert found([other], [numbered]).record_of == {"x": "x"}


@pytest.mark.parametrize(
    "other",
    [
        upr("x", cycle="3"),
        upr("x", state="KEN"),
        upr("x", recommending_states=("CHL",)),
        upr("x", symbol="A/HRC/60/9", paragraph="150.2"),
        upr("x", mechanism="TB", body="CAT", cycle=""),
        upr("x", "Adopt a law against violence in the family", recommending_states=("NOR",)),
    ],
    ids=["cycle", "State", "recommending State", "number", "mechanism", "words"],
)
def test_what_something_tells_apart_is_two(other):
    numbered = upr("A/HRC/60/9#150.1", symbol="A/HRC/60/9", paragraph="150.1",
                   recommending_states=("NOR",))  # fmt: skip
    matches = found([other], [numbered])
    assert matches.record_of == {"x": "x"}
    assert not matches.joined


def test_equal_words_under_two_numbers_are_doubtful_and_joined_with_neither():
    known = [upr(f"A/HRC/60/9#150.{n}", symbol="A/HRC/60/9", paragraph=f"150.{n}") for n in (1, 2)]
    matches = found([upr("x")], known)
    assert matches.record_of == {"x": "x"}
    assert {other for _, other in matches.doubtful} == {one.id for one in known}


def test_rows_of_one_file_with_different_ids_are_never_joined():
    known = [upr("A", recommending_states=("NOR",))]
    new = [upr("x", recommending_states=("NOR",)), upr("y", recommending_states=("NOR",))]
    assert len(set(found(new, known).record_of.values())) == 2


def test_a_new_wording_keeps_its_record_and_an_unrelated_text_gets_one_of_its_own():
    known = [Record("1", TEXT, state="KEN"), Record("2", "Build schools in the hills", state="KEN")]
    new = [
        Record("1", TEXT.replace("looks into", "examines"), state="KEN"),
        Record("2", "Abolish the death penalty", state="KEN"),
    ]
    matches = found(new, known)
    assert matches.record_of["1"] == "1"
    assert matches.record_of["2"].startswith("2~")
    assert matches.clashes == [("2", matches.record_of["2"])]
    again = [*known, Record(matches.record_of["2"], new[1].text, state="KEN")]
    assert found(new, again).record_of == matches.record_of


def test_the_same_ids_in_lists_of_two_states_are_two_records():
    kenya = Record("1", TEXT, state="KEN", sources=("kenya.csv",))
    uganda = Record("1", TEXT, state="UGA")
    assert found([uganda], [kenya], "uganda.csv").record_of["1"].startswith("1~")
    assert found([uganda], [kenya], "kenya (1).csv").record_of == {"1": "1"}


def test_a_new_version_finds_its_rows_again_when_state_and_number_were_corrected():
    old = [
        Known(
            upr("h1", state="UGA", paragraph="9.1", sources=("a.csv",)), rows=frozenset({"row 2"})
        ),
        Known(
            upr("h2", "Build schools in the hills", sources=("a.csv",)), rows=frozenset({"row 3"})
        ),
    ]
    new = [
        upr("n1", paragraph="9.2", row="row 2"),
        upr("n2", "Build more schools in the hills", cycle="3", row="row 3"),
    ]
    matcher = Matcher("a.csv")
    matcher.match_versions(new, old)
    assert matcher.found.record_of == {"n1": "h1", "n2": "h2"}


def test_what_a_person_parted_is_not_joined_again():
    known = upr("A", symbol="A/HRC/60/9", paragraph="150.1")
    assert found([upr("x")], [known]).joined == ["x"]
    assert found([upr("x")], [known], apart=[("A", "x")]).record_of == {"x": "x"}
