"""Dates: what is due next for the State, to correct and to take away as a calendar."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from linker.errors import LinkerError
from linker.i18n.messages import tr
from linker.plan.dates import Due, to_ics
from linker.ui.desk import Desk, built, desk
from linker.ui.downloads import hand_over
from linker.ui.layout import heading, html, table
from linker.ui.reviewer import reviewer_field
from linker.vocabulary.official import official_state
from linker.workspace.workspace import Linker

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
        # Not st.table, which brings Arrow and its own part of the front end for eight lines.
        heads = tr("What"), tr("When"), tr("Where from")
        html(table(heads, ((due.what, due.spoken, due.why) for due in found)))
        _calendar(here, name, found)
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


def _calendar(here: Desk, name: str, found: Sequence[Due]) -> None:
    """Offer the dates as a calendar, stamped by the workspace's last change."""

    def write(linker: Linker, path: Path) -> list[Path]:
        path.write_bytes(to_ics(here.state, name, found, linker.source(here.state).date))
        return [path]

    file = f"{here.state.lower()}-dates.ics"
    hand_over(here, file, write, "dates-ics", tr("Calendar (.ics)"))


page()
