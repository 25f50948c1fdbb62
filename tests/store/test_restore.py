"""Putting a backup back: whole or not at all, wherever it is interrupted."""

import os
import signal
import sqlite3
import stat
import sys

import pytest

from linker.errors import LinkerError
from linker.records.record import Record
from linker.store.backup import REPLACED, back_up, put_back
from linker.store.location import DATABASE
from linker.store.scratch import PREFIX, scratch, sweep
from linker.store.store import Store

KILLS = int(os.environ.get("LINKER_KILLS", "12"))
TOUCHED = ("open", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.chmod", "sqlite3.connect")
"""What a program does to files, as Python's audit hooks name it: each is a moment to die at."""


def workspace(folder, *ids):
    store = Store(folder, create=True)
    store.save_records([Record(record_id, f"text {record_id}", state="KEN") for record_id in ids])
    store.close()
    return folder


def ids(folder):
    store = Store(folder)
    try:
        return [record.id for record in store.records()]
    finally:
        store.close()


def killed_at(moment, function, *arguments):
    """Run in a process that kills itself at the n-th touch of a file; whether it got so far."""
    child = os.fork()
    if not child:
        met = 0

        def hook(event, _):
            nonlocal met
            if event in TOUCHED:
                met += 1
                if met == moment:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        try:
            function(*arguments)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks")
def test_wherever_it_is_killed_the_workspace_is_the_old_one_or_the_new_one(tmp_path):
    new = workspace(tmp_path / "new", "N#1", "N#2")
    back_up(new / DATABASE, tmp_path / "kept.db")
    outcomes, moment = [], 1
    while True:
        folder = workspace(tmp_path / f"at-{moment}", "O#1")
        if moment % 2:  # with a journal that was never written into the file
            (folder / f"{DATABASE}-wal").touch()
        dead = killed_at(moment, put_back, tmp_path / "kept.db", folder, True)
        outcomes.append(ids(folder))
        assert outcomes[-1] in (["O#1"], ["N#1", "N#2"]), f"killed at touch {moment}"
        assert not list(folder.glob(f"{PREFIX}*")), "left over after the next start"
        put_back(tmp_path / "kept.db", folder, replace=True)
        assert ids(folder) == ["N#1", "N#2"]
        if not dead:
            break
        moment += 1 if KILLS > 100 else 3
    assert ["O#1"] in outcomes
    assert ["N#1", "N#2"] in outcomes


def test_what_was_decided_last_is_in_what_is_kept(tmp_path):
    old = workspace(tmp_path / "old", "O#1")
    new = workspace(tmp_path / "new", "N#1")
    back_up(new / DATABASE, tmp_path / "kept.db")
    crashed = sqlite3.connect(old / DATABASE)  # its journal still holds the last change
    crashed.execute("PRAGMA wal_autocheckpoint=0")
    crashed.execute("UPDATE records SET text = 'the last change'")
    crashed.commit()
    copy = tmp_path / "copy"
    copy.mkdir()
    for ending in ("", "-wal"):
        (copy / f"{DATABASE}{ending}").write_bytes((old / f"{DATABASE}{ending}").read_bytes())
    crashed.close()
    put_back(tmp_path / "kept.db", copy, replace=True)
    assert ids(copy) == ["N#1"]
    with sqlite3.connect(copy / REPLACED) as kept:
        assert kept.execute("SELECT text FROM records").fetchone() == ("the last change",)


def test_a_workspace_that_is_open_is_not_replaced_under_its_users(tmp_path):
    old, new = workspace(tmp_path / "old", "O#1"), workspace(tmp_path / "new", "N#1")
    back_up(new / DATABASE, tmp_path / "kept.db")
    using = sqlite3.connect(old / DATABASE)
    using.execute("BEGIN")
    using.execute("SELECT count(*) FROM records").fetchone()
    with pytest.raises(LinkerError, match=r"locked.*the workspace is as it was"):
        put_back(tmp_path / "kept.db", old, replace=True)
    using.close()
    assert ids(old) == ["O#1"]


@pytest.mark.parametrize("damage", ["half", "words", "zeros"])
def test_a_damaged_workspace_can_be_replaced_and_is_kept(tmp_path, damage):
    old, new = workspace(tmp_path / "old", "O#1"), workspace(tmp_path / "new", "N#1")
    back_up(new / DATABASE, tmp_path / "kept.db")
    whole = (old / DATABASE).read_bytes()
    broken = {"half": whole[: len(whole) // 2], "words": b"no database " * 900, "zeros": b"\0" * 9}
    (old / DATABASE).write_bytes(broken[damage])
    put_back(tmp_path / "kept.db", old, replace=True)
    assert ids(old) == ["N#1"]
    assert (old / REPLACED).is_file()


def test_a_full_disk_leaves_the_old_workspace(tmp_path, full_disk):
    old = workspace(tmp_path / "old", "O#1")
    new = workspace(tmp_path / "new", *(f"N#{n}" for n in range(900)))
    back_up(new / DATABASE, tmp_path / "kept.db")
    size = (tmp_path / "kept.db").stat().st_size
    assert size > 3 * (old / DATABASE).stat().st_size / 2
    for fitting in (0, 4096, size // 2, size - 4096):
        with full_disk(fitting), pytest.raises(LinkerError, match="could not be put back"):
            put_back(tmp_path / "kept.db", old, replace=True)
        assert ids(old) == ["O#1"]
    put_back(tmp_path / "kept.db", old, replace=True)
    assert len(ids(old)) == 900


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_permissions_stay_as_they_were(tmp_path):
    old = workspace(tmp_path / "old", "O#1")
    back_up(old / DATABASE, tmp_path / "kept.db")
    (old / DATABASE).chmod(0o640)
    put_back(tmp_path / "kept.db", old, replace=True)
    assert stat.S_IMODE((old / DATABASE).stat().st_mode) == 0o640


def test_only_what_nobody_uses_is_swept_away(tmp_path):
    with scratch(tmp_path) as mine:
        (mine / "half").write_text("not yet whole")
        assert sweep(tmp_path) == []
        dead = tmp_path / f"{PREFIX}dead"
        dead.mkdir()
        (dead / "half").touch()
        dead.with_name(f"{PREFIX}dead.lock").touch()
        (tmp_path / "theirs").mkdir()
        (tmp_path / f"{PREFIX}unlike-ours").mkdir()
        assert sweep(tmp_path) == [dead]
        assert (mine / "half").is_file()
    assert {path.name for path in tmp_path.iterdir()} == {"theirs", f"{PREFIX}unlike-ours"}
