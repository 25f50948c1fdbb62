"""Writes what people change about records by hand, and what follows from it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace

from sqlalchemy import Connection, insert

from linker.errors import AccessError
from linker.records.edits import RecordEdit
from linker.store import schema
from linker.store.database import writing
from linker.store.records import records_of
from linker.store.settling import Changes, Settled, edits_of
from linker.store.tables import Stored, now

Check = Callable[[list[RecordEdit]], RecordEdit]
"""Given the log, returns the edit to write; may raise to write none."""


class StoredEdits(Stored):
    """Corrections and merges; part of ``Store``."""

    def record_edits(self) -> list[RecordEdit]:
        """Return the log of corrections and merges, oldest first."""
        with self.engine.connect() as db:
            return edits_of(db)

    def edit_record(self, decide: Check) -> tuple[RecordEdit, Changes]:
        """Write an edit of records and work out what follows, in one transaction.

        Args:
            decide: is told the log, and says what to write. Nobody else writes in between.

        Raises:
            AccessError: it is, or becomes, about a record of a State that is not shown here;
                nothing was written.
        """
        with writing(self.engine) as db:
            log = edits_of(db)
            edit = decide(log)
            before = Settled(log)
            written = append_edit(db, edit)
            after = Settled([*log, written])
            touched, changes = _touched(written, log, before, after), Changes()
            self._check_shown(db, touched)
            after.settle(db, touched, changes)
            self._check_shown(db, touched)
            return written, changes

    def _check_shown(self, db: Connection, record_ids: Iterable[str]) -> None:
        shown = self.states_shown
        if shown is None:
            return
        for record in records_of(db, record_ids).values():
            if record.state not in shown:
                raise AccessError(f"{record.id}: not a record of {', '.join(sorted(shown))}.")


def append_edit(db: Connection, edit: RecordEdit) -> RecordEdit:
    """Write an edit to the end of the log; return it with its number and time."""
    stamped = replace(edit, at=edit.at or now())
    row = {**asdict(stamped), "value": json.dumps(stamped.value, ensure_ascii=False)}
    del row["seq"]
    key = db.execute(insert(schema.record_edits), row).inserted_primary_key
    return replace(stamped, seq=int(key[0]) if key else 0)


def _touched(edit: RecordEdit, log: list[RecordEdit], before: Settled, after: Settled) -> set[str]:
    """Return the records that an edit may have changed."""
    undone = [one for one in log if edit.kind == "undo" and one.seq == edit.value]
    ids = {i for one in (edit, *undone) for i in (one.record_id, one.other) if i}
    follow = (before.joins.followed, after.joins.followed)
    return ids | {followed(i) for i in ids for followed in follow}
