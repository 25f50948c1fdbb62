"""The factsheet of one theme: what a delegate can read in two pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from linker.documents.by_theme import Block
from linker.documents.claims import Claim, Claims
from linker.documents.converging import Converging
from linker.documents.inputs import NO_POSITION, Options, Source, one_theme, state_records
from linker.documents.matrix import Row, matrix
from linker.documents.selection import shown_clusters
from linker.documents.shown_links import SdgRef, ask_text, shown_convergences
from linker.links import BY_HAND
from linker.plan.entries import STATUSES
from linker.plan.smart import action_category
from linker.records.asks import asks
from linker.records.record import Record
from linker.review.cluster_results import ShownCluster, ShownMember
from linker.sdg.framework import sort_key
from linker.themes.theme import Theme

SUGGESTIONS = 3
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
SHORTEST, LONGEST = 40, 320
"""Characters of an ask that can be carried over as a recommendation."""


@dataclass(frozen=True)
class Suggestion:
    """A recommendation that could be made, drawn from an ask already made.

    Attributes:
        text: the ask, as published.
        record: the record it stands in.
        backing: other records that ask the same.
        indicator: what would measure it; None where nothing is proposed.
        body: who answers for it in the plan; empty for nobody yet.
    """

    text: str
    record: Record
    backing: tuple[Record, ...]
    indicator: SdgRef | None
    body: str = ""


@dataclass(frozen=True)
class Factsheet:
    """What stands on the factsheet of a theme.

    Attributes:
        source: what it was made from.
        options: what was taken in.
        theme: the theme.
        cycle: number of the newest UPR cycle of the State; empty where there is none.
        latest: UPR rows of that cycle, those with most converging asks first.
        measures: the latest rows by measure: those that one cluster surely holds stand together,
            the most specific first.
        confirmed: ids of records that a person confirmed in the cluster they stand together in.
        earlier: UPR rows of earlier cycles.
        mechanisms: treaty-body and special-procedure rows that converge with no UPR row.
        converging: what asks the same as a UPR row of the theme, the surest first, each once.
        targets: SDG targets of the theme's rows, those of most rows first.
        indicators: likewise.
        suggestions: strongest specific asks.
        claims: what can be said of the theme that no record of the files imported contradicts.
    """

    source: Source
    options: Options
    theme: Theme
    cycle: str
    latest: tuple[Row, ...]
    measures: tuple[tuple[Row, ...], ...]
    confirmed: frozenset[str]
    earlier: tuple[Row, ...]
    mechanisms: tuple[Row, ...]
    converging: tuple[tuple[Row, Converging], ...]
    targets: tuple[SdgRef, ...]
    indicators: tuple[SdgRef, ...]
    suggestions: tuple[Suggestion, ...]
    claims: tuple[Claim, ...] = ()

    @property
    def positions(self) -> dict[str, int]:
        """How many of the latest UPR recommendations have each position."""
        return dict(sorted(Counter(r.record.position or NO_POSITION for r in self.latest).items()))


def factsheet(source: Source, theme_id: str = "", options: Options | None = None) -> Factsheet:
    """Make the factsheet of a theme.

    Args:
        source: the State's records, links and themes.
        theme_id: id or label of the theme; empty takes the one with most convergences.
        options: which links and mechanisms to take in.

    Raises:
        UsageError: no such theme, or the State has no themes.
    """
    options = replace(options or Options(), theme="")
    chosen = one_theme(source, theme_id) if theme_id else busiest_theme(source, options)
    block = next(
        (b for b in matrix(source, options).blocks if b.theme.theme_id == chosen),
        Block(next(t for t in source.xray if t.theme_id == chosen), ()),
    )
    cycle = newest_cycle(source.records)
    upr = [row for row in block.rows if row.record.is_cyclic]
    latest = sorted(
        (row for row in upr if row.record.cycle == cycle), key=lambda r: -len(r.converging)
    )
    measures, confirmed = _by_measure(source, options, latest)
    return Factsheet(
        source=source,
        options=options,
        theme=block.theme,
        cycle=cycle,
        latest=tuple(latest),
        measures=measures,
        confirmed=confirmed,
        earlier=tuple(row for row in upr if row.record.cycle != cycle),
        mechanisms=tuple(row for row in block.rows if not row.record.is_cyclic),
        converging=_converging(upr),
        targets=_most_common(ref for row in block.rows for ref in row.targets),
        indicators=_most_common(ref for row in block.rows for ref in row.indicators),
        suggestions=_suggestions(source, options, block),
        claims=Claims(source).of(block.theme.theme_id),
    )


def busiest_theme(source: Source, options: Options) -> str:
    """Return the id of the theme whose records have most convergences; ties by size, then id.

    Raises:
        UsageError: the State has no themes.
    """
    if not len(source.xray):
        return one_theme(source, "")
    home = source.xray.home()
    counted: Counter[str] = Counter()
    for item in shown_convergences(source, options):
        ends = {
            home[key].theme_id for key in (item.link.left_id, item.link.right_id) if key in home
        }
        counted.update(ends)
    best = min(source.xray, key=lambda t: (-counted[t.theme_id], -len(t.members), t.theme_id))
    return best.theme_id


def newest_cycle(records: Sequence[Record]) -> str:
    """Return the number of the newest UPR cycle, or an empty text."""
    cycles = [r.cycle for r in records if r.is_cyclic and r.cycle]
    return max(cycles, key=sort_key, default="")


def _by_measure(
    source: Source, options: Options, rows: Sequence[Row]
) -> tuple[tuple[tuple[Row, ...], ...], frozenset[str]]:
    """Return rows that ask the same together: one group a cluster, one a row that stands alone.

    Behind them the ids of the records that a person confirmed in the cluster of their group.
    """
    cluster_of: dict[str, str] = {}
    confirmed: set[str] = set()
    for cluster in shown_clusters(source, options):
        for member in _shown(cluster, options):
            held = cluster_of.setdefault(member.record.id, cluster.cluster_id)
            if member.confirmed and held == cluster.cluster_id:
                confirmed.add(member.record.id)
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(cluster_of.get(row.record.id, row.record.id), []).append(row)
    return tuple(
        tuple(sorted(group, key=lambda r: (-(action_category(r.record.text) or 4), r.record.id)))
        for group in groups.values()
    ), frozenset(confirmed)


def _shown(cluster: ShownCluster, options: Options) -> Iterator[ShownMember]:
    """Yield the members of a cluster that a document shows."""
    for member in cluster.members:
        if member.confirmed or member.member.band in (BY_HAND, *options.bands):
            yield member


def _clusters_of(source: Source, options: Options) -> dict[tuple[str, int], set[str]]:
    """Return (record, number of ask) -> ids of the clusters that hold it, as a document shows."""
    found: dict[tuple[str, int], set[str]] = {}
    for cluster in shown_clusters(source, options):
        for member in _shown(cluster, options):
            place = (member.record.id, member.member.ask)
            found.setdefault(place, set()).add(cluster.cluster_id)
    return found


def _converging(rows: Sequence[Row]) -> tuple[tuple[Row, Converging], ...]:
    """Return what asks the same, once each, treaty bodies and special procedures first."""
    pairs = [(row, c) for row in rows for c in row.converging]
    pairs.sort(key=lambda p: (p[1].reiteration, not p[1].mark.confirmed, -p[1].mark.probability))
    best: dict[str, tuple[Row, Converging]] = {}
    for row, converging in pairs:
        best.setdefault(converging.record.id, (row, converging))
    return tuple(best.values())


def _most_common(refs: Iterable[SdgRef]) -> tuple[SdgRef, ...]:
    """Return each code once, the most frequent first; a confirmed mark wins over a proposal."""
    found = list(refs)
    counted = Counter(ref.code for ref in found)
    best: dict[str, SdgRef] = {}
    for ref in sorted(found, key=lambda r: (not r.mark.confirmed, -r.mark.probability)):
        best.setdefault(ref.code, ref)
    return tuple(sorted(best.values(), key=lambda r: (-counted[r.code], sort_key(r.code))))


def _suggestions(source: Source, options: Options, block: Block[Row]) -> tuple[Suggestion, ...]:
    """Return the most specific asks that are still open, one of each measure.

    Those that most others back come first. What is fully implemented is left out, and so is an ask
    that names a year gone by: its programme has ended.
    """
    records = {record.id: record for record in state_records(source, options)}
    backing: dict[tuple[str, int], dict[str, Record]] = {}
    for item in shown_convergences(source, options):
        link = item.link
        for head, number, other in (
            (link.left_id, link.left_ask, link.right_id),
            (link.right_id, link.right_ask, link.left_id),
        ):
            if head in records and other in records:
                backing.setdefault((head, number), {})[other] = records[other]
    indicators = {row.record.id: row.indicators for row in block.rows}
    clusters = _clusters_of(source, options)
    chosen: list[Suggestion] = []
    used: set[str] = set()
    for record, number in _specific_asks(records, backing, block):
        backers = backing.get((record.id, number), {})
        text = ask_text(record, number)
        measure = {record.id, *backers, *clusters.get((record.id, number), ())}
        if used & measure or not _is_open(source, record, text):
            continue
        used |= measure
        found = [i for key in (record.id, *backers) for i in indicators.get(key, ())]
        named = (source.entries.get(key) for key in (record.id, *backers))
        body = next((entry.responsible for entry in named if entry and entry.responsible), "")
        measured = found[0] if found else None
        chosen.append(Suggestion(text, record, tuple(backers.values()), measured, body))
        if len(chosen) == SUGGESTIONS:
            break
    return tuple(chosen)


def _specific_asks(
    records: dict[str, Record],
    backing: dict[tuple[str, int], dict[str, Record]],
    block: Block[Row],
) -> list[tuple[Record, int]]:
    """Return (record, number of ask) of the theme: specific first, then backed, then new."""
    beneath = {c.record.id for row in block.rows for c in row.converging}
    here = {member.record_id for member in block.theme.members} | beneath
    found = []
    for record in (records[key] for key in sorted(here) if key in records):
        for number, part in enumerate(asks(record.text, record.language)):
            if SHORTEST <= len(part.text) <= LONGEST:
                specific = action_category(part.text) or 4
                backed = len(backing.get((record.id, number), ()))
                newest = -(record.year or 0)
                key = (-specific, -backed, newest, len(part.text), record.id, number)
                found.append((key, record))
    return [(record, key[5]) for key, record in sorted(found, key=lambda f: f[0])]


def _is_open(source: Source, record: Record, text: str) -> bool:
    entry = source.entries.get(record.id)
    if entry is not None and entry.status == STATUSES[-1]:
        return False
    now = int(source.date[:4]) if source.date[:4].isdecimal() else 0
    return all(int(year) >= now for year in _YEAR.findall(text))
