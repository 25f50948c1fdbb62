"""Draft: a recommendation to a State, from what is open, with what was asked and said before."""

from __future__ import annotations

from html import escape

import streamlit as st

from linker.errors import LinkerError
from linker.i18n.messages import tr, tr_plural
from linker.sdg.framework import framework
from linker.ui import cards
from linker.ui.desk import Desk, built, desk
from linker.ui.layout import heading, html
from linker.ui.wording import RELATIONS, sure
from linker.uptake.drafting import Drafted, Opening
from linker.uptake.precedents import Precedents
from linker.vocabulary.official import official_name, official_state

TEXT, OPENINGS = "draft-text", 15


def page() -> None:
    """Show what is open, and what there is to know of a draft."""
    here = desk()
    built(here)
    name = official_state(here.state)
    heading(
        tr("Draft"),
        tr(
            "Write a recommendation to {state}: how it is worded, who asked the same before, what "
            "other States supported in like words, and which indicators can track it.",
            state=name,
        ),
    )
    text = st.text_area(
        tr("Recommendation"), key=TEXT, placeholder=tr("Adopt, by 2028, a law that …")
    )
    if text.strip():
        _draft(here, text.strip())
    st.header(tr("Open for {state}", state=name), anchor=False)
    version = "openings", len(here.bench.log), len(here.bench.plan_log)
    openings = here.snapshot.keep(version, lambda: here.linker.draft.openings(here.state))
    st.caption(
        tr_plural(
            "{n:,} measure asked by several records that the plan does not report as fully "
            "implemented; each with its most specific wording so far.",
            "{n:,} measures asked by several records that the plan does not report as fully "
            "implemented; each with its most specific wording so far.",
            len(openings),
        )
    )
    for one in openings[:OPENINGS]:
        _opening(one)


def _draft(here: Desk, text: str) -> None:
    with st.spinner(tr("Looking …")):
        try:
            found = here.linker.draft(text, here.state)
        except LinkerError as error:
            st.error(str(error))
            return
    advice = "".join(f"<li>{escape(said)}</li>" for said in found.advice)
    fine = f"<p>{escape(tr('Specific, and can be checked.'))}</p>"
    html(f"<ul class='advice'>{advice}</ul>" if advice else fine)
    html(f"<p><b>{escape(found.asked)}</b></p>")
    _records(found.before)
    if found.elsewhere:
        st.header(tr("Supported by other States in like words"), anchor=False)
        _records(found.elsewhere)
    _sdg(found)


def _records(found: Precedents) -> None:
    for one in found:
        facts = tr(
            "{relation}: {sure}",
            relation=tr(RELATIONS[one.link.relation]),
            sure=sure(one.link.band, one.link.probability),
        )
        where = escape(official_state(one.record.state))
        footer = f"<p class='facts'>{where} · {escape(facts)}</p>"
        html(cards.record_card(one.record, footer=footer))


def _sdg(found: Drafted) -> None:
    if not found.sdg:
        return
    st.header(tr("SDG targets and indicators"), anchor=False)
    for link in found.sdg:
        html(cards.sdg_title(link) if (link.indicator or link.target) in framework() else "")


def _opening(one: Opening) -> None:
    facts = " · ".join(
        part for part in (one.cluster.summary, ", ".join(map(official_name, one.statuses))) if part
    )
    html(
        f"<section class='asked'><p class='text' dir='auto'>{escape(one.best.text)}</p>"
        f"<p class='facts'>{escape(one.best.record.label)} · {escape(facts)}</p></section>"
    )
    st.button(
        tr("Start from this wording"),
        key=f"take-{one.cluster.cluster_id}",
        on_click=_take,
        args=(one.best.text,),
        type="tertiary",
        icon=":material/edit:",
    )


def _take(text: str) -> None:
    st.session_state[TEXT] = text


page()
