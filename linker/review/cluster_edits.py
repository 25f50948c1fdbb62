"""What people changed about clusters, replayed over what the engine found.

As with themes: the engine's clusters are stored as it made them, edits are rows of the decision
log, and an undo gives back exactly what was there before. An ask is to a cluster what a record is
to a theme, so both are replayed by the same code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from linker.convergence.cluster import Cluster, Member, banded, in_order, lines
from linker.links import BY_HAND
from linker.review.cluster_words import ask_name
from linker.review.edits import ThemeEdit, Unmet, apply
from linker.themes.theme import Member as Record
from linker.themes.theme import Theme


@dataclass(frozen=True, slots=True)
class EditedClusters:
    """Clusters as people want them, and the edits that could not be followed wholly."""

    clusters: tuple[Cluster, ...]
    unmet: tuple[Unmet, ...]


def apply_to_clusters(edits: Sequence[ThemeEdit], clusters: Sequence[Cluster]) -> EditedClusters:
    """Replay edits over the engine's clusters; every ask stays in exactly one of them.

    Args:
        edits: of clusters that stand, oldest first.
        clusters: as the engine made them.
    """
    if not edits:
        return EditedClusters(tuple(clusters), ())
    members = {ask_name(m.key): m for cluster in clusters for m in cluster.members}
    done = apply(edits, [_as_theme(cluster) for cluster in clusters])
    drawn, before = lines(), {cluster.cluster_id: cluster for cluster in clusters}
    made = []
    for theme in done.themes:
        held = tuple(_placed(members[one.record_id], one.by_hand) for one in theme.members)
        ordered = tuple(sorted(held, key=lambda m: (-m.probability, m.key)))
        known = before.get(theme.theme_id)
        if known and known.title == theme.label and known.members == ordered:
            made.append(known)
        else:
            made.append(banded(Cluster(theme.theme_id, theme.label, ordered), drawn))
    return EditedClusters(in_order(made), done.unmet)


def concerns(edit: ThemeEdit, cluster: Cluster) -> bool:
    """Whether an edit may change a cluster, as the engine made it or by way of its asks."""
    if cluster.cluster_id in (edit.theme_id, edit.into):
        return True
    return any(ask_name(member.key) in edit.records for member in cluster.members)


def _as_theme(cluster: Cluster) -> Theme:
    members = tuple(Record(ask_name(m.key), m.probability) for m in cluster.members)
    return Theme(cluster.cluster_id, "", cluster.title, "", members)


def _placed(member: Member, by_hand: bool) -> Member:
    if not by_hand:
        return member
    return replace(member, band=BY_HAND, torn=False)
