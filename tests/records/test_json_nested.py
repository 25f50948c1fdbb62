"""JSON as programs hand it out: lists in objects in lists, pages, words as objects."""

import json

import pytest

from linker.records.import_notes import ImportRefused
from linker.records.importers import read_file
from linker.records.importers.json_nested import outermost

LIGHT, MEND, FERRY = "Light the harbour", "Mend the pier", "Build a ferry"


def read(tmp_path, content):
    path = tmp_path / "file.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    records, notes = read_file(path)
    return sorted(records, key=lambda one: one.text), notes


def test_recommendations_within_states_and_sessions_know_both(tmp_path):
    kenya = {
        "id": 7,
        "country": "Kenya",
        "sessions": [
            {"session": "21", "recommendations": [{"text": LIGHT, "position": "Noted"}]},
            {"session": "35", "recommendations": [{"text": MEND, "position": "Supported"}]},
        ],
    }
    fiji = {"id": 8, "country": "Fiji", "sessions": [
        {"session": "21", "recommendations": [{"text": FERRY, "position": None}]}]}  # fmt: skip
    records, notes = read(tmp_path, {"data": [kenya, fiji]})
    assert [(one.state, one.session, one.text, one.position) for one in records] == [
        ("FJI", "21", FERRY, ""), ("KEN", "21", LIGHT, "noted"), ("KEN", "35", MEND, "supported"),
    ]  # fmt: skip
    assert len({one.id for one in records}) == 3
    assert (notes.rows_read, notes.refused_count) == (3, 0)
    assert dict(records[0].extra)["above: id"] == "8"


@pytest.mark.parametrize("inside", [{}, {"attributes": {"text": LIGHT}}])
def test_remarks_listed_in_a_recommendation_are_none(tmp_path, inside):
    row = {"state": "Kenya", "mechanism": "UPR", **(inside or {"text": LIGHT})}
    records, _ = read(tmp_path, [row | {"comments": [{"text": "Well said"}]}])
    assert [one.text for one in records] == [LIGHT]


def test_an_array_without_a_recommendation_is_no_refused_row(tmp_path):
    items = [{"text": LIGHT, "mechanism": "UPR"}]
    content = [{"country": "Kenya", "items": items}, {"country": "Fiji", "items": []}]
    records, notes = read(tmp_path, content)
    assert [(one.state, one.text) for one in records] == [("KEN", LIGHT)]
    assert (notes.rows_read, notes.refused_count) == (1, 0)


def test_what_is_no_object_in_an_array_is_refused_with_its_place(tmp_path):
    content = [{"country": "Kenya", "recommendations": [{"text": LIGHT}, {"text": None}]}]
    records, notes = read(tmp_path, content)
    assert [one.text for one in records] == [LIGHT]
    assert [note.row for note in notes.refusals] == ["record 1, recommendations 2"]


def test_lists_in_lists_and_long_objects_lose_no_word(tmp_path):
    themes = [["Harbours", "Ferries"], [{"id": 1, "label": "Piers", "a": 0, "b": 0, "c": 0}]]
    row = {"text": LIGHT, "state": "Kenya", "mechanism": "UPR", "themes": themes}
    (record,), _ = read(tmp_path, [row | {"more": [{"p": 1, "q": "two"}]}])
    assert record.themes == ("Harbours", "Ferries", "Piers")
    assert dict(record.extra)["more"] == '{"p": 1, "q": "two"}'


@pytest.mark.parametrize(("count", "told"), [(200, 1), (1, 0)])
def test_a_page_of_many_says_so(tmp_path, count, told):
    row = {"text": LIGHT, "state": "Kenya", "mechanism": "UPR"}
    _, notes = read(tmp_path, {"count": count, "next": "2", "results": [row]})
    assert notes.counts["told", "part of a whole"] == told


def test_numbers_as_ids_and_nulls(tmp_path):
    rows = [{"id": 4, "text": LIGHT, "state": "Kenya", "mechanism": "UPR", "themes": None},
            {"id": 5.0, "text": MEND, "state": "Kenya", "mechanism": "UPR"}]  # fmt: skip
    records, _ = read(tmp_path, {"data": rows})
    assert [(one.id, one.themes) for one in records] == [("4", ()), ("5", ())]


def test_an_array_of_texts_is_refused_with_how_to_write_it(tmp_path):
    with pytest.raises(ImportRefused) as refused:
        read(tmp_path, [LIGHT, MEND])
    assert refused.value.note.reason == "this is a JSON array of texts, without keys"
    assert '[{"text"' in refused.value.note.remedy


@pytest.mark.parametrize(
    ("prefix", "outer"),
    [("item", "item"), ("data.item", "data.item"), ("data.item.items.item", "data.item"),
     ("item.items.item", "item"), ("Kenya.item", "Kenya.item"), ("", "")],
)  # fmt: skip
def test_the_outermost_objects(prefix, outer):
    assert outermost(prefix) == outer
