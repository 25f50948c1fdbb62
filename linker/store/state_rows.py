"""The rows of one State: out of a workspace, into a workspace of its own, and what it made back.

Rows go as the database holds them, JSON as the text it is, so that what is made of them elsewhere
is the same to the byte.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import JSON, Connection, Table, Text, cast, delete, select

from linker.store import schema
from linker.store.builds import MADE_BY_BUILDS, Overtaken
from linker.store.database import moment, writing
from linker.store.link_rows import batches, write_rows
from linker.store.store import Store

Rows = Mapping[str, Sequence[tuple[Any, ...]]]
"""Rows by table, values in the order of its columns."""
OF_STATE = (schema.records, *MADE_BY_BUILDS)
"""Of these a build reads the State's rows."""
OF_ALL = (schema.meta, schema.decisions, schema.exemplars)
"""And these whole: settings, and what people said."""
BATCH = 5000


def rows_for_build(store: Store, state: str) -> Rows:
    """Return all that a build of a State reads, as of one moment."""
    with moment(store.engine) as db:
        of_state = {table.name: _rows(db, table, state) for table in OF_STATE}
        return {**of_state, **{table.name: _rows(db, table) for table in OF_ALL}}


def rows_made(store: Store, state: str) -> Rows:
    """Return all that builds made of a State."""
    with moment(store.engine) as db:
        return {table.name: _rows(db, table, state) for table in MADE_BY_BUILDS}


def digest_in(rows: Rows) -> str:
    """Return what the build was made from whose rows these are; empty where there was none."""
    place = list(schema.builds.c).index(schema.builds.c.digest)
    return next((str(row[place]) for row in rows[schema.builds.name]), "")


def fill_with(store: Store, rows: Rows) -> None:
    """Write the rows for a build into a workspace that holds nothing yet."""
    with writing(store.engine) as db:
        for table in (*OF_ALL, *OF_STATE):
            _write(db, table, rows)


def replace_made(store: Store, state: str, rows: Rows, since: str) -> None:
    """Let all that builds made of a State be these rows, in one transaction.

    Args:
        store: the workspace.
        state: ISO 3166-1 alpha-3.
        rows: as ``rows_made`` returns them.
        since: digest of the build that stood there when the rows for this one were read.

    Raises:
        Overtaken: that build is not the last one any more; nothing was written.
    """
    query = select(schema.builds.c.digest).where(schema.builds.c.state == state)
    with writing(store.engine) as db:
        if (db.execute(query).scalar_one_or_none() or "") != since:
            raise Overtaken(state)
        for table in MADE_BY_BUILDS:
            db.execute(delete(table).where(table.c.state == state))
            _write(db, table, rows)


def _rows(db: Connection, table: Table, state: str | None = None) -> list[tuple[Any, ...]]:
    columns = [cast(c, Text) if isinstance(c.type, JSON) else c for c in table.c]
    query = select(*columns).order_by(*table.primary_key.columns)
    if state is not None:
        query = query.where(table.c.state == state)
    return [tuple(row) for row in db.execute(query)]


def _write(db: Connection, table: Table, rows: Rows) -> None:
    for batch in batches(rows[table.name], BATCH):
        write_rows(db, table, batch)
