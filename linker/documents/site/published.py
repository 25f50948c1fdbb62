"""What a portal publishes of a State: records with what was confirmed of them, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from linker.documents.citation import reference
from linker.documents.converging import Converging, both_ways, reading_order
from linker.documents.inputs import Options, Source, all_themes, newest_first, state_records
from linker.documents.matrix import Row, contrary_asks, make_row
from linker.documents.selection import chosen_records, shown_members
from linker.documents.shown_links import SdgRef, sdg_refs, shown_convergences
from linker.documents.site.addresses import (
    MEASURES,
    RECORDS,
    REVIEWS,
    TARGETS,
    THEMES,
    address,
    institution_address,
)
from linker.plan.entries import FIELDS, NOBODY, institutions
from linker.records.record import Record
from linker.review.cluster_results import ShownCluster
from linker.sdg.framework import framework, sort_key
from linker.themes.theme import Theme
from linker.vocabulary.text import fold_name

KeyT = TypeVar("KeyT")
ItemT = TypeVar("ItemT")
PUBLISHED_FIELDS = (
    "indicators", "responsible", "actions", "result", "evidence", "baseline", "target", "current",
    "verification", "deadline", "status", "law", "policy", "practice", "measure",
)  # fmt: skip
"""Fields of the plan that are published; whatever is not named here stays inside."""
NOT_STATED = "not stated by the source"


@dataclass(frozen=True)
class PublicRecord:
    """A record as the portal shows it.

    Attributes:
        row: the record, its SDG targets and indicators, what was filled in, and the contrary asks.
        same: what asks for the same measure, each record once.
        theme: its home in the x-ray; None where it has none.
        clusters: measures that it asks for with others.
    """

    row: Row
    same: tuple[Converging, ...]
    theme: Theme | None
    clusters: tuple[ShownCluster, ...] = ()

    @property
    def record(self) -> Record:
        """The record itself."""
        return self.row.record

    @property
    def page(self) -> str:
        """Address of its page."""
        return address(RECORDS, self.record.id)

    @property
    def name(self) -> str:
        """Symbol and paragraph, or how else it is cited."""
        return reference(self.record)

    @property
    def status(self) -> str:
        """How far its implementation is, as the plan says; empty where it says nothing."""
        return self.row.entry.status

    @property
    def type(self) -> str:
        """Recommendation, observation or procedure: what the source calls it."""
        return self.record.kind or ("recommendation" if self.record.is_cyclic else NOT_STATED)

    @property
    def institutions(self) -> tuple[str, ...]:
        """Who answers for it; empty where nobody does yet."""
        return tuple(name for name in institutions(self.row.entry) if name != NOBODY)

    @property
    def reported(self) -> tuple[tuple[str, str], ...]:
        """What the plan says of it and may be published: titles and values."""
        entry = self.row.entry
        return tuple(
            (FIELDS[name], entry.value(name)) for name in PUBLISHED_FIELDS if entry.value(name)
        )


@dataclass(frozen=True)
class Publication:
    """Everything that the portal of one State shows.

    Attributes:
        source: what it was made from; it names nobody.
        options: what was taken in.
        records: newest first, UPR before the others.
        clusters: measures that two records or more ask for, most records first.
    """

    source: Source
    options: Options
    records: tuple[PublicRecord, ...]
    clusters: tuple[ShownCluster, ...]

    @property
    def with_proposals(self) -> bool:
        """Whether links stand in it that no person has decided on."""
        return not self.options.only_confirmed

    @cached_property
    def by_id(self) -> dict[str, PublicRecord]:
        """The records by id."""
        return {one.record.id: one for one in self.records}

    @cached_property
    def reviews(self) -> dict[tuple[str, str], list[PublicRecord]]:
        """Records by the review that they come from: (body, cycle or symbol)."""
        return grouped((review_of(one.record), one) for one in self.records)

    @cached_property
    def themes(self) -> list[tuple[Theme, list[PublicRecord]]]:
        """Themes with their records, in the order of the x-ray; last what is in none yet."""
        found = grouped((one.theme.theme_id if one.theme else "", one) for one in self.records)
        themes = all_themes(self.source, (one.record for one in self.records))
        return [(theme, found[theme.theme_id]) for theme in themes if theme.theme_id in found]

    @cached_property
    def measures(self) -> list[tuple[ShownCluster, list[PublicRecord]]]:
        """Measures with the records that ask for them."""
        found = grouped((c.cluster_id, one) for one in self.records for c in one.clusters)
        return [(cluster, found[cluster.cluster_id]) for cluster in self.clusters]

    @cached_property
    def institutions(self) -> list[tuple[str, list[PublicRecord]]]:
        """Responsible bodies by name, each with its records."""
        found = grouped((name, one) for one in self.records for name in self.answering(one))
        return [(name, found[name]) for name in sorted(found, key=fold_name)]

    def answering(self, one: PublicRecord) -> tuple[str, ...]:
        """Return who answers for a record, each once and by the name that its page has."""
        return tuple(dict.fromkeys(self._spelt[name] for name in one.institutions))

    @cached_property
    def _spelt(self) -> dict[str, str]:
        """Each way an institution's name is written -> how the first record writes it."""
        first: dict[str, str] = {}
        every = [name for one in self.records for name in one.institutions]
        return {name: first.setdefault(fold_name(name), name) for name in every}

    @cached_property
    def targets(self) -> list[tuple[str, list[PublicRecord]]]:
        """SDG targets (and goals that a text names) with the records linked to them."""
        pairs = (
            (code, one)
            for one in self.records
            for code in dict.fromkeys(map(_target, (*one.row.targets, *one.row.indicators)))
        )
        found = grouped(pairs)
        return [(code, found[code]) for code in sorted(found, key=sort_key)]

    @cached_property
    def lasting(self) -> dict[str, str]:
        """Addresses that last from one publication to the next, each with what it shows."""
        return {
            **{one.page: one.name for one in self.records},
            **{address(MEASURES, one.cluster_id): one.title for one in self.clusters},
            **{theme_address(theme): theme.label for theme, _ in self.themes},
            **{institution_address(name): name for name, _ in self.institutions},
            **{address(TARGETS, code): str(framework()[code]) for code, _ in self.targets},
        }


def publication(source: Source, options: Options) -> Publication:
    """Return what the portal of one State shows.

    Args:
        source: all that is known of the State.
        options: what to take in; proposals stand only where ``only_confirmed`` is false.

    Raises:
        UsageError: the theme or cluster asked for is not there.
    """
    source = source.without_names()
    records = {record.id: record for record in chosen_records(source, options)}
    every = {record.id: record for record in state_records(source, options)}
    same = _asking_the_same(source, options, every)
    against = contrary_asks(every, source.convergences, options)
    clusters = tuple(_clusters(source, options, records))
    member_of = grouped((r.id, cluster) for cluster in clusters for r in cluster.records)
    home, refs = source.xray.home(), sdg_refs(source, options)
    made = [
        PublicRecord(
            row=replace(
                make_row(source, record, (), refs),
                contrary=_within(against.get(key, ()), records),
            ),
            same=_within(same.get(key, ()), records),
            theme=home.get(key),
            clusters=tuple(member_of.get(key, ())),
        )
        for key, record in records.items()
    ]
    made.sort(key=lambda one: newest_first(one.record))
    return Publication(source, options, tuple(made), clusters)


def review_of(record: Record) -> tuple[str, str]:
    """Return the review that a record comes from: (UPR, cycle), else (body, symbol)."""
    return (record.raised_by, record.cycle if record.is_cyclic else record.symbol)


def review_address(record: Record) -> str:
    """Return the page of the review that a record comes from."""
    return address(REVIEWS, " ".join(review_of(record)))


def theme_address(theme: Theme) -> str:
    """Return the page of a theme."""
    return address(THEMES, theme.theme_id or "none")


def _target(ref: SdgRef) -> str:
    return ref.entry.parent if ref.entry.level == "indicator" else ref.code


def _asking_the_same(
    source: Source, options: Options, records: Mapping[str, Record]
) -> dict[str, list[Converging]]:
    """Return for each record what asks for the same measure, the surest link of each."""
    best: dict[str, dict[str, Converging]] = {}
    for item in shown_convergences(source, options):
        for head, one in both_ways(item, records):
            best.setdefault(head.id, {}).setdefault(one.record.id, one)
    return {key: sorted(found.values(), key=reading_order) for key, found in best.items()}


def _within(asks: Iterable[Converging], records: Mapping[str, Record]) -> tuple[Converging, ...]:
    """Return what asks the same or the contrary and has a page of its own."""
    return tuple(one for one in asks if one.record.id in records)


def _clusters(
    source: Source, options: Options, records: Mapping[str, Record]
) -> Iterator[ShownCluster]:
    """Yield the measures with those asks alone that may be shown, where two records remain."""
    for cluster in source.clusters:
        if cluster.rejected:
            continue
        members = [m for m in shown_members(cluster, options) if m.record.id in records]
        shown = replace(cluster, members=tuple(members))
        if len(shown.records) > 1:
            yield shown


def grouped(pairs: Iterable[tuple[KeyT, ItemT]]) -> dict[KeyT, list[ItemT]]:
    """Return the items of each key, keys and items in the order in which they come."""
    found: dict[KeyT, list[ItemT]] = {}
    for key, item in pairs:
        found.setdefault(key, []).append(item)
    return found
