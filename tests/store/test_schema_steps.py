"""A workspace of schema 1, written by version 0.1.0, opened by this one: nothing changes meaning.

``workspace_of_version_1.sql`` is a dump of what that version wrote, its records made up.
"""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from linker.review.agreement import disagreements
from linker.review.decisions import standing
from linker.review.edits import standing_edits
from linker.review.folded_log import FoldedLog
from linker.store import schema
from linker.store.archive import MANIFEST, read_archive, write_archive
from linker.store.location import DATABASE
from linker.store.moving import restore_workspace
from linker.store.postgresql import Postgres
from linker.store.store import Store
from linker.ui.judging import last_of

DUMP = Path(__file__).with_name("workspace_of_version_1.sql")


@pytest.fixture
def old(tmp_path):
    folder = tmp_path / "old"
    folder.mkdir()
    with sqlite3.connect(folder / DATABASE) as db:
        db.executescript(DUMP.read_text(encoding="utf-8"))
    db.close()
    return folder


@pytest.fixture
def store(old):
    made = Store(old)
    yield made
    made.close()


def test_every_decision_keeps_its_meaning(store):
    log = store.decisions()
    assert [d.kind for d in log] == [
        "word", "word", "settlement", "word", "word", "undo", "edit", "edit", "edit",
        "word", "word",
    ]  # fmt: skip
    assert {link: d.verdict for link, d in standing(log).items()} == {
        "C-000000000001": "confirm",
        "C-000000000003": "confirm",
        "C-000000000004": "confirm",
        "S-000000000001": "unsure",
    }
    assert standing(log)["C-000000000001"].reviewer == "Lead"
    assert [d.settled.reviewer for d in disagreements(log)] == ["Lead"]
    assert [edit.label for edit in standing_edits(log, "XVM")] == ["Health"]
    assert [d.link_id for d in last_of(FoldedLog.of(log[:5]), "Ada", "C-")] == [
        "C-000000000002", "C-000000000003",
    ]  # fmt: skip


def test_the_file_is_copied_before_and_notes_stay_as_they_were(old, store):
    with sqlite3.connect(old / f"{DATABASE}.schema-1") as db:
        before = db.execute("SELECT seq, note, at, link FROM decisions ORDER BY seq").fetchall()
        assert db.execute("SELECT count(*) FROM decisions WHERE verdict = 'accept'").fetchone()[0]
    with sqlite3.connect(old / DATABASE) as db:
        after = db.execute("SELECT seq, note, at, link FROM decisions ORDER BY seq").fetchall()
        assert not db.execute("SELECT count(*) FROM decisions WHERE verdict = 'accept'").fetchone()[
            0
        ]
    assert before == after
    store.close()
    Store(old).close()
    assert (old / f"{DATABASE}.schema-1").is_file()


def test_an_archive_of_schema_1_is_read_with_the_same_meaning(store, tmp_path):
    path = tmp_path / "new.zip"
    write_archive(store, path)
    older = as_schema_1(path, tmp_path / "old.zip")
    read_archive(older, tmp_path / "again")
    again = Store(tmp_path / "again")
    assert again.decisions() == store.decisions()
    assert again.records() == store.records()
    again.close()


def as_schema_1(path, to):
    """Write an archive as version 0.1.0 wrote it, from the dump."""
    import hashlib
    import zipfile

    with sqlite3.connect(":memory:") as db:
        db.row_factory = sqlite3.Row
        db.executescript(DUMP.read_text(encoding="utf-8"))
        rows = {
            table: [dict(row) for row in db.execute(f"SELECT * FROM {table} ORDER BY 1")]
            for table in ("decisions", "imports", "plan_changes", "records")
        }
    for held in (row for several in rows.values() for row in several):
        held.update(
            {k: json.loads(v) for k, v in held.items() if k in ("link", "summary", "record")}
        )
    with zipfile.ZipFile(path) as new, zipfile.ZipFile(to, "w") as made:
        about = json.loads(new.read(MANIFEST))
        about["schema"], about["tables"] = 1, []
        for table, several in rows.items():
            data = "".join(json.dumps(row) + "\n" for row in several).encode()
            about["tables"].append(
                {"table": table, "file": f"{table}.jsonl", "rows": len(several),
                 "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            )  # fmt: skip
            made.writestr(f"{table}.jsonl", data)
        made.writestr(MANIFEST, json.dumps(about))
    return to


def test_a_new_workspace_needs_no_step(tmp_path):
    Store(tmp_path / "new", create=True).close()
    with sqlite3.connect(tmp_path / "new" / DATABASE) as db:
        found = db.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
    assert found == (str(schema.VERSION),)
    assert not list((tmp_path / "new").glob("*.schema-*"))


def test_the_steps_are_the_same_on_a_server(old, postgres):
    place = postgres()
    Store(place, create=True).close()
    engine = Postgres(place).engine()
    with sqlite3.connect(old / DATABASE) as db, engine.begin() as out:
        for column in ("kind", "batch"):
            out.execute(text(f"ALTER TABLE decisions DROP COLUMN {column}"))
        out.execute(text("UPDATE meta SET value = '1' WHERE key = 'schema'"))
        for table in ("imports", "records", "decisions"):
            found = db.execute(f"SELECT * FROM {table}")
            columns = [one[0] for one in found.description]
            places = ", ".join(["%s"] * len(columns))
            statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"
            out.exec_driver_sql(statement, [tuple(row) for row in found])
    engine.dispose()
    with closing(Store(place)) as one, closing(Store(old)) as other:
        assert one.decisions() == other.decisions() != []
        assert one.records() == other.records() != []
        assert one.sources() == other.sources() != []
        assert one.append_decision(one.decisions()[0]).seq == len(other.decisions()) + 1


def test_a_backup_of_schema_1_is_put_back_on_a_server(old, postgres, tmp_path):
    place = postgres()
    (tmp_path / "kept.db").write_bytes((old / DATABASE).read_bytes())
    restore_workspace(tmp_path / "kept.db", place)
    with closing(Store(place)) as one, closing(Store(old)) as other:
        assert one.decisions() == other.decisions() != []
        assert one.records() == other.records()
