"""Which records take a subject up, wherever they are filed: what can refute a claim about it.

A record stands in one home theme and in few clusters, which is no ground for saying that nobody
else raised its subject. One record that takes the subject up is enough for a claim to fall.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from math import ceil

from linker.documents.inputs import Source
from linker.records.record import Record
from linker.review.cluster_results import ShownCluster
from linker.themes.theme import Theme
from linker.vocabulary.tokens import carries_meaning, stems, words

GENERAL = frozenset(
    stem
    for word in (
        "access", "action", "cooperation", "definition", "follow", "freedom", "full", "general",
        "human", "implementation", "international", "measures", "member", "national", "other",
        "persons", "principle", "protection", "public", "rights", "scale", "special", "standards",
    )
    for stem in stems(word)
)  # fmt: skip
"""Words of labels that say nothing about their subject."""
OF_A_TITLE = 0.6
"""A record that uses this share of a measure's telling words takes it up."""
FEWEST = 2
"""Of a measure's telling words a record uses at least so many to take it up."""


class TakenUp:
    """Which records of a State take up a subject, wherever they are filed.

    A record does so when it, or an ask of it, stands in the theme or cluster; when it is linked to
    one that does, however unlikely the engine holds the link, and nobody rejected that; when they
    share a cluster; or when it uses the words that carry the theme's label or the cluster's title.
    """

    def __init__(self, source: Source, records: Mapping[str, Record]) -> None:
        self._records = records
        self._linked: dict[str, set[str]] = {}
        for item in source.convergences:
            if not item.rejected:
                self._join((item.link.left_id, item.link.right_id))
        for cluster in source.clusters:
            if not cluster.rejected:
                self._join([record.id for record in cluster.records])
        self._stems = {key: frozenset(stems(record.text)) for key, record in records.items()}

    def by_theme(self, theme: Theme) -> list[Record]:
        """Return the records that take a theme's subject up, ordered by id."""
        members = [member.record_id for member in theme.members]
        return self._by((*members, *theme.also), members, _subject(theme.label), 1)

    def by_cluster(self, cluster: ShownCluster) -> list[Record]:
        """Return the records that take a cluster's measure up, ordered by id."""
        members, subject = [record.id for record in cluster.records], _subject(cluster.title)
        return self._by(members, members, subject, max(FEWEST, ceil(OF_A_TITLE * len(subject))))

    def _by(
        self, own: Iterable[str], members: Iterable[str], subject: Collection[str], least: int
    ) -> list[Record]:
        found = set(own)
        for key in members:
            found |= self._linked.get(key, set())
        wanted = frozenset(subject)
        found |= {key for key, spoken in self._stems.items() if len(spoken & wanted) >= least}
        return [self._records[key] for key in sorted(found) if key in self._records]

    def _join(self, ids: Iterable[str]) -> None:
        together = set(ids)
        for key in together:
            self._linked.setdefault(key, set()).update(together)


def _subject(named: str) -> frozenset[str]:
    """Return the stems of the words that say what a label or title is about."""
    telling = (word for word in words(named) if carries_meaning(word))
    return frozenset(root for word in telling for root in stems(word)) - GENERAL
