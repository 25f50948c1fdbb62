"""Which records of a State get rows of their own in a document, whatever kind it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from linker.documents.inputs import (
    ALL_THEMES,
    Options,
    Source,
    newest_first,
    one_theme,
    state_records,
)
from linker.errors import NotFound
from linker.links import BY_HAND
from linker.plan.entries import institutions
from linker.records.record import Record
from linker.review.cluster_results import ShownCluster, ShownMember
from linker.vocabulary.nearest import none_such
from linker.vocabulary.text import fold_name


def meets(record: Record, options: Options) -> bool:
    """Whether a record by itself is one that gets a row: by mechanism, body, cycle, position.

    Cycles only part records of the UPR. A record without a position gets no row where positions
    are asked for: what it asks stands beneath the rows that ask the same.
    """
    if record.is_cyclic and options.cycles and record.cycle not in options.cycles:
        return False
    if options.positions and record.position not in options.positions:
        return False
    return options.takes(record)


def chosen(source: Source, options: Options) -> Callable[[Record], bool]:
    """Return what says whether a record gets a row: by itself, its theme, cluster and plan.

    Raises:
        UsageError: the theme or the cluster asked for is not there.
    """
    members = None
    if named := options.rows_wanted.get("theme"):
        wanted = {one_theme(source, name) for name in named}
        themes = (theme for theme in source.xray if theme.theme_id in wanted)
        members = {member.record_id for theme in themes for member in theme.members}
    if options.cluster:
        held = _cluster_members(source, options.cluster)
        members = held if members is None else members & held
    answerable = {fold_name(name) for name in options.responsible}

    def is_chosen(record: Record) -> bool:
        if not meets(record, options) or (members is not None and record.id not in members):
            return False
        named = {fold_name(name) for name in institutions(source.entries.get(record.id))}
        return not answerable or bool(answerable & named)

    return is_chosen


def _cluster_members(source: Source, cluster_id: str) -> set[str]:
    for cluster in source.clusters:
        if cluster.cluster_id == cluster_id:
            return {record.id for record in cluster.records}
    raise NotFound(f"{cluster_id}: no such cluster of this State. `linker clusters` lists them.")


def refuse_empty(source: Source, options: Options) -> None:
    """Refuse a choice of rows that nothing meets: an empty document says nothing of why.

    Each cycle, body and institution that is named must be there; of positions and mechanisms it
    is enough that one is.

    Raises:
        NotFound: nothing meets it, in words, with the nearest names.
    """
    records = [r for r in source.records if r.state in ("", source.state)]
    answer = (institutions(source.entries.get(record.id)) for record in records)
    for what, wanted, there in (
        ("cycle", options.cycles, [r.cycle for r in records if r.is_cyclic]),
        ("body", options.bodies, [r.body for r in records]),
        ("responsible", options.responsible, [name for names in answer for name in names]),
    ):
        known = {fold_name(name) for name in there}
        if missing := [name for name in wanted if fold_name(name) not in known]:
            raise NotFound(none_such(what, missing[0], there))
    if options.theme == ALL_THEMES:
        options = replace(options, theme="")
    if records and options.rows_wanted and not chosen_records(source, options):
        said = "; ".join(f"{what} {' or '.join(of)}" for what, of in options.rows_wanted.items())
        raise NotFound(f"No record of {source.state_name} has all of this: {said}.")


def chosen_records(source: Source, options: Options) -> list[Record]:
    """Return the records that get rows, ordered by id.

    Raises:
        UsageError: the theme asked for is not there.
    """
    return list(filter(chosen(source, options), state_records(source, options)))


def newest_records(source: Source, options: Options) -> list[Record]:
    """Return the records that get rows as lists show them, the newest first.

    Raises:
        UsageError: the theme asked for is not there.
    """
    return sorted(chosen_records(source, options), key=newest_first)


def shown_clusters(source: Source, options: Options) -> list[ShownCluster]:
    """Return the clusters to show: those with a record that gets a row, whole, unless rejected.

    Raises:
        UsageError: the theme asked for is not there.
    """
    shown = {record.id for record in chosen_records(source, options)}
    return [
        cluster
        for cluster in source.clusters
        if any(record.id in shown for record in cluster.records)
        and (cluster.confirmed or not options.only_confirmed)
        and not cluster.rejected
    ]


def shown_members(cluster: ShownCluster, options: Options) -> list[ShownMember]:
    """Return the members of a cluster that may stand in a document."""
    return [
        m
        for m in cluster.members
        if m.confirmed or m.member.band == BY_HAND or options.shows(m.member.band, m.decision)
    ]
