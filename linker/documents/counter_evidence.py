"""What refutes a sentence about a theme: any record elsewhere that takes its subject up.

A record stands in one home theme, which is no ground for saying that nobody else raised its
subject. Before a document says "new" or "raised only by", every record outside the theme is held
against it; one that takes the subject up is enough for the sentence not to be printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from linker.documents.inputs import Source
from linker.records.record import Record
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


class TakenUp:
    """Which records of a State take up the subject of a theme, wherever they are filed.

    A record does so when it, or an ask of it, stands in the theme; when it is linked to a record of
    the theme as a convergence or as related and nobody rejected that; when they share a cluster; or
    when it uses a word that carries the theme's label.
    """

    def __init__(self, source: Source, records: Mapping[str, Record]) -> None:
        self._records = records
        self._linked: dict[str, set[str]] = {}
        for item in source.convergences:
            rejected = item.decision is not None and item.decision.verdict == "reject"
            if item.link.band != "hide" and not rejected:
                self._join((item.link.left_id, item.link.right_id))
        for cluster in source.clusters:
            self._join([record.id for record in cluster.records])
        self._stems = {key: frozenset(stems(record.text)) for key, record in records.items()}

    def by(self, theme: Theme) -> list[Record]:
        """Return the records that take the theme's subject up, ordered by id."""
        members = {member.record_id for member in theme.members}
        found = members | set(theme.also)
        for key in members:
            found |= self._linked.get(key, set())
        subject = {
            stem
            for word in words(theme.label)
            if carries_meaning(word)
            for stem in stems(word)
            if stem not in GENERAL
        }
        found |= {key for key, spoken in self._stems.items() if spoken & subject}
        return [self._records[key] for key in sorted(found) if key in self._records]

    def _join(self, ids: Iterable[str]) -> None:
        together = set(ids)
        for key in together:
            self._linked.setdefault(key, set()).update(together)
