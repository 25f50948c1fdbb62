"""What each action of the national plan carries out: proposals, and a person's word on them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from linker.errors import LinkerError
from linker.i18n.messages import tr, tr_later
from linker.i18n.numbers import written
from linker.plan.entries import Measure, PlanChange
from linker.review.roles import Right
from linker.ui import cards
from linker.ui.desk import Desk
from linker.ui.layout import html
from linker.ui.plan_form import SAID
from linker.uptake.alignment import Aligned, Alignment
from linker.workspace.aligning import with_verdicts

KEPT = "alignment-found"
LAST = "alignment-last"
"""What the last verdict wrote, for its undo: (what was said, the changes)."""
PAGE = 20
STANDINGS = {
    "": tr_later("Proposals"),
    "confirm": tr_later("Confirmed"),
    "reject": tr_later("Rejected"),
}
"""What a person said of a pair, and what such pairs are called."""
OFFERED = {
    "confirm": tr_later("Confirm"),
    "reject": tr_later("Reject"),
    "undo": tr_later("Make it a proposal again"),
}
DONE = {
    "confirm": tr_later("Confirmed: {action} for {record}."),
    "reject": tr_later("Rejected: {action} for {record}."),
    "undo": tr_later("A proposal again: {action} for {record}."),
}


def aligned_view(here: Desk, listed: Sequence[Measure]) -> None:
    """Offer to compare the actions with all records, and take a person's word on each pair."""
    st.header(tr("What each measure carries out"), anchor=False)
    st.write(
        tr(
            "Linker compares the measures with everything the State was asked. It only proposes: a "
            "measure stands beside a recommendation in the plan and in documents once you "
            "confirm it."
        )
    )
    st.button(tr("Compare with the recommendations"), key="align", on_click=_compare, args=(here,))
    found: Alignment | None = st.session_state.get(KEPT, {}).get(_which(here, listed))
    if found is None:
        return
    found = with_verdicts(found, here.bench.entries)
    _last_said(here)
    counts = {standing: len(_of(found, standing)) for standing in STANDINGS}
    chosen = st.pills(
        tr("What was said"),
        list(STANDINGS),
        default="",
        format_func=lambda one: f"{tr(STANDINGS[one])} ({written(counts[one])})",
        key="aligned-standing",
    )
    pairs = _of(found, chosen or "")
    number = st.session_state.get("aligned-shown", PAGE)
    for place, pair in enumerate(pairs[:number]):
        if not place or pairs[place - 1].action.id != pair.action.id:
            html(f'<h3 class="action">{escape(f"{pair.action.id} {pair.action.title}")}</h3>')
        _pair(here, pair)
    if not pairs:
        st.caption(tr("Nothing here."))
    if len(pairs) > number and st.button(tr("Show more"), key="aligned-more"):
        st.session_state["aligned-shown"] = number + PAGE
        st.rerun()


def _which(here: Desk, listed: Sequence[Measure]) -> tuple[object, ...]:
    """Return what an alignment was made of: another list of measures needs another one."""
    return here.state, tuple(listed)


def _compare(here: Desk) -> None:
    try:
        found = here.linker.align(here.state)
    except LinkerError as error:
        st.session_state[SAID] = tr("Not compared: {error}", error=error)
        return
    kept = tuple(pair for pair in found.pairs if pair.linked or pair.declined or pair.is_likely)
    made = Alignment(found.actions, found.records, kept)
    st.session_state[KEPT] = {_which(here, found.actions): made}
    st.session_state["aligned-shown"] = PAGE


def _of(found: Alignment, standing: str) -> list[Aligned]:
    return [p for p in found if p.standing == standing and (p.standing or p.is_likely)]


def _pair(here: Desk, pair: Aligned) -> None:
    sure = f'<p class="facts">{pair.probability:.0%}</p>' if pair.link else ""
    ask = pair.link.beside(pair.record.id)[0] if pair.link else None
    html(cards.record_card(pair.record, ask, sure))
    if not here.may(Right.PLAN):
        return
    standing = pair.standing
    with st.container(horizontal=True):
        for verdict, label in OFFERED.items():
            if verdict == standing or (verdict == "undo" and not standing):
                continue
            st.button(
                tr(label),
                key=f"aligned-{verdict}-{pair.action.id}-{pair.record.id}",
                disabled=not here.reviewer,
                help=None if here.reviewer else tr("Give your name first: it stands beside it."),
                on_click=_judge,
                args=(here, pair, verdict),
            )


def _judge(here: Desk, pair: Aligned, verdict: str) -> None:
    action, record = pair.action.id, pair.record
    try:
        made = here.linker.judge_action(action, record.id, verdict, reviewer=here.reviewer)
    except LinkerError as error:
        st.session_state[LAST] = (tr("Not written: {error}", error=error), [])
        return
    st.session_state[LAST] = (tr(DONE[verdict], action=action, record=record.label), made)


def _last_said(here: Desk) -> None:
    said, made = st.session_state.get(LAST, ("", []))
    if not said:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        html(f'<p class="last" role="status">{escape(said)}</p>')
        if made:
            st.button(tr("Undo"), key="aligned-undo", on_click=_undo, args=(here, made))


def _undo(here: Desk, made: Sequence[PlanChange]) -> None:
    try:
        here.linker.take_back(made, reviewer=here.reviewer)
    except LinkerError as error:
        st.session_state[LAST] = (tr("Not undone: {error}", error=error), [])
        return
    st.session_state[LAST] = (tr("What stood before stands again."), [])
