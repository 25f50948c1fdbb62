"""What a database cannot do is said in a sentence, wherever it happens."""

import random
import sqlite3
import subprocess
import sys

import pytest

from linker.errors import LinkerError
from linker.records.record import Record
from linker.store.location import DATABASE
from linker.store.store import Store


@pytest.fixture
def folder(tmp_path):
    store = Store(tmp_path / "workspace", create=True)
    store.save_records([Record(f"A#{n}", f"text {n} " * 40, state="KEN") for n in range(300)])
    store.close()
    return tmp_path / "workspace"


def altered(folder, *statements):
    with sqlite3.connect(folder / DATABASE) as db:
        for statement in statements:
            db.execute(statement)
    db.close()


@pytest.mark.parametrize("value", ["0", "abc", "", "-1", "1.5", "99", "²", "1" * 30])
def test_a_schema_that_no_linker_writes_is_told(folder, value):
    altered(folder, f"UPDATE meta SET value = '{value}' WHERE key = 'schema'")
    with pytest.raises(LinkerError, match=r"which no Linker writes|newer Linker"):
        Store(folder)


def test_a_dropped_column_is_told(folder):
    altered(folder, "ALTER TABLE records DROP COLUMN record")
    with pytest.raises(LinkerError, match="somebody altered it"):
        Store(folder).records()


def test_a_row_that_holds_no_json_is_told(folder):
    altered(folder, "UPDATE records SET record = '{\"id\": ' WHERE id = 'A#7'")
    with pytest.raises(LinkerError, match="a row is damaged"):
        Store(folder).records()


def test_flipped_bytes_are_told_or_harmless(folder):
    whole, rng = (folder / DATABASE).read_bytes(), random.Random(5)
    told = 0
    for _ in range(25):
        content = bytearray(whole)
        for _ in range(20):
            content[rng.randrange(100, len(content))] ^= 1 << rng.randrange(8)
        (folder / DATABASE).write_bytes(content)
        try:
            store = Store(folder)
            store.records()
            store.decisions()
            store.counts()
        except LinkerError:
            told += 1
        for ending in ("-wal", "-shm"):
            (folder / f"{DATABASE}{ending}").unlink(missing_ok=True)
    assert told


def test_a_setting_that_cannot_be_written_is_told(folder, full_disk):
    store = Store(folder)
    with full_disk(1000), pytest.raises(LinkerError, match="could not be written"):
        store.set_setting("some", "x" * 5000)
    store.set_setting("some", "now")
    store.close()


def test_first_commands_of_a_new_workspace_do_not_disturb_each_other(tmp_path):
    code = (
        "import sys, pathlib\nfrom linker.store.store import Store\n"
        "sys.stdin.readline()\nStore(pathlib.Path(sys.argv[1]), create=True).close()\n"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code, tmp_path / "workspace"],
            stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(4)
    ]  # fmt: skip
    for process in started:  # all at once, when the slowest has loaded
        process.stdin.write("\n")
        process.stdin.flush()
    said = [process.communicate()[1] for process in started]
    assert [process.returncode for process in started] == [0] * 4, said
