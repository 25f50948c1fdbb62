"""The implementation matrix: one row a recommendation, with what asks the same beneath it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

from linker.documents import citation
from linker.documents.by_theme import Block, ByTheme
from linker.documents.citation import reference
from linker.documents.converging import (
    Converging,
    QuotedBefore,
    both_ways,
    of_one_body,
    quoted_elsewhere,
    reading_order,
)
from linker.documents.inputs import Options, Source, all_themes, newest_first, state_records
from linker.documents.kinds import WHERE_FILLED
from linker.documents.selection import chosen
from linker.documents.shown_links import SdgRef, sdg_refs, shown_convergences, shown_opposites
from linker.i18n.messages import tr, tr_plural
from linker.plan.entries import Measure, PlanEntry, measure_ids
from linker.plan.sharing_out import not_released
from linker.records.citing import named_inside
from linker.records.importers.own_matrix import NATIONAL_PLAN
from linker.records.record import Record
from linker.review.results import ProposedConvergence
from linker.themes.theme import Theme
from linker.vocabulary.official import official_name, official_state
from linker.vocabulary.states import state_code

EMPTY = PlanEntry()


@dataclass(frozen=True)
class Row:
    """A row of the matrix.

    Attributes:
        record: the recommendation.
        converging: what asks the same, treaty bodies first, then special procedures, then
            earlier cycles; within each, confirmed links first.
        targets: SDG targets.
        indicators: SDG indicators.
        entry: what people filled in: responsible body, deadline, status …
        contrary: what asks for the contrary, confirmed ones first.
        planned: actions of the national plan that a person confirmed for it.
    """

    record: Record
    converging: tuple[Converging, ...]
    targets: tuple[SdgRef, ...]
    indicators: tuple[SdgRef, ...]
    entry: PlanEntry = EMPTY
    contrary: tuple[Converging, ...] = ()
    planned: tuple[Measure, ...] = ()

    @property
    def timeline(self) -> str:
        """The deadline, and the national plan's actions: "2027-12; plan: 1.2 Amend the Code"."""
        named = ", ".join(f"{one.id} {one.title}".strip() for one in self.planned)
        actions = f"{tr(NATIONAL_PLAN)}{named}" if named else ""
        return "; ".join(part for part in (self.entry.deadline, actions) if part)

    @property
    def recommending(self) -> tuple[str, ...]:
        """Names of the recommending States."""
        return tuple(official_state(state) for state in self.record.recommending_states)

    @property
    def recommending_after(self) -> tuple[str, ...]:
        """Names of those recommending whom the text does not name itself, beside their part."""
        inside = named_inside(self.record.text)
        return tuple(official_state(s) for s in self.record.recommending_states if s not in inside)

    @property
    def recommending_known(self) -> tuple[str, ...]:
        """Of those named behind the text the States; observers recommend too."""
        inside = named_inside(self.record.text)
        return tuple(
            official_state(s)
            for s in self.record.recommending_states
            if state_code(s) == s and s not in inside
        )

    @property
    def measured_by(self) -> str:
        """Indicators that people filled in, one a line; those linked stand in ``indicators``."""
        return self.entry.indicators

    @property
    def quoted_here(self) -> tuple[Converging, ...]:
        """What asks the same and is quoted in this row."""
        return tuple(c for c in self.converging if not c.quoted_under)

    @property
    def quoted_before(self) -> tuple[QuotedBefore, ...]:
        """What asks the same and is quoted in earlier rows: confirmed ones apart from proposals."""
        return quoted_elsewhere(self.converging)

    @property
    def recommenders(self) -> str:
        """Recommending States by name, or the body's code."""
        return ", ".join(self.recommending) or self.record.body or self.record.mechanism


class Matrix(ByTheme[Row]):
    """The matrix of one State."""

    def shows(self, column: str) -> bool:
        """Whether a column of `linker.documents.kinds.COLUMNS` is wanted."""
        if not self.options.columns and column in WHERE_FILLED:
            return any(row.entry.value(column) for _, row in self.rows())
        return not self.options.columns or column in self.options.columns

    @property
    def summary(self) -> str:
        """What stands in it, and what of it is not for publication, in one line."""
        shown = (row.entry for _, row in self.rows() if self.shows("status") and row.entry.status)
        return " ".join(filter(None, (self._counted(), not_released(shown))))

    def _counted(self) -> str:
        rows = [row for _, row in self.rows()]
        marks = [c.mark for row in rows for c in row.converging]
        confirmed = sum(mark.confirmed for mark in marks)
        upr = sum(row.record.is_cyclic for row in rows)
        said = tr(
            "{recommendations} and {records} of other mechanisms, by {themes}. ",
            recommendations=tr_plural("{n} UPR recommendation", "{n} UPR recommendations", upr),
            records=tr_plural("{n} further record", "{n} further records", len(rows) - upr),
            themes=tr_plural("{n} theme", "{n} themes", len(self.blocks)),
        )
        if not marks:
            return said + tr("No converging asks are shown.")
        return tr(
            "{said}Beneath them {asks}: {confirmed} confirmed by a reviewer, {proposals}.",
            said=said,
            asks=tr_plural("{n} converging ask", "{n} converging asks", len(marks)),
            confirmed=confirmed,
            proposals=tr_plural("{n} proposal", "{n} proposals", len(marks) - confirmed),
        )

    def to_rows(self) -> list[dict[str, Any]]:
        """Return one dictionary for each row, as CSV and JSON show it."""
        return [_to_row(theme, row) for theme, row in self.rows()]


def matrix(source: Source, options: Options | None = None) -> Matrix:
    """Make the matrix of a State. Every record of the mechanisms and cycles asked for is in it.

    One row a UPR record, newest cycle first, then by paragraph; beneath each what converges with
    it. Records of other mechanisms that converge with no UPR row of the whole
    matrix get rows of their own.

    Args:
        source: the State's records, links and themes.
        options: what to take in.

    Raises:
        UsageError: the theme asked for is not there.
    """
    options = options or Options()
    is_chosen = chosen(source, options)
    records = {record.id: record for record in state_records(source, options)}
    upr = {r.id for r in records.values() if r.is_cyclic and _in_cycles(r, options)}
    beneath = _beneath(records, upr, shown_convergences(source, options))
    attached = {c.record.id for head in upr for c in beneath.get(head, ())}
    others = {key for key, record in records.items() if not record.is_cyclic}
    heads = {key for key in upr | (others - attached) if is_chosen(records[key])}
    refs = sdg_refs(source, options)
    against = contrary_asks(records, source.convergences, options)
    blocks = []
    for theme in all_themes(source, records.values()):
        members = [records[m.record_id] for m in theme.members if m.record_id in heads]
        rows = tuple(
            replace(
                make_row(source, record, beneath.get(record.id, ()), refs),
                contrary=against.get(record.id, ()),
            )
            for record in sorted(members, key=newest_first)
        )
        if rows:
            blocks.append(Block(theme, rows))
    return Matrix(source, options, _quoted_once(blocks))


def _quoted_once(blocks: Sequence[Block[Row]]) -> tuple[Block[Row], ...]:
    """Return the blocks with each quotation told apart from those printed in an earlier row."""
    first: dict[tuple[str, str], str] = {}
    made = []
    for block in blocks:
        rows = []
        for row in block.rows:
            here = citation.number(row.record)
            said = [
                replace(c, quoted_under=first.get((c.record.id, c.quote), ""))
                for c in row.converging
            ]
            for c in said:
                first.setdefault((c.record.id, c.quote), here)
            rows.append(replace(row, converging=tuple(said)))
        made.append(replace(block, rows=tuple(rows)))
    return tuple(made)


def make_row(
    source: Source,
    record: Record,
    converging: Sequence[Converging],
    refs: Mapping[str, tuple[SdgRef, ...]],
) -> Row:
    """Return the row of one record."""
    own = refs.get(record.id, ())
    targets = tuple(ref for ref in own if ref.entry.level != "indicator")
    indicators = tuple(ref for ref in own if ref.entry.level == "indicator")
    beneath = tuple(sorted(converging, key=reading_order))
    entry = source.entries.get(record.id, EMPTY)
    return Row(record, beneath, targets, indicators, entry, planned=_planned(source, entry))


def _planned(source: Source, entry: PlanEntry) -> tuple[Measure, ...]:
    ids = measure_ids(entry.measure)
    known = {measure.id: measure for measure in source.measures if measure.id in ids}
    return tuple(known.get(key, Measure(key, "")) for key in ids)


def _beneath(
    records: Mapping[str, Record], upr: Set[str], links: Iterable[ProposedConvergence]
) -> dict[str, tuple[Converging, ...]]:
    """Return for each record what stands beneath it: other mechanisms, and earlier cycles."""
    found: dict[str, list[Converging]] = {}
    places = {key: newest_first(record) for key, record in records.items()}
    for item in links:
        for head, one in both_ways(item, records):
            if _stands_beneath(head, one.record, upr, places):
                found.setdefault(head.id, []).append(one)
    return {key: tuple(value) for key, value in found.items()}


def contrary_asks(
    records: Mapping[str, Record], links: Iterable[ProposedConvergence], options: Options
) -> dict[str, tuple[Converging, ...]]:
    """Return for each record what asks for the contrary of it, unless that was rejected."""
    found: dict[str, list[Converging]] = {}
    for item in shown_opposites(links, options):
        for head, one in both_ways(item, records):
            contrary = replace(one, mark=replace(one.mark, plain=True), reiteration=False)
            found.setdefault(head.id, []).append(contrary)
    return {key: tuple(sorted(several, key=reading_order)) for key, several in found.items()}


def _stands_beneath(
    head: Record, other: Record, upr: Set[str], places: Mapping[str, tuple[object, ...]]
) -> bool:
    """Whether a converging record is shown under this one: a UPR row heads, the newer heads."""
    if of_one_body(head, other):
        return places[head.id] < places[other.id]
    return other.id not in upr


def _in_cycles(record: Record, options: Options) -> bool:
    return not options.cycles or record.cycle in options.cycles


def _to_row(theme: Theme, row: Row) -> dict[str, Any]:
    record = row.record
    return {
        "record_id": record.id,
        "umbrella": theme.umbrella,
        "theme_id": theme.theme_id,
        "theme": theme.label,
        "mechanism": record.mechanism,
        "body": record.body,
        "symbol": record.symbol,
        "paragraph": record.paragraph,
        "cycle": record.cycle,
        "year": record.year,
        "reference": reference(record),
        "text": record.text,
        "recommending_states": list(record.recommending_states),
        "position": record.position,
        "themes": list(record.themes),
        "groups": list(record.groups),
        "converging": [
            f"{c.reference}: {c.quote} [{c.mark.text}; {c.link_id}]" for c in row.converging
        ],
        "converging_ids": [c.record.id for c in row.converging],
        "linked_targets": [f"{ref.code} [{ref.mark.text}]" for ref in row.targets],
        "linked_indicators": [
            f"{ref.code} {official_name(ref.role)} [{ref.mark.text}]" for ref in row.indicators
        ],
        "indicators": row.measured_by.splitlines(),
        "responsible": row.entry.responsible,
        "strategy": row.entry.strategy,
        "timeline": row.entry.deadline,
        "status": row.entry.status,
        "national_plan": [one.id for one in row.planned],
        "released": row.entry.released,
    }
