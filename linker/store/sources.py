"""The sources of a workspace: which files were read, and which of them speak.

What they say of each record lies in ``statements``; the table of records is worked out from it, in
the same transaction as every change (``linker.store.settling``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from linker.errors import NotFound
from linker.records.edits import EditKind, RecordEdit
from linker.records.record import Record
from linker.records.statements import packed
from linker.records.working_out import ALL_OTHERS, Contradiction
from linker.store import schema
from linker.store.database import writing
from linker.store.link_rows import batches
from linker.store.record_log import append_edit
from linker.store.settling import Changes, Settled
from linker.store.tables import Stored, now
from linker.store.taking_in import take_in

BATCH = 1000
PLEDGES = "pledges"
"""Key of a source's options: [place, text] of each voluntary pledge, which are no records."""
Row = tuple[str, str, str, str]
"""(id in the file, State, place such as "row 12", what the row says as JSON)"""


@dataclass(frozen=True, slots=True)
class Source:
    """One imported file.

    Attributes:
        name: its base name.
        sha256: of its bytes.
        importer: what read it.
        format: the same in words.
        line: what it shares with its earlier and later versions.
        options: with what options it was read; under `PLEDGES` what it says of voluntary pledges.
        rows: how many rows it has.
        number: its place among all sources, from 1; a later one counts before an earlier one.
        at: when it was read, ISO 8601 in UTC.
        said: digest of all that it says.
        forgotten: whether it was taken out.
    """

    name: str
    sha256: str
    importer: str
    format: str
    line: str
    options: Mapping[str, Any]
    rows: int
    number: int = 0
    at: str = ""
    said: str = ""
    forgotten: bool = False


class StoredSources(Stored):
    """The sources and what they said; part of ``Store``."""

    def add_source(self, source: Source, rows: Iterable[Row], as_given: bool = False) -> Changes:
        """Keep what a file says and work out what follows, in one transaction.

        A file that says what a speaking source says already is none: nothing is written.

        Args:
            source: the file, without number.
            rows: what it says, in its order; read twice.
            as_given: each id is its own record, whatever is known.
        """
        digest = sha256()
        for row in rows:
            digest.update("\x1f".join((row[0], *row[2:], "\x1e")).encode("utf-8", "surrogatepass"))
        said = digest.hexdigest()
        with writing(self.engine) as db:
            if number := _same(db, said):
                return Changes(source=number, same_as=number)
            stamped = replace(source, said=said, at=source.at or now())
            number = _insert(db, stamped)
            for batch in batches(_numbered(number, rows), BATCH):
                db.execute(insert(schema.statements), batch)
            settled = Settled.of(db)
            changes = Changes(source=number)
            if not as_given:
                take_in(db, number, stamped.name, stamped.importer, settled, changes)
            settled.settle(db, settled.touched_by(db, number), changes)
            return changes

    def save_records(self, records: Iterable[Record], name: str = "records") -> Changes:
        """Keep records as they are, as one source: what a program made rather than a file."""
        rows = [(r.id, r.state, r.row, packed(r, own_sources=True)) for r in records]
        source = Source(name, "", "", "records handed over", name, {}, len(rows))
        return self.add_source(source, rows, as_given=True)

    def sources(self) -> list[Source]:
        """Return all sources, forgotten ones too, in their order."""
        with self.engine.connect() as db:
            rows = db.execute(select(schema.sources).order_by(schema.sources.c.number))
            return [Source(**row._mapping) for row in rows]

    def source(self, number: int) -> Source:
        """Return one source.

        Raises:
            NotFound: there is none with this number.
        """
        query = select(schema.sources).where(schema.sources.c.number == number)
        with self.engine.connect() as db:
            row = db.execute(query).one_or_none()
        if row is None:
            raise NotFound(f"{number}: no source with this number. `linker imports` lists them.")
        return Source(**row._mapping)

    def records_by_source(self) -> dict[int, int]:
        """Return of how many records each source speaks, by its number; forgotten ones too."""
        with self.engine.connect() as db:
            settled = Settled.of(db)
            table = schema.statements
            query = select(table.c.source, table.c.record_id, table.c.given).distinct()
            found: dict[int, set[str]] = {}
            for number, record_id, given in db.execute(query):
                if not given.endswith(f"#{ALL_OTHERS}"):
                    found.setdefault(number, set()).add(settled.joins.record_of(record_id, given))
        return {number: len(records) for number, records in found.items()}

    def is_joined(self, record_id: str, given: str) -> bool:
        """Whether an import took what a source gives under one id for another record."""
        table = schema.statements
        query = select(table.c.source).where(
            table.c.record_id == record_id, table.c.given == given, table.c.given != record_id
        )
        with self.engine.connect() as db:
            parted = Settled.of(db).joins.parted
            joined = db.execute(query.limit(1)).scalar_one_or_none() is not None
        return joined and (record_id, given) not in parted

    def contradictions(self, state: str | None = None) -> list[Contradiction]:
        """Return what sources say against one another, and rows of one, of a State's records."""
        found: list[Contradiction] = []
        with self.engine.connect() as db:
            settled = Settled.of(db)
            for some in batches(_said_twice(db, settled, state), BATCH):
                for one in settled.worked_out(db, some):
                    found += one.contradictions
        return sorted(found, key=lambda one: (one.record_id, one.field))

    def set_forgotten(self, number: int, forgotten: bool, reviewer: str = "") -> Changes:
        """Take a source out, or put it back in its place, and work out what follows."""
        table = schema.sources
        with writing(self.engine) as db:
            settled = Settled.of(db)
            touched = settled.touched_by(db, number)
            chosen = update(table).where(table.c.number == number)
            db.execute(chosen.values(forgotten=forgotten))
            kind: EditKind = "forget" if forgotten else "put back"
            append_edit(db, RecordEdit(kind, "", value=number, reviewer=reviewer))
            changes = Changes(source=number)
            settled.settle(db, touched, changes)
            return changes


def _said_twice(db: Connection, settled: Settled, state: str | None) -> list[str]:
    """Return the records of which more than one row of a source that speaks says something."""
    table, records = schema.statements, schema.records
    query = select(table.c.record_id).group_by(table.c.record_id).having(func.count() > 1)
    ids = {settled.joins.followed(i) for i in db.execute(query).scalars()}
    ids |= {settled.joins.followed(i) for i in settled.joins.merged}
    if state is None:
        return sorted(ids)
    of_state = set(db.execute(select(records.c.id).where(records.c.state == state)).scalars())
    # A State that is contradicted is empty, and is of interest to all.
    of_state |= set(db.execute(select(records.c.id).where(records.c.state == "")).scalars())
    return sorted(ids & of_state)


_COLUMNS = [column.name for column in schema.sources.c if column.name != "number"]


def _insert(db: Connection, source: Source) -> int:
    row = {name: getattr(source, name) for name in _COLUMNS}
    key = db.execute(insert(schema.sources), row).inserted_primary_key
    return int(key[0]) if key else 0


def _same(db: Connection, said: str) -> int:
    """Return the number of a speaking source that says exactly this; 0 where there is none."""
    table = schema.sources
    query = select(table.c.number).where(table.c.said == said, table.c.forgotten.is_(False))
    return db.execute(query.order_by(table.c.number.desc()).limit(1)).scalar_one_or_none() or 0


def _numbered(number: int, rows: Iterable[Row]) -> Iterable[dict[str, Any]]:
    for place, (given, state, row, said) in enumerate(rows):
        known = {"source": number, "place": place, "record_id": given, "given": given}
        yield {**known, "state": state, "row": row, "said": said}
