"""What a workspace lets people do with clusters: look at them and decide on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linker.review.cluster_results import Around, Clusters, ShownCluster
from linker.review.cluster_ties import cluster_words
from linker.workspace.arranging import edited

if TYPE_CHECKING:
    from linker.convergence.clusters import AskKey
    from linker.review.results import ProposedSdgLink
    from linker.workspace.workspace import Linker


class ClusterDesk:
    """The clusters of a workspace: ``linker.clusters``.

    Example:
        >>> linker.clusters(state="KEN").above(0.8)  # doctest: +SKIP
    """

    def __init__(self, linker: Linker) -> None:
        self.linker = linker
        self.store = linker.store

    def __call__(self, state: str | None = None) -> Clusters:
        """Return the clusters of two records or more, those of most records first.

        Args:
            state: whose; those of all States unless given.
        """
        return self.all(state).shared()

    def all(self, state: str | None = None) -> Clusters:
        """Return all clusters, those too that hold one record: each ask stands in one."""
        states = [state] if state else self.store.states()
        return Clusters([shown for known in states for shown in self._shown(known)])

    def _shown(self, state: str) -> list[ShownCluster]:
        clusters = self.store.clusters(state)
        links: dict[AskKey, list[ProposedSdgLink]] = {}
        for item in self.linker.sdg(state).shown():
            if not item.link.indicator:
                links.setdefault((item.link.record_id, item.link.ask), []).append(item)
        around = Around(
            state=state,
            records={record.id: record for record in self.store.records(state)},
            words=cluster_words(self.store.decisions()),
            themes={
                member.record_id: theme.label
                for theme in edited(self.store, state).themes
                for member in theme.members
            },
            sdg=links,
        )
        return [shown for one in clusters if (shown := around.shown(one)) is not None]
