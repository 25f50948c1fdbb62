"""What waits for a person's word, as rows of a sheet that can be judged away from Linker."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from linker.documents.inputs import Options, Source
from linker.documents.selection import chosen_records
from linker.documents.shown_links import percent
from linker.i18n.messages import tr, tr_later
from linker.review.cluster_results import ShownCluster
from linker.review.decisions import Decision

SHEET, BASE_SHEET, FORMAT = "Review", "Linker", "linker-review-1"
ID, DECISION, NOTE = tr_later("Id (locked)"), tr_later("Decision"), tr_later("Note")
"""Headings by which a filled-in sheet is read again."""
CHOICES = (tr_later("confirm"), tr_later("reject"), tr_later("unsure"))
"""What can be chosen: the verdicts of `linker.review.decisions`, read back in any language."""


@dataclass(frozen=True)
class Judged:
    """A cluster or link with the word that stands on it.

    Attributes:
        key: its id.
        kind: cluster, convergence, opposite or SDG.
        what: the measure, or what is linked.
        said: who asks, or the texts.
        probability: in per cent; empty where a person made it.
        decision: the one that stands; None for none.
        seen: what tells a cluster's asks of now from others; empty for a link.
    """

    key: str
    kind: str
    what: str
    said: str
    probability: str
    decision: Decision | None
    seen: str = ""

    @property
    def verdict(self) -> str:
        """The word that stands; empty for none."""
        return self.decision.verdict if self.decision else ""


def to_judge(source: Source, options: Options | None = None) -> list[Judged]:
    """Return clusters, then opposites and convergences that no cluster holds, then SDG targets.

    Raises:
        UsageError: the theme or cluster asked for is not there.
    """
    options = options or Options()
    shown = {record.id for record in chosen_records(source, options)}
    rows: list[Judged] = []
    together: set[frozenset[str]] = set()
    for cluster in source.clusters:
        ids = [record.id for record in cluster.records]
        together |= {frozenset((one, other)) for one in ids for other in ids}
        if shown.intersection(ids):
            rows.append(_of_cluster(cluster))
    links = sorted(
        source.convergences, key=lambda i: (i.relation, -i.link.probability, i.link.link_id)
    )
    for item in links:
        ends = frozenset((item.link.left_id, item.link.right_id))
        wanted = item.relation == "opposite" or options.shows(item.link.band, item.decision)
        if item.relation != "related" and wanted and ends & shown and ends not in together:
            said = f"{item.left.text}\n↔ {item.right.text}"
            what = f"{item.left.label} ↔ {item.right.label}"
            rows.append(_row(item.link.link_id, item.relation, what, said, item.link.probability,
                             item.decision))  # fmt: skip
    targets = [i for i in source.sdg if not i.link.indicator and i.link.record_id in shown]
    for link in sorted(targets, key=lambda i: (i.link.record_id, i.link.target)):
        if options.shows(link.link.band, link.decision) and link.record:
            what = tr(
                "SDG target {target} for {label}", target=link.link.target, label=link.record.label
            )
            rows.append(_row(link.link.link_id, "SDG", what, link.record.text,
                             link.link.probability, link.decision))  # fmt: skip
    return rows


def seen_of(cluster: ShownCluster) -> str:
    """Return what tells the asks that a cluster holds now from others."""
    keys = "\n".join(sorted(str(member.member.key) for member in cluster.members))
    return hashlib.sha256(keys.encode("utf-8")).hexdigest()[:12]


def _of_cluster(cluster: ShownCluster) -> Judged:
    quoted = [f"{member.record.label}: {member.text}" for member in cluster.members]
    said = "\n".join([cluster.summary, *quoted])
    made = _row(cluster.cluster_id, "cluster", cluster.title, said, cluster.probability,
                cluster.decision)  # fmt: skip
    return replace(made, seen=seen_of(cluster))


def _row(
    key: str, kind: str, what: str, said: str, probability: float, decision: Decision | None
) -> Judged:
    return Judged(key, kind, what, said, f"{percent(probability)} %", decision)
