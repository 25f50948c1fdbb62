"""Reads and writes the tables of a workspace. The only file that speaks SQL."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import (
    Column,
    Connection,
    Select,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    type_coerce,
)

from linker.labels.labeller import Labels
from linker.linking.links import BANDS, Band, Convergence, SdgLink
from linker.records.record import Record
from linker.review.decisions import Decision, Verdict
from linker.workspace import schema
from linker.workspace.database import DATABASE, open_database, writing
from linker.workspace.link_rows import BATCH, batches, delete_of_records, replace_links

LinkT = TypeVar("LinkT", Convergence, SdgLink)
MADE_BY_BUILDS = (
    schema.convergences,
    schema.sdg_links,
    schema.themes,
    schema.labels,
    schema.builds,
)


class Store:
    """The database of a workspace.

    Args:
        folder: the workspace; made when missing if ``create``.
        create: make the folder and the database when they are not there.

    Raises:
        LinkerError: no workspace there, not a database, or one that a newer Linker made.
    """

    def __init__(self, folder: Path, create: bool = False) -> None:
        self.engine = open_database(folder, create)
        self.path = folder / DATABASE

    def close(self) -> None:
        """Close the connections to the file."""
        self.engine.dispose()

    # Records ------------------------------------------------------------------------------------

    def save_records(self, records: Iterable[Record]) -> tuple[int, int, int]:
        """Write records in one transaction; one that is already there is merged with the new.

        Returns:
            How many were new, changed and already known as they are.
        """
        given = list(records)
        new = changed = same = 0
        written: dict[str, Record] = {}
        with writing(self.engine) as db:
            known = _records_of(db, (record.id for record in given))
            for record in given:
                before = known.get(record.id)
                merged = before.merged(record) if before else record
                if before and merged == before:
                    same += 1
                    continue
                new += before is None
                changed += before is not None
                known[record.id] = written[record.id] = merged
            for some in batches(written):
                db.execute(delete(schema.records).where(schema.records.c.id.in_(some)))
            _insert(db, schema.records, map(_record_row, written.values()))
        return new, changed, same

    def records(self, state: str | None = None) -> list[Record]:
        """Return all records, or those of a State, ordered by id."""
        query = select(schema.records.c.record).order_by(schema.records.c.id)
        if state is not None:
            query = query.where(schema.records.c.state == state)
        with self.engine.connect() as db:
            return [Record.from_dict(row.record) for row in db.execute(query)]

    def records_of(self, record_ids: Iterable[str]) -> dict[str, Record]:
        """Return those of some records that are here, by id."""
        with self.engine.connect() as db:
            return _records_of(db, record_ids)

    def record_digests(self, state: str) -> dict[str, str]:
        """Return for each record of a State, by id, 16 digits of the sha256 of all it holds."""
        columns = schema.records.c.id, type_coerce(schema.records.c.record, Text)
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

    def states(self) -> list[str]:
        """Return the codes of the States that have records."""
        query = select(schema.records.c.state).distinct().order_by(schema.records.c.state)
        with self.engine.connect() as db:
            return list(db.execute(query).scalars())

    def log_import(self, file: str, format_name: str, summary: dict[str, Any]) -> None:
        """Keep what an import read, repaired and refused."""
        row = {"file": file, "format": format_name, "at": _now(), "summary": summary}
        with writing(self.engine) as db:
            db.execute(insert(schema.imports), [row])

    def import_log(self) -> list[dict[str, Any]]:
        """Return all imports, oldest first."""
        with self.engine.connect() as db:
            rows = db.execute(select(schema.imports).order_by(schema.imports.c.seq))
            return [dict(row._mapping) for row in rows]

    # What a build makes -------------------------------------------------------------------------

    def build_digest(self, state: str) -> str:
        """Return what the last build of a State was made from; empty when never built."""
        query = select(schema.builds.c.digest).where(schema.builds.c.state == state)
        with self.engine.connect() as db:
            return db.execute(query).scalar_one_or_none() or ""

    def build_summary(self, state: str) -> dict[str, Any]:
        """Return what the last build of a State kept of itself; empty when never built."""
        query = select(schema.builds.c.summary).where(schema.builds.c.state == state)
        with self.engine.connect() as db:
            return db.execute(query).scalar_one_or_none() or {}

    def bands(self, table: Table, state: str) -> dict[Band, int]:
        """Return how many links of a State are in each band, in one of the two tables of links."""
        query = select(table.c.band, func.count()).where(table.c.state == state)
        with self.engine.connect() as db:
            found: dict[str, int] = dict(db.execute(query.group_by(table.c.band)).all())
        return {band: found.get(band, 0) for band in BANDS}

    def save_build(
        self,
        state: str,
        digest: str,
        convergences: Sequence[Convergence],
        sdg_links: Sequence[SdgLink],
        themes: Sequence[dict[str, Any]],
        summary: dict[str, Any],
        labels: Sequence[Labels] = (),
        remade: Collection[str] | None = None,
    ) -> None:
        """Replace everything a build makes for a State, in one transaction.

        Args:
            state: ISO 3166-1 alpha-3.
            digest: of what it was made from.
            convergences: all of the State's.
            sdg_links: of the remade records.
            themes: all of the State's.
            summary: what the next build wants to know of this one.
            labels: of the remade records.
            remade: records whose SDG links and labels are replaced (none, where they are gone);
                those of the others stay. All records of the State unless given.
        """
        with writing(self.engine) as db:
            for table in (schema.themes, schema.builds):
                db.execute(delete(table).where(table.c.state == state))
            replace_links(db, schema.convergences, state, convergences)
            replace_links(db, schema.sdg_links, state, sdg_links, remade)
            delete_of_records(db, schema.labels, state, remade)
            _insert(db, schema.themes, _theme_rows(state, themes))
            _insert(
                db,
                schema.labels,
                (
                    {"record_id": one.record_id, "state": state, "labels": one.to_dict()}
                    for one in labels
                ),
            )
            _insert(db, schema.builds, [{"state": state, "digest": digest, "summary": summary}])

    def drop_builds(self, but: Iterable[str]) -> None:
        """Forget what was built for States that have no records any more."""
        kept = set(but)
        with writing(self.engine) as db:
            built = db.execute(select(schema.builds.c.state)).scalars()
            for state in sorted(set(built) - kept):
                for table in MADE_BY_BUILDS:
                    db.execute(delete(table).where(table.c.state == state))

    def convergences(
        self,
        state: str | None = None,
        record_id: str | None = None,
        bands: Sequence[Band] = BANDS,
    ) -> list[Convergence]:
        """Return convergence links, most probable first, ties by link id."""
        table = schema.convergences
        query = _links_query(table, state, bands)
        if record_id is not None:
            query = query.where((table.c.left_id == record_id) | (table.c.right_id == record_id))
        with self.engine.connect() as db:
            return _links(Convergence, db.execute(query))

    def sdg_links(
        self,
        state: str | None = None,
        record_id: str | None = None,
        bands: Sequence[Band] = BANDS,
    ) -> list[SdgLink]:
        """Return SDG links, most probable first, ties by link id."""
        table = schema.sdg_links
        query = _links_query(table, state, bands)
        if record_id is not None:
            query = query.where(table.c.record_id == record_id)
        with self.engine.connect() as db:
            return _links(SdgLink, db.execute(query))

    def link(self, link_id: str) -> Convergence | SdgLink | None:
        """Return one link of either kind, or None."""
        is_convergence = link_id.startswith("C-")
        table = schema.convergences if is_convergence else schema.sdg_links
        with self.engine.connect() as db:
            rows = db.execute(select(*_link_columns(table)).where(table.c.link_id == link_id))
            found: Sequence[Convergence | SdgLink] = (
                _links(Convergence, rows) if is_convergence else _links(SdgLink, rows)
            )
        return found[0] if found else None

    def unknown_links(self, link_ids: Iterable[str]) -> set[str]:
        """Return those of some link ids that no build proposes (any more)."""
        wanted, tables = set(link_ids), (schema.convergences, schema.sdg_links)
        return wanted - self._known(wanted, *(table.c.link_id for table in tables))

    def known_records(self, record_ids: Iterable[str]) -> set[str]:
        """Return those of some ids that are records here."""
        return self._known(record_ids, schema.records.c.id)

    def _known(self, ids: Iterable[str], *columns: Column[str]) -> set[str]:
        wanted = sorted(set(ids))
        found: set[str] = set()
        with self.engine.connect() as db:
            for start in range(0, len(wanted), BATCH):
                some = wanted[start : start + BATCH]
                for column in columns:
                    found.update(db.execute(select(column).where(column.in_(some))).scalars())
        return found

    def save_themes(self, state: str, themes: Sequence[dict[str, Any]]) -> None:
        """Replace the themes of a State, and nothing else, in one transaction."""
        with self.engine.begin() as db:
            db.execute(delete(schema.themes).where(schema.themes.c.state == state))
            _insert(db, schema.themes, _theme_rows(state, themes))

    def themes(self, state: str) -> list[dict[str, Any]]:
        """Return the themes of a State as the x-ray wrote them, in its order."""
        table = schema.themes
        query = select(table.c.theme).where(table.c.state == state).order_by(table.c.position)
        with self.engine.connect() as db:
            return list(db.execute(query).scalars())

    def labels(self, state: str | None = None) -> dict[str, Labels]:
        """Return the predicted labels of all records, or those of a State, by record id."""
        table = schema.labels
        query = select(table.c.labels).order_by(table.c.record_id)
        if state is not None:
            query = query.where(table.c.state == state)
        with self.engine.connect() as db:
            found = [Labels.from_dict(plain) for plain in db.execute(query).scalars()]
        return {one.record_id: one for one in found}

    # Decisions ----------------------------------------------------------------------------------

    def append_decision(self, decision: Decision) -> Decision:
        """Write a decision; it is on disk when this returns."""
        return self.append_decisions([decision])[0]

    def append_decisions(self, decisions: Sequence[Decision]) -> list[Decision]:
        """Write decisions, all or none; they are on disk when this returns."""
        written: list[Decision] = []
        with writing(self.engine) as db:
            for decision in decisions:
                stamped = replace(decision, at=decision.at or _now())
                row = {**asdict(stamped), "link": dict(decision.link)}
                del row["seq"]
                key = db.execute(insert(schema.decisions), row).inserted_primary_key
                written.append(replace(stamped, seq=int(key[0]) if key else 0))
        return written

    def decisions(self, link_id: str | None = None, after: int = 0) -> list[Decision]:
        """Return the log, or what it says of one link, oldest first.

        Args:
            link_id: only what is about this link.
            after: only what has a higher number: the log only ever grows at its end.
        """
        query = select(schema.decisions).order_by(schema.decisions.c.seq)
        if after:
            query = query.where(schema.decisions.c.seq > after)
        if link_id is not None:
            query = query.where(schema.decisions.c.link_id == link_id)
        with self.engine.connect() as db:
            return [_decision(row) for row in db.execute(query)]

    def setting(self, key: str) -> str:
        """Return what people chose for the workspace under a key; empty when nothing."""
        query = select(schema.meta.c.value).where(schema.meta.c.key == key)
        with self.engine.connect() as db:
            return db.execute(query).scalar_one_or_none() or ""

    def set_setting(self, key: str, value: str) -> None:
        """Keep a choice; an empty value forgets it."""
        with self.engine.begin() as db:
            db.execute(delete(schema.meta).where(schema.meta.c.key == key))
            if value:
                db.execute(insert(schema.meta), {"key": key, "value": value})

    def settings(self) -> dict[str, str]:
        """Return all that the workspace keeps by key."""
        query = select(schema.meta).order_by(schema.meta.c.key)
        with self.engine.connect() as db:
            return {row.key: row.value for row in db.execute(query)}

    def counts(self) -> dict[str, int]:
        """Return how many rows each table has."""
        with self.engine.connect() as db:
            return {
                table.name: db.execute(select(func.count()).select_from(table)).scalar_one()
                for table in schema.metadata.sorted_tables
            }


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _one_record(db: Connection, record_id: str) -> Record | None:
    query = select(schema.records.c.record).where(schema.records.c.id == record_id)
    found = db.execute(query).scalar_one_or_none()
    return Record.from_dict(found) if found else None


def _records_of(db: Connection, record_ids: Iterable[str]) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for some in batches(record_ids):
        query = select(schema.records.c.record).where(schema.records.c.id.in_(some))
        for plain in db.execute(query).scalars():
            record = Record.from_dict(plain)
            found[record.id] = record
    return found


def _record_row(record: Record) -> dict[str, Any]:
    return {
        "id": record.id,
        "state": record.state,
        "mechanism": record.mechanism,
        "body": record.body,
        "year": record.year,
        "text": record.text,
        "record": json.loads(json.dumps(record.to_dict())),
    }


def _theme_rows(state: str, themes: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for position, theme in enumerate(themes):
        row = {"theme_id": theme["theme_id"], "state": state, "position": position}
        yield {**row, "theme": theme}


def _links_query(table: Table, state: str | None, bands: Sequence[Band]) -> Select[Any]:
    query = select(*_link_columns(table)).order_by(table.c.probability.desc(), table.c.link_id)
    if state is not None:
        query = query.where(table.c.state == state)
    return query if set(bands) == set(BANDS) else query.where(table.c.band.in_(bands))


def _links(kind: type[LinkT], rows: Iterable[Any]) -> list[LinkT]:
    return [kind(*row) for row in rows]


def _link_columns(table: Table) -> list[Column[Any]]:
    """Return the columns of a link in the order of its fields."""
    kind = Convergence if table is schema.convergences else SdgLink
    return [table.c[f.name] for f in fields(kind) if f.name != "contributions"]


def _decision(row: Any) -> Decision:
    verdict: Verdict = row.verdict
    return Decision(
        row.seq, row.link_id, verdict, row.reviewer, row.note, row.at, tuple(row.link.items())
    )


def _insert(db: Connection, table: Any, rows: Iterable[dict[str, Any]]) -> None:
    for batch in batches(rows):
        db.execute(insert(table), batch)
