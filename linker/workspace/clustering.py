"""Makes the clusters of a State after its links: again only where records or decisions changed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from linker.convergence.ask_pairs import score_asks
from linker.convergence.cluster_build import build_clusters
from linker.convergence.clusters import Cluster
from linker.convergence.scorer import scorer
from linker.encoding.encoder import Encoder
from linker.reading.ask_table import Profiles
from linker.review.cluster_ties import cluster_words, said_digest, ties
from linker.review.decisions import Decision
from linker.store.clusters import Compared
from linker.store.store import Store


class Basis(Protocol):
    """What the links of a State are made from; see `linker.workspace.building.Basis`."""

    @property
    def digest(self) -> str:
        """What says whether anything changed."""

    def summary(self) -> dict[str, Any]:
        """Return what the next build needs to know of this one."""

    def changed_since(self, summary: Mapping[str, Any]) -> frozenset[str] | None:
        """Return the ids of records that came, changed or went since a build; None for all."""


def make_clusters(store: Store, encoder: Encoder, state: str, basis: Basis) -> bool:
    """Bring the clusters of a State up to its records and to what people decided.

    Args:
        store: the workspace's; the State's links are built.
        encoder: for asks.
        state: ISO 3166-1 alpha-3.
        basis: what the links were made from.

    Returns:
        Whether they were made again.
    """
    log = store.decisions()
    digest = hashlib.sha256(f"{basis.digest}\x1e{said_digest(log)}".encode()).hexdigest()
    if store.cluster_digest(state) == digest:
        return False
    held = store.compared_asks(state)
    changed = basis.changed_since(held.basis or {}) if held.pairs is not None else None
    records = sorted(store.records(state), key=lambda record: record.id)
    profiles = Profiles.of(records, encoder)
    before = held.pairs if changed is not None else None
    pairs = score_asks(profiles, scorer(), before, changed or ())
    clusters = build_clusters(
        state, profiles, pairs, ties(log, pairs), _previous(store, state, log)
    )
    compared = Compared(digest, basis.summary(), pairs)
    return store.save_clusters(state, basis.digest, compared, clusters)


def _previous(store: Store, state: str, log: Sequence[Decision]) -> tuple[Cluster, ...]:
    """Return the clusters of the last build, and those that people decided on before that."""
    known = store.clusters(state)
    ids = {cluster.cluster_id for cluster in known}
    decided = [word.cluster for word in cluster_words(log).values() if word.state == state]
    return known + tuple(cluster for cluster in decided if cluster.cluster_id not in ids)
