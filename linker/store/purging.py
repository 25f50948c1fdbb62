"""Erases a source for good: the workspace's database, and what is made from it, hold it no more.

A defender's safety may hang on it. In a file rows are overwritten (``secure_delete``), the file is
written anew (``VACUUM``) and its journal emptied; on a server the tables are written anew (``VACUUM
FULL``). Later backups and archives are copies of that. What a server keeps besides (its journal,
copies on other machines) is in the hands of who runs it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection
from pathlib import Path

from sqlalchemy import Connection, Table, delete, select, update

from linker.store import schema
from linker.store.builds import MADE_BY_BUILDS
from linker.store.database import compacted, writing
from linker.store.dependents import dependents, named
from linker.store.link_rows import batches
from linker.store.location import DATABASE
from linker.store.plan_log import WORKSPACE, workspace_id
from linker.store.settling import Changes, Settled
from linker.store.store import Store

ERASED = "erased with its source"
"""What stands where a text was that quoted something of the source."""


def purge(store: Store, number: int, embeddings: Path) -> Changes:
    """Erase a source, the records that only it has, and all that is said about these.

    Decisions, corrections and rows of the plan about records that are lost go too; what was built
    for their States, so that the next build makes it again from what is left; and the embeddings.

    Args:
        store: the workspace's.
        number: of the source.
        embeddings: folder of cached embeddings.

    Raises:
        LinkerError: somebody holds the file.
    """
    source = store.source(number)
    lost = set(dependents(store, number).lost)
    texts = {record.text for record in store.records_of(lost).values()}
    store.set_setting(WORKSPACE, workspace_id(store))
    changes = Changes(source=number)
    with writing(store.engine) as db:
        settled = Settled.of(db)
        touched = settled.touched_by(db, number)
        states = _states(db, number, touched)
        statements, sources = schema.statements, schema.sources
        db.execute(delete(statements).where(statements.c.source == number))
        db.execute(delete(sources).where(sources.c.number == number))
        settled.settle(db, touched, changes)
        lost |= _without_statements(db, touched)
        _forget_decisions(db, lost, texts)
        for table in (schema.plan_changes, schema.record_edits):
            _delete_of(db, table, lost)
        _blank_import(db, source.name)
        for state in states:
            for table in MADE_BY_BUILDS:
                db.execute(delete(table).where(table.c.state == state))
    compacted(store.engine)
    shutil.rmtree(embeddings, ignore_errors=True)
    return changes


def older_copies(folder: Path) -> list[Path]:
    """Return the copies of the workspace beside it, made before, which purging leaves alone.

    Those of a server are known to who runs it alone.
    """
    return sorted(
        path
        for path in folder.glob(f"{DATABASE}.*")
        if path.suffix not in ("", ".db-wal", ".db-shm")
    )


def _states(db: Connection, number: int, touched: Collection[str]) -> set[str]:
    table = schema.statements
    query = select(table.c.state).where(table.c.source == number).distinct()
    found = set(db.execute(query).scalars())
    for some in batches(sorted(touched)):
        query = select(schema.records.c.state).where(schema.records.c.id.in_(some)).distinct()
        found.update(db.execute(query).scalars())
    return found


def _without_statements(db: Connection, record_ids: Collection[str]) -> set[str]:
    there: set[str] = set()
    for some in batches(sorted(record_ids)):
        for column in (schema.statements.c.record_id, schema.records.c.id):
            there.update(db.execute(select(column).where(column.in_(some))).scalars())
    return set(record_ids) - there


def _forget_decisions(db: Connection, lost: Collection[str], texts: Collection[str]) -> None:
    """Delete decisions on links of lost records, and take these out of edits of themes."""
    table, gone = schema.decisions, set(lost)
    for row in db.execute(select(table.c.seq, table.c.link)).all():
        if named(row.link) & gone:
            db.execute(delete(table).where(table.c.seq == row.seq))
        elif changed := _without(row.link, gone, texts):
            db.execute(update(table).where(table.c.seq == row.seq).values(link=changed))


def _without(link: dict[str, str], gone: Collection[str], texts: Collection[str]) -> dict[str, str]:
    """Return what an edit of themes keeps, without what quotes; empty where it quotes nothing."""
    held = dict(link)
    listed = json.loads(held.get("records", "[]"))
    if left := [i for i in listed if i not in gone]:
        held["records"] = json.dumps(left, ensure_ascii=False)
    said = held.get("description", "").rstrip("…").strip()
    if said and any(said in " ".join(text.split()) for text in texts):
        held["description"] = ERASED
    return held if held != link else {}


def _delete_of(db: Connection, table: Table, lost: Collection[str]) -> None:
    columns = [table.c[name] for name in ("record_id", "other") if name in table.c]
    for some in batches(sorted(lost)):
        for column in columns:
            db.execute(delete(table).where(column.in_(some)))


def _blank_import(db: Connection, name: str) -> None:
    """Take name, format and notes out of the log of imports of a file, for they quote it."""
    table = schema.imports
    for row in db.execute(select(table.c.seq, table.c.summary).where(table.c.file == name)).all():
        summary = {**row.summary, "notes": []}
        changed = update(table).where(table.c.seq == row.seq)
        db.execute(changed.values(summary=summary, file=ERASED, format=ERASED))
