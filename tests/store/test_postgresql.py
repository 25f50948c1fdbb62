"""A workspace on a PostgreSQL server: what SQLite does by itself holds there too."""

import threading
import time
from dataclasses import asdict

import pytest
from click.testing import CliRunner
from sqlalchemy import insert, text

from linker.cli import main
from linker.errors import LinkerError
from linker.records.record import Record
from linker.review.decisions import Decision
from linker.store import postgresql, schema
from linker.store.database import bring_up_to_date, writing
from linker.store.faults import say_in_words
from linker.store.location import locate
from linker.store.postgresql import Postgres
from linker.store.store import Store
from linker.ui.workbench import Workbench

DECISION = Decision(0, "C-0123456789ab", "confirm", "Amina", "", "")
RECORD = Record("A#1", "Ratify the Convention", state="KEN", mechanism="UPR")
SECRET = "S3cr3t"


@pytest.fixture
def opened(postgres):
    """Open places; all are closed at the end."""
    stores = []

    def run(place, create=True):
        stores.append(Store(place, create))
        return stores[-1]

    yield run
    for store in stores:
        store.close()


def linker(*arguments, **environment):
    return CliRunner().invoke(main, [str(a) for a in arguments], env=environment)


def test_workspaces_of_one_database_are_apart(postgres, opened):
    one, two = opened(postgres("one")), opened(postgres("two"))
    one.save_records([RECORD])
    assert (one.states(), two.states()) == (["KEN"], [])
    with pytest.raises(LinkerError, match=r"workspaces of this database: .*one, two"):
        opened(postgres("three"), create=False)
    assert one.location.files != two.location.files
    assert one.location.files.stat().st_mode & 0o077 == 0


def given_up(store, row):
    with writing(store.engine) as db:
        db.execute(insert(schema.decisions), row)
        raise ZeroDivisionError


def cut_off(postgres, store, also=()):
    """Write something and let the server end the connection before it is committed."""
    with writing(store.engine) as db:
        db.execute(insert(schema.meta), {"key": "half", "value": "done"})
        pid = db.execute(text("SELECT pg_backend_pid()")).scalar_one()
        postgres.sql(f"SELECT pg_terminate_backend({pid})")
        time.sleep(0.2)
        for statement in also:
            db.execute(text(statement))


def numbered(store):
    """Write, give up, write, erase and write again; return the numbers that rows got."""
    store.append_decision(DECISION)
    row = {**asdict(DECISION), "link": {}}
    del row["seq"]
    with pytest.raises(ZeroDivisionError):
        given_up(store, row)
    found = [store.append_decision(DECISION).seq]
    with writing(store.engine) as db:
        db.execute(schema.decisions.delete().where(schema.decisions.c.seq == found[-1]))
    found.append(store.append_decision(DECISION).seq)
    with writing(store.engine) as db:
        db.execute(insert(schema.decisions), {**row, "seq": 40})
    found.append(store.append_decision(DECISION).seq)
    assert store.save_records([RECORD]).source == 1
    return found


def test_rows_are_numbered_without_gaps_and_never_twice(place):
    store = Store(place, create=True)
    assert numbered(store) == [2, 3, 41]
    store.close()


def test_order_is_that_of_code_points_whatever_the_language_of_the_server(postgres, opened):
    ids = ["é#1", "e#1", "Z#1", "a#1", "A#2", "A#10", "_#1", "b 1", "b#1"]
    store = opened(postgres("ordered"))
    store.save_records([Record(i, f"Text of {i}", state="KEN") for i in ids])
    assert [record.id for record in store.records()] == sorted(ids)
    # The servers that tests start know no other order: see that ours is asked for everywhere.
    kept = postgres.sql(
        "SELECT table_name, column_name, collation_name FROM information_schema.columns WHERE "
        "table_schema = 'linker_ordered' AND data_type IN ('text', 'character varying')"
    )
    assert len(kept) > 60
    assert {row for row in kept if row[2] != "C"} == {("numbers", "name", None)}


def test_a_database_that_keeps_no_unicode_is_refused(postgres, opened):
    postgres.sql("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    with pytest.raises(LinkerError, match="keeps texts as LATIN1"):
        opened(postgres(database="latin"))


def test_readers_do_not_wait_for_a_writer_and_writers_do(postgres, opened, monkeypatch):
    monkeypatch.setitem(postgresql._SESSION, "lock_timeout", "300ms")
    place = postgres()
    writer, other = opened(place), opened(place)
    began = time.monotonic()
    with writing(writer.engine) as db:
        db.execute(insert(schema.meta), {"key": "half", "value": "done"})
        assert other.setting("half") == ""
        assert opened(place, create=False).decisions() == []
        with pytest.raises(LinkerError, match="somebody else writes"):
            other.append_decision(DECISION)
    assert time.monotonic() - began < 10
    assert other.setting("half") == "done"
    assert other.append_decision(DECISION).seq == 1


def test_many_writers_at_once_are_all_heard_in_one_order(postgres, opened):
    place = postgres()
    stores = [opened(place) for _ in range(4)]

    def write(store):
        for _ in range(10):
            store.append_decision(DECISION)

    threads = [threading.Thread(target=write, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [decision.seq for decision in stores[0].decisions()] == list(range(1, 41))


def test_a_connection_lost_while_writing_leaves_what_was_there(postgres, opened):
    store = opened(postgres())
    store.append_decision(DECISION)
    with pytest.raises(LinkerError, match="nothing was written"):
        cut_off(postgres, store, ["SELECT 1"])
    assert store.setting("half") == ""
    assert store.append_decision(DECISION).seq == 2


def test_a_connection_lost_at_the_end_of_writing_says_that_nobody_knows(postgres, opened):
    store = opened(postgres())
    with pytest.raises(LinkerError, match="whether it was"):
        cut_off(postgres, store)


@pytest.fixture
def guarded(postgres):
    """A user who has a password, which the server asks for."""
    rules = postgres.folder / "pg_hba.conf"
    before = rules.read_text(encoding="utf-8")
    postgres.sql(
        "SET password_encryption = 'scram-sha-256'",
        f"CREATE ROLE ana LOGIN PASSWORD '{SECRET}'",
        "GRANT CREATE ON DATABASE postgres TO ana",
    )
    rules.write_text(f"local all ana scram-sha-256\n{before}", encoding="utf-8")
    postgres.sql("SELECT pg_reload_conf()")
    time.sleep(0.5)
    yield postgres(user="ana")
    rules.write_text(before, encoding="utf-8")
    postgres.sql("SELECT pg_reload_conf()", "DROP OWNED BY ana CASCADE", "DROP ROLE ana")


def test_the_password_comes_from_a_file_or_the_environment_and_is_never_shown(
    guarded, tmp_path, monkeypatch
):
    for name in ("PGPASSWORD", "PGPASSFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    said = []

    def run(*arguments, **environment):
        result = linker("-w", guarded, *arguments, **environment)
        said.append(result.output)
        return result

    few = tmp_path / "few.csv"
    few.write_text("state,text\nKEN,Ratify the Convention\n", encoding="utf-8")
    assert "~/.pgpass" in run("import", few).output
    wrong = run("import", few, PGPASSWORD=f"{SECRET}x")
    assert wrong.exit_code == 1
    assert "authentication failed" in wrong.output
    assert run("import", few, PGPASSWORD=SECRET).exit_code == 0
    passfile = tmp_path / "passes"
    passfile.write_text(f"*:*:*:ana:{SECRET}\n", encoding="utf-8")
    passfile.chmod(0o600)
    assert run("records", PGPASSFILE=str(passfile)).exit_code == 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PGPASSWORD", SECRET)
        store = Store(guarded)
        said += [repr(store.engine), str(store.engine.url), str(store.location)]
        with pytest.raises(LinkerError) as told, writing(store.engine) as db:
            db.execute(text("CREATE ROLE other"))
        said.append(str(told.value))
        store.close()
    assert not [one for one in said if SECRET in one]


def test_a_server_that_is_gone_is_said_and_found_again(postgres, opened):
    store = opened(postgres())
    gone = Postgres(locate("postgresql://ana@127.0.0.1:1/db"))
    engine = gone.engine()
    say_in_words(engine)
    with pytest.raises(LinkerError, match=r"nothing was written\. See that the server runs"):
        engine.connect()
    with store.engine.connect() as db:
        pid = db.execute(text("SELECT pg_backend_pid()")).scalar_one()
    postgres.sql(f"SELECT pg_terminate_backend({pid})")
    time.sleep(0.2)
    assert store.decisions() == []


def test_what_a_user_may_not_do_is_said(postgres, opened):
    postgres.sql("CREATE ROLE eve LOGIN")
    with pytest.raises(LinkerError, match="the server does not allow it"):
        opened(postgres(user="eve"))


def test_who_may_only_read_can_read(postgres, opened):
    place = postgres("shared")
    opened(place).save_records([RECORD])
    postgres.sql(
        "CREATE ROLE visitor LOGIN",
        "GRANT USAGE ON SCHEMA linker_shared TO visitor",
        "GRANT SELECT ON ALL TABLES IN SCHEMA linker_shared TO visitor",
    )
    visiting = opened(postgres("shared", user="visitor"), create=False)
    assert visiting.records() == [RECORD]
    with pytest.raises(LinkerError, match="the server does not allow it"):
        visiting.append_decision(DECISION)


def test_a_step_is_taken_whole_or_not_at_all(postgres, opened):
    store = opened(postgres())
    store.append_decision(DECISION)

    def fails(db):
        db.execute(text("DELETE FROM decisions"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        bring_up_to_date(store.engine, schema.VERSION + 1, {schema.VERSION: fails})
    assert len(store.decisions()) == 1
    added = "ALTER TABLE decisions ADD COLUMN more VARCHAR NOT NULL DEFAULT 'x'"
    steps = {schema.VERSION: lambda db: db.execute(text(added))}
    bring_up_to_date(store.engine, schema.VERSION + 1, steps)
    with pytest.raises(LinkerError, match="made by a newer Linker"):
        bring_up_to_date(store.engine)


def test_a_table_that_came_later_is_made(postgres, opened):
    place = postgres()
    store = opened(place)
    with writing(store.engine) as db:
        db.execute(text("DROP TABLE plan_changes"))
    with pytest.raises(LinkerError, match="is damaged, or somebody altered it"):
        store.version()
    assert opened(place).version() == store.version()


def test_a_character_that_the_server_cannot_keep_is_told(postgres, opened):
    with pytest.raises(LinkerError, match=r"cannot contain NUL .*Take it out"):
        opened(postgres()).set_setting("x", "nul \x00 here")


def test_reviewers_see_one_another_at_the_next_look(postgres, opened):
    place = postgres()
    opened(place).save_records([RECORD])
    mine, theirs = Workbench(place), Workbench(place)
    mine.snapshot("KEN")
    theirs.linker.store.append_decision(DECISION)
    began = time.monotonic()
    mine.snapshot("KEN")
    assert [decision.reviewer for decision in mine.log] == ["Amina"]
    assert time.monotonic() - began < 2
    for bench in (mine, theirs):
        bench.linker.close()
