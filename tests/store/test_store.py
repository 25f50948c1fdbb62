"""The store by itself: records, builds and the log of decisions."""

import sqlite3

import pytest
from sqlalchemy import text

from linker.errors import LinkerError
from linker.links import Convergence, SdgLink
from linker.records.record import Record
from linker.review.decisions import Decision
from linker.store.location import NoWorkspace
from linker.store.store import Store

LEFT = Record("CRC/C/XVM/CO/3#12", "Prohibit corporal punishment", state="XVM", mechanism="TB")
RIGHT = Record("A/HRC/41/XVM#132.4", "Ban all corporal punishment", state="XVM", mechanism="UPR")
LINK = Convergence(LEFT.id, RIGHT.id, 0, 0, 0.9, 0.95, "convergence", False, "propose")
SDG = SdgLink(LEFT.id, 0, "16.2", "16.2.1", "direct", 0.7, "propose")


@pytest.fixture
def store(place):
    store = Store(place, create=True)
    yield store
    store.close()


@pytest.fixture
def filed(tmp_path):
    store = Store(tmp_path / "ws", create=True)
    yield store
    store.close()


def decision(link_id=LINK.link_id, verdict="confirm", reviewer="ana"):
    return Decision(0, link_id, verdict, reviewer, "", "", (("left_id", LEFT.id),))


def test_records_come_back_as_they_were(store):
    assert store.save_records([LEFT, RIGHT]).new == sorted([LEFT.id, RIGHT.id])
    assert store.records("XVM") == sorted([LEFT, RIGHT], key=lambda r: r.id)
    assert store.record(LEFT.id) == LEFT
    assert store.record("nothing") is None
    assert store.states() == ["XVM"]


def test_writing_the_same_again_changes_nothing(store):
    store.save_records([LEFT, RIGHT])
    again = store.save_records([RIGHT, LEFT])
    assert (again.new, again.changed, again.same) == ([], [], 2)
    assert store.save_records([LEFT, RIGHT]).same_as == 1


def test_a_second_source_fills_gaps(store):
    store.save_records([LEFT])
    fuller = Record(
        LEFT.id, LEFT.text, state="XVM", mechanism="TB", body="CRC", themes=("Torture",)
    )
    assert store.save_records([fuller]).changed == [LEFT.id]
    assert store.record(LEFT.id).body == "CRC"


def test_a_build_replaces_the_one_before(store):
    store.save_records([LEFT, RIGHT])
    store.save_build("XVM", "one", [LINK], [SDG], [{"theme_id": "T-1"}], {})
    assert store.build_digest("XVM") == "one"
    assert store.convergences("XVM") == [LINK]
    assert store.sdg_links(record_id=LEFT.id) == [SDG]
    assert store.link(LINK.link_id) == LINK
    assert store.link(SDG.link_id) == SDG
    assert store.themes("XVM") == [{"theme_id": "T-1"}]
    store.save_build("XVM", "two", [], [], [], {})
    assert store.convergences() == []
    assert store.link(LINK.link_id) is None


def test_a_state_without_records_loses_its_build(store):
    store.save_build("XVM", "one", [LINK], [SDG], [{"theme_id": "T-1"}], {})
    store.drop_builds(but=["KEN"])
    assert store.convergences() == []
    assert store.build_digest("XVM") == ""


def test_decisions_outlive_builds_and_reopening(store, place):
    written = store.append_decision(decision())
    assert written.seq == 1
    assert written.at.endswith("+00:00")
    store.save_build("XVM", "one", [], [], [], {})
    again = Store(place)
    assert again.decisions() == [written]
    again.close()


def test_the_log_only_grows(store):
    store.append_decision(decision())
    store.append_decision(decision(verdict="undo"))
    assert [d.verdict for d in store.decisions()] == ["confirm", "undo"]
    assert [d.seq for d in store.decisions()] == [1, 2]


def test_the_file_is_plain_sqlite_and_whole(filed):
    filed.save_records([LEFT])
    with sqlite3.connect(filed.location.database) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("SELECT id FROM records").fetchall() == [(LEFT.id,)]


def test_no_workspace_says_how_to_make_one(place):
    with pytest.raises(NoWorkspace, match=r"no workspace here.*import FILE"):
        Store(place)


def test_a_file_that_is_no_database_is_refused(tmp_path):
    (tmp_path / "workspace.db").write_text("not a database " * 100, encoding="utf-8")
    with pytest.raises(LinkerError, match="cannot be opened as a workspace"):
        Store(tmp_path)


def test_a_workspace_of_a_newer_linker_is_refused(store, place):
    with store.engine.begin() as db:
        db.execute(text("UPDATE meta SET value = '99' WHERE key = 'schema'"))
    with pytest.raises(LinkerError, match="newer Linker"):
        Store(place)
