"""What matters in each theme of the x-ray, counted: its badges, and orders to read themes in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from linker.i18n.messages import tr, tr_later, tr_plural
from linker.review.cluster_results import ShownCluster
from linker.themes.theme import Theme
from linker.ui import cards
from linker.ui.cluster_list import clusters_of
from linker.ui.desk import Desk
from linker.vocabulary.official import official_name

BY_UMBRELLA = tr_later("By umbrella")


@dataclass(frozen=True, slots=True)
class ThemeCounts:
    """What is counted of one theme.

    Attributes:
        records: its records.
        repeated: clusters of it that were asked in two cycles or more.
        noted: records that the State noted and did not support.
        waiting: clusters of it that nobody judged.
        clusters: its clusters of two records or more.
        mechanisms: that raised it.
        contrary: asks for the contrary of each other, one of them in it, that nobody rejected.
    """

    records: int = 0
    repeated: int = 0
    noted: int = 0
    waiting: int = 0
    clusters: int = 0
    mechanisms: tuple[str, ...] = ()
    contrary: int = 0

    @property
    def badges(self) -> str:
        """The counts as chips, those of nothing left out."""
        only = official_name(self.mechanisms[0]) if len(self.mechanisms) == 1 else ""
        to_review = tr_plural("{n:,} cluster to review", "{n:,} clusters to review", self.waiting)
        said = [
            tr_plural("{n:,} repeated", "{n:,} repeated", self.repeated) if self.repeated else "",
            tr_plural("{n:,} noted", "{n:,} noted", self.noted) if self.noted else "",
            tr("only {mechanism}", mechanism=only) if only else "",
            tr_plural("{n:,} contrary ask", "{n:,} contrary asks", self.contrary)
            if self.contrary
            else "",
            to_review if self.waiting else "",
        ]
        return " ".join(cards.chip(words) for words in said if words)


ORDERS: Mapping[str, Callable[[ThemeCounts], tuple[object, ...]]] = {
    tr_later("Most repeated first"): lambda c: (-c.repeated, -c.records),
    tr_later("Most noted first"): lambda c: (-c.noted, -c.records),
    tr_later("Raised by one mechanism only"): lambda c: (len(c.mechanisms) != 1, -c.records),
    tr_later("Contrary asks first"): lambda c: (-c.contrary, -c.records),
    tr_later("Most to review first"): lambda c: (-c.waiting, -c.records),
    tr_later("Most records first"): lambda c: (-c.records,),
}


def theme_counts(here: Desk) -> Mapping[str, ThemeCounts]:
    """Return the counts of each theme of the State, by its id; counted once for each log."""
    version = "theme counts", here.independent, here.reviewer, len(here.bench.log)

    def made() -> dict[str, ThemeCounts]:
        found: dict[str, list[ShownCluster]] = {}
        for cluster in clusters_of(here):
            found.setdefault(cluster.theme, []).append(cluster)
        against = _contrary(here)
        return {
            theme.theme_id: replace(
                _counts(here, theme, found.get(theme.label, ())), contrary=against[theme.theme_id]
            )
            for theme in here.snapshot.xray
        }

    return here.snapshot.keep(version, made)


def _contrary(here: Desk) -> Counter[str]:
    """Return how many links between contrary asks each theme has an end of, by its id."""
    found: Counter[str] = Counter()
    verdicts, home = here.verdicts, here.snapshot.home
    for link in here.snapshot.convergences:
        said = verdicts.get(link.link_id)
        if link.relation == "opposite" and not (said and said.verdict == "reject"):
            ends = (home.get(link.left_id), home.get(link.right_id))
            found.update({theme.theme_id for theme in ends if theme})
    return found


def _counts(here: Desk, theme: Theme, clusters: Sequence[ShownCluster]) -> ThemeCounts:
    held = [here.snapshot.records.get(member.record_id) for member in theme.members]
    records = [record for record in held if record is not None]
    return ThemeCounts(
        records=len(records),
        repeated=sum(len(cluster.cycles) > 1 for cluster in clusters),
        noted=sum(record.position == "noted" for record in records),
        waiting=sum(cluster.decision is None or bool(cluster.new) for cluster in clusters),
        clusters=len(clusters),
        mechanisms=tuple(sorted({r.mechanism for r in records if r.mechanism})),
    )
