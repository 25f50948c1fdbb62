"""The store of a workspace: its database, in parts. Only these files and `database` speak SQL."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from sqlalchemy import func, select

from linker.store import schema
from linker.store.builds import StoredBuilds
from linker.store.clusters import StoredClusters
from linker.store.database import open_database
from linker.store.engines import WHOLE
from linker.store.limits import limited
from linker.store.location import Location, locate
from linker.store.log import StoredLog
from linker.store.record_digests import StoredDigests, kept_digests
from linker.store.record_log import StoredEdits
from linker.store.records import StoredRecords
from linker.store.sources import StoredSources


@dataclass(frozen=True, slots=True)
class Version:
    """How far a workspace has come.

    Attributes:
        decisions: number of the last decision.
        plan: number of the last change of the plan.
        records: of imports, corrections, sources and builds.
    """

    decisions: int
    plan: int
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
                self._limited[wanted] = view
            return self._limited[wanted]

    def version(self) -> Version:
        """Return what changes whenever somebody writes, in one look that counts no table."""
        last = [
            select(func.coalesce(func.max(column), 0)).scalar_subquery()
            for column in (
                schema.decisions.c.seq,
                schema.plan_changes.c.seq,
                schema.imports.c.seq,
                schema.record_edits.c.seq,
                schema.sources.c.number,
            )
        ]
        sources = select(func.count()).select_from(schema.sources).scalar_subquery()
        built = select(schema.builds.c.state, schema.builds.c.digest)
        with self.engine.connect() as db:
            decisions, plan, *others = db.execute(select(*last, sources)).one()
            digests = tuple(tuple(row) for row in db.execute(built.order_by(schema.builds.c.state)))
            held = tuple(sorted(kept_digests(db).items()))
        return Version(decisions, plan, (*others, *digests, *held))

    def counts(self, names: Collection[str] = ()) -> dict[str, int]:
        """Return how many rows each table has, or those that are named: one query."""
        tables = [t for t in schema.metadata.sorted_tables if not names or t.name in names]
        each = [
            select(func.count()).select_from(table).scalar_subquery().label(table.name)
            for table in tables
        ]
        with self.engine.connect() as db:
            return dict(db.execute(select(*each)).one()._mapping)
