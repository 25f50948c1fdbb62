"""The tables of records and of the files they came from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    Connection,
    Text,
    cast,
    delete,
    func,
    insert,
    select,
)

from linker.errors import NotFound
from linker.records.record import Record
from linker.store import schema
from linker.store.database import writing
from linker.store.faults import from_stored
from linker.store.link_rows import batches, write_rows
from linker.store.record_digests import changing
from linker.store.tables import Stored, now


class StoredRecords(Stored):
    """Records and imports; part of ``Store``."""

    def records(self, state: str | None = None) -> list[Record]:
        """Return all records, or those of a State, ordered by id."""
        query = select(schema.records.c.record).order_by(schema.records.c.id)
        if state is not None:
            query = query.where(schema.records.c.state == state)
        with self.engine.connect() as db:
            return [from_stored(Record.from_dict, row.record) for row in db.execute(query)]

    def records_of(self, record_ids: Iterable[str]) -> dict[str, Record]:
        """Return those of some records that are here, by id."""
        with self.engine.connect() as db:
            return records_of(db, record_ids)

    def record_ids(self, state: str) -> frozenset[str]:
        """Return the ids of the records of a State."""
        query = select(schema.records.c.id).where(schema.records.c.state == state)
        with self.engine.connect() as db:
            return frozenset(db.execute(query).scalars())

    def record_digests(self, state: str) -> dict[str, str]:
        """Return for each record of a State, by id, 16 digits of the sha256 of all it holds."""
        columns = schema.records.c.id, cast(schema.records.c.record, Text)
        query = select(*columns).where(schema.records.c.state == state).order_by(columns[0])
        with self.engine.connect() as db:
            return {
                record_id: sha256(held.encode("utf-8", "surrogatepass")).hexdigest()[:16]
                for record_id, held in db.execute(query)
            }

    def record(self, record_id: str) -> Record | None:
        """Return one record, or None."""
        with self.engine.connect() as db:
            return _one_record(db, record_id)

    def known_record(self, record_id: str) -> Record:
        """Return one record.

        Raises:
            NotFound: no such record here.
        """
        record = self.record(record_id)
        if record is None:
            raise NotFound(
                f"{record_id}: no such record in this workspace. `linker records` lists their ids."
            )
        return record

    def states(self) -> list[str]:
        """Return the codes of the States that have records; records of none are never linked."""
        state = schema.records.c.state
        query = select(state).where(state != "").distinct().order_by(state)
        with self.engine.connect() as db:
            return list(db.execute(query).scalars())

    def sizes(self) -> dict[str, int]:
        """Return how many records each State has, by its code."""
        state = schema.records.c.state
        query = select(state, func.count()).where(state != "").group_by(state).order_by(state)
        with self.engine.connect() as db:
            return dict(map(tuple, db.execute(query)))

    def log_import(self, file: str, format_name: str, summary: dict[str, Any]) -> None:
        """Keep what an import read, repaired and refused."""
        row = {"file": file, "format": format_name, "at": now(), "summary": summary}
        with writing(self.engine) as db:
            db.execute(insert(schema.imports), [row])

    def import_log(self) -> list[dict[str, Any]]:
        """Return all imports, oldest first."""
        with self.engine.connect() as db:
            rows = db.execute(select(schema.imports).order_by(schema.imports.c.seq))
            return [dict(row._mapping) for row in rows]

    def known_records(self, record_ids: Iterable[str]) -> set[str]:
        """Return those of some ids that are records here."""
        return self._known(record_ids, schema.records.c.id)


def write_records(db: Connection, records: Iterable[Record]) -> None:
    """Write records in the place of those with their ids."""
    written = list(records)
    with changing(db, [record.id for record in written]):
        write_rows(db, schema.records, list(_rows(written)))


def delete_records(db: Connection, record_ids: Iterable[str]) -> None:
    """Take records out of the table; nothing else is touched."""
    for some in batches(record_ids):
        with changing(db, some):
            db.execute(delete(schema.records).where(schema.records.c.id.in_(some)))


def _one_record(db: Connection, record_id: str) -> Record | None:
    query = select(schema.records.c.record).where(schema.records.c.id == record_id)
    found = db.execute(query).scalar_one_or_none()
    return from_stored(Record.from_dict, found) if found else None


def records_of(db: Connection, record_ids: Iterable[str]) -> dict[str, Record]:
    """Return those of some records that are here, by id."""
    found: dict[str, Record] = {}
    for some in batches(record_ids):
        query = select(schema.records.c.record).where(schema.records.c.id.in_(some))
        for plain in db.execute(query.order_by(schema.records.c.id)).scalars():
            record = from_stored(Record.from_dict, plain)
            found[record.id] = record
    return found


def _rows(records: Iterable[Record]) -> Iterator[tuple[Any, ...]]:
    """Yield the values of each record in the order of the table's columns, the whole of it last."""
    plain = attrgetter(*(column.name for column in schema.records.c if column.name != "record"))
    for record in records:
        yield (*plain(record), json.dumps(record.to_dict()))
