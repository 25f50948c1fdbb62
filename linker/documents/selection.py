"""Which records of a State get rows of their own in a document, whatever kind it is."""

from __future__ import annotations

from collections.abc import Callable

from linker.documents.inputs import Options, Source, one_theme, state_records
from linker.errors import NotFound
from linker.plan.entries import institutions
from linker.records.record import Record
from linker.review.cluster_results import ShownCluster
from linker.vocabulary.text import fold_name


def chosen(source: Source, options: Options) -> Callable[[Record], bool]:
    """Return what says of a record whether it gets a row: by cycle, position, body, theme.

    Cycles only part records of the UPR. A record without a position gets no row where positions
    are asked for: what it asks stands beneath the rows that ask the same.

    Raises:
        UsageError: the theme or the cluster asked for is not there.
    """
    members = None
    if options.theme:
        wanted = one_theme(source, options.theme)
        theme = next(theme for theme in source.xray if theme.theme_id == wanted)
        members = {member.record_id for member in theme.members}
    if options.cluster:
        held = _cluster_members(source, options.cluster)
        members = held if members is None else members & held
    answerable = {fold_name(name) for name in options.responsible}

    def is_chosen(record: Record) -> bool:
        if record.is_cyclic and options.cycles and record.cycle not in options.cycles:
            return False
        if options.positions and record.position not in options.positions:
            return False
        if members is not None and record.id not in members:
            return False
        named = {fold_name(name) for name in institutions(source.entries.get(record.id))}
        return not answerable or bool(answerable & named)

    return is_chosen


def _cluster_members(source: Source, cluster_id: str) -> set[str]:
    for cluster in source.clusters:
        if cluster.cluster_id == cluster_id:
            return {record.id for record in cluster.records}
    raise NotFound(f"{cluster_id}: no such cluster of this State. `linker clusters` lists them.")


def chosen_records(source: Source, options: Options) -> list[Record]:
    """Return the records that get rows, ordered by id.

    Raises:
        UsageError: the theme asked for is not there.
    """
    return list(filter(chosen(source, options), state_records(source, options)))


def shown_clusters(source: Source, options: Options) -> list[ShownCluster]:
    """Return the clusters to show: those with a record that gets a row, whole.

    Raises:
        UsageError: the theme asked for is not there.
    """
    shown = {record.id for record in chosen_records(source, options)}
    return [
        cluster
        for cluster in source.clusters
        if any(record.id in shown for record in cluster.records)
        and (cluster.confirmed or not options.only_accepted)
    ]
