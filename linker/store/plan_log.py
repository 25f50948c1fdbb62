"""Reads and writes the log of the implementation plan and the measures of a national plan."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime

from sqlalchemy import delete, insert, select

from linker.plan.entries import Measure, PlanChange, PlanEntry, standing_entries
from linker.store import schema
from linker.store.database import writing
from linker.store.store import Store

WORKSPACE = "workspace"
"""Key under which the name of a workspace is kept."""
DATES = "date:"
"""How the keys of dates begin that people set: date:KEN:upr-review."""
Check = Callable[[dict[str, PlanEntry]], Sequence[PlanChange]]
"""Given what stands now, returns the changes to write; may raise to write none."""


def plan_changes(store: Store, record_id: str | None = None, after: int = 0) -> list[PlanChange]:
    """Return the log, or what it says of one record, oldest first.

    Args:
        store: the workspace.
        record_id: the record; all when not given.
        after: number of the last change that is known already.
    """
    table = schema.plan_changes
    query = select(table).where(table.c.seq > after).order_by(table.c.seq)
    if record_id is not None:
        query = query.where(table.c.record_id == record_id)
    with store.engine.connect() as db:
        return [PlanChange(**row._mapping) for row in db.execute(query)]


def plan_read_on(store: Store, known: Sequence[PlanChange]) -> tuple[PlanChange, ...]:
    """Return the whole log, of which only what is new is read.

    Args:
        store: the workspace.
        known: the log as it was read before; read anew where another stands in its place.
    """
    if known:
        found = plan_changes(store, after=known[-1].seq - 1)
        if found[:1] == [known[-1]]:
            return (*known, *found[1:])
    return tuple(plan_changes(store))


def mark_of(change: PlanChange) -> str:
    """Return what tells a change from another with its number in the place of this log.

    As `linker.store.store.Store.version` reads it in the database.
    """
    return "|".join((change.at, change.record_id, change.field, change.reviewer, change.value))


def dates_by_hand(store: Store, state: str) -> dict[str, str]:
    """Return the dates of a State that people set, by key."""
    start = f"{DATES}{state}:"
    return {k.removeprefix(start): v for k, v in store.settings().items() if k.startswith(start)}


def append_plan(store: Store, decide: Check) -> list[PlanChange]:
    """Write changes, all or none; they are on disk when this returns.

    Args:
        store: the workspace.
        decide: is told what stands, and says what to write. Nobody else writes in between.
    """
    table, written = schema.plan_changes, []
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with writing(store.engine) as db:
        rows = db.execute(select(table).order_by(table.c.seq))
        entries = standing_entries(PlanChange(**row._mapping) for row in rows)
        for change in decide(entries):
            row = asdict(replace(change, at=change.at or now))
            del row["seq"]
            key = db.execute(insert(table), row).inserted_primary_key
            written.append(PlanChange(int(key[0]) if key else 0, **row))
    return written


def measures(store: Store) -> list[Measure]:
    """Return the measures of the national plan, in the order of its list."""
    table = schema.measures
    columns = (table.c.id, table.c.title, table.c.responsible, table.c.deadline)
    with store.engine.connect() as db:
        found = db.execute(select(*columns).order_by(table.c.position))
        return [Measure(**row._mapping) for row in found]


def save_measures(store: Store, listed: Sequence[Measure]) -> None:
    """Replace the list of measures."""
    table = schema.measures
    rows = [{**asdict(measure), "position": n} for n, measure in enumerate(listed)]
    with writing(store.engine) as db:
        db.execute(delete(table))
        if rows:
            db.execute(insert(table), rows)


def workspace_id(store: Store) -> str:
    """Return what tells this workspace from others: made from its first import, so it stays.

    Twelve hexadecimal digits of a SHA-256; empty before anything was imported. It is kept where
    the log of imports was changed since.
    """
    if kept := store.setting(WORKSPACE):
        return kept
    entries = store.import_log()
    if not entries:
        return ""
    first = json.dumps(entries[0], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(first.encode("utf-8", "surrogatepass")).hexdigest()[:12]
