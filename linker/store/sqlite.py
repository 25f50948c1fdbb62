"""A workspace in an SQLite file: the default, for one machine."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

from linker.errors import LinkerError
from linker.store.backup import back_up
from linker.store.engines import OPTION, Database
from linker.store.faults import RESTORE, read_json
from linker.store.location import DATABASE, Folder, NoWorkspace
from linker.store.scratch import sweep

PATIENCE = 30.0
"""Seconds to wait for somebody else who writes."""
_MALFORMED = "malformed"
_DAMAGED = (
    _MALFORMED,
    "not a database",
    "no such table",
    "no such column",
    "no column named",
    "decode to utf-8",
)
_OURS = (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.DataError)
"""Faults of the program, which should show where they come from."""


class Sqlite(Database):
    """The file in a folder."""

    def __init__(self, location: Folder) -> None:
        self.location: Folder = location

    def exists(self) -> bool:
        """Whether the file is there."""
        return self.location.database.is_file()

    def identity(self) -> int:
        """Return the number of the file: `linker demo` may make the folder anew."""
        return self.location.database.stat().st_ino if self.exists() else 0

    def prepare(self, create: bool) -> None:
        """Make the folder, see that it can be written, and sweep it."""
        folder = self.location.path
        if not self.exists():
            if not create:
                raise NoWorkspace(
                    f"{folder}: no workspace here. Import files first "
                    f"(`linker --workspace {folder} import FILE...`) or name another with "
                    "--workspace."
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

    def engine(self) -> Engine:
        """Return an engine whose connections keep a journal that lets readers read on."""
        engine = create_engine(
            URL.create("sqlite", database=str(self.location.database)),
            connect_args={"timeout": PATIENCE},
            json_deserializer=read_json,
            execution_options={OPTION: self},
        )

        @event.listens_for(engine, "connect")
        def durable(connection: Any, _: object) -> None:
            # A decision is acknowledged to the reviewer only when it would survive a power cut.
            _write_ahead(connection)
            connection.execute("PRAGMA synchronous=FULL")
            # What is deleted is overwritten: a source that is purged leaves nothing in free pages.
            connection.execute("PRAGMA secure_delete=ON")

        return engine

    @contextmanager
    def writing(self, engine: Engine) -> Iterator[Connection]:
        """Begin with the lock of the file."""
        with engine.begin() as db:
            db.exec_driver_sql("BEGIN IMMEDIATE")
            yield db

    @contextmanager
    def moment(self, engine: Engine) -> Iterator[Connection]:
        """Begin a transaction: what it reads first is what it reads last."""
        with engine.connect() as db:
            db.exec_driver_sql("BEGIN")
            yield db

    def keep_copy(self, version: int) -> None:
        """Copy the file beside itself, as ``workspace.db.schema-N``."""
        file = self.location.database
        back_up(file, file.with_name(f"{DATABASE}.schema-{version}"), replace=True)

    def complete(self, db: Connection) -> None:
        """Add nothing: the tables say all."""

    def keep_narrow(self, engine: Engine) -> None:
        """Do nothing: views look at tables by their names, and last as long as a connection."""

    def own(self, table: str) -> str:
        """Return the table of the file itself."""
        return f"main.{table}"

    def text_in(self, column: str, key: str) -> str:
        """Return a call of the function that SQLite has had longest."""
        return f"json_extract({column}, '$.{key}')"

    def compact(self, engine: Engine) -> None:
        """Write the file anew and empty its journal."""
        with engine.connect() as db:
            alone = db.execution_options(isolation_level="AUTOCOMMIT")
            alone.exec_driver_sql("PRAGMA secure_delete=ON")
            alone.exec_driver_sql("VACUUM")
            alone.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def not_opened(self, fault: BaseException) -> str:
        """Return why the file could not be opened."""
        file = self.location.database
        if "locked" in str(fault):
            return f"{file}: somebody else holds it ({fault}). Try again in a while."
        return (
            f"{file}: cannot be opened as a workspace ({fault}). "
            "Name another folder, or put a backup back with `linker restore`."
        )

    def sentence(self, fault: BaseException, at_commit: bool = False) -> str | None:
        """Return what happened to the file."""
        said = str(fault)
        if isinstance(fault, UnicodeDecodeError):  # a message that quotes a damaged file
            said = _MALFORMED
        elif not isinstance(fault, sqlite3.DatabaseError) or isinstance(fault, _OURS):
            return None
        if any(word in said.lower() for word in _DAMAGED):
            return (
                f"{self.location.database}: is damaged, or somebody altered it ({said}). {RESTORE}."
            )
        return (
            f"{self.location.database}: could not be written or read ({said}); it is as it was "
            "before. Free some space, see that the folder can be written and nobody else holds "
            "the file, and run it again."
        )


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Keep a journal that lets readers read on; SQLite does not wait for its turn by itself."""
    until = monotonic() + PATIENCE
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
