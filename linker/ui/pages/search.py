"""Search: one box, literal and meaning together, with the filters people know from UHRI."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

import streamlit as st

from linker.errors import UsageError
from linker.i18n.messages import tr, tr_plural
from linker.links import SdgLink
from linker.plan.entries import NOBODY, institutions
from linker.records.filters import Filter
from linker.records.record import POSITIONS, Record
from linker.sdg.framework import framework
from linker.ui import cards
from linker.ui.address import came_from, remember, restore
from linker.ui.choosing import narrowing, pick
from linker.ui.desk import Desk, desk
from linker.ui.layout import heading, html, page_file
from linker.ui.tables import to_csv, to_xlsx
from linker.ui.wording import counted_records, goal_name
from linker.ui.workbench import Snapshot
from linker.vocabulary.mechanisms import mechanisms
from linker.vocabulary.official import official_name

PAGE = 20
FILTERS = (
    "states", "mechanism", "body", "cycle", "year", "position", "responsible", "home", "topic",
    "group", "sdg", "goal",
)  # fmt: skip
KEPT = ("q", *FILTERS)
"""Widgets that hold what they held when the reader comes back from a result."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Cosine from which on a record that lacks the words is shown for its meaning.
NEAR = 0.4


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the filters leave.

    Attributes:
        where: the conditions that a record alone can meet.
        ids: of the records that meet every condition.
        records: all records of the State, or of all States.
    """

    where: Filter
    ids: frozenset[str]
    records: tuple[Record, ...]


def page() -> None:
    """Show the records that match."""
    here = desk()
    heading(tr("Search"), tr("Finds the words you type and what means the same."))
    restore(KEPT)
    with st.container(key="filters", horizontal=True, vertical_alignment="center"):
        text = st.text_input(
            tr("Search"),
            key="q",
            bind="query-params",
            placeholder=tr("prison overcrowding, or any sentence"),
            label_visibility="collapsed",
            icon=":material/search:",
            on_change=_fewer,
        )
        with narrowing(FILTERS):
            chosen = _chosen(here)
    remember(KEPT)
    found = _found(here, text.strip(), chosen)
    with st.container(horizontal=True, vertical_alignment="center"):
        said = counted_records(len(found))
        if text.strip():
            said = tr("{records}, nearest first", records=said)
        html(f"<p class='facts'>{escape(said)}</p>")
        _downloads(here, found)
    number = st.session_state.get("search-shown", PAGE)
    for record in found[:number]:
        with st.container(gap=None):
            html(cards.record_card(record))
            opened = st.button(
                tr("Links and details"),
                key=f"open-{record.id}",
                type="tertiary",
                icon=":material/arrow_forward:",
            )
        if opened:
            back = tr_plural("Back to {n:,} result", "Back to {n:,} results", len(found))
            came_from("search", back)
            st.switch_page(page_file("xray"), query_params={"record": record.id})
    if len(found) > number:
        st.button(tr("Show more"), on_click=_more, args=(number,))


def _more(number: int) -> None:
    st.session_state["search-shown"] = number + PAGE


def _fewer() -> None:
    st.session_state.pop("search-shown", None)


def _downloads(here: Desk, found: list[Record]) -> None:
    kinds = (("CSV", "csv", "text/csv", to_csv), ("Excel", "xlsx", XLSX, to_xlsx))
    for title, suffix, mime, make in kinds:
        st.download_button(
            title,
            data=lambda make=make: make(found),  # type: ignore[misc]
            file_name=f"{here.state}-records.{suffix}",
            mime=mime,
            key=f"search-{suffix}",
            disabled=not found,
            on_click="ignore",
            icon=":material/download:",
        )


def _chosen(here: Desk) -> Chosen:
    everywhere = len(here.bench.states()) > 1 and st.toggle(
        tr("All States of this workspace"), key="states", bind="query-params", on_change=_fewer
    )
    desks = [here.bench.snapshot(s) for s in here.bench.states()] if everywhere else [here.snapshot]
    records = [record for one in desks for record in one.records.values()]
    homes = {i: theme.label for one in desks for i, theme in one.home.items()}
    plan = here.bench.entries
    answering = {r.id: institutions(plan.get(r.id)) for r in records}
    goals = {goal.code: goal_name(goal.code) for goal in framework().level("goal")}
    left, right = st.columns(2)
    with left:
        names = {code: official_name(one.plural) for code, one in mechanisms().items()}
        mechanism = _pick(tr("Mechanism"), {r.mechanism for r in records}, "mechanism", names)
        body = _pick(tr("Body"), {r.body for r in records}, "body")
        cycle = _pick(tr("UPR cycle"), {r.cycle for r in records}, "cycle")
        year = _pick(tr("Year"), {str(r.year or "") for r in records}, "year")
        position = _pick(tr("Position"), set(POSITIONS), "position")
        answers = _pick(
            tr("Responsible institution (from the plan)"),
            {name for names in answering.values() for name in names},
            "responsible",
            {NOBODY: official_name(NOBODY).capitalize()},
        )
    with right:
        home = _pick(tr("Theme of the x-ray"), set(homes.values()), "home")
        theme = _pick(
            tr("Theme or right in the source"), {t for r in records for t in r.themes}, "topic"
        )
        group = _pick(tr("Population"), {g for r in records for g in r.groups}, "group")
        sdg = _pick(tr("SDG in the source"), set(goals), "sdg", goals)
        tracked = _pick(tr("SDG proposed or confirmed here"), set(goals), "goal", goals)
    where = Filter(
        state="" if everywhere else here.state,
        mechanism=mechanism,
        body=body,
        cycle=cycle,
        year=int(year) if year else None,
        position=position,
        theme=theme,
        group=group,
        sdg=sdg,
    )
    ids = frozenset(
        record.id
        for record in where.select(records)
        if (not home or homes.get(record.id) == home)
        and (not answers or answers in answering[record.id])
    )
    if tracked:
        ids &= {i for one in desks for i in _tracked(here, one, tracked)}
    return Chosen(where, ids, tuple(records))


def _tracked(here: Desk, one: Snapshot, goal: str) -> Iterator[str]:
    """Yield the ids of records with a likely or confirmed link to a goal's targets."""
    links = [*one.sdg, *(made for made in here.bench.made.values() if isinstance(made, SdgLink))]
    for link in links:
        if link.indicator or link.target.split(".")[0] != goal:
            continue
        decision = here.verdicts.get(link.link_id)
        confirmed = decision is not None and decision.verdict == "confirm"
        if confirmed or (decision is None and link.band == "propose"):
            yield link.record_id


def _pick(label: str, values: set[str], key: str, names: Mapping[str, str] | None = None) -> str:
    options = sorted(values - {""}, key=lambda v: (v.isdigit() and int(v), v))
    known = names or {}
    said = {value: known.get(value) or official_name(value) for value in options}
    return pick(label, key, said, _fewer)


def _found(here: Desk, text: str, chosen: Chosen) -> list[Record]:
    if not text:
        return [record for record in chosen.records if record.id in chosen.ids]
    key = (here.state, text, chosen.where.state)
    known = st.session_state.get("search-found")
    if not known or known[0] != key or known[1] is not here.snapshot:
        with st.spinner(tr("Searching …")):
            try:
                where = Filter(state=chosen.where.state)
                hits = here.linker.search(text, where, len(chosen.records))
            except UsageError as error:
                st.error(str(error))
                return []
        near = [hit.record for hit in hits if hit.words >= 1 or hit.meaning >= NEAR]
        known = st.session_state["search-found"] = (key, here.snapshot, near)
    found: list[Record] = known[2]
    return [record for record in found if record.id in chosen.ids]


page()
