"""Dates: what is due next for the State, to correct and to take away as a calendar."""

from __future__ import annotations

import streamlit as st

from linker.errors import LinkerError
from linker.i18n.messages import tr
from linker.plan.dates import to_ics
from linker.ui.desk import built, desk
from linker.ui.layout import heading
from linker.ui.reviewer import reviewer_field
from linker.vocabulary.official import official_state

SAID = "dates-said"


def page() -> None:
    """Show the dates of the State with where each comes from."""
    here = desk()
    built(here)
    name = official_state(here.state)
    heading(
        tr("Dates"),
        tr(
            "What is due for {state}, and what was. Dates that are worked out from the records say "
            "“about”; a date that you set stands above them.",
            state=name,
        ),
    )
    found = here.linker.dates(here.state)
    if said := st.session_state.pop(SAID, ""):
        st.info(said)
    if not found:
        st.info(tr("The records name no review and no date. Set one below."))
    else:
        heads = tr("What"), tr("When"), tr("Where from")
        rows = [dict(zip(heads, (d.what, d.spoken, d.why), strict=True)) for d in found]
        st.table(rows)
        source = here.linker.source(here.state)
        st.download_button(
            tr("Calendar (.ics)"),
            to_ics(here.state, name, found, source.date),
            file_name=f"{here.state.lower()}-dates.ics",
            mime="text/calendar",
            icon=":material/event:",
        )
    if not here.reviewer:
        reviewer_field("dates-reviewer")
    with st.form("date"):
        titles = {due.key: due.what for due in found}
        key = st.selectbox(
            tr("Which date"),
            [*titles, ""],
            format_func=lambda k: titles.get(k) or tr("Another one"),
            key="date-key",
        )
        other = st.text_input(tr("Name of another one"), key="date-name")
        day = st.text_input(
            tr("Date"), placeholder=tr("2030-02-14 or 2030-02; empty takes it away")
        )
        if st.form_submit_button(tr("Set the date"), disabled=not here.reviewer):
            try:
                here.linker.set_date(key or other, day, here.state, reviewer=here.reviewer)
            except LinkerError as error:
                st.session_state[SAID] = tr("Not written: {error}", error=error)
            else:
                st.session_state[SAID] = tr("Written.")
            st.rerun()


page()
