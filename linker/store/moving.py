"""A whole workspace from one database into another: a server is backed up and filled by it.

A backup is an SQLite file whatever it is made from, so it can be put back in either kind of place.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, delete, insert, select

from linker.errors import LinkerError
from linker.store import schema
from linker.store.backup import back_up, check_backup, copied, put_back
from linker.store.database import make_tables, moment, writing
from linker.store.faults import say_in_words
from linker.store.link_rows import batches
from linker.store.location import Folder, Location, Server
from linker.store.postgresql import Postgres
from linker.store.scratch import scratch
from linker.store.store import Store

BATCH = 1000


def back_up_workspace(store: Store, to: Path, replace: bool = False) -> None:
    """Copy a workspace that may be in use to one file, whole: as of one moment.

    Args:
        store: the workspace.
        to: the copy, an SQLite file.
        replace: overwrite a file that is there.

    Raises:
        LinkerError: the copy is there already or cannot be written.
    """
    if isinstance(store.location, Folder):
        back_up(store.location.database, to, replace)
        return
    if to.exists() and not replace:
        raise LinkerError(f"{to}: is there already. Name another file, or use --replace.")
    try:
        with scratch(to.parent) as part:
            fresh = Store(part / "workspace", create=True)
            try:
                with moment(store.engine) as db, writing(fresh.engine) as out:
                    _copy(db, out)
            finally:
                fresh.close()
            back_up(Folder(part / "workspace").database, to, replace)
    except OSError as error:
        raise LinkerError(f"{to}: the backup could not be written ({error}).") from error


def restore_workspace(backup: Path, location: Location, replace: bool = False) -> None:
    """Make a workspace of a backup, in a folder or on a server.

    Args:
        backup: what ``back_up_workspace`` wrote.
        location: the workspace.
        replace: put it in the place of the workspace there, which stays beside it: as
            ``workspace.db.replaced``, or on a server as the workspace NAME-old.

    Raises:
        LinkerError: the backup is damaged or no workspace, or a workspace is there already.
    """
    if isinstance(location, Folder):
        put_back(backup, location.path, replace)
        return
    check_backup(backup)
    try:
        with TemporaryDirectory() as part:
            source = Folder(Path(part))
            copied(backup, source.database)
            fill_server(source, location, replace)
    except (OSError, sqlite3.Error) as error:
        raise LinkerError(f"{backup}: could not be copied ({error}); nothing changed.") from error


def fill_server(source: Folder, location: Server, replace: bool = False) -> None:
    """Make a workspace on a server of one in a folder: whole, or not at all.

    Args:
        source: what it is made of.
        location: where to.
        replace: set a workspace aside that is there.

    Raises:
        LinkerError: a workspace is there, or the server cannot be written.
    """
    database = Postgres(location)
    database.prepare(create=True)
    engine = database.engine()
    say_in_words(engine)
    store = Store(source)
    try:
        with moment(store.engine) as db, writing(engine) as out:
            if database.holds_workspace(out):
                if not replace:
                    raise LinkerError(
                        f"{location}: has a workspace. Name another with ?workspace=NAME, or use "
                        "`linker restore --replace`."
                    )
                database.set_aside(out)
            make_tables(out)
            _copy(db, out)
    finally:
        store.close()
        engine.dispose()


def _copy(source: Connection, target: Connection) -> None:
    for table in schema.metadata.sorted_tables:
        target.execute(delete(table))
        rows = source.execute(select(table).order_by(*table.primary_key))
        for batch in batches((dict(row._mapping) for row in rows), BATCH):
            target.execute(insert(table), batch)
