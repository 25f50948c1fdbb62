"""The matrix by cluster: one row a measure, with all who asked for it, each quotation once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from linker.documents import citation
from linker.documents.inputs import (
    Mark,
    Options,
    SdgRef,
    Source,
    all_themes,
    counted,
    newest_first,
    state_records,
)
from linker.documents.kinds import COLUMNS_BY_CLUSTER
from linker.documents.matrix import Converging, QuotedBefore, Row, matrix, quoted_elsewhere
from linker.plan.entries import Measure, institutions
from linker.records.record import Record
from linker.review.cluster_results import ShownCluster, ShownMember
from linker.sdg.framework import sort_key
from linker.themes.theme import Theme

NO_POSITION = "no position"


@dataclass(frozen=True)
class MeasureRow:
    """A measure: the recommendations that ask for it, and what else asks the same.

    Attributes:
        number: of the row, from 1, in the order of the document.
        cluster: the measure; None for a recommendation that stands alone.
        rows: its recommendations as the matrix has them, UPR first, the newest cycle first.
        converging: what else asks the same, each record and ask once.
        planned: measures of the national plan by id.
    """

    number: int
    cluster: ShownCluster | None
    rows: tuple[Row, ...]
    converging: tuple[Converging, ...]
    planned: Mapping[str, Measure]

    @property
    def place(self) -> str:
        """How other rows name it."""
        return f"measure {self.number}"

    @property
    def title(self) -> str:
        """The measure in a line; empty where one recommendation says it itself."""
        return self.cluster.title if self.cluster and len(self.asking) > 1 else ""

    @cached_property
    def asking(self) -> tuple[Record, ...]:
        """Everybody who asks for it: the row's own records, then the others, each once."""
        own = [row.record for row in self.rows]
        found = {record.id: record for record in (*own, *(c.record for c in self.converging))}
        return tuple(found.values())

    @property
    def numbers(self) -> list[str]:
        """All numbers and paragraphs: those of one document together."""
        groups: dict[tuple[object, ...], list[Record]] = {}
        for record in self.asking:
            groups.setdefault(_document(record), []).append(record)
        return [_numbers(several) for several in groups.values()]

    @property
    def positions(self) -> dict[str, int]:
        """How many of its UPR recommendations have each position."""
        found = Counter(r.record.position or NO_POSITION for r in self.rows if r.record.is_cyclic)
        return dict(sorted(found.items()))

    @property
    def quotations(self) -> tuple[tuple[Converging, ...], ...]:
        """What else asks the same and is quoted in this row: those of the same words together."""
        found: dict[str, list[Converging]] = {}
        for one in self.converging:
            if not one.quoted_under:
                found.setdefault(_words(one.quote), []).append(one)
        return tuple(map(tuple, found.values()))

    @property
    def quoted_before(self) -> tuple[QuotedBefore, ...]:
        """What is quoted in another row: confirmed ones apart from proposals."""
        return quoted_elsewhere(self.converging)

    @property
    def targets(self) -> tuple[SdgRef, ...]:
        """SDG targets of its recommendations, each once."""
        return _each_once(ref for row in self.rows for ref in row.targets)

    @property
    def indicators(self) -> tuple[SdgRef, ...]:
        """SDG indicators that are linked, each once."""
        return _each_once(ref for row in self.rows for ref in row.indicators)

    @property
    def measured_by(self) -> list[str]:
        """Indicators that people filled in, each once."""
        lines = (line for row in self.rows for line in row.measured_by.splitlines())
        return list(dict.fromkeys(lines))

    @property
    def responsible(self) -> list[str]:
        """Who answers for it; with numbers where they differ."""
        return self._filled(lambda row: row.entry.responsible)

    @property
    def timeline(self) -> list[str]:
        """Deadlines, and the national plan's actions; with numbers where they differ."""
        return self._filled(self._planned)

    @property
    def status(self) -> list[str]:
        """How far it is; with numbers where they differ."""
        return self._filled(lambda row: row.entry.status)

    def _planned(self, row: Row) -> str:
        actions = [self._action(key) for key in row.entry.measure.split("; ") if key]
        return "; ".join(part for part in (row.entry.deadline, *actions) if part)

    def _action(self, key: str) -> str:
        known = self.planned.get(key)
        return f"{key} {known.title}" if known else key

    def _filled(self, said: Any) -> list[str]:
        """Return what was filled in: once where all rows say it, else by number."""
        values: dict[str, list[Record]] = {}
        for row in self.rows:
            values.setdefault(said(row), []).append(row.record)
        if len(values) == 1:
            return [value for value in values if value]
        return [
            f"{', '.join(citation.number(r) for r in several)}: {value}"
            for value, several in values.items()
            if value
        ]

    def to_row(self, theme: Theme) -> dict[str, Any]:
        """Return the columns of CSV and JSON."""
        return {
            "measure": self.number,
            "cluster_id": self.cluster.cluster_id if self.cluster else "",
            "title": self.title or self.rows[0].record.text,
            "umbrella": theme.umbrella,
            "theme_id": theme.theme_id,
            "theme": theme.label,
            "numbers": self.numbers,
            "record_ids": [row.record.id for row in self.rows],
            "texts": [row.record.text for row in self.rows],
            "recommended_by": list(dict.fromkeys(s for r in self.rows for s in r.recommending)),
            "positions": [f"{name} {number}" for name, number in self.positions.items()],
            "converging": [f"{c.reference}: {c.quote} [{c.mark.text}]" for c in self.converging],
            "converging_ids": list(dict.fromkeys(c.record.id for c in self.converging)),
            "linked_targets": [f"{ref.code} [{ref.mark.text}]" for ref in self.targets],
            "linked_indicators": [
                f"{ref.code} {ref.role} [{ref.mark.text}]" for ref in self.indicators
            ],
            "indicators": self.measured_by,
            "responsible": self.responsible,
            "timeline": self.timeline,
            "status": self.status,
        }


@dataclass(frozen=True)
class MeasureBlock:
    """A theme of the matrix with its measures."""

    theme: Theme
    rows: tuple[MeasureRow, ...]


@dataclass(frozen=True)
class Measures:
    """The matrix of one State by cluster.

    Attributes:
        source: what it was made from.
        options: what was taken in.
        blocks: themes with measures, in the order of the x-ray.
    """

    source: Source
    options: Options
    blocks: tuple[MeasureBlock, ...]

    def shows(self, column: str) -> bool:
        """Whether a column of `linker.documents.kinds.COLUMNS` is wanted."""
        return column in (self.options.columns or COLUMNS_BY_CLUSTER)

    def umbrellas(self) -> Iterator[tuple[str, list[MeasureBlock]]]:
        """Yield each umbrella with its themes."""
        for umbrella in dict.fromkeys(block.theme.umbrella for block in self.blocks):
            yield umbrella, [b for b in self.blocks if b.theme.umbrella == umbrella]

    def rows(self) -> Iterator[tuple[Theme, MeasureRow]]:
        """Yield every measure with its theme."""
        for block in self.blocks:
            for row in block.rows:
                yield block.theme, row

    def records(self) -> list[Record]:
        """Return the records that have a row, in the order of the document."""
        return [row.record for _, measure in self.rows() for row in measure.rows]

    @property
    def summary(self) -> str:
        """What stands in it, in one line."""
        records, rows = self.records(), [row for _, row in self.rows()]
        upr = sum(record.is_cyclic for record in records)
        shared = sum(len(row.asking) > 1 for row in rows)
        return (
            f"{counted(len(rows), 'measure')}, of which {shared} asked for more than once, from "
            f"{counted(upr, 'UPR recommendation')} and {counted(len(records) - upr, 'record')} of "
            f"other mechanisms, by {counted(len(self.blocks), 'theme')}."
        )

    def totals(self) -> list[tuple[str, list[tuple[str, int, int]]]]:
        """Return the cover's totals: what is counted, and (name, measures, recommendations)."""
        rows = list(self.rows())
        return [
            (title, _totals(rows, named))
            for title, named in (
                ("Position of the State", lambda theme, row: [_position(row.record)]),
                ("Umbrella", lambda theme, row: [theme.umbrella]),
                ("Responsible body", lambda theme, row: list(institutions(row.entry))),
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
    clusters = {c.cluster_id: c for c in source.clusters if not _rejected(c)}
    homes = _homes(clusters.values(), options)
    groups: dict[str, list[Row]] = {}
    for key, row in rows.items():
        groups.setdefault(homes.get(key, key), []).append(row)
    known = {record.id for record in state_records(source, options)}
    planned = {measure.id: measure for measure in source.measures}
    home = source.xray.home()
    found: dict[str, list[MeasureRow]] = {}
    for key, several in groups.items():
        several.sort(key=lambda row: newest_first(row.record))
        cluster = clusters.get(key)
        beside = _beside(several, cluster, options, known)
        made_row = MeasureRow(0, cluster, tuple(several), beside, planned)
        found.setdefault(_theme_of(several, home), []).append(made_row)
    return Measures(source, options, _numbered(source, found))


def _homes(clusters: Iterable[ShownCluster], options: Options) -> dict[str, str]:
    """Return the cluster of each record: where it is confirmed, else where it is most probable."""
    best: dict[str, tuple[tuple[object, ...], str]] = {}
    for cluster in clusters:
        for member in _shown(cluster, options):
            sure = (not member.confirmed, -member.member.probability)
            rank = (*sure, -len(cluster.records), cluster.cluster_id)
            held = best.get(member.record.id)
            if held is None or rank < held[0]:
                best[member.record.id] = (rank, cluster.cluster_id)
    return {key: cluster_id for key, (_, cluster_id) in best.items()}


def _shown(cluster: ShownCluster, options: Options) -> list[ShownMember]:
    """Return the members of a cluster that may stand in a document."""
    return [
        m
        for m in cluster.members
        if m.confirmed or m.member.band == "by hand" or options.shows(m.member.band, m.decision)
    ]


def _rejected(cluster: ShownCluster) -> bool:
    return cluster.decision is not None and cluster.decision.verdict == "reject"


def _beside(
    rows: Sequence[Row], cluster: ShownCluster | None, options: Options, known: set[str]
) -> tuple[Converging, ...]:
    """Return what asks the same as a measure's recommendations: linked, or of its cluster."""
    own = {row.record.id for row in rows}
    linked = [c for row in rows for c in row.converging]
    linked.sort(key=lambda c: (not c.mark.accepted, -c.mark.probability, c.record.id))
    together = [
        Converging(m.record, m.text, Mark.of(m.member.probability, m.decision), _again(m, rows), "")
        for m in (_shown(cluster, options) if cluster else ())
        if m.record.id in known
    ]
    best: dict[str, Converging] = {}
    for one in (*together, *linked):
        if one.record.id not in own:
            best.setdefault(one.record.id, one)
    return tuple(sorted(best.values(), key=lambda c: newest_first(c.record)))


def _again(member: ShownMember, rows: Sequence[Row]) -> bool:
    first, record = rows[0].record, member.record
    return (first.mechanism, first.body) == (record.mechanism, record.body)


def _theme_of(rows: Sequence[Row], home: Mapping[str, Theme]) -> str:
    """Return the theme that most of a measure's recommendations stand in; "" for none."""
    homes = Counter(home[r.record.id].theme_id for r in rows if r.record.id in home)
    return min(homes, key=lambda theme: (-homes[theme], theme), default="")


def _numbered(
    source: Source, found: Mapping[str, Sequence[MeasureRow]]
) -> tuple[MeasureBlock, ...]:
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
            blocks.append(MeasureBlock(theme, tuple(rows)))
    first: dict[str, str] = {}
    return tuple(
        replace(block, rows=tuple(_quoted(row, own, first) for row in block.rows))
        for block in blocks
    )


def _quoted(row: MeasureRow, own: Mapping[str, str], first: dict[str, str]) -> MeasureRow:
    """Return a measure with each quotation told apart from those printed in another row."""
    said = []
    for one in row.converging:
        place = own.get(one.record.id) or first.setdefault(_words(one.quote), row.place)
        said.append(replace(one, quoted_under="" if place == row.place else place))
    return replace(row, converging=tuple(said))


def _words(quote: str) -> str:
    """Return a quotation as it is compared with others."""
    return " ".join(quote.casefold().split()).rstrip(".;")


def _largest_first(row: MeasureRow) -> tuple[object, ...]:
    return (-len(row.asking), newest_first(row.rows[0].record))


def _document(record: Record) -> tuple[object, ...]:
    """Return what paragraphs of one document share."""
    return (record.is_cyclic, record.cycle) if record.is_cyclic else (record.body, record.symbol)


def _numbers(records: Sequence[Record]) -> str:
    """Return the numbers of one document's records: "140.1, 140.6 (cycle 4)"."""
    first = records[0]
    if len(records) == 1 or any(not record.paragraph for record in records):
        return "; ".join(map(_number, records))
    listed = ", ".join(dict.fromkeys(record.paragraph for record in records))
    if first.is_cyclic:
        return f"{listed} (cycle {first.cycle})" if first.cycle else listed
    return f"{first.label}, {', '.join(r.paragraph for r in records[1:])}"


def _number(record: Record) -> str:
    """Return one record's number, or symbol and paragraph, as short as it can be told apart."""
    return citation.name(record) if record.is_cyclic else record.label


def _each_once(refs: Iterable[SdgRef]) -> tuple[SdgRef, ...]:
    """Return each code once, the surest mark of it, in the framework's order."""
    best: dict[str, SdgRef] = {}
    for ref in sorted(refs, key=lambda r: (not r.mark.accepted, -r.mark.probability)):
        best.setdefault(ref.code, ref)
    return tuple(sorted(best.values(), key=lambda ref: sort_key(ref.code)))


def _position(record: Record) -> str:
    return record.position or NO_POSITION if record.is_cyclic else "not of the UPR"


def _totals(rows: Sequence[tuple[Theme, MeasureRow]], named: Any) -> list[tuple[str, int, int]]:
    """Return (name, measures, recommendations) for each name, most recommendations first."""
    own: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for theme, measure in rows:
        names = [name for row in measure.rows for name in named(theme, row)]
        own.update(names)
        whole.update(set(names))
    return [(name, whole[name], own[name]) for name in sorted(own, key=lambda n: (-own[n], n))]
