"""The store of a workspace: its database, in parts. Only these files and `database` speak SQL."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from sqlalchemy import Column, ColumnElement, ScalarSelect, func, select

from linker.review.folded_log import FoldedLog
from linker.store import schema
from linker.store.builds import StoredBuilds
from linker.store.clusters import StoredClusters
from linker.store.database import open_database
from linker.store.engines import WHOLE
from linker.store.following import Following
from linker.store.limits import limited
from linker.store.location import Location, locate
from linker.store.log import StoredLog
from linker.store.record_digests import StoredDigests, kept_digests
from linker.store.record_log import StoredEdits
from linker.store.records import StoredRecords
from linker.store.sources import StoredSources


def _of_last(seq: Column[int], first: Column[str], *others: Column[str]) -> ScalarSelect[str]:
    """Return the SQL for what the last row of a log holds in some columns; NULL without rows."""
    words: ColumnElement[str] = first
    for column in others:
        words = words + "|" + column
    return select(words).order_by(seq.desc()).limit(1).scalar_subquery()


def _highest(number: Column[int]) -> ScalarSelect[int]:
    return select(func.coalesce(func.max(number), 0)).scalar_subquery()


_SAID, _PLAN = schema.decisions.c, schema.plan_changes.c
_LOOK = select(
    _highest(_SAID.seq),
    _highest(_PLAN.seq),
    _of_last(_SAID.seq, _SAID.at, _SAID.link_id, _SAID.verdict, _SAID.reviewer, _SAID.note),
    _of_last(_PLAN.seq, _PLAN.at, _PLAN.record_id, _PLAN.field, _PLAN.reviewer, _PLAN.value),
    _highest(schema.imports.c.seq),
    _highest(schema.record_edits.c.seq),
    _highest(schema.sources.c.number),
    select(func.count()).select_from(schema.sources).scalar_subquery(),
)
"""What changes whenever somebody writes, but for builds and records; put together once."""
_BUILT = select(schema.builds.c.state, schema.builds.c.digest).order_by(schema.builds.c.state)


@dataclass(frozen=True, slots=True)
class Version:
    """How far a workspace has come.

    Attributes:
        decisions: number of the last decision.
        mark: what tells that one from another with its number; see `following.mark_of`.
        plan: number of the last change of the plan.
        plan_mark: likewise of that one; see `plan_log.mark_of`.
        records: of imports, corrections, sources and builds.
    """

    decisions: int
    mark: str
    plan: int
    plan_mark: str
    records: tuple[object, ...]


class Store(
    StoredRecords, StoredDigests, StoredSources, StoredEdits, StoredBuilds, StoredClusters,
    StoredLog,
):  # fmt: skip
    """The database of a workspace.

    Args:
        where: the workspace: its folder, or its place on a server.
        create: make it when it is not there.

    Raises:
        NoWorkspace: none is there.
        LinkerError: not a database, or one that a newer Linker made.
    """

    def __init__(self, where: Path | Location, create: bool = False) -> None:
        self.location = locate(where)
        self.engine = open_database(self.location, create)
        self._limited: dict[frozenset[str], Store] = {}
        self._limiting = Lock()
        self._following = Following()

    def close(self) -> None:
        """Close the connections to the database."""
        for store in (*self._limited.values(), self):
            store.engine.dispose()

    def limited_to(self, states: Iterable[str]) -> Store:
        """Return this workspace as if it held no other States; of both, close the whole.

        Never more than this store shows itself. What is written through it is checked by whoever
        writes: they read it here first.

        Args:
            states: ISO 3166-1 alpha-3.
        """
        wanted = frozenset(states)
        wanted = wanted if self.states_shown is None else wanted & self.states_shown
        if wanted == self.states_shown:
            return self
        with self._limiting:
            if wanted not in self._limited:
                view = copy(self)
                whole = self.engine.get_execution_options().get(WHOLE, self.engine)
                view.engine, view.states_shown = limited(whole, wanted), wanted
                view._following = Following()
                self._limited[wanted] = view
            return self._limited[wanted]

    def version(self) -> Version:
        """Return what changes whenever somebody writes, in one look that counts no table."""
        with self.engine.connect() as db:
            decisions, plan, mark, plan_mark, *others = db.execute(_LOOK).one()
            digests = tuple(tuple(row) for row in db.execute(_BUILT))
            held = tuple(sorted(kept_digests(db).items()))
        others += [*digests, *held]
        return Version(decisions, mark or "", plan, plan_mark or "", tuple(others))

    def log(self, version: Version | None = None) -> FoldedLog:
        """Return all decisions with what stands after them; only what is new of them is read.

        Args:
            version: of this moment, where it was asked for.
        """
        now = version or self.version()
        return self._following.now(
            now.records, now.decisions, now.mark, lambda after: self.decisions(after=after)
        )

    def counts(self, names: Collection[str] = ()) -> dict[str, int]:
        """Return how many rows each table has, or those that are named: one query."""
        tables = [t for t in schema.metadata.sorted_tables if not names or t.name in names]
        each = [
            select(func.count()).select_from(table).scalar_subquery().label(table.name)
            for table in tables
        ]
        with self.engine.connect() as db:
            return dict(db.execute(select(*each)).one()._mapping)
