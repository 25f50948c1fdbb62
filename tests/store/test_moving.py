"""A workspace goes from one kind of store into the other and back, and loses nothing on the way."""

import pytest
from click.testing import CliRunner

from linker.cli import main
from linker.errors import LinkerError
from linker.records.record import Record
from linker.review.decisions import Decision
from linker.store import archive
from linker.store.archive import read_archive, write_archive
from linker.store.location import Folder
from linker.store.store import Store
from linker.workspace.workspace import Linker

DECISION = Decision(0, "C-0123456789ab", "confirm", "Amina", "", "")
TEXTS = ("records", "links", "clusters", "themes", "decisions")


def linker(*arguments):
    result = CliRunner().invoke(main, [str(a) for a in arguments])
    assert result.exit_code == 0, result.output
    return result.output


def archived(place, file):
    store = Store(place)
    write_archive(store, file)
    store.close()
    return file.read_bytes()


@pytest.fixture(scope="module")
def served(demo, postgres, tmp_path_factory):
    """The demonstration, taken to a server by an archive: (its place, the bytes of the archive)."""
    place, file = postgres(), tmp_path_factory.mktemp("archive") / "first.zip"
    first = archived(Folder(demo[0]), file)
    read_archive(file, place)
    return place, first


@pytest.fixture
def small(postgres, tmp_path):
    """A small workspace on a server: (its place, the bytes of its archive)."""
    place = postgres()
    store = Store(place, create=True)
    store.save_records(Record(f"A#{n}", f"Build school {n}", state="KEN") for n in range(9))
    store.append_decision(DECISION)
    store.close()
    return place, archived(place, tmp_path / "small.zip")


def test_an_archive_goes_both_ways_with_the_same_bytes(served, tmp_path):
    place, first = served
    assert archived(place, tmp_path / "second.zip") == first
    read_archive(tmp_path / "second.zip", tmp_path / "again")
    assert archived(Folder(tmp_path / "again"), tmp_path / "third.zip") == first
    with pytest.raises(LinkerError, match="has a workspace"):
        read_archive(tmp_path / "second.zip", place)


def test_documents_are_the_same_and_nothing_is_to_be_built_again(served, demo, tmp_path):
    place, _ = served
    with Linker.open(place) as one, Linker.open(demo[0]) as other:
        for name, opened in (("one", one), ("other", other)):
            for kind in TEXTS:
                opened.export(kind, tmp_path / name / f"{kind}.csv")
        for state in other.store.states():
            assert one.store.build_digest(state) == other.store.build_digest(state) != ""
            assert one.store.record_digests(state) == other.store.record_digests(state)
    made = sorted((tmp_path / "one").iterdir())
    assert len(made) == len(TEXTS)
    for file in made:
        assert file.read_bytes() == (tmp_path / "other" / file.name).read_bytes(), file.name


def test_a_backup_is_put_back_in_either_kind_of_place(small, postgres, tmp_path):
    place, first = small
    linker("-w", place, "backup", tmp_path / "kept.db")
    other = postgres()
    linker("-w", other, "restore", tmp_path / "kept.db")
    linker("-w", tmp_path / "folder", "restore", tmp_path / "kept.db")
    for again in (other, Folder(tmp_path / "folder")):
        assert archived(again, tmp_path / "again.zip") == first
    with Linker.open(other) as opened:
        assert opened.store.append_decision(DECISION).seq == 2
        result = CliRunner().invoke(main, ["-w", str(other), "restore", str(tmp_path / "kept.db")])
        assert "has a workspace" in result.output
        linker("-w", other, "restore", tmp_path / "kept.db", "--replace")
        assert len(opened.store.decisions()) == 1  # who has it open sees the other at once
    aside = postgres(f"{other.workspace}-old")
    with Linker.open(aside) as opened:
        assert [decision.seq for decision in opened.store.decisions()] == [1, 2]
        assert opened.store.append_decision(DECISION).seq == 3
    assert archived(other, tmp_path / "again.zip") == first


def test_what_was_erased_is_not_in_the_files_of_the_server(postgres):
    marker = "an unmistakable name of a defender"
    store = Store(postgres(), create=True)
    lines = "\n".join(f"KEN,Protect {marker} number {n}" for n in range(50))
    opened = Linker(store)
    file = store.location.files / "few.csv"
    file.write_text(f"state,text\n{lines}\n", encoding="utf-8")
    opened.add([file])

    def held():
        postgres.sql("CHECKPOINT")
        tables = (postgres.folder / "base").rglob("*")
        return any(marker.encode() in one.read_bytes() for one in tables if one.is_file())

    assert held()
    opened.purge(1)
    assert not held()
    opened.close()


def test_the_tools_of_the_server_copy_one_workspace_whole(small, postgres, tmp_path):
    place, first = small
    postgres.tool(
        "pg_dump", "--format=custom", f"--schema={place.schema}", f"--file={tmp_path / 'one.dump'}"
    )
    postgres.sql(f'DROP SCHEMA "{place.schema}" CASCADE')
    postgres.tool("pg_restore", "--dbname=postgres", tmp_path / "one.dump")
    assert archived(place, tmp_path / "again.zip") == first
    store = Store(place)
    assert store.append_decision(DECISION).seq == 2
    store.close()


def test_an_archive_is_of_one_moment(place, tmp_path, monkeypatch):
    store = Store(place, create=True)
    store.append_decision(DECISION)
    other, write_table = Store(place), archive._write_table

    def meanwhile(db, table, zipped):
        made = write_table(db, table, zipped)
        other.append_decision(DECISION)
        return made

    monkeypatch.setattr(archive, "_write_table", meanwhile)
    assert write_archive(store, tmp_path / "one.zip")["decisions"] == 1
    assert len(store.decisions()) > 5
    for one in (store, other):
        one.close()
