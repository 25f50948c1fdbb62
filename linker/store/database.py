"""The file under a workspace: opened, brought up to date, written, copied and put back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, insert, select, update
from sqlalchemy.exc import DatabaseError, OperationalError

from linker.errors import LinkerError
from linker.store import schema
from linker.store.steps import STEPS

DATABASE = "workspace.db"


def open_database(folder: Path, create: bool) -> Engine:
    """Open the database of a workspace, made by this Linker or an older one.

    Args:
        folder: the workspace.
        create: make folder and database when they are not there.

    Raises:
        LinkerError: no workspace there, not a database, one that a newer Linker made, or a folder
            that cannot be written.
    """
    path = folder / DATABASE
    if not path.is_file():
        if not create:
            raise LinkerError(
                f"{folder}: no workspace here. Import files first "
                f"(`linker --workspace {folder} import FILE...`) or name another with --workspace."
            )
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LinkerError(
                f"{folder}: cannot make a workspace here ({error.strerror})."
            ) from error
    if not os.access(folder, os.W_OK):
        raise LinkerError(
            f"{folder}: this folder cannot be written. Change its permissions, or copy the "
            "workspace to a folder of your own and name that with --workspace."
        )
    engine = _engine(path)
    try:
        bring_up_to_date(engine, path)
    except DatabaseError as error:
        engine.dispose()
        raise LinkerError(
            f"{path}: cannot be opened as a workspace ({error.orig}). "
            "Name another folder, or put a backup back with `linker restore`."
        ) from error
    except LinkerError:
        engine.dispose()
        raise
    return engine


def bring_up_to_date(
    engine: Engine,
    path: Path,
    version: int = schema.VERSION,
    steps: Mapping[int, Callable[[Connection], None]] = STEPS,
) -> None:
    """Make missing tables and take the steps from the database's version to this one.

    Before the first step the file is copied beside itself, as ``workspace.db.schema-N``.

    Raises:
        LinkerError: a newer Linker made it.
    """
    with engine.connect() as db:
        known = engine.dialect.has_table(db, schema.meta.name)
        found = db.execute(_version_query()).scalar_one_or_none() if known else None
    has = int(found) if found else version
    if has > version:
        raise LinkerError(
            f"{path}: made by a newer Linker (schema {has}, this one knows {version}). "
            "Update Linker to open it."
        )
    if has < version:
        back_up(path, path.with_name(f"{path.name}.schema-{has}"), replace=True)
    with engine.begin() as db:
        schema.metadata.create_all(db)
        for step in range(has, version):
            steps[step](db)
        if found is None:
            db.execute(insert(schema.meta), {"key": "schema", "value": str(version)})
        elif has < version:
            db.execute(
                update(schema.meta).where(schema.meta.c.key == "schema").values(value=str(version))
            )


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Run a transaction: all of it is on disk afterwards, or nothing of it.

    Raises:
        LinkerError: the disk is full, or the file cannot be written.
    """
    try:
        with engine.begin() as db:
            yield db
    except OperationalError as error:
        raise LinkerError(
            f"{engine.url.database}: could not be written ({error.orig}); it is as it was before. "
            "Free some space, see that the folder can be written and nobody else holds the file, "
            "and run it again."
        ) from error


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
        with tempfile.TemporaryDirectory(dir=to.parent) as folder:
            part = Path(folder) / to.name
            with (
                closing(sqlite3.connect(database)) as source,
                closing(sqlite3.connect(part)) as copy,
            ):
                source.backup(copy)
            part.replace(to)
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
        LinkerError: the backup is damaged or no workspace, or a workspace is in the folder.
    """
    _check(backup)
    target = folder / DATABASE
    if target.exists():
        if not replace:
            raise LinkerError(f"{folder}: has a workspace. Name another folder, or use --replace.")
        back_up(target, target.with_name(f"{DATABASE}.replaced"), replace=True)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for left_over in (target, *(folder / f"{DATABASE}-{kind}" for kind in ("wal", "shm"))):
            left_over.unlink(missing_ok=True)
        shutil.copyfile(backup, target)
    except OSError as error:
        raise LinkerError(f"{folder}: the backup could not be put back ({error}).") from error


def _check(backup: Path) -> None:
    if not backup.is_file():
        raise LinkerError(f"{backup}: no such file.")
    try:
        with closing(sqlite3.connect(f"file:{backup}?mode=ro", uri=True)) as db:
            sound = db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            db.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
    except sqlite3.Error as error:
        raise LinkerError(f"{backup}: is no backup of a workspace ({error}).") from error
    if not sound:
        raise LinkerError(f"{backup}: is damaged. Use an older backup.")


def _version_query() -> Any:
    return select(schema.meta.c.value).where(schema.meta.c.key == "schema")


def _engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def durable(connection: Any, _: object) -> None:
        # A decision is acknowledged to the reviewer only when it would survive a power cut.
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")

    return engine
