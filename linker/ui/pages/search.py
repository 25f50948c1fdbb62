"""Search: one box, literal and meaning together, with the filters people know from UHRI."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from html import escape

import streamlit as st

from linker.errors import UsageError
from linker.i18n.messages import tr, tr_plural
from linker.links import SdgLink
from linker.plan.entries import NOBODY, institutions
from linker.records.filters import Filter
from linker.records.record import Record
from linker.sdg.framework import framework
from linker.ui import cards
from linker.ui.address import came_from, remember, restore
from linker.ui.choosing import narrowing
from linker.ui.counted import Facet, Narrowed, narrowed, offer_fewer, pick_counted, wanted_of
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
        ).strip()
        with narrowing(FILTERS):
            facets, found = _narrowed(here, text)
    remember(KEPT)
    with st.container(horizontal=True, vertical_alignment="center"):
        said = counted_records(len(found.records))
        if text:
            said = tr("{records}, nearest first", records=said)
        html(f"<p class='facts'>{escape(said)}</p>")
        _downloads(here, found.records)
    if not found.records:
        _nothing(facets, found, text)
    number = st.session_state.get("search-shown", PAGE)
    for record in found.records[:number]:
        with st.container(gap=None):
            said = cards.cite_button(record)
            html(cards.record_card(record, footer=said, found=cards.words_found(record, text)))
            opened = st.button(
                tr("Links and details"),
                key=f"open-{record.id}",
                type="tertiary",
                icon=":material/arrow_forward:",
            )
        if opened:
            records = len(found.records)
            back = tr_plural("Back to {n:,} result", "Back to {n:,} results", records)
            came_from("search", back)
            st.switch_page(page_file("xray"), query_params={"record": record.id})
    if len(found.records) > number:
        st.button(tr("Show more"), on_click=_more, args=(number,))


def _nothing(facets: Sequence[Facet], found: Narrowed, text: str) -> None:
    """Say which filter to drop where nothing is found, and drop it at a click."""
    if any(found.without.values()):
        st.info(tr("No record has all of this. There are some without one of the filters:"))
        with st.container(horizontal=True):
            offer_fewer(facets, found, _fewer)
    elif found.without:
        st.info(tr("No record has all of this. Take more than one filter away."))
    elif text:
        st.info(tr("No record says this or means it. Try fewer or other words."))


def _more(number: int) -> None:
    st.session_state["search-shown"] = number + PAGE


def _fewer() -> None:
    st.session_state.pop("search-shown", None)


def _downloads(here: Desk, found: Sequence[Record]) -> None:
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


def _narrowed(here: Desk, text: str) -> tuple[Sequence[Facet], Narrowed]:
    """Show the filters and return them, with what they leave."""
    everywhere = len(here.bench.states()) > 1 and st.toggle(
        tr("All States of this workspace"), key="states", bind="query-params", on_change=_fewer
    )
    desks = [here.bench.snapshot(s) for s in here.bench.states()] if everywhere else [here.snapshot]
    records = [record for one in desks for record in one.records.values()]
    facets = _facets(here, desks)
    among = _found(here, text, "" if everywhere else here.state, len(records)) if text else records
    chosen = {
        facet.key: wanted_of(facet, {value for one in records for value in facet.values(one)})
        for facet in facets
    }
    found = narrowed(among, facets, chosen)
    for column, several in zip(st.columns(2), (facets[:6], facets[6:]), strict=True):
        with column:
            for facet in several:
                pick_counted(facet, found.counts[facet.key], chosen[facet.key], _fewer)
    return facets, found


def _facets(here: Desk, desks: Sequence[Snapshot]) -> Sequence[Facet]:
    """Return the filters; what a record has of each is looked up once for a record."""
    homes = {i: theme.label for one in desks for i, theme in one.home.items()}
    plan = here.bench.entries
    goals = {goal.code: goal_name(goal.code) for goal in framework().level("goal")}
    tracked: dict[str, set[str]] = defaultdict(set)
    for one in desks:
        for record_id, goal in _tracked(here, one):
            tracked[record_id].add(goal)
    made_by = {code: official_name(one.plural) for code, one in mechanisms().items()}
    nobody = {NOBODY: official_name(NOBODY).capitalize()}
    return (
        Facet("mechanism", tr("Mechanism"), lambda r: (r.mechanism,), made_by),
        Facet("body", tr("Body"), lambda r: (r.body,), {}),
        Facet("cycle", tr("UPR cycle"), lambda r: (r.cycle,), {}),
        Facet("year", tr("Year"), lambda r: (str(r.year or ""),), {}),
        Facet("position", tr("Position"), lambda r: (r.position,), {}),
        Facet(
            "responsible",
            tr("Responsible institution (from the plan)"),
            lambda r: institutions(plan.get(r.id)),
            nobody,
        ),
        Facet("home", tr("Theme of the x-ray"), lambda r: (homes.get(r.id, ""),), {}),
        Facet("topic", tr("Theme or right in the source"), lambda r: r.themes, {}),
        Facet("group", tr("Population"), lambda r: r.groups, {}),
        Facet("sdg", tr("SDG in the source"), lambda r: [s.split(".")[0] for s in r.sdgs], goals),
        Facet("goal", tr("SDG proposed or confirmed here"), lambda r: tracked.get(r.id, ()), goals),
    )


def _tracked(here: Desk, one: Snapshot) -> Iterator[tuple[str, str]]:
    """Yield records with the goals to whose targets they have a likely or confirmed link."""
    links = [*one.sdg, *(made for made in here.bench.made.values() if isinstance(made, SdgLink))]
    verdicts = here.verdicts
    for link in links:
        if link.indicator:
            continue
        decision = verdicts.get(link.link_id)
        confirmed = decision is not None and decision.verdict == "confirm"
        if confirmed or (decision is None and link.band == "propose"):
            yield link.record_id, link.target.split(".")[0]


def _found(here: Desk, text: str, state: str, limit: int) -> list[Record]:
    """Return the records near to a text, the nearest first; looked up once for a text."""
    key = (here.state, text, state)
    known = st.session_state.get("search-found")
    if not known or known[0] != key or known[1] is not here.snapshot:
        with st.spinner(tr("Searching …")):
            try:
                hits = here.linker.search(text, Filter(state=state), limit)
            except UsageError as error:
                st.error(str(error))
                return []
        near = [hit.record for hit in hits if hit.words >= 1 or hit.meaning >= NEAR]
        known = st.session_state["search-found"] = (key, here.snapshot, near)
    found: list[Record] = known[2]
    return found


page()
