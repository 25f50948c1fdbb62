"""Copying a workspace's database whole, and putting a copy in its place.

Wherever putting back is interrupted, the workspace is the old one or the new one, whole.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from linker.errors import LinkerError
from linker.store.location import DATABASE
from linker.store.scratch import scratch

REPLACED = f"{DATABASE}.replaced"
_JOURNALS = ("-wal", "-shm")


def back_up(database: Path, to: Path, replace: bool = False) -> None:
    """Copy a database that may be in use to a file, whole (SQLite's online backup).

    Args:
        database: the database.
        to: the copy.
        replace: overwrite a file that is there.

    Raises:
        LinkerError: the copy is there already or cannot be written.
    """
    if to.exists() and not replace:
        raise LinkerError(f"{to}: is there already. Name another file, or use --replace.")
    try:
        with scratch(to.parent) as folder:
            _put(copied(database, folder / to.name), to)
    except (OSError, sqlite3.Error) as error:
        raise LinkerError(f"{to}: the backup could not be written ({error}).") from error


def put_back(backup: Path, folder: Path, replace: bool = False) -> None:
    """Make a workspace of a backup.

    Args:
        backup: what ``back_up`` wrote.
        folder: the workspace.
        replace: put it in the place of the workspace there, which stays beside it as
            ``workspace.db.replaced``.

    Raises:
        LinkerError: the backup is damaged or no workspace, a workspace is in the folder, or
            another program has it open.
    """
    check_backup(backup)
    target = folder / DATABASE
    if target.exists() and not replace:
        raise LinkerError(f"{folder}: has a workspace. Name another folder, or use --replace.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with scratch(folder) as part:
            fresh = copied(backup, part / DATABASE)
            if target.exists():
                _keep(target, part)
                shutil.copymode(target, fresh)
            else:
                _drop_journals(target)
            _put(fresh, target)
    except (OSError, sqlite3.Error) as error:
        raise LinkerError(
            f"{folder}: the backup could not be put back ({error}); the workspace is as it was. "
            "Close whatever has it open, see that there is space, and run it again."
        ) from error


def copied(database: Path, to: Path) -> Path:
    """Copy an SQLite file that may be in use to one that can be read alone; return that."""
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(to)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE").fetchone()  # one file, that can be read alone
    return to


def _put(part: Path, to: Path) -> None:
    """Put a whole file in the place of another, on the disk before anybody may rely on it."""
    _flush(part)
    part.replace(to)
    if os.name == "posix":
        _flush(to.parent)


def _flush(path: Path) -> None:
    file = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _keep(target: Path, part: Path) -> None:
    """Copy what is replaced, and take its journals away: the new file must not inherit them."""
    kept = target.with_name(REPLACED)
    try:
        _put(copied(target, part / REPLACED), kept)
        with closing(sqlite3.connect(target, timeout=5)) as old:
            # Writes the journal into the file and deletes it, if nobody else has it open.
            old.execute("PRAGMA journal_mode=DELETE").fetchone()
    except sqlite3.Error as error:
        if any(word in str(error) for word in ("locked", "full", "readonly")):
            raise
        for ending in ("", *_JOURNALS):
            with suppress(FileNotFoundError):  # it is damaged, and kept as it is
                shutil.copyfile(f"{target}{ending}", f"{kept}{ending}")
        _drop_journals(target)


def _drop_journals(target: Path) -> None:
    for ending in _JOURNALS:
        Path(f"{target}{ending}").unlink(missing_ok=True)


def check_backup(backup: Path) -> None:
    """Refuse what is no backup, or a damaged one.

    Raises:
        LinkerError: it is not there, damaged or of something else.
    """
    if not backup.is_file():
        raise LinkerError(f"{backup}: no such file.")
    try:
        with closing(sqlite3.connect(f"{backup.absolute().as_uri()}?mode=ro", uri=True)) as db:
            sound = db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            db.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
    except sqlite3.Error as error:
        raise LinkerError(f"{backup}: is no backup of a workspace ({error}).") from error
    if not sound:
        raise LinkerError(f"{backup}: is damaged. Use an older backup.")
