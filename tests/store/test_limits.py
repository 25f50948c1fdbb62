"""A store that is limited to some States reads as if there were no others, in either database."""

import zipfile
from contextlib import closing

import pytest

from linker.errors import LinkerError
from linker.plan.entries import PlanChange
from linker.records.edits import RecordEdit
from linker.records.record import Record
from linker.review.decisions import Decision
from linker.store import schema
from linker.store.archive import read_archive, write_archive
from linker.store.limits import OF_NO_STATE, SHOWN
from linker.store.location import Folder
from linker.store.moving import back_up_workspace, restore_workspace
from linker.store.plan_log import append_plan, plan_changes
from linker.store.store import Store


def decision(number, **link):
    return Decision(0, f"C-{number:012}", "confirm", "Ada", "", "", tuple(link.items()))


@pytest.fixture
def store(place):
    with closing(Store(place, create=True)) as opened:
        opened.save_records([Record("K1", "Build schools", state="KEN")], "kenya")
        opened.save_records([Record("N1", "Build roads", state="NPL"), Record("X", "Go")], "nepal")
        opened.append_decisions([
            decision(1, left_id="K1", right_id="K2"), decision(2, record_id="N1"),
            decision(3, state="KEN"), decision(4, state="NPL", record_id="K1"), decision(5),
        ])  # fmt: skip
        for key in ("K1", "N1"):
            edit = RecordEdit("correct", key, "heading", "Roads", reviewer="Ada")
            opened.edit_record(lambda _, edit=edit: edit)
        rows = [PlanChange(0, key, "comment", "Soon", "Ada", "") for key in ("K1", "N1")]
        append_plan(opened, lambda _: rows)
        yield opened


def seen(store):
    return {
        "records": [record.id for record in store.records()],
        "states": store.states(),
        "digests": list(store.digests_by_state()),
        "decisions": [one.seq for one in store.decisions()],
        "edits": [one.record_id for one in store.record_edits()],
        "plan": [one.record_id for one in plan_changes(store)],
        "sources": [one.name for one in store.sources()],
        "one": store.record("N1") is not None,
    }


def test_every_table_is_limited_or_belongs_to_no_state():
    assert set(SHOWN) | {table.name for table in OF_NO_STATE} == set(schema.metadata.tables)


def test_nothing_of_another_state_is_read(store):
    limited = store.limited_to(["KEN"])
    assert seen(limited) == {
        "records": ["K1"], "states": ["KEN"], "digests": ["KEN"], "decisions": [1, 3],
        "edits": ["K1"], "plan": ["K1"], "sources": ["kenya"], "one": False,
    }  # fmt: skip
    assert seen(store)["records"] == ["K1", "N1", "X"]
    assert len(store.decisions()) == 5
    nowhere = seen(store.limited_to([]))
    assert not any(nowhere.values())


def test_what_is_written_is_in_the_whole_at_once(store):
    limited = store.limited_to(["KEN"])
    assert limited.append_decision(decision(6, record_id="K1")).seq == 6
    assert store.decisions()[-1].seq == limited.decisions()[-1].seq == 6
    store.save_records([Record("K3", "Plant trees", state="KEN")], "more")
    assert [record.id for record in limited.records()] == ["K1", "K3"]


def test_a_limit_is_never_widened(store):
    limited = store.limited_to(["KEN"])
    assert limited.limited_to(["KEN", "NPL"]) is limited
    assert limited.limited_to(["NPL"]).records() == []
    assert store.limited_to(["KEN"]) is limited
    assert store.limited_to(["x') OR ('1'='1"]).records() == []


def test_a_change_of_the_records_shown_changes_the_version_and_no_other_does(store):
    limited = store.limited_to(["KEN"])
    before = limited.version()
    store.set_forgotten(2, True, "Ada")
    assert limited.version() == before
    store.set_forgotten(1, True, "Ada")
    assert limited.version().records != before.records
    assert limited.records() == []


def test_an_archive_of_a_limited_store_holds_nothing_else(store, tmp_path):
    write_archive(store.limited_to(["KEN"]), tmp_path / "kenya.zip")
    read_archive(tmp_path / "kenya.zip", Folder(tmp_path / "kenya"))
    with closing(Store(Folder(tmp_path / "kenya"))) as read:
        assert seen(read) == seen(store.limited_to(["KEN"]))
    with zipfile.ZipFile(tmp_path / "kenya.zip") as archive:
        assert not any(b"N1" in archive.read(name) for name in archive.namelist())


def test_after_a_workspace_was_replaced_no_other_state_is_read(postgres, tmp_path):
    with closing(Store(postgres(), create=True)) as store:
        store.save_records([Record("K1", "Build schools", state="KEN")])
        store.save_records([Record("N1", "Build roads", state="NPL")])
        store.append_decisions([decision(1, record_id="K1"), decision(2, record_id="N1")])
        back_up_workspace(store, tmp_path / "kept.db")
        kenya = store.limited_to(["KEN"])
        assert [record.id for record in kenya.records()] == ["K1"]
        for turn in (1, 2, 3):  # the second one drops the tables that were looked at first
            restore_workspace(tmp_path / "kept.db", store.location, replace=True)
            with closing(Store(store.location)) as other:
                other.append_decisions([decision(3 + turn, record_id=i) for i in ("K1", "N1")])
            assert [record.id for record in kenya.records()] == ["K1"], turn
            assert [one.seq for one in kenya.decisions()] == [1, 3]
            assert kenya.settings() == store.settings()


def test_a_view_that_is_gone_shows_nothing_rather_than_all(postgres):
    with closing(Store(postgres(), create=True)) as store:
        store.save_records([Record("K1", "Build schools", state="KEN")])
        kenya = store.limited_to(["KEN"])
        with kenya.engine.connect() as db:
            db.exec_driver_sql("DROP VIEW records CASCADE")
            with pytest.raises(LinkerError, match="records"):
                db.exec_driver_sql("SELECT count(*) FROM records")
            db.invalidate()
