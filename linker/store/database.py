"""The file under a workspace: opened, brought up to date, written."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, insert, select, update
from sqlalchemy.exc import DatabaseError, OperationalError

from linker.errors import LinkerError
from linker.store import schema
from linker.store.backup import back_up
from linker.store.faults import read_json, say_in_words
from linker.store.schema import DATABASE
from linker.store.scratch import sweep
from linker.store.steps import STEPS

_PATIENCE = 30.0
"""Seconds to wait for somebody else who writes."""


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
    sweep(folder)
    engine = _engine(path)
    try:
        bring_up_to_date(engine, path)
    except DatabaseError as error:
        engine.dispose()
        if "locked" in str(error.orig):
            raise LinkerError(
                f"{path}: somebody else holds it ({error.orig}). Try again in a while."
            ) from error
        raise LinkerError(
            f"{path}: cannot be opened as a workspace ({error.orig}). "
            "Name another folder, or put a backup back with `linker restore`."
        ) from error
    except LinkerError:
        engine.dispose()
        raise
    say_in_words(engine)
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
    has = _version(engine, path, version)
    if has and has < version:
        back_up(path, path.with_name(f"{path.name}.schema-{has}"), replace=True)
    with engine.begin() as db:
        if engine.dialect.name == "sqlite":
            db.exec_driver_sql("BEGIN IMMEDIATE")  # of two who come at once, one waits
        has = _version(engine, path, version, db)
        schema.metadata.create_all(db)
        for step in range(has or version, version):
            steps[step](db)
        if not has:
            db.execute(insert(schema.meta), {"key": "schema", "value": str(version)})
        elif has < version:
            db.execute(
                update(schema.meta).where(schema.meta.c.key == "schema").values(value=str(version))
            )


def _version(engine: Engine, path: Path, newest: int, db: Connection | None = None) -> int:
    """Return the version of a database, 0 where it is new.

    Raises:
        LinkerError: a newer Linker made it, or nobody knows who.
    """
    if db is None:
        with engine.connect() as connection:
            return _version(engine, path, newest, connection)
    if not engine.dialect.has_table(db, schema.meta.name):
        return 0
    found = db.execute(_version_query()).scalar_one_or_none()
    if found is None:
        return 0
    if not found.isascii() or not found.isdecimal() or int(found[:9]) < 1:
        raise LinkerError(
            f"{path}: says that it has schema {found[:20]!r}, which no Linker writes. "
            "Put a backup back with `linker restore`."
        )
    if int(found[:9]) > newest:
        raise LinkerError(
            f"{path}: made by a newer Linker (schema {found[:9]}, this one knows {newest}). "
            "Update Linker to open it."
        )
    return int(found)


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Run a transaction: all of it is on disk afterwards, or nothing of it.

    The only way to write. The lock is taken before anything is read: what was looked at still
    holds when it is written.

    Raises:
        LinkerError: the disk is full, or somebody holds the file, or it cannot be written.
    """
    with _told_when_locked(engine), engine.begin() as db:
        if db.dialect.name == "sqlite":
            db.exec_driver_sql("BEGIN IMMEDIATE")
        yield db


@contextmanager
def _told_when_locked(engine: Engine) -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        raise LinkerError(
            f"{engine.url.database}: could not be written ({error.orig}); it is as it was before. "
            "Free some space, see that the folder can be written and nobody else holds the file, "
            "and run it again."
        ) from error


def compacted(engine: Engine) -> None:
    """Write the file anew without what was deleted from it, and empty its journal.

    Raises:
        LinkerError: somebody holds the file, or the disk is full.
    """
    with _told_when_locked(engine), engine.connect() as db:
        alone = db.execution_options(isolation_level="AUTOCOMMIT")
        alone.exec_driver_sql("PRAGMA secure_delete=ON")
        alone.exec_driver_sql("VACUUM")
        alone.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _version_query() -> Any:
    return select(schema.meta.c.value).where(schema.meta.c.key == "schema")


def _engine(path: Path) -> Engine:
    engine = create_engine(
        f"sqlite:///{path}", connect_args={"timeout": _PATIENCE}, json_deserializer=read_json
    )

    @event.listens_for(engine, "connect")
    def durable(connection: Any, _: object) -> None:
        # A decision is acknowledged to the reviewer only when it would survive a power cut.
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous=FULL")
        # What is deleted is overwritten: a source that is purged leaves nothing in free pages.
        connection.execute("PRAGMA secure_delete=ON")

    return engine


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Keep a journal that lets readers read on; SQLite does not wait for its turn by itself."""
    until = monotonic() + _PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL").fetchone()
            return
        except UnicodeDecodeError as error:  # it names what it found in a damaged file
            raise sqlite3.DatabaseError("database disk image is malformed") from error
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or monotonic() > until:
                raise
            sleep(0.02)
