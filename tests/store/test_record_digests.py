"""The digest of a State's records changes with them and with nothing else, on both stores."""

from contextlib import closing

import pytest
from sqlalchemy import delete

from linker.records.edits import RecordEdit
from linker.records.record import Record
from linker.store import schema
from linker.store.database import writing
from linker.store.store import Store


@pytest.fixture
def store(place):
    with closing(Store(place, create=True)) as opened:
        yield opened


def record(number, state="KEN", text="Build schools"):
    return Record(f"R{number}", text, state=state)


def correct(store, field, value):
    edit = RecordEdit("correct", "R2", field, value, reviewer="Ada")
    store.edit_record(lambda _: edit)


def test_it_depends_on_the_records_alone(store):
    assert store.digests_by_state() == {}
    store.save_records([record(1), record(2), record(3, "")])
    whole = store.digests_by_state()
    assert list(whole) == ["", "KEN"]
    store.save_records([record(4, "NPL")])
    assert {**store.digests_by_state(), "NPL": "-"} == {**whole, "NPL": "-"}
    correct(store, "text", "Build roads")
    changed = store.digests_by_state()
    assert changed["KEN"] != whole["KEN"]
    assert changed[""] == whole[""]
    correct(store, "state", "NPL")
    moved = store.digests_by_state()
    assert moved["KEN"] != changed["KEN"]
    assert moved["NPL"] != changed["NPL"]
    with writing(store.engine) as db:
        db.execute(delete(schema.record_digests))
    assert store.digests_by_state() == moved  # as in a workspace of an older Linker


def test_a_workspace_of_before_gets_its_digests_with_the_next_record(store):
    store.save_records([record(1), record(2, "NPL")])
    with writing(store.engine) as db:
        db.execute(delete(schema.record_digests))
    store.save_records([record(3)])
    kept = store.digests_by_state()
    with writing(store.engine) as db:
        db.execute(delete(schema.record_digests))
    assert store.digests_by_state() == kept
    assert list(kept) == ["KEN", "NPL"]
