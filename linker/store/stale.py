"""What a build made of records that left their State: taken away too, made again when back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection, delete, select, update

from linker.records.record import Record
from linker.store import schema
from linker.store.link_rows import batches

STALE = "stale"
"""Digest of a build that lost records: no build's own."""
ENDS = (
    schema.convergences.c.left_id,
    schema.convergences.c.right_id,
    schema.sdg_links.c.record_id,
    schema.labels.c.record_id,
)
"""Columns of what builds make that name a record."""


def take_away(db: Connection, gone: Iterable[Record]) -> None:
    """Delete links and labels of records that are gone, or of another State now; tell the build.

    In the basis of the last build their digests become empty: a record that is gone, or back,
    then differs from it either way, and is dropped or made again; all others hold good.

    Args:
        db: a transaction.
        gone: the records, as they were.
    """
    by_state: dict[str, set[str]] = defaultdict(set)
    for record in gone:
        by_state[record.state].add(record.id)
    for state, ids in by_state.items():
        for some in batches(sorted(ids)):
            for column in ENDS:
                db.execute(delete(column.table).where(column.in_(some)))
        _unsettle(db, state, ids)


def _unsettle(db: Connection, state: str, ids: set[str]) -> None:
    table = schema.builds
    chosen = table.c.state == state
    summary = db.execute(select(table.c.summary).where(chosen)).scalar_one_or_none()
    if summary is None:
        return
    basis = summary.get("basis", {})
    known = basis.get("records", {})
    changed = {**known, **{i: "" for i in ids if i in known}}
    held = {**summary, "basis": {**basis, "records": changed}} if basis else summary
    db.execute(update(table).where(chosen).values(digest=STALE, summary=held))
