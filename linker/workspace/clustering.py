"""Makes the clusters of a State after its links: again only where records or decisions changed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from linker.convergence.ask_pairs import score_asks
from linker.convergence.cluster import Cluster, Member
from linker.convergence.cluster_build import build_clusters
from linker.convergence.scorers import scorers
from linker.convergence.treaty_asks import parted
from linker.encoding.encoder import Encoder
from linker.errors import NotFound
from linker.reading.ask_table import Profiles
from linker.reading.reader import Reader
from linker.review.cluster_edits import EditedClusters, apply_to_clusters, concerns
from linker.review.cluster_ties import said_digest, ties
from linker.review.cluster_words import seen_cluster, seen_in
from linker.review.decisions import Decision
from linker.review.edits import standing_edits
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


def make_clusters(store: Store, encoder: Encoder, reader: Reader, state: str, basis: Basis) -> bool:
    """Bring the clusters of a State up to its records and to what people decided.

    Args:
        store: the workspace's; the State's links are built.
        encoder: for asks.
        reader: of records in other languages.
        state: ISO 3166-1 alpha-3.
        basis: what the links were made from.

    Returns:
        Whether they were made again.
    """
    log = store.decisions()
    digest = hashlib.sha256(f"{basis.digest}\x1e{said_digest(log)}".encode()).hexdigest()
    outdated = store.holds_clusters_of_another_form(state)
    if store.cluster_digest(state) == digest and not outdated:
        return False
    held = store.compared_asks(state)
    changed = basis.changed_since(held.basis or {}) if held.pairs is not None else None
    records = reader.all_english(sorted(store.records(state), key=lambda record: record.id))
    asked = parted(Profiles.of(records, encoder), encoder)
    before = held.pairs if changed is not None else None
    pairs = score_asks(asked, scorers(), before, changed or ())
    clusters = build_clusters(
        state, asked.profiles, pairs, ties(log, pairs), _previous(store, state, log, outdated)
    )
    compared = Compared(digest, basis.summary(), pairs)
    return store.save_clusters(state, basis.digest, compared, clusters)


def edited_clusters(store: Store, state: str) -> EditedClusters:
    """Return the clusters of a State as people want them; none where it was never built."""
    edits = standing_edits(store.decisions(kind="edit"), state, "cluster")
    return apply_to_clusters(edits, store.clusters(state))


def find_cluster(store: Store, cluster_id: str) -> tuple[str, Cluster]:
    """Return the State of a cluster, and the cluster as people want it.

    Of one that no edit concerns the others are not read: a decision must not wait for them.

    Raises:
        UsageError: no such cluster here.
    """
    edits = standing_edits(store.decisions(kind="edit"), subject="cluster")
    built = store.cluster(cluster_id)
    if built and not any(concerns(edit, built[1]) for edit in edits):
        return built
    made = {edit.target: edit.state for edit in edits}
    state = built[0] if built else made.get(cluster_id, "")
    for cluster in edited_clusters(store, state).clusters if state else ():
        if cluster.cluster_id == cluster_id:
            return state, cluster
    raise NotFound(f"{cluster_id}: no such cluster here. `linker clusters` lists their ids.")


def _previous(
    store: Store, state: str, log: Sequence[Decision], outdated: bool
) -> tuple[Cluster, ...]:
    """Return the clusters that ids and titles are carried over from, if they can be read.

    Those of the last build, and all that people ever decided on, each with the asks seen in it:
    a cluster that comes back after it was rejected, or its records were gone, has its id again.
    """
    stored = () if outdated else store.clusters(state)
    known = {cluster.cluster_id: cluster for cluster in stored}
    for decision in log:
        if dict(decision.link).get("state") == state and (seen := seen_in(decision)):
            cluster = known.get(decision.link_id) or seen_cluster(decision)
            held = {member.key for member in cluster.members}
            more = tuple(Member(*key, 1.0) for key in seen if key not in held)
            known[decision.link_id] = replace(cluster, members=cluster.members + more)
    return tuple(known.values())
