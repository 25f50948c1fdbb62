"""A State's records and plan as the tables of an IMPACT OSS database."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from linker.documents.citation import reference
from linker.documents.inputs import Options, Source
from linker.documents.selection import newest_records
from linker.plan.entries import FIELDS, PlanEntry, measure_ids, title_of
from linker.records.importers.base import column_name
from linker.records.importers.impactoss import (
    ACTIONS,
    CATEGORIES,
    HOME,
    INDICATORS,
    RECOMMENDATIONS,
    REPORTS,
    UNNAMED,
    Line,
    Package,
    form,
)
from linker.records.record import LISTS, Record
from linker.sdg.framework import framework
from linker.vocabulary.bodies import body_name
from linker.vocabulary.states import state_name

Row = dict[str, str]
OF_ACTIONS = ("responsible", "partners", "status")
"""Fields of the plan that are taxonomies of actions."""


@dataclass
class Tables:
    """Tables that are being filled: every row gets the next number of its table as its id."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in form().tables})
    _known: dict[tuple[str, ...], str] = field(default_factory=dict)

    def add(self, table: str, **cells: object) -> str:
        """Add a row and return its id."""
        number = str(len(self.rows[table]) + 1)
        row = dict.fromkeys(form().columns(table), "") | {"id": number}
        self.rows[table].append(row | {name: _cell(value) for name, value in cells.items()})
        return number

    def once(self, table: str, *key: str, **cells: object) -> str:
        """Return the id of the row of this key, which is added where there is none."""
        place = (table, *key)
        if place not in self._known:
            self._known[place] = self.add(table, **cells)
        return self._known[place]

    def relate(self, table: str, **ids: str) -> None:
        """Relate two rows by their ids, once."""
        self.once(table, *ids.values(), **ids)

    def category(self, field_name: str, title: str, **cells: object) -> str:
        """Return the id of a category of the taxonomy of a field."""
        taxonomy = self._known["taxonomies", field_name]
        return self.once(CATEGORIES, field_name, title, taxonomy_id=taxonomy, title=title, **cells)

    def package(self) -> Package:
        """Return the tables as they are read back."""
        return Package(
            {
                table: [
                    Line(f"row {place}", {column_name(k): v for k, v in row.items()})
                    for place, row in enumerate(rows, start=2)
                ]
                for table, rows in self.rows.items()
            }
        )


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def impactoss_tables(source: Source, options: Options) -> Tables:
    """Return the tables: the same workspace gives the same rows, in the same order.

    Of the records those chosen; of the SDG targets the source's own tags and what reviewers
    confirmed; an action for each measure of the national plan and for each record that somebody
    planned for, under that record's own reference.
    """
    tables = Tables()
    _frame(tables)
    records = newest_records(source, options)
    numbers = {record.id: _recommendation(tables, record) for record in records}
    for theme in source.xray:
        for member in theme.members:
            if member.record_id in numbers:
                _tag(tables, numbers[member.record_id], HOME, theme.label)
    _links(tables, source, numbers)
    _actions(tables, source, numbers, {record.id: record for record in records})
    return tables


def _frame(tables: Tables) -> None:
    """Add the framework and the taxonomies, of which the one of cycles stands below bodies."""
    human_rights = tables.add(
        "frameworks", title="Human rights", short_title="HR", has_indicators=True,
        has_measures=True, has_response=True,
    )  # fmt: skip
    for name, titles in form().taxonomies.items():
        number = tables.once(
            "taxonomies", name, title=titles[0], framework_id=human_rights,
            tags_measures=name in OF_ACTIONS, allow_multiple=name in (*LISTS, *OF_ACTIONS, HOME),
            has_date=name == "cycle",
        )  # fmt: skip
        if name not in OF_ACTIONS:
            tables.relate("framework_taxonomies", framework_id=human_rights, taxonomy_id=number)


def support_levels() -> dict[str, str]:
    """Return position -> word of IMPACT OSS for it; a pending one has none."""
    return {position: word for word, position in form().support_levels.items()}


def _recommendation(tables: Tables, record: Record) -> str:
    own = {name: getattr(record, name) for name in form().own[RECOMMENDATIONS]}
    own["state"] = state_name(record.state) if record.state else ""
    number = tables.add(
        RECOMMENDATIONS, reference=record.id, title=record.text, description=reference(record),
        support_level=support_levels().get(record.position, "null"),
        accepted={"supported": True, "noted": False}.get(record.position),
        framework_id="1", draft=False, **own,
    )  # fmt: skip
    body = record.body or record.mechanism
    if body:
        above = tables.category("body", body_name(body) or body, short_title=body)
        tables.relate("recommendation_categories", recommendation_id=number, category_id=above)
        if record.is_cyclic and record.cycle:
            cycle = tables.category("cycle", f"{body} cycle {record.cycle}", parent_id=above)
            tables.relate("recommendation_categories", recommendation_id=number, category_id=cycle)
    for state in record.recommending_states:
        _tag(tables, number, "recommending_states", state_name(state))
    for name in ("themes", "groups"):
        for title in getattr(record, name):
            _tag(tables, number, name, title)
    for code in record.sdgs:
        _target(tables, number, code)
    return number


def _tag(tables: Tables, number: str, field_name: str, title: str, code: str = "") -> None:
    category = tables.category(field_name, title, reference=code)
    tables.relate("recommendation_categories", recommendation_id=number, category_id=category)


def _target(tables: Tables, number: str, code: str, confirmed: bool = False) -> None:
    """Relate a recommendation to a target; a goal is a category there."""
    title = framework()[code].title if code in framework() else code
    if code.isdigit():
        if not confirmed:
            _tag(tables, number, "sdgs", title, code)
        return
    target = tables.once("sdgtargets", code, reference=code, title=title)
    tables.once(
        "sdgtarget_recommendations", target, number, sdgtarget_id=target,
        recommendation_id=number, confirmed_by_review=True if confirmed else "",
    )  # fmt: skip


def _links(tables: Tables, source: Source, numbers: Mapping[str, str]) -> None:
    """Relate what reviewers confirmed: targets, indicators, and recommendations that converge."""
    for one in sorted(source.sdg, key=lambda one: one.link.link_id):
        link = one.link
        if not one.confirmed or link.record_id not in numbers:
            continue
        number = numbers[link.record_id]
        if link.indicator:
            tables.relate(
                "recommendation_indicators",
                recommendation_id=number,
                indicator_id=_indicator(tables, link.indicator),
            )
        else:
            _target(tables, number, link.target, confirmed=True)
    for pair in sorted(source.convergences, key=lambda one: one.link.link_id):
        left, right = (numbers.get(i) for i in (pair.link.left_id, pair.link.right_id))
        if pair.confirmed and pair.relation == "convergence" and left and right:
            tables.relate(
                "recommendation_recommendations",
                recommendation_id=left,
                other_recommendation_id=right,
            )


def _indicator(tables: Tables, said: str) -> str:
    """Return the id of an indicator, by its SDG code or in words."""
    known = said in framework()
    return tables.once(
        INDICATORS, said, reference=said if known else "",
        title=framework()[said].title if known else said, draft=False,
    )  # fmt: skip


def _actions(
    tables: Tables, source: Source, numbers: Mapping[str, str], records: Mapping[str, Record]
) -> None:
    entries = {
        key: entry
        for key, entry in source.entries.items()
        if key in numbers and any(entry.value(name) for name in FIELDS)
    }
    of_plan: dict[str, list[str]] = defaultdict(list)
    for key, entry in entries.items():
        for named in measure_ids(entry.measure):
            of_plan[named].append(key)
    for measure in source.measures:
        action = tables.add(
            ACTIONS, reference=measure.id, title=measure.title, target_date=measure.deadline,
            draft=False,
        )  # fmt: skip
        _tag_action(tables, action, "responsible", measure.responsible)
        for key in sorted(of_plan[measure.id], key=lambda key: int(numbers[key])):
            tables.relate(
                "recommendation_measures", recommendation_id=numbers[key], measure_id=action
            )
    shared = Counter(line for entry in entries.values() for line in entry.indicators.splitlines())
    for key in records:
        if key in entries:
            _planned(tables, key, entries[key], numbers[key], shared)


def _planned(
    tables: Tables, key: str, entry: PlanEntry, number: str, shared: Mapping[str, int]
) -> None:
    """Add the action that says what was planned for one record."""
    unnamed = f"{UNNAMED}{key}"
    action = tables.add(
        ACTIONS, reference=key, title=entry.actions or unnamed,
        description=_labelled(entry, form().described), target_date=entry.deadline,
        outcome=entry.result, indicator_summary=_labelled(entry, form().summarised), draft=False,
    )  # fmt: skip
    tables.relate("recommendation_measures", recommendation_id=number, measure_id=action)
    for name in OF_ACTIONS:
        _tag_action(tables, action, name, entry.value(name))
    lines = [line for line in entry.indicators.splitlines() if line.strip()]
    found = {line: _indicator(tables, line.strip()) for line in lines}
    for indicator in found.values():
        tables.relate("measure_indicators", measure_id=action, indicator_id=indicator)
        tables.relate("recommendation_indicators", recommendation_id=number, indicator_id=indicator)
    if entry.current or entry.evidence:
        # A report is of an indicator: of one that is this action's alone, so that it stays its own.
        alone = (found[line] for line in lines if shared[line] == 1)
        indicator = next(alone, "") or _indicator(tables, unnamed)
        tables.relate("measure_indicators", measure_id=action, indicator_id=indicator)
        tables.add(
            REPORTS, indicator_id=indicator, title=entry.current or unnamed,
            description=entry.evidence, document_url=_address(entry.evidence), draft=False,
        )  # fmt: skip


def _tag_action(tables: Tables, action: str, field_name: str, said: str) -> None:
    for part in said.replace("\n", ";").split(";"):
        if title := part.strip():
            category = tables.category(field_name, title)
            tables.relate("measure_categories", measure_id=action, category_id=category)


def _labelled(entry: PlanEntry, names: Iterable[str]) -> str:
    """Return fields one a line, each behind its title."""
    said = ((title_of(name), entry.value(name)) for name in names)
    return "\n".join(f"{title}: {value}" for title, value in said if value)


def _address(evidence: str) -> str:
    found = (word for word in evidence.split() if word.startswith(("https://", "http://")))
    return next(found, "")


def about(source: Source, base: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Return what Linker writes beside the tables, to tell later what was changed since."""
    return {
        "linker": source.version,
        "kind": "impactoss",
        "state": source.state,
        "notice": source.notice,
        "workspace": source.workspace,
        "date": source.date,
        "plan": {key: dict(values) for key, values in sorted(base.items())},
    }
