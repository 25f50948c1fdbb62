"""Similar: the same ask in the other States of the workspace, and what became of it there."""

from __future__ import annotations

from html import escape

import streamlit as st

from linker.errors import LinkerError
from linker.i18n.messages import tr
from linker.records.filters import Filter
from linker.records.record import POSITIONS
from linker.ui import cards
from linker.ui.choosing import pick
from linker.ui.desk import Desk, desk
from linker.ui.layout import heading, html
from linker.ui.tables import rows_to_csv
from linker.ui.wording import RELATIONS, counted_records, sure
from linker.uptake.precedents import COLUMNS, Precedent, Precedents
from linker.vocabulary.mechanisms import mechanisms
from linker.vocabulary.official import official_name, official_state

MOST = 50


def page() -> None:
    """Show who else was asked the same."""
    here = desk()
    heading(
        tr("Similar"),
        tr(
            "The same ask in the States of this workspace: who asked it, what the State said, and "
            "how its plan measures it. The surest first, and of equally sure ones the most "
            "specific."
        ),
    )
    if len(here.bench.states()) < 2:
        st.info(tr("There are records of one State alone here. Import files of others to compare."))
    with st.container(horizontal=True, vertical_alignment="center"):
        what = st.text_input(
            tr("Ask, or id of a record"),
            key="ask",
            bind="query-params",
            placeholder=tr("Criminalize marital rape, or the id of a record"),
            icon=":material/search:",
        )
        names = {code: official_name(one.plural) for code, one in mechanisms().items()}
        mechanism = pick(tr("Mechanism"), "similar-mechanism", names)
        position = pick(
            tr("Position"), "similar-position", {one: official_name(one) for one in POSITIONS}
        )
    if not what.strip():
        return
    found = _found(here, what.strip(), Filter(mechanism=mechanism, position=position))
    if found is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        html(f"<p class='facts'>{escape(counted_records(len(found)))}</p>")
        st.download_button(
            "CSV",
            rows_to_csv(found.to_rows(), COLUMNS),
            file_name="similar.csv",
            mime="text/csv",
            key="similar-csv",
            disabled=not found,
            on_click="ignore",
            icon=":material/download:",
        )
    for precedent in found:
        _card(precedent)


def _found(here: Desk, what: str, where: Filter) -> Precedents | None:
    with st.spinner(tr("Looking in all States …")):
        try:
            return here.linker.similar(what, where, MOST).shown()
        except LinkerError as error:
            st.error(str(error))
            return None


def _card(one: Precedent) -> None:
    link = one.link
    said = tr(RELATIONS[link.relation])
    facts = [f"{said}: {sure(link.band, link.probability)}", *map(tr, one.wording)]
    if one.indicators:
        facts.append(tr("its plan measures it by {names}", names=", ".join(one.indicators)))
    footer = f'<p class="facts">{escape(" · ".join(facts))}</p>'
    html(f"<p class='facts'><b>{escape(official_state(one.record.state))}</b></p>")
    html(cards.record_card(one.record, footer=footer))


page()
