"""What the parts of a store have in common: the database, and how rows are written and found."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, Connection, Engine, insert, select

from linker.store.link_rows import batches


class Stored:
    """A part of ``Store``, which opens the database."""

    engine: Engine
    states_shown: frozenset[str] | None = None
    """The only States of which it reads; None for all. See `linker.store.limits`."""

    def _known(self, ids: Iterable[str], *columns: Column[str]) -> set[str]:
        found: set[str] = set()
        with self.engine.connect() as db:
            for some in batches(sorted(set(ids))):
                for column in columns:
                    found.update(db.execute(select(column).where(column.in_(some))).scalars())
        return found


def now() -> str:
    """Return the moment, in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def insert_rows(db: Connection, table: Any, rows: Iterable[dict[str, Any]]) -> None:
    """Write rows, some hundred at a time."""
    for batch in batches(rows):
        db.execute(insert(table), batch)
