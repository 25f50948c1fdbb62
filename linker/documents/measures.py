"""The matrix by cluster: one row a measure, with all who asked for it, each quotation once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from linker.documents.by_theme import Block, ByTheme
from linker.documents.converging import Converging, of_one_body
from linker.documents.inputs import (
    NO_POSITION,
    Options,
    Source,
    all_themes,
    newest_first,
    state_records,
)
from linker.documents.kinds import COLUMNS_BY_CLUSTER, WHERE_FILLED
from linker.documents.matrix import Row, matrix
from linker.documents.measure_row import MeasureRow, compared
from linker.documents.selection import shown_members
from linker.documents.shown_links import Mark
from linker.i18n.messages import tr, tr_later, tr_plural
from linker.plan.entries import institutions
from linker.plan.sharing_out import not_released
from linker.records.record import Record
from linker.review.cluster_results import ShownCluster, ShownMember
from linker.themes.theme import Theme


class Measures(ByTheme[MeasureRow]):
    """The matrix of one State by cluster."""

    def shows(self, column: str) -> bool:
        """Whether a column of `linker.documents.kinds.COLUMNS` is wanted."""
        if not self.options.columns and column in WHERE_FILLED:
            return any(one.entry.value(column) for _, row in self.rows() for one in row.rows)
        return column in (self.options.columns or COLUMNS_BY_CLUSTER)

    def records(self) -> list[Record]:
        """Return the records that have a row, in the order of the document."""
        return [row.record for _, measure in self.rows() for row in measure.rows]

    @property
    def summary(self) -> str:
        """What stands in it, and what of it is not for publication, in one line."""
        inside = (one.entry for _, row in self.rows() for one in row.rows)
        shown = (entry for entry in inside if self.shows("status") and entry.status)
        return " ".join(filter(None, (self._counted(), not_released(shown))))

    def _counted(self) -> str:
        records, rows = self.records(), [row for _, row in self.rows()]
        upr = sum(record.is_cyclic for record in records)
        shared = sum(len(row.asking) > 1 for row in rows)
        return tr(
            "{measures}, of which {shared} asked for more than once, from {recommendations} "
            "and {records} of other mechanisms, by {themes}.",
            measures=tr_plural("{n} measure", "{n} measures", len(rows)),
            shared=shared,
            recommendations=tr_plural("{n} UPR recommendation", "{n} UPR recommendations", upr),
            records=tr_plural("{n} record", "{n} records", len(records) - upr),
            themes=tr_plural("{n} theme", "{n} themes", len(self.blocks)),
        )

    def totals(self) -> list[tuple[str, list[tuple[str, int, int]]]]:
        """Return the cover's totals: what is counted, and (name, measures, recommendations)."""
        rows = list(self.rows())
        return [
            (title, _totals(rows, named))
            for title, named in (
                (tr("Position of the State"), lambda theme, row: [_position(row.record)]),
                (tr("Umbrella"), lambda theme, row: [theme.umbrella]),
                (tr("Responsible body"), lambda theme, row: list(institutions(row.entry))),
            )
        ]

    def to_rows(self) -> list[dict[str, Any]]:
        """Return one dictionary for each measure, as CSV and JSON show it."""
        return [row.to_row(theme) for theme, row in self.rows()]


def measures(source: Source, options: Options | None = None) -> Measures:
    """Make the matrix of a State by cluster.

    It holds the recommendations of the matrix by recommendation, each in the one measure that it
    surely belongs to: the cluster that it is confirmed or most probable in. Those of no cluster
    that may be shown stand alone.

    Args:
        source: the State's records, links, clusters and themes.
        options: what to take in.

    Raises:
        UsageError: the theme or cluster asked for is not there.
    """
    options = options or Options()
    made = matrix(source, options)
    rows = {row.record.id: row for _, row in made.rows()}
    clusters = {c.cluster_id: c for c in source.clusters if not c.rejected}
    homes = _homes(clusters.values(), options)
    groups: dict[str, list[Row]] = {}
    for key, row in rows.items():
        groups.setdefault(homes.get(key, key), []).append(row)
    known = {record.id for record in state_records(source, options)}
    home = source.xray.home()
    found: dict[str, list[MeasureRow]] = {}
    for key, several in groups.items():
        several.sort(key=lambda row: newest_first(row.record))
        cluster = clusters.get(key)
        beside = _beside(several, cluster, options, known)
        made_row = MeasureRow(0, cluster, tuple(several), beside)
        found.setdefault(_theme_of(several, home), []).append(made_row)
    return Measures(source, options, _numbered(source, found))


def _homes(clusters: Iterable[ShownCluster], options: Options) -> dict[str, str]:
    """Return the cluster of each record: where it is confirmed, else where it is most probable."""
    best: dict[str, tuple[tuple[object, ...], str]] = {}
    for cluster in clusters:
        for member in shown_members(cluster, options):
            sure = (not member.confirmed, -member.member.probability)
            rank = (*sure, -len(cluster.records), cluster.cluster_id)
            held = best.get(member.record.id)
            if held is None or rank < held[0]:
                best[member.record.id] = (rank, cluster.cluster_id)
    return {key: cluster_id for key, (_, cluster_id) in best.items()}


def _beside(
    rows: Sequence[Row], cluster: ShownCluster | None, options: Options, known: set[str]
) -> tuple[Converging, ...]:
    """Return what asks the same as a measure's recommendations: linked, or of its cluster."""
    own = {row.record.id for row in rows}
    linked = [c for row in rows for c in row.converging]
    linked.sort(key=lambda c: (not c.mark.confirmed, -c.mark.probability, c.record.id))
    together = [
        _of_member(m, rows[0].record)
        for m in (shown_members(cluster, options) if cluster else ())
        if m.record.id in known
    ]
    best: dict[str, Converging] = {}
    for one in (*together, *linked):
        if one.record.id not in own:
            best.setdefault(one.record.id, one)
    return tuple(sorted(best.values(), key=lambda c: newest_first(c.record)))


def _of_member(member: ShownMember, head: Record) -> Converging:
    mark = Mark.of(member.member.probability, member.decision)
    return Converging(member.record, member.text, mark, of_one_body(head, member.record), "")


def _theme_of(rows: Sequence[Row], home: Mapping[str, Theme]) -> str:
    """Return the theme that most of a measure's recommendations stand in; "" for none."""
    homes = Counter(home[r.record.id].theme_id for r in rows if r.record.id in home)
    return min(homes, key=lambda theme: (-homes[theme], theme), default="")


def _numbered(
    source: Source, found: Mapping[str, Sequence[MeasureRow]]
) -> tuple[Block[MeasureRow], ...]:
    """Return the measures by theme, those of most records first, numbered, each quoted once."""
    records = [row.record for several in found.values() for m in several for row in m.rows]
    own: dict[str, str] = {}
    blocks, number = [], 0
    for theme in all_themes(source, records):
        rows = []
        for row in sorted(found.get(theme.theme_id, ()), key=_largest_first):
            number += 1
            numbered = replace(row, number=number)
            own |= {one.record.id: numbered.place for one in row.rows}
            rows.append(numbered)
        if rows:
            blocks.append(Block(theme, tuple(rows)))
    first: dict[str, str] = {}
    return tuple(
        replace(block, rows=tuple(_quoted(row, own, first) for row in block.rows))
        for block in blocks
    )


def _quoted(row: MeasureRow, own: Mapping[str, str], first: dict[str, str]) -> MeasureRow:
    """Return a measure with each quotation told apart from those printed in another row."""
    said = []
    for one in row.converging:
        place = own.get(one.record.id) or first.setdefault(compared(one.quote), row.place)
        said.append(replace(one, quoted_under="" if place == row.place else place))
    return replace(row, converging=tuple(said))


def _largest_first(row: MeasureRow) -> tuple[object, ...]:
    return (-len(row.asking), newest_first(row.rows[0].record))


NOT_UPR = tr_later("not of the UPR")


def _position(record: Record) -> str:
    return record.position or NO_POSITION if record.is_cyclic else NOT_UPR


def _totals(rows: Sequence[tuple[Theme, MeasureRow]], named: Any) -> list[tuple[str, int, int]]:
    """Return (name, measures, recommendations) for each name, most recommendations first."""
    own: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for theme, measure in rows:
        names = [name for row in measure.rows for name in named(theme, row)]
        own.update(names)
        whole.update(set(names))
    return [(name, whole[name], own[name]) for name in sorted(own, key=lambda n: (-own[n], n))]
