"""The table of decisions, which only ever grows, and the one of settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import (
    delete,
    insert,
    select,
)

from linker.review.decisions import Decision, DecisionKind, Verdict
from linker.store import schema
from linker.store.database import writing
from linker.store.tables import Stored, now


class StoredLog(Stored):
    """What people decide and choose; part of ``Store``."""

    def append_decision(self, decision: Decision) -> Decision:
        """Write a decision; it is on disk when this returns."""
        return self.append_decisions([decision])[0]

    def append_decisions(self, decisions: Sequence[Decision]) -> list[Decision]:
        """Write decisions, all or none; they are on disk when this returns."""
        written: list[Decision] = []
        with writing(self.engine) as db:
            for decision in decisions:
                stamped = replace(decision, at=decision.at or now())
                row = {**asdict(stamped), "link": dict(decision.link)}
                del row["seq"]
                key = db.execute(insert(schema.decisions), row).inserted_primary_key
                written.append(replace(stamped, seq=int(key[0]) if key else 0))
        return written

    def decisions(
        self, link_id: str | None = None, after: int = 0, kind: str | None = None
    ) -> list[Decision]:
        """Return the log, or what it says of one link, oldest first.

        Args:
            link_id: only what is about this link.
            after: only what has a higher number: the log only ever grows at its end.
            kind: only rows of this kind: ``edit`` for those that change themes and clusters.
        """
        query = select(schema.decisions).order_by(schema.decisions.c.seq)
        if after:
            query = query.where(schema.decisions.c.seq > after)
        if link_id is not None:
            query = query.where(schema.decisions.c.link_id == link_id)
        if kind is not None:
            query = query.where(schema.decisions.c.kind == kind)
        with self.engine.connect() as db:
            return [_decision(row) for row in db.execute(query)]

    def setting(self, key: str) -> str:
        """Return what people chose for the workspace under a key; empty when nothing."""
        query = select(schema.meta.c.value).where(schema.meta.c.key == key)
        with self.engine.connect() as db:
            return db.execute(query).scalar_one_or_none() or ""

    def set_setting(self, key: str, value: str) -> None:
        """Keep a choice; an empty value forgets it."""
        with writing(self.engine) as db:
            db.execute(delete(schema.meta).where(schema.meta.c.key == key))
            if value:
                db.execute(insert(schema.meta), {"key": key, "value": value})

    def settings(self) -> dict[str, str]:
        """Return all that the workspace keeps by key."""
        query = select(schema.meta).order_by(schema.meta.c.key)
        with self.engine.connect() as db:
            return {row.key: row.value for row in db.execute(query)}


def _decision(row: Any) -> Decision:
    verdict: Verdict = row.verdict
    kind: DecisionKind = row.kind
    link = tuple(row.link.items())
    return Decision(
        row.seq, row.link_id, verdict, row.reviewer, row.note, row.at, link, kind, row.batch
    )
