"""The file under a workspace: migration, backup, full disks and folders that cannot be written."""

import os
import sqlite3

import pytest
from click.testing import CliRunner
from sqlalchemy import event, text

from linker.cli import main
from linker.errors import LinkerError
from linker.records.record import Record
from linker.review.decisions import Decision
from linker.store import schema
from linker.store.backup import back_up, put_back
from linker.store.database import bring_up_to_date, open_database
from linker.store.location import DATABASE, Folder
from linker.store.store import Store

DECISION = Decision(0, "C-0123456789ab", "confirm", "Amina", "", "")


@pytest.fixture
def store(tmp_path):
    made = Store(tmp_path / "here", create=True)
    made.save_records([Record("A#1", "Ratify the Convention", state="KEN", mechanism="UPR")])
    made.append_decision(DECISION)
    yield made
    made.close()


def linker(*arguments):
    return CliRunner().invoke(main, [str(a) for a in arguments])


def test_steps_are_taken_after_a_backup(store):
    taken = []
    steps = {schema.VERSION: lambda db: taken.append(db.execute(text("SELECT 1")).scalar())}
    bring_up_to_date(store.engine, schema.VERSION + 1, steps)
    assert taken == [1]
    kept = store.location.database.with_name(f"{DATABASE}.schema-{schema.VERSION}")
    with sqlite3.connect(kept) as db:
        assert db.execute("SELECT count(*) FROM decisions").fetchone() == (1,)
    with pytest.raises(LinkerError, match="made by a newer Linker"):
        bring_up_to_date(store.engine)


def test_a_step_that_fails_leaves_the_old_state(store):
    def fails(db):
        db.execute(text("DELETE FROM decisions"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        bring_up_to_date(store.engine, schema.VERSION + 1, {schema.VERSION: fails})
    assert len(store.decisions()) == 1
    bring_up_to_date(store.engine)


def test_a_table_that_came_later_is_made(store):
    with store.engine.begin() as db:
        db.execute(text("DROP TABLE themes"))
    store.close()
    again = Store(store.location.path)
    assert again.themes("KEN") == []
    again.close()


def test_backup_and_restore_while_it_is_open(store, tmp_path):
    file = tmp_path / "kept.db"
    result = linker("-w", store.location.path, "backup", file)
    assert result.exit_code == 0, result.output
    assert "1 decisions" in result.output
    store.append_decision(DECISION)
    assert linker("-w", tmp_path / "again", "restore", file).exit_code == 0
    again = Store(tmp_path / "again")
    assert again.records() == store.records()
    assert len(again.decisions()) == 1
    again.close()


def test_restore_replaces_only_when_told_and_keeps_what_was_there(store, tmp_path):
    file = tmp_path / "kept.db"
    back_up(store.location.database, file)
    store.append_decision(DECISION)
    folder = store.location.path
    store.close()
    with pytest.raises(LinkerError, match="has a workspace"):
        put_back(file, folder)
    put_back(file, folder, replace=True)
    with sqlite3.connect(folder / f"{DATABASE}.replaced") as db:
        assert db.execute("SELECT count(*) FROM decisions").fetchone() == (2,)
    again = Store(folder)
    assert len(again.decisions()) == 1
    again.close()


def test_a_damaged_backup_is_refused(store, tmp_path):
    file = tmp_path / "kept.db"
    back_up(store.location.database, file)
    with pytest.raises(LinkerError, match="is there already"):
        back_up(store.location.database, file)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(LinkerError, match=r"damaged|no backup"):
        put_back(file, tmp_path / "again")
    assert not (tmp_path / "again").exists()
    file.write_text("not a database at all, only words " * 40)
    with pytest.raises(LinkerError, match="no backup"):
        put_back(file, tmp_path / "again")


def test_a_full_disk_says_so_and_leaves_the_old_state(store):
    with store.engine.connect() as db:
        pages = db.execute(text("PRAGMA page_count")).scalar()
    store.close()
    full = Store(store.location.path)
    full.engine.dispose()
    limit = f"PRAGMA max_page_count = {pages}"
    event.listen(full.engine, "connect", lambda connection, _: connection.execute(limit))
    many = [Record(f"A#{n}", "x" * 4000, state="KEN") for n in range(200)]
    with pytest.raises(LinkerError, match="full"):
        full.save_records(many)
    assert [record.id for record in full.records()] == ["A#1"]
    full.close()


def test_a_folder_that_cannot_be_written_says_so(store, monkeypatch):
    folder = store.location.path
    store.close()
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(LinkerError, match="cannot be written"):
        open_database(Folder(folder), create=False)


def test_two_writers_at_once_both_are_heard(store):
    other = Store(store.location.path)
    for number in range(20):
        (store if number % 2 else other).append_decision(DECISION)
    assert len(store.decisions()) == len(other.decisions()) == 21
    other.close()
