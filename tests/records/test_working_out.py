"""What a record is by what its sources say: laws that hold for any of them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from linker.records.record import Record
from linker.records.statements import Statement, packed, shape, unpacked
from linker.records.working_out import worked_out

FINAL = ("supported", "noted", "partly supported")
SAID = st.builds(
    Record,
    id=st.just("A#1"),
    text=st.sampled_from(["Ratify it", "Ratify it soon", "ratify it."]),
    state=st.sampled_from(["", "KEN", "UGA"]),
    cycle=st.sampled_from(["", "3", "4"]),
    year=st.sampled_from([None, 2020, 2025]),
    themes=st.lists(st.sampled_from("abc"), max_size=2, unique=True).map(tuple),
    position=st.sampled_from(["", "pending", *FINAL]),
    position_note=st.sampled_from(["", "in principle"]),
    extra=st.dictionaries(st.sampled_from("xy"), st.sampled_from("12"), max_size=2).map(
        lambda d: tuple(sorted(d.items()))
    ),
    sources=st.just(("f.csv",)),
)


@st.composite
def statements(draw):
    """What up to four sources, some of one line, say in up to three rows each."""
    found = []
    for source in draw(st.lists(st.integers(1, 9), min_size=1, max_size=4, unique=True)):
        line = draw(st.sampled_from(["one", "two"]))
        for place, said in enumerate(draw(st.lists(SAID, min_size=1, max_size=3))):
            row = replace(said, row=f"row {place}", sources=(f"f{source}.csv",))
            found.append(Statement(source, place, row, "A#1", line))
    return found


def record(found, corrections=None):
    return worked_out("A#1", found, corrections).record


def said(source, place=0, line="", **fields):
    held = {
        "text": "Ratify it",
        "sources": (f"f{source}.csv",),
        "row": f"row {place + 2}",
        **fields,
    }
    return Statement(source, place, Record("A#1", **held), "A#1", line or f"line {source}")


@given(statements(), st.randoms(use_true_random=False))
def test_the_order_in_which_statements_are_handed_in_does_not_matter(found, chance):
    shuffled = list(found)
    chance.shuffle(shuffled)
    assert worked_out("A#1", shuffled) == worked_out("A#1", found)


@given(statements())
def test_a_source_that_says_nothing_more_changes_nothing_but_what_is_empty(found):
    silent = Statement(
        10, 0, replace(found[-1].said, state="", cycle="", year=None, position=""), "A#1", "x"
    )
    before, after = record(found), record([*found, silent])
    for name in ("state", "cycle", "year", "position"):
        assert getattr(before, name) == getattr(after, name)


@given(statements(), SAID)
def test_the_latest_source_that_says_something_counts(found, last):
    after = record([*found, Statement(10, 0, last, "A#1", "new")])
    assert after.text == last.text
    for name in ("state", "cycle", "year"):
        if getattr(last, name):
            assert getattr(after, name) == getattr(last, name)
    if last.position in FINAL:
        assert after.position == last.position
    assert set(last.themes) <= set(after.themes)


@given(statements())
def test_pending_never_stands_where_a_source_is_final(found):
    finals = {one.said.position for one in found} & set(FINAL)
    if finals:
        assert record(found).position != "pending"


@given(statements())
def test_a_value_is_one_that_somebody_said(found):
    made = record(found)
    for name in ("state", "cycle", "year", "position"):
        assert getattr(made, name) in {"", None, *(getattr(one.said, name) for one in found)}


@given(statements())
def test_a_correction_stands_above_all_and_its_undo_gives_back_what_was_there(found):
    corrected = record(found, {"position": "noted", "themes": ("z",), "state": "FRA"})
    assert (corrected.position, corrected.themes, corrected.state) == ("noted", ("z",), "FRA")
    assert record(found, {}) == record(found)
    told = worked_out("A#1", found, {"position": "noted"}).contradictions
    assert "position" not in {one.field for one in told}


@given(statements())
def test_saying_all_again_changes_nothing(found):
    again = [replace(one, source=one.source + 10) for one in found]
    before, after = record(found), record([*found, *again])
    assert replace(after, sources=()) == replace(before, sources=())


@given(SAID)
def test_what_a_row_said_comes_back_whole(one):
    assert unpacked(packed(one), one.id, "row 3", "f.csv") == one
    assert unpacked(packed(one), one.id, "row 3", "f.csv").row == "row 3"


def test_supported_is_corrected_to_noted_by_a_later_source():
    assert record([said(1, position="supported"), said(2, position="noted")]).position == "noted"
    found = worked_out("A#1", [said(1, position="supported"), said(2, position="noted")])
    assert str(found.contradictions[0]) == (
        "A#1 (A#1): position: noted (f2.csv, row 2); supported (f1.csv, row 2): counts as noted"
    )


def test_a_new_version_of_a_file_contradicts_nothing_and_takes_its_themes_with_it():
    old = said(1, line="list", position="supported", themes=("Death penalty", "Life"))
    new = said(2, line="list", position="noted", themes=("Death penalty",))
    other = said(3, line="upr_info", themes=("Detention",))
    made = worked_out("A#1", [old, new, other])
    assert made.contradictions == ()
    assert made.record.themes == ("Death penalty", "Detention")


def test_a_source_that_contradicts_itself_leaves_the_field_empty_until_one_is_clear():
    torn = [said(2, 0, position="supported"), said(2, 1, position="noted")]
    made = worked_out("A#1", [said(1, position="supported"), *torn])
    assert made.record.position == ""
    assert "left empty until somebody decides" in str(made.contradictions[0])
    assert record([*torn, said(3, position="noted")]).position == "noted"
    assert record([*torn, said(3, position="pending")]).position == ""


def test_marks_beside_a_position_come_from_sources_of_that_position():
    first = said(1, position="supported", position_note="in principle", position_source="A/1/Add.1")
    later = said(2, position="noted")
    assert record([first, later]).position_note == ""
    assert record([first, said(2, position="supported")]).position_source == "A/1/Add.1"


def test_shapes_are_of_importers_and_of_the_columns_of_own_tables():
    assert shape("uhri_json", ["a"]) == shape("uhri_xlsx", ["b"]) == "uhri"
    assert shape("table", ["a", "b"]) == shape("table_json", ["b", "a"]) != shape("table", ["a"])


@given(SAID)
def test_what_one_row_alone_says_is_the_record(one):
    once = Statement(1, 0, one, "A#1", "x")
    again = Statement(2, 0, one, "A#1", "x")
    assert record([once]) == record([once, again])
