"""Makes the clusters of a State from its scored pairs of asks, and lets them keep id and title."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from linker.convergence.ask_pairs import AskPairs
from linker.convergence.cluster import (
    PREFIX,
    AskKey,
    Cluster,
    Lines,
    Member,
    banded,
    in_order,
    lines,
)
from linker.convergence.cluster_titles import titles
from linker.convergence.clusters import Ties, members_of, partition
from linker.reading.ask_table import Profiles
from linker.stable_ids import carry_ids, much_changed, new_id


def build_clusters(
    state: str,
    profiles: Profiles,
    pairs: AskPairs,
    ties: Ties | None = None,
    previous: Sequence[Cluster] = (),
    drawn: Lines | None = None,
) -> tuple[Cluster, ...]:
    """Return the clusters of a State: every ask in exactly one, most of them alone.

    The same records give the same clusters, whatever their order and whatever came before; ids
    go to the clusters that share most asks with the earlier ones, and so do titles while at least
    half of old and new asks together stayed.

    Args:
        state: ISO 3166-1 alpha-3.
        profiles: the asks of all its records, which are sorted by id.
        pairs: the same asks, compared.
        ties: what people confirmed and rejected.
        previous: the clusters of the last build, and those that people decided on since.
        drawn: where the lines lie; as shipped unless given.
    """
    if not pairs.ids:
        return ()
    drawn, ties = drawn or lines(), ties or Ties()
    homes = partition(pairs, drawn.join, ties)
    earlier = {cluster.cluster_id: [m.key for m in cluster.members] for cluster in previous}
    carried = carry_ids(homes.tolist(), pairs.keys, earlier)
    members = list(members_of(pairs, homes, ties, drawn))
    named = zip(_identified(state, members, carried, earlier), titles(profiles, homes), strict=True)
    kept = {cluster.cluster_id: cluster.title for cluster in previous}
    made = []
    for (cluster_id, title), held in zip(named, members, strict=True):
        before = earlier.get(cluster_id)
        stays = before is not None and not much_changed(before, [m.key for m in held])
        called = kept[cluster_id] if stays else title
        made.append(banded(Cluster(cluster_id, called, tuple(held)), drawn))
    return in_order(made)


def _identified(
    state: str, members: Sequence[Sequence[Member]], carried: Sequence[str], taken: Iterable[str]
) -> list[str]:
    """Return the id of each cluster: the one it had, else one born around its surest ask."""
    known, found = set(taken), []
    for held, cluster_id in zip(members, carried, strict=True):
        chosen = cluster_id or new_id(state, _name(held[0].key), known, PREFIX)
        known.add(chosen)
        found.append(chosen)
    return found


def _name(key: AskKey) -> str:
    return "|".join(map(str, key[: 3 if key[2] else 2]))
