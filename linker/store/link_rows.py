"""Writes what a build made of records into the tables, and only where it differs.

A State has tens of thousands of links, most of which a build finds again as they were.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any

from sqlalchemy import Column, Connection, Table, bindparam, delete, insert, select

from linker.links import Convergence, SdgLink

BATCH = 500
Link = Convergence | SdgLink


def replace_links(
    db: Connection,
    table: Table,
    state: str,
    links: Sequence[Link],
    remade: Collection[str] | None = None,
) -> None:
    """Make the links of a State be these.

    A link that another State had, because a record moved, is this State's from now on.

    Args:
        db: a transaction.
        table: ``convergences`` or ``sdg_links``.
        state: ISO 3166-1 alpha-3.
        links: what a build made.
        remade: the records whose SDG links these are, all of them; those of other records stay.
            All records of the State unless given.
    """
    stored = set(_stored(db, table, state, remade))
    wanted = set(_rows(table, state, links))
    key = list(table.c).index(table.c.link_id)
    _delete_links(db, table, state, (row[key] for row in stored - wanted))
    # Sorted, so that the file does not depend on the order of a set.
    write_rows(db, table, sorted(wanted - stored))


def change_links(
    db: Connection, table: Table, state: str, links: Sequence[Link], dropped: Iterable[str]
) -> None:
    """Write new links of a State and delete those that are none any more; others stay.

    Args:
        db: a transaction.
        table: ``convergences`` or ``sdg_links``.
        state: ISO 3166-1 alpha-3.
        links: new, or to take the place of those with their ids.
        dropped: ids of those that go.
    """
    _delete_links(db, table, state, dropped)
    write_rows(db, table, sorted(_rows(table, state, links)))


def delete_of_records(
    db: Connection, table: Table, state: str, record_ids: Collection[str] | None
) -> None:
    """Delete what a table holds of some records of a State; of all of them where not given."""
    of_state = delete(table).where(table.c.state == state)
    if record_ids is None:
        db.execute(of_state)
        return
    for some in batches(sorted(record_ids)):
        db.execute(of_state.where(table.c.record_id.in_(some)))


def batches(rows: Iterable[Any], size: int = BATCH) -> Iterator[list[Any]]:
    """Yield lists of at most so many."""
    batch: list[Any] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def write_rows(db: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Write rows, their values in the order of the columns, in the place of those with their keys.

    SQLAlchemy takes longer over each row than the database does, so rows go to the driver as they
    are. The clause is the same in SQLite and PostgreSQL.
    """
    if not rows:
        return
    keys = ", ".join(column.name for column in table.primary_key)
    kept = ", ".join(f"{c.name} = excluded.{c.name}" for c in table.c if not c.primary_key)
    statement = insert(table).compile(dialect=db.dialect)
    db.exec_driver_sql(f"{statement} ON CONFLICT ({keys}) DO UPDATE SET {kept}", list(rows))  # nosec B608


def _delete_links(db: Connection, table: Table, state: str, link_ids: Iterable[str]) -> None:
    gone = [{"gone": link_id} for link_id in link_ids]
    if gone:
        of_state = delete(table).where(table.c.state == state)
        db.execute(of_state.where(table.c.link_id == bindparam("gone")), gone)


def _stored(
    db: Connection, table: Table, state: str, remade: Collection[str] | None
) -> Iterator[tuple[Any, ...]]:
    query = select(table).where(table.c.state == state)
    if remade is None:
        yield from map(tuple, db.execute(query).all())
        return
    for some in batches(sorted(remade)):
        yield from map(tuple, db.execute(query.where(table.c.record_id.in_(some))))


def _rows(table: Table, state: str, links: Sequence[Link]) -> Iterator[tuple[Any, ...]]:
    """Yield the values of each link in the order of the table's columns."""
    columns: list[Column[Any]] = list(table.c)
    place = next(n for n, column in enumerate(columns) if column is table.c.state)
    values = attrgetter(*(column.name for column in columns if column is not table.c.state))
    for link in links:
        row = values(link)
        yield (*row[:place], state, *row[place:])
