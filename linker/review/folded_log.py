"""A log of decisions with what stands after it, which follows the log as it grows.

What was said of one link or cluster depends on the rows about it alone. So rows that come new have
only what they are about worked out again: a decision costs no more for all that were taken before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from linker.review.agreement import Judged, judged
from linker.review.cluster_words import seen_in
from linker.review.decisions import Decision, is_theme_edit, stacks, standing
from linker.review.events import standing_rows

CLUSTER = "CL-"
Rows = tuple[Decision, ...]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FoldedLog:
    """All decisions, and what stands after them. Never changed: `followed` returns another.

    Attributes:
        rows: all of them, oldest first.
        about: the rows about each link, cluster or theme, by its id.
        edits: the rows that change themes and clusters, or take such a change back.
        standing: the decision that counts on each link and cluster, by its id.
        on_clusters: those of them that keep the asks seen in a cluster.
        words: what each reviewer said; see `linker.review.agreement.judged`.
        of_clusters: what each reviewer last said of each cluster, by its id and reviewer.
        own: each reviewer's words and edits of clusters that nobody took back, oldest first; see
            `linker.review.events.standing_rows`.
        kinds: how many rows there are about what kind of thing, by the first part of its id.
    """

    rows: Rows = ()
    about: Mapping[str, Rows] = field(default_factory=dict)
    edits: Rows = ()
    standing: Mapping[str, Decision] = field(default_factory=dict)
    on_clusters: Mapping[str, Decision] = field(default_factory=dict)
    words: Judged = field(default_factory=dict)
    of_clusters: Judged = field(default_factory=dict)
    own: Mapping[str, Rows] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)

    @property
    def last(self) -> int:
        """Number of the last row; 0 before the first."""
        return self.rows[-1].seq if self.rows else 0

    @classmethod
    def of(cls, rows: Iterable[Decision]) -> FoldedLog:
        """Fold a whole log.

        Args:
            rows: oldest first.
        """
        log = tuple(rows)
        about: dict[str, list[Decision]] = {}
        by: dict[str, list[Decision]] = {}
        for row in log:
            about.setdefault(row.link_id, []).append(row)
            by.setdefault(row.reviewer, []).append(row)
        edits = tuple(filter(is_theme_edit, log))
        found = standing(log)
        return cls(
            rows=log,
            about={key: tuple(held) for key, held in about.items()},
            edits=edits,
            standing=found,
            on_clusters=_on_clusters(found),
            words=judged(log),
            of_clusters=said_of_clusters(log),
            own=_filled({name: _own(held, edits, name) for name, held in by.items()}),
            kinds=Counter(map(kind, log)),
        )

    def followed(self, new: Sequence[Decision]) -> FoldedLog:
        """Return the log with more rows, and what stands after them.

        Args:
            new: oldest first, after all rows that are here.
        """
        about, edits = dict(self.about), (*self.edits, *filter(is_theme_edit, new))
        for row in new:
            about[row.link_id] = (*about.get(row.link_id, ()), row)
        ids = dict.fromkeys(row.link_id for row in new)
        before = [row for key in ids for row in self.about.get(key, ())]
        after = [row for key in ids for row in about[key]]
        found = standing(after)
        return FoldedLog(
            rows=(*self.rows, *new),
            about=about,
            edits=edits,
            standing=_with(self.standing, ids, found),
            on_clusters=_with(self.on_clusters, ids, _on_clusters(found)),
            words=_with(self.words, judged(before), judged(after)),
            of_clusters=_with(self.of_clusters, ids, said_of_clusters(after)),
            own=self._own_after(new, before, after),
            kinds=Counter(self.kinds) + Counter(map(kind, new)),
        )

    def words_of(self, reviewer: str, prefix: str) -> list[Decision]:
        """Return a reviewer's words that nobody took back, oldest first.

        Args:
            reviewer: whose.
            prefix: first characters of the ids that they are about: ``C-`` or ``S-``.
        """
        return [row for row in self.own.get(reviewer, ()) if row.link_id.startswith(prefix)]

    def stands(self, link_id: str, reviewer: str) -> bool:
        """Whether a reviewer has a word on a link or cluster that can be taken back."""
        return bool(stacks(self.about.get(link_id, ())).get((link_id, reviewer)))

    def _own_after(
        self, new: Sequence[Decision], before: Sequence[Decision], after: Sequence[Decision]
    ) -> Mapping[str, Rows]:
        """Return each reviewer's own rows, those about some ids worked out again.

        A row that is here and stands no longer never stands again, so what comes is new.
        """
        whose = dict.fromkeys(row.reviewer for row in (*new, *filter(is_theme_edit, after)))
        made = dict(self.own)
        for name in whose:
            had, has = (
                {row.seq: row for row in _own(rows, rows, name)} for rows in (before, after)
            )
            held = made.pop(name, ())
            if gone := had - has.keys():
                held = tuple(row for row in held if row.seq not in gone)
            held += tuple(has[seq] for seq in sorted(has.keys() - had))
            made[name] = held
        return _filled(made)


def said_of_clusters(log: Iterable[Decision]) -> Judged:
    """Return what each reviewer last said of each cluster, by its id and reviewer."""
    about_clusters = (row for row in log if row.link_id.startswith(CLUSTER))
    found: Judged = {}
    for (cluster_id, reviewer), stack in stacks(about_clusters).items():
        if stack:
            found.setdefault(cluster_id, {})[reviewer] = stack[-1]
    return found


def kind(row: Decision) -> str:
    """Return the first part of the id that a row is about, such as ``CL-``."""
    return f"{row.link_id.partition('-')[0]}-"


def _own(rows: Sequence[Decision], edits: Sequence[Decision], name: str) -> Rows:
    """Return a reviewer's own rows among some, and among edits, whoever took these back."""
    words = [row for row in rows if row.reviewer == name and not is_theme_edit(row)]
    return tuple(standing_rows([*words, *filter(is_theme_edit, edits)], name))


def _on_clusters(found: Mapping[str, Decision]) -> dict[str, Decision]:
    return {key: decision for key, decision in found.items() if seen_in(decision)}


def _filled(own: Mapping[str, Rows]) -> dict[str, Rows]:
    return {name: rows for name, rows in own.items() if rows}


def _with(held: Mapping[str, T], gone: Iterable[str], come: Mapping[str, T]) -> dict[str, T]:
    """Return a copy of a table in which some rows are put in the place of others."""
    made = dict(held)
    for key in gone:
        made.pop(key, None)
    made.update(come)
    return made
