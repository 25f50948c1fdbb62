"""The database under a workspace: opened, brought up to date, written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, insert, inspect, select, update
from sqlalchemy.exc import DatabaseError

from linker.errors import LinkerError
from linker.store import schema
from linker.store.engines import WHOLE, Database, database_of
from linker.store.faults import say_in_words
from linker.store.location import Folder, Location
from linker.store.postgresql import Postgres
from linker.store.sqlite import Sqlite
from linker.store.steps import STEPS


def database_at(location: Location) -> Database:
    """Return the database of a workspace; nothing is opened."""
    return Sqlite(location) if isinstance(location, Folder) else Postgres(location)


def open_database(location: Location, create: bool) -> Engine:
    """Open the database of a workspace, made by this Linker or an older one.

    Args:
        location: where the workspace lies.
        create: make it when it is not there.

    Raises:
        NoWorkspace: none is there.
        LinkerError: not a database, one that a newer Linker made, or one that cannot be reached
            or written.
    """
    database = database_at(location)
    database.prepare(create)
    engine = database.engine()
    try:
        bring_up_to_date(engine)
    except DatabaseError as error:
        engine.dispose()
        raise LinkerError(database.not_opened(error.orig or error)) from error
    except LinkerError:
        engine.dispose()
        raise
    say_in_words(engine)
    return engine


def bring_up_to_date(
    engine: Engine,
    version: int = schema.VERSION,
    steps: Mapping[int, Callable[[Connection], None]] = STEPS,
) -> None:
    """Make missing tables and take the steps from the database's version to this one.

    All in one transaction, of which nobody waits where there is nothing to do. Before the first
    step a copy is kept where the database is a file.

    Raises:
        LinkerError: a newer Linker made it.
    """
    database = database_of(engine)
    with engine.connect() as db:
        has = _version(db, version)
        if has == version and not _missing(db):
            return
    if has and has < version:
        database.keep_copy(has)
    with database.writing(engine) as db:  # of two who come at once, one waits
        has = _version(db, version)
        make_tables(db)
        for step in range(has or version, version):
            steps[step](db)
        if not has:
            db.execute(insert(schema.meta), {"key": "schema", "value": str(version)})
        elif has < version:
            db.execute(
                update(schema.meta).where(schema.meta.c.key == "schema").values(value=str(version))
            )


def make_tables(db: Connection) -> None:
    """Make the tables that are not there."""
    schema.metadata.create_all(db)
    database_of(db).complete(db)


def _missing(db: Connection) -> set[str]:
    return set(schema.metadata.tables) - set(inspect(db).get_table_names())


def _version(db: Connection, newest: int) -> int:
    """Return the version of a database, 0 where it is new.

    Raises:
        LinkerError: a newer Linker made it, or nobody knows who.
    """
    if not db.dialect.has_table(db, schema.meta.name):
        return 0
    query = select(schema.meta.c.value).where(schema.meta.c.key == "schema")
    found = db.execute(query).scalar_one_or_none()
    if found is None:
        return 0
    location = database_of(db).location
    if not found.isascii() or not found.isdecimal() or int(found[:9]) < 1:
        raise LinkerError(
            f"{location}: says that it has schema {found[:20]!r}, which no Linker writes. "
            "Put a backup back with `linker restore`."
        )
    if int(found[:9]) > newest:
        raise LinkerError(
            f"{location}: made by a newer Linker (schema {found[:9]}, this one knows {newest}). "
            "Update Linker to open it."
        )
    return int(found)


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Run a transaction: all of it is on disk afterwards, or nothing of it.

    The only way to write. The lock is taken before anything is read: what was looked at still
    holds when it is written.

    Raises:
        LinkerError: the disk is full, or somebody else writes for too long, or the server is gone.
    """
    whole = engine.get_execution_options().get(WHOLE, engine)
    with database_of(whole).writing(whole) as db:
        yield db


@contextmanager
def moment(engine: Engine) -> Iterator[Connection]:
    """Read one moment of a workspace, whatever others write meanwhile."""
    with database_of(engine).moment(engine) as db:
        yield db


def compacted(engine: Engine) -> None:
    """Write the database anew without what was deleted from it.

    Raises:
        LinkerError: somebody holds it, or the disk is full.
    """
    database_of(engine).compact(engine)
