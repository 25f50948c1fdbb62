"""The clusters that a reviewer is asked about: read fast, filtered, in order."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from linker.convergence.cluster import Cluster
from linker.i18n.messages import tr_later
from linker.links import SdgLink
from linker.review.cluster_edits import apply_to_clusters
from linker.review.cluster_results import Around, ShownCluster
from linker.review.cluster_sdg import Proposed
from linker.review.cluster_words import seen_in
from linker.review.decisions import Decision, standing
from linker.review.edits import standing_edits
from linker.review.results import ProposedSdgLink
from linker.ui.desk import Desk
from linker.ui.queue import DIFFERING

BETWEEN, BY_THEME, UNCERTAIN, MOST_ASKED = (
    tr_later("Between mechanisms first"),
    tr_later("Theme by theme"),
    tr_later("Most uncertain first"),
    tr_later("Most asked first"),
)
ORDERS = (BETWEEN, BY_THEME, UNCERTAIN, MOST_ASKED)
Said = Mapping[str, Mapping[str, Decision]]
Held = tuple[Cluster, Decision | None, ShownCluster | None]
"""A cluster, the decision that stands on it, and how it was shown with them."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which clusters to go through; an empty condition is met by every one.

    Attributes:
        said: confirm, reject, unsure or ``DIFFERING``; empty for those that nobody judged.
        by: name of a reviewer who judged them.
        theme: label of the theme that most of their records stand in.
        band: ``propose`` or ``ask``.
        among: ids of the only ones that are wanted; None for all.
    """

    said: str = ""
    by: str = ""
    theme: str = ""
    band: str = ""
    among: tuple[str, ...] | None = None

    @property
    def again(self) -> bool:
        """Whether judged ones are wanted, to be looked at once more."""
        return bool(self.said or self.by)

    def fits(self, cluster: ShownCluster) -> bool:
        """Whether a cluster meets the conditions, whatever was said of it."""
        return (
            self.theme in ("", cluster.theme)
            and self.band in ("", cluster.cluster.band)
            and (self.among is None or cluster.cluster_id in self.among)
        )

    def takes(self, cluster: ShownCluster, given: Mapping[str, Decision]) -> bool:
        """Whether a cluster is wanted.

        Args:
            cluster: the cluster.
            given: what each reviewer said of it.
        """
        if not self.fits(cluster):
            return False
        if not self.again:
            return cluster.decision is None or bool(cluster.new)
        counts = given.get(self.by) if self.by else cluster.decision
        if counts is None:
            return False
        differ = len({word.verdict for word in given.values()}) > 1
        return self.said in ("", counts.verdict) or (self.said == DIFFERING and differ)


def clusters_of(here: Desk) -> list[ShownCluster]:
    """Return the clusters of two records or more, as this reviewer may see them.

    Read from what the pages have in memory: a key must not wait for the database.
    """
    return [one for one in all_clusters(here) if len(one.records) > 1]


def all_clusters(here: Desk) -> list[ShownCluster]:
    """Return all clusters, those of one record too: edits part and join them."""
    digest = here.bench.linker.store.cluster_digest(here.state)
    whose = here.reviewer if here.independent else ""
    version = "clusters", whose, len(here.bench.log), digest
    return here.snapshot.keep(version, lambda: _made(here, digest))


def in_order(
    clusters: Collection[ShownCluster], order: str, skipped: Sequence[str], blind: bool
) -> list[ShownCluster]:
    """Return clusters in the order they are asked about, those put off last.

    Args:
        clusters: those wanted.
        order: one of ``ORDERS``.
        skipped: ids put off, first put off first.
        blind: the order must not tell how sure Linker is: by a digest of the id.
    """
    put_off = {cluster_id: number for number, cluster_id in enumerate(skipped)}
    sizes = Counter(cluster.theme for cluster in clusters)
    keys: dict[str, Callable[[ShownCluster], tuple[object, ...]]] = {
        BETWEEN: lambda c: (len(c.mechanisms) < 2, _repeated(c), -len(c.records)),
        BY_THEME: lambda c: (-sizes[c.theme], c.theme, -len(c.records)),
        UNCERTAIN: lambda c: (-len(c.questions), abs(c.probability - 0.5)),
        MOST_ASKED: lambda c: (-len(c.records),),
    }
    key = _drawn if blind else keys[order]
    return sorted(clusters, key=lambda c: (put_off.get(c.cluster_id, -1), *key(c), c.cluster_id))


def _repeated(cluster: ShownCluster) -> bool:
    """Whether it stands in one cycle only: what was asked in several comes before."""
    return len(cluster.cycles) < 2


def _drawn(cluster: ShownCluster) -> tuple[object, ...]:
    return (hashlib.sha256(cluster.cluster_id.encode()).hexdigest(),)


def _made(here: Desk, digest: str) -> list[ShownCluster]:
    snapshot, log = here.snapshot, here.bench.folded
    engine: tuple[Cluster, ...] = snapshot.keep(
        ("engine clusters", digest), lambda: tuple(snapshot.linker.store.clusters(here.state))
    )
    words: Mapping[str, Decision] = log.on_clusters
    if here.independent:
        own = standing(log.own.get(here.reviewer, ()))
        words = {key: said for key, said in own.items() if seen_in(said)}
    around = Around(
        state=here.state,
        records=snapshot.records,
        words=words,
        themes={record_id: theme.label for record_id, theme in snapshot.home.items()},
        sdg=_sdg(here),
    )
    edits = standing_edits(log.edits, here.state, "cluster")
    before: dict[str, Held] = snapshot.keep(("clusters shown before", *_sdg_version(here)), dict)
    found = (_shown(around, one, before) for one in apply_to_clusters(edits, engine).clusters)
    return [shown for shown in found if shown is not None]


def _shown(around: Around, cluster: Cluster, before: dict[str, Held]) -> ShownCluster | None:
    """Return a cluster with its records; the one shown before where nothing of it changed."""
    key, word = cluster.cluster_id, around.words.get(cluster.cluster_id)
    held = before.get(key)
    if held is None or held[:2] != (cluster, word):
        held = before[key] = cluster, word, around.shown(cluster)
    return held[2]


def _sdg(here: Desk) -> Proposed:
    """Return the SDG links proposed for or judged on each record, as this reviewer may see them."""

    def made() -> dict[str, list[ProposedSdgLink]]:
        found: dict[str, list[ProposedSdgLink]] = {}
        added = (link for link in here.bench.made.values() if isinstance(link, SdgLink))
        verdicts = here.verdicts
        for link in [*here.snapshot.sdg, *added]:
            if record := here.snapshot.records.get(link.record_id):
                item = ProposedSdgLink(link, record, verdicts.get(link.link_id))
                found.setdefault(link.record_id, []).append(item)
        return found

    return here.snapshot.keep(("SDGs of records", *_sdg_version(here)), made)


def _sdg_version(here: Desk) -> tuple[str, int]:
    """Return what changes with each decision on an SDG link that this reviewer may see."""
    judged = here.bench.folded.kinds.get("S-", 0)
    return here.reviewer if here.independent else "", judged
