"""Plan: who does what until when, and how it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from linker.documents import citation
from linker.documents.plan import PlanRow
from linker.documents.writers.phrasing import STATUS_FILLS, capital
from linker.i18n.messages import tr, tr_later, tr_plural
from linker.i18n.numbers import written
from linker.plan.entries import STATUSES, Measure, PlanEntry, measure_ids
from linker.plan.reporting import answers_for
from linker.review.roles import Right
from linker.store.plan_log import measures
from linker.ui import cards
from linker.ui.address import point, pointed, pointer, remember, restore
from linker.ui.choosing import narrowing, pick, view_of
from linker.ui.desk import Desk, built, desk
from linker.ui.downloads import download
from linker.ui.layout import heading, html
from linker.ui.plan_aligning import aligned_view
from linker.ui.plan_form import LISTED, SAID, form
from linker.ui.plan_grid import grid
from linker.ui.plan_import import measures_view, read_back
from linker.ui.plan_many import choose_row, many
from linker.ui.planning import NONE, Wanted, rows_of
from linker.ui.reviewer import reviewer_field
from linker.ui.shared_out import work_of
from linker.vocabulary.official import official_name

PAGE = 10
VIEWS = tr_later("The plan"), tr_later("Read back a filled-in plan"), tr_later("National plan")
FILTERS = ("plan-status", "plan-theme", "plan-position", "plan-missing", "plan-mine",
           "plan-overdue", "plan-unreleased")  # fmt: skip
KEPT = ("plan-text", *FILTERS)
"""Widgets that hold what they held when the reader comes back from a row."""
SHORT = 260


def page() -> None:
    """Show the plan, one of its rows to fill in, or a plan that comes back."""
    here = desk()
    built(here)
    heading(
        tr("Implementation plan"),
        tr("Who does what until when, and how it stands. Every change is kept with name and date."),
    )
    rows, looked_at = rows_of(here), pointed("record")
    listed = measures(here.bench.linker.store)
    chosen = next((row for row in rows if row.plan_id == looked_at), None)
    if chosen is not None:
        form(here, chosen, here.bench.plan_log, listed)
        return
    if said := st.session_state.pop(SAID, ""):
        html(f'<p class="last" role="status">{escape(said)}</p>')
    view = view_of(tr("View"), "view", VIEWS)
    if view != VIEWS[0] and not here.reporter:
        reviewer_field("plan-reviewer")
    if view == VIEWS[1]:
        read_back(here)
    elif view == VIEWS[2]:
        measures_view(here, rows, listed)
        if listed:
            aligned_view(here, listed)
    else:
        _plan(here, rows, listed)


def _plan(here: Desk, rows: Sequence[PlanRow], listed: Sequence[Measure]) -> None:
    html(_figures(rows, listed))
    restore(KEPT)
    with st.container(key="filters", horizontal=True, vertical_alignment="center"):
        text = st.text_input(
            tr("Search in the plan"),
            key="plan-text",
            bind="query-params",
            placeholder=tr("Words of a recommendation, a number, or a ministry"),
            label_visibility="collapsed",
            icon=":material/search:",
            on_change=_fewer,
        )
        with narrowing(FILTERS):
            wanted = _wanted(here, rows, text)
        remember(KEPT)
        as_table = st.toggle(tr("Table"), key="plan-table", bind="query-params")
        download(here, "plan", "xlsx", tr("Plan to fill in (Excel)"))
        download(here, "midterm", "docx", tr("Mid-term report (Word)"))
    found = [row for row in rows if wanted.takes(row)]
    st.session_state[LISTED] = [row.plan_id for row in found]
    said = tr_plural("{n:,} recommendation", "{n:,} recommendations", len(found))
    html(f"<p class='facts'>{escape(said)}{escape(_beneath(here, rows))}</p>")
    if here.bodies:
        html(_reported_for(here.bodies, rows))
    if as_table:
        grid(here, found)
        return
    may_choose = here.may(Right.PLAN)
    if may_choose:
        many(here, found)
    number = st.session_state.get("plan-shown", PAGE)
    for row in found[:number]:
        with st.container(gap=None):
            html(_row(row))
            with st.container(horizontal=True, vertical_alignment="center"):
                st.button(
                    tr("Fill in"),
                    key=f"fill-{row.plan_id}",
                    type="tertiary",
                    icon=":material/edit:",
                    on_click=pointer("record", row.plan_id),
                )
                if may_choose:
                    choose_row(row.plan_id)
    if len(found) > number:
        st.button(tr("Show more"), on_click=_more, args=(number,))


def _beneath(here: Desk, rows: Sequence[PlanRow]) -> str:
    """Return why the plan has fewer rows than the State has records; empty where it has not."""
    left = len(here.snapshot.records) - len(rows)
    if not left:
        return ""
    return " · " + tr_plural(
        "{n:,} record of another mechanism has no row of its own: it stands in the rows of the "
        "UPR with which it converges.",
        "{n:,} records of other mechanisms have no row of their own: they stand in the rows of "
        "the UPR with which they converge.",
        left,
    )


def _reported_for(bodies: Sequence[str], rows: Sequence[PlanRow]) -> str:
    """Return for a focal point which rows are theirs."""
    said = tr_plural(
        "You report for {bodies}, which answers for {n:,} recommendation here. “Mine” shows it.",
        "You report for {bodies}, which answers for {n:,} recommendations here. “Mine” shows them.",
        sum(answers_for(bodies, row.entry) for row in rows),
        bodies="; ".join(bodies),
    )
    return f"<p class='facts'>{escape(said)}</p>"


def _figures(rows: Sequence[PlanRow], listed: Sequence[Measure]) -> str:
    """Return the traffic lights of the whole plan, and how many rows are complete."""
    counts = Counter(row.entry.status for row in rows)
    parts = [
        f"<div>{_light(status)}<b>{written(counts[status])}</b></div>" for status in (*STATUSES, "")
    ]
    complete = sum(not row.smart for row in rows)
    smart = cards.chip(tr("SMART: nothing missing"))
    parts.append(f"<div>{smart}<b>{written(complete)}</b></div>")
    if listed:
        linked = {i for row in rows for i in measure_ids(row.entry.measure)}
        done = sum(measure.id in linked for measure in listed)
        label = cards.chip(tr("measures of the national plan linked"))
        share = tr("{done:,} of {total:,}", done=done, total=len(listed))
        parts.append(f"<div>{label}<b>{escape(share)}</b></div>")
    return f'<div class="figures">{"".join(parts)}</div>'


def _light(status: str) -> str:
    """Return a traffic light: never the colour alone, always the word."""
    fill = STATUS_FILLS.get(status, "")
    return cards.chip(official_name(status or NONE), "", f"#{fill}" if fill else "")


def _row(row: PlanRow) -> str:
    record, entry = row.row.record, row.entry
    text = record.text if len(record.text) <= SHORT else f"{record.text[:SHORT].rstrip()} …"
    facts = [official_name(row.theme.label)]
    facts += [entry.responsible] if entry.responsible else []
    facts += [entry.person] if entry.person else []
    facts += [tr("by {deadline}", deadline=entry.deadline)] if entry.deadline else []
    gaps = tr("Still missing: {gaps}", gaps="; ".join(map(tr, row.smart)))
    return (
        f'<article class="record {escape(record.mechanism.lower())}"><header>'
        f'{cards.mechanism_chip(record)}<span class="cited">'
        f"{escape(citation.number(record))}</span>"
        f"{cards.position_chip(record)}{_light(entry.status)}{_release_chip(entry)}</header>"
        f'<p class="facts">{escape(" · ".join(facts))}</p>'
        f'<p class="text" dir="auto">{escape(text)}</p>'
        + (f'<p class="facts">{escape(gaps)}</p>' if row.smart else "")
        + "</article>"
    )


def _release_chip(entry: PlanEntry) -> str:
    """Return whether what a row says is public; nothing where it says nothing."""
    if entry.is_internal:
        return cards.chip(tr("not released"))
    return cards.chip(tr("released")) if entry.released else ""


def _wanted(here: Desk, rows: Sequence[PlanRow], text: str) -> Wanted:
    themes = {row.theme.theme_id: official_name(row.theme.label) for row in rows}
    positions = sorted({row.row.record.position for row in rows} - {""})
    filter_of = partial(pick, on_change=_fewer)
    status = filter_of(tr("Status"), "plan-status", {s: capital(s) for s in (*STATUSES, NONE)})
    theme = filter_of(tr("Theme"), "plan-theme", themes)
    position = filter_of(tr("Position"), "plan-position", {p: capital(p) for p in positions})
    missing = st.toggle(
        tr("Only what lacks an indicator, a body or a deadline"),
        key="plan-missing",
        bind="query-params",
        on_change=_fewer,
    )
    unreleased = st.toggle(
        tr("Not released"),
        key="plan-unreleased",
        bind="query-params",
        help=tr("Status, result and evidence are public only after a lead's release."),
        on_change=_fewer,
    )
    work = work_of(here, "plan", _fewer)
    among = None if work.is_all else frozenset(r.plan_id for r in rows if work.row(r.plan_id))
    return Wanted(status, theme, position, missing, text.strip(), among, unreleased)


def _more(number: int) -> None:
    st.session_state["plan-shown"] = number + PAGE


def _fewer() -> None:
    st.session_state.pop("plan-shown", None)
    point("record", "")


page()
