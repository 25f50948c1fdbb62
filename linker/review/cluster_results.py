"""What the workspace answers with about clusters: with their records, decisions, theme and SDGs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, overload

from linker.convergence.cluster import Cluster, Member
from linker.i18n.messages import tr_plural
from linker.links import BY_HAND
from linker.records.record import POSITIONS, Record
from linker.review.cluster_sdg import Proposed, SharedSdg, shared_sdg
from linker.review.cluster_words import seen_in
from linker.review.decisions import Decision
from linker.review.results import PERCENT, asked
from linker.vocabulary.official import official_name

CLUSTER_COLUMNS = (
    "cluster_id", "title", "records", "asked_by", "cycles", "bodies", "positions", "band",
    "decision", "probability", "asked_about", "new", "since", "mechanisms", "theme", "targets",
    "state",
)  # fmt: skip
MEMBER_COLUMNS = (
    "cluster_id", "title", "record_id", "probability", "band", "decision", "record", "ask", "text",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownMember:
    """An ask of a cluster with its record.

    Attributes:
        member: the ask.
        record: what it stands in.
        decision: what was said of the cluster when this ask was in it; None where it was not.
    """

    member: Member
    record: Record
    decision: Decision | None

    @property
    def text(self) -> str:
        """What is asked."""
        return asked(self.record, self.member.ask)

    @property
    def confirmed(self) -> bool:
        """Whether a reviewer confirmed the cluster with this ask in it."""
        return self.decision is not None and self.decision.verdict == "confirm"

    @property
    def asked_about(self) -> bool:
        """Whether a person should look at it by itself: it is torn, or nobody has seen it."""
        return self.decision is None and self.member.asked_about


@dataclass(frozen=True)
class ShownCluster:
    """A cluster as people see it.

    Attributes:
        cluster: the measure and its asks, edits and all.
        state: ISO 3166-1 alpha-3.
        members: its asks with their records, surest first.
        decision: the one that stands on it.
        theme: label of the theme that most of its records stand in; empty where none.
        sdg: SDG targets that its records share, of most weight first, each with its indicators.
    """

    cluster: Cluster
    state: str
    members: tuple[ShownMember, ...]
    decision: Decision | None = None
    theme: str = ""
    sdg: tuple[SharedSdg, ...] = ()

    @property
    def cluster_id(self) -> str:
        """Its id."""
        return self.cluster.cluster_id

    @property
    def title(self) -> str:
        """What it asks, in a line."""
        return self.cluster.title

    @property
    def probability(self) -> float:
        """The share of its members to expect to be right."""
        return self.cluster.probability

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """Its records, each once, surest first."""
        return tuple({m.record.id: m.record for m in self.members}.values())

    @property
    def targets(self) -> tuple[SharedSdg, ...]:
        """SDG targets that its records share, of most weight first; none that was rejected."""
        return tuple(one for one in self.sdg if not one.link.indicator and one.decision != "reject")

    @property
    def states(self) -> tuple[str, ...]:
        """States that recommended it, sorted."""
        return _each(state for record in self.records for state in record.recommending_states)

    @property
    def bodies(self) -> tuple[str, ...]:
        """Committees and mandate holders that asked for it, sorted."""
        return _each(r.raised_by for r in self.records if not r.is_cyclic)

    @cached_property
    def cycles(self) -> tuple[str, ...]:
        """Cycles of the UPR in which it was recommended, in order."""
        found = _each(record.cycle for record in self.records if record.is_cyclic)
        return tuple(sorted(found, key=lambda cycle: (len(cycle), cycle)))

    @cached_property
    def mechanisms(self) -> tuple[str, ...]:
        """Mechanisms that asked for it, sorted."""
        return _each(record.mechanism for record in self.records)

    @property
    def positions(self) -> tuple[tuple[str, int], ...]:
        """How many of its records the State took which position on."""
        counted = Counter(record.position for record in self.records if record.position)
        return tuple((name, counted[name]) for name in sorted(counted, key=POSITIONS.index))

    @property
    def since(self) -> str:
        """When it was first asked: a date or a year; empty where no record says."""
        return min((r.date or str(r.year) for r in self.records if r.date or r.year), default="")

    @property
    def confirmed(self) -> bool:
        """Whether a reviewer confirmed it."""
        return self.decision is not None and self.decision.verdict == "confirm"

    @property
    def rejected(self) -> bool:
        """Whether a reviewer rejected it."""
        return self.decision is not None and self.decision.verdict == "reject"

    @property
    def new(self) -> tuple[ShownMember, ...]:
        """Members that came after the decision that stands: proposals."""
        return tuple(m for m in self.members if self.decision and m.decision is None)

    @property
    def questions(self) -> tuple[ShownMember, ...]:
        """Members to be asked about one by one."""
        return tuple(member for member in self.members if member.asked_about)

    @property
    def summary(self) -> str:
        """Who asked, in a line: "17 records, cycles 2–4, 14 States, CMW; supported 15, noted 2"."""
        cycles = tr_plural(
            "cycle {cycles}", "cycles {cycles}", len(self.cycles), cycles=_run(self.cycles)
        )
        states = tr_plural("{n} State", "{n} States", len(self.states))
        parts = [tr_plural("{n} record", "{n} records", len(self.records))]
        parts += [cycles if self.cycles else "", states if self.states else ""]
        parts += map(official_name, self.bodies)
        taken = ", ".join(f"{official_name(name)} {number}" for name, number in self.positions)
        return "; ".join(part for part in (", ".join(filter(None, parts)), taken) if part)

    def to_row(self) -> dict[str, Any]:
        """Return the columns that listings and files show, `CLUSTER_COLUMNS`."""
        return {
            "cluster_id": self.cluster_id,
            "title": self.title,
            "records": len(self.records),
            "asked_by": [*self.states, *self.bodies],
            "cycles": list(self.cycles),
            "bodies": list(self.bodies),
            "positions": [f"{position} {number}" for position, number in self.positions],
            "band": self.cluster.band,
            "decision": self.decision.verdict if self.decision else "",
            "probability": round(self.probability, PERCENT),
            "asked_about": _count_records(self.questions),
            "new": _count_records(self.new),
            "since": self.since,
            "mechanisms": list(self.mechanisms),
            "theme": self.theme,
            "targets": [target.code for target in self.targets],
            "state": self.state,
        }

    def member_rows(self) -> list[dict[str, Any]]:
        """Return one row a record, its surest ask's: `MEMBER_COLUMNS`."""
        surest = {m.record.id: m for m in reversed(self.members)}
        return [self._member_row(surest[record.id]) for record in self.records]

    def _member_row(self, shown: ShownMember) -> dict[str, Any]:
        member, by_hand = shown.member, shown.member.band == BY_HAND
        return {
            "cluster_id": self.cluster_id,
            "title": self.title,
            "record_id": member.record_id,
            "probability": None if by_hand else round(member.probability, PERCENT),
            "band": member.band,
            "decision": shown.decision.verdict if shown.decision else "",
            "record": shown.record.label,
            "ask": shown.text,
            "text": shown.record.text,
        }

    def __str__(self) -> str:
        return f"{self.cluster_id}  {self.title} ({self.summary})"


class Clusters(Sequence[ShownCluster]):
    """Clusters with their records, those of most records first."""

    def __init__(self, items: Sequence[ShownCluster]) -> None:
        self._items: list[ShownCluster] = list(items)

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, position: int) -> ShownCluster: ...
    @overload
    def __getitem__(self, position: slice) -> Clusters: ...
    def __getitem__(self, position: int | slice) -> ShownCluster | Clusters:
        if isinstance(position, slice):
            return Clusters(self._items[position])
        return self._items[position]

    def __iter__(self) -> Iterator[ShownCluster]:
        return iter(self._items)

    def above(self, probability: float) -> Clusters:
        """Return those at least as probable; nothing is computed again."""
        return Clusters([item for item in self._items if item.probability >= probability])

    def shared(self) -> Clusters:
        """Return those of two records or more; most asks are made once and stand alone."""
        return Clusters([item for item in self._items if len(item.records) > 1])

    def of(self, record_id: str) -> Clusters:
        """Return those that an ask of a record stands in."""
        return Clusters([i for i in self._items if any(r.id == record_id for r in i.records)])

    @property
    def members(self) -> tuple[ShownMember, ...]:
        """All their asks, cluster by cluster."""
        return tuple(member for item in self._items for member in item.members)

    def to_rows(self) -> list[dict[str, Any]]:
        """Return one dictionary for each cluster."""
        return [item.to_row() for item in self._items]

    def member_rows(self) -> list[dict[str, Any]]:
        """Return one dictionary for each record of each cluster."""
        return [row for item in self._items for row in item.member_rows()]

    def __repr__(self) -> str:
        lines = [f"  {item}" for item in self._items[:10]]
        return "\n".join([f"{len(self)} clusters", *lines])


@dataclass(frozen=True)
class Around:
    """What stands around the clusters of a State.

    Attributes:
        state: ISO 3166-1 alpha-3.
        records: by id.
        words: the decision that stands on each cluster.
        themes: label of the home theme of each record id.
        sdg: SDG links, those to indicators too, by record id.
    """

    state: str
    records: Mapping[str, Record]
    words: Mapping[str, Decision]
    themes: Mapping[str, str]
    sdg: Proposed

    def shown(self, cluster: Cluster) -> ShownCluster | None:
        """Return a cluster with all that; None where none of its records is here any more."""
        word = self.words.get(cluster.cluster_id)
        seen = frozenset(seen_in(word)) if word else frozenset()
        members = tuple(
            ShownMember(
                member, self.records[member.record_id], word if member.key in seen else None
            )
            for member in cluster.members
            if member.record_id in self.records
        )
        if not members:
            return None
        ids = list(dict.fromkeys(member.record.id for member in members))
        homes = Counter(self.themes[i] for i in ids if i in self.themes)
        theme = min(homes, key=lambda label: (-homes[label], label), default="")
        sdg = shared_sdg((member.member.key for member in members), self.sdg)
        return ShownCluster(cluster, self.state, members, word, theme, sdg)


def _each(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value}))


def _count_records(members: Iterable[ShownMember]) -> int:
    """Return how many records the asks are of: one record may ask twice."""
    return len({member.record.id for member in members})


def _run(cycles: Sequence[str]) -> str:
    """Return cycles in words: 2–4, or 1, 3 where one is missing."""
    numbers = [int(cycle) for cycle in cycles if cycle.isdecimal()]
    whole = len(numbers) == len(cycles) > 1 and numbers[-1] - numbers[0] == len(numbers) - 1
    return f"{cycles[0]}–{cycles[-1]}" if whole else ", ".join(cycles)
