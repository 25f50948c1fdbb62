"""What depends on the records of a source: asked before it is taken out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, select

from linker.i18n.messages import tr
from linker.store import schema
from linker.store.settling import Settled
from linker.store.store import Store

ENDS = ("left_id", "right_id", "record_id")
"""What a decision keeps of its link that names a record."""


@dataclass(frozen=True)
class Dependents:
    """What hangs on a source.

    Attributes:
        lost: ids of records of which no other source speaks.
        changed: how many others it says something about.
        decisions: how many rows of the log of decisions are about lost records.
        plan: of how many lost records the plan says something.
        corrections: how many corrections and merges are about lost records.
    """

    lost: tuple[str, ...]
    changed: int
    decisions: int
    plan: int
    corrections: int

    def __str__(self) -> str:
        return tr(
            "{lost:,} records that no other source has, {changed:,} that others have too; "
            "{decisions:,} decisions, {plan:,} rows of the plan and {corrections:,} corrections "
            "are about the former",
            lost=len(self.lost),
            changed=self.changed,
            decisions=self.decisions,
            plan=self.plan,
            corrections=self.corrections,
        )


def dependents(store: Store, number: int) -> Dependents:
    """Return what hangs on a source that speaks."""
    with store.engine.connect() as db:
        settled = Settled.of(db)
        touched = settled.touched_by(db, number)
        lost = _lost(db, settled, touched, number)
        plan = schema.plan_changes.c.record_id
        planned = set(db.execute(select(plan).distinct()).scalars())
    gone = set(lost)
    decided = [d for d in store.decisions() if gone & named(dict(d.link))]
    edits = [e for e in store.record_edits() if e.kind != "undo" and {e.record_id, e.other} & gone]
    changed = len(touched) - len(lost)
    return Dependents(lost, changed, len(decided), len(planned & gone), len(edits))


def named(link: dict[str, str]) -> set[str]:
    """Return the records that a decision names."""
    return {link[end] for end in ENDS if link.get(end)}


def _lost(
    db: Connection, settled: Settled, touched: Collection[str], number: int
) -> tuple[str, ...]:
    found = settled.speakers(db, touched)
    return tuple(sorted(i for i in touched if found.get(i, set()) <= {number}))
