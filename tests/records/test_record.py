from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linker.i18n.language import speaking
from linker.records.record import POSITIONS, Record

WORDS = st.text(min_size=0, max_size=12)
LISTS = st.lists(WORDS, max_size=3).map(tuple)
RECORDS = st.builds(
    Record,
    id=st.just("A#1"),
    text=st.text(min_size=1, max_size=30).filter(str.strip),
    state=st.sampled_from(["", "KEN", "SVN"]),
    mechanism=st.sampled_from(["", "UPR", "TB", "SP"]),
    date=st.sampled_from(["", "2019", "2019-05", "2019-05-02"]),
    year=st.none() | st.integers(2006, 2030),
    themes=LISTS,
    recommending_states=LISTS,
    position=st.sampled_from(["", *POSITIONS]),
    heading=WORDS,
    extra=st.dictionaries(WORDS, WORDS, max_size=3).map(lambda d: tuple(d.items())),
    sources=LISTS,
)


@given(RECORDS)
def test_a_record_survives_json(record):
    assert Record.from_dict(json.loads(json.dumps(record.to_dict()))) == record


@given(RECORDS, RECORDS)
def test_merging_does_not_depend_on_order(one, other):
    assert one.merged(other) == other.merged(one)


@given(RECORDS, RECORDS, RECORDS)
def test_merging_three_does_not_depend_on_grouping(one, two, three):
    assert one.merged(two).merged(three) == one.merged(two.merged(three))


@given(RECORDS, RECORDS)
def test_merging_again_changes_nothing(one, other):
    assert one.merged(one) == one
    assert one.merged(other).merged(other) == one.merged(other)


def test_merging_fills_gaps_and_unites_lists():
    short = Record("A#1", "Ratify it", themes=("b",), position="pending", sources=("one.csv",))
    full = Record("A#1", "Ratify it soon", state="KEN", themes=("a",), position="supported")
    merged = short.merged(full)
    assert (merged.text, merged.state, merged.themes) == ("Ratify it soon", "KEN", ("a", "b"))
    assert (merged.position, merged.sources) == ("supported", ("one.csv",))


def test_records_with_different_ids_do_not_merge():
    with pytest.raises(ValueError, match="A#1 and A#2"):
        Record("A#1", "x").merged(Record("A#2", "x"))


@pytest.mark.parametrize(
    "fields",
    [{"id": " ", "text": "x"}, {"id": "a", "text": "\n"}, {"id": "a", "text": "x",
    "mechanism": "X"},
     {"id": "a", "text": "x", "position": "Supported"}],
)  # fmt: skip
def test_what_no_step_could_use_is_refused(fields):
    with pytest.raises(ValueError, match="a"):
        Record(**fields)


def test_an_unknown_field_is_named():
    with pytest.raises(ValueError, match="colour"):
        Record.from_dict({"id": "a", "text": "b", "colour": "red"})


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({"symbol": "CEDAW/C/KEN/CO/8", "paragraph": "21"}, "CEDAW/C/KEN/CO/8, para. 21"),
        ({"mechanism": "UPR", "cycle": "3", "paragraph": "121.4", "symbol": "A/HRC/43/15",
          "recommending_states": ("HRV",)}, "UPR cycle 3, 121.4 (Croatia)"),
        ({"mechanism": "UPR", "cycle": "1", "recommending_states": ("HRV", "ESP", "FRA", "ITA")},
         "UPR cycle 1 (Croatia and 3 others)"),
        ({"mechanism": "UPR"}, "UPR"),
        ({"mechanism": "UPR", "symbol": "A/HRC/43/15", "paragraph": "1"}, "A/HRC/43/15, para. 1"),
        ({"body": "CAT"}, "CAT"),
        ({}, "a"),
    ],
)  # fmt: skip
def test_labels_read_like_citations(fields, label):
    assert Record(id="a", text="b", **fields).label == label


def test_a_citation_is_whole_in_the_language_spoken():
    fields = {"mechanism": "UPR", "cycle": "1", "recommending_states": ("HRV", "ESP", "FRA", "ITA")}
    record = Record(id="a", text="b", **fields)
    with speaking("fr"):
        assert record.label.endswith("(Croatie et 3 autres)")
        assert "others" not in record.label


def test_what_a_compilation_quotes_is_cited_with_its_body():
    quoted = Record("A#1", "Ratify it", mechanism="TB", body="CRC", paragraph="7",
                    symbol="A/HRC/WG.6/29/BRB/2")  # fmt: skip
    assert quoted.label == "CRC in A/HRC/WG.6/29/BRB/2, para. 7"
