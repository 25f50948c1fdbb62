"""The tables of clusters, and of the pairs of asks that they were made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from linker.convergence.cluster import Cluster
from linker.errors import LinkerError
from linker.store import schema
from linker.store.database import writing
from linker.store.faults import from_stored
from linker.store.tables import Stored, insert_rows

if TYPE_CHECKING:
    from linker.convergence.ask_pairs import AskPairs


@dataclass(frozen=True)
class Compared:
    """The pairs of asks of a State, as the last build left them.

    Attributes:
        digest: of all that its clusters were made from; empty before the first build.
        basis: what the pairs were made from; see `linker.workspace.building.Basis`.
        pairs: None before the first build, and where they cannot be read.
    """

    digest: str = ""
    basis: Mapping[str, Any] | None = None
    pairs: AskPairs | None = None


class StoredClusters(Stored):
    """Clusters; part of ``Store``."""

    def clusters(self, state: str) -> tuple[Cluster, ...]:
        """Return the clusters of a State as its last build made them, in order."""
        table = schema.clusters
        query = select(table.c.cluster).where(table.c.state == state).order_by(table.c.position)
        with self.engine.connect() as db:
            return tuple(
                from_stored(Cluster.from_dict, plain) for plain in db.execute(query).scalars()
            )

    def holds_clusters_of_another_form(self, state: str) -> bool:
        """Whether the clusters of a State were written by a Linker that kept them otherwise."""
        try:
            self.clusters(state)
        except LinkerError:
            return True
        return False

    def cluster(self, cluster_id: str) -> tuple[str, Cluster] | None:
        """Return the State of a cluster, and the cluster as the last build made it, or None."""
        query = select(schema.clusters).where(schema.clusters.c.cluster_id == cluster_id)
        with self.engine.connect() as db:
            row = db.execute(query).one_or_none()
        return (row.state, from_stored(Cluster.from_dict, row.cluster)) if row else None

    def cluster_digest(self, state: str) -> str:
        """Return what the clusters of a State were made from; empty where they never were."""
        query = select(schema.ask_pairs.c.digest).where(schema.ask_pairs.c.state == state)
        with self.engine.connect() as db:
            return db.execute(query).scalar_one_or_none() or ""

    def compared_asks(self, state: str) -> Compared:
        """Return the pairs of asks that the last build of a State compared."""
        from linker.convergence.ask_pairs import (
            AskPairs,  # brings SciPy, which reading does without
        )

        query = select(schema.ask_pairs).where(schema.ask_pairs.c.state == state)
        with self.engine.connect() as db:
            row = db.execute(query).one_or_none()
        return (
            Compared(row.digest, row.basis, AskPairs.from_bytes(row.pairs)) if row else Compared()
        )

    def save_clusters(
        self, state: str, built: str, compared: Compared, clusters: Sequence[Cluster]
    ) -> bool:
        """Replace the clusters of a State, in one transaction.

        Args:
            state: ISO 3166-1 alpha-3.
            built: digest of the build that they belong to.
            compared: what they were made from.
            clusters: all of the State's, in order.

        Returns:
            False where another build was written since, whose clusters are to stand.
        """
        rows = [
            {"cluster_id": one.cluster_id, "state": state, "position": n, "cluster": one.to_dict()}
            for n, one in enumerate(clusters)
        ]
        with writing(self.engine) as db:
            for table in (schema.clusters, schema.ask_pairs):
                db.execute(delete(table).where(table.c.state == state))
            # Asked after the first change: from there on nobody else can write.
            query = select(schema.builds.c.digest).where(schema.builds.c.state == state)
            if db.execute(query).scalar_one_or_none() != built:
                db.rollback()
                return False
            insert_rows(db, schema.clusters, rows)
            if compared.pairs is not None:
                held = {"digest": compared.digest, "basis": dict(compared.basis or {})}
                row = {"state": state, **held, "pairs": compared.pairs.to_bytes()}
                insert_rows(db, schema.ask_pairs, [row])
        return True
