"""Forms with which a reviewer adds a link that Linker did not propose."""

from __future__ import annotations

from html import escape

import streamlit as st

from linker.errors import LinkerError
from linker.i18n.messages import tr, tr_later
from linker.records.filters import Filter
from linker.records.record import Record
from linker.sdg.framework import framework
from linker.ui import cards
from linker.ui.address import point, pointed
from linker.ui.desk import Desk
from linker.ui.layout import html
from linker.ui.wording import RELATIONS
from linker.vocabulary.official import official_title
from linker.vocabulary.text import clipped

FOUND = 8
SIDES = (("left", tr_later("One record")), ("right", tr_later("The other record")))
SAID = "by-hand-said"


def link_by_hand(here: Desk) -> None:
    """Offer to link any two records: search both, choose the relation, say why."""
    started = any(pointed(side) for side, _ in SIDES)
    with st.expander(tr("Add a link by hand"), expanded=started or SAID in st.session_state):
        _said()
        st.caption(
            tr(
                "For two records that you know ask the same and Linker did not put together. It "
                "counts as confirmed, stands in every list and document, and outlives every build."
            )
        )
        columns = st.columns(2, gap="large")
        for column, (side, title) in zip(columns, SIDES, strict=True):
            with column:
                _side(here, side, tr(title))
        ids = [pointed(side) for side, _ in SIDES]
        if all(i in here.snapshot.records for i in ids):
            _make(here, ids[0], ids[1])


def sdg_by_hand(here: Desk, record_id: str) -> None:
    """Offer to give a record any target or indicator of the framework."""
    titles = {
        e.code: f"{e.code} {official_title(e.code, e.title)}"
        for e in framework()
        if e.level != "goal"
    }
    with st.expander(tr("Add another from the framework")):
        code = st.selectbox(
            tr("Target or indicator"),
            list(titles),
            index=None,
            format_func=lambda code: clipped(titles[code], 150),
            placeholder=tr("Type a code or words of its title"),
            key=f"add-sdg-{record_id}",
        )
        note = st.text_input(
            tr("Note"),
            placeholder=tr("Why (optional)"),
            key=f"add-sdg-note-{record_id}",
            max_chars=1000,
        )
        st.button(
            tr("Add"),
            key=f"add-sdg-button-{record_id}",
            disabled=not (code and here.reviewer),
            on_click=_add_sdg,
            args=(here, record_id, code or "", note),
        )


def _side(here: Desk, side: str, title: str) -> None:
    chosen = here.snapshot.records.get(pointed(side))
    if chosen is not None:
        html(cards.record_card(chosen, text_class="clipped"))
        st.button(tr("Choose another"), key=f"other-{side}", on_click=point, args=(side, ""))
        return
    text = st.text_input(
        title,
        key=f"find-{side}",
        placeholder=tr("Words, a symbol or a paragraph"),
        icon=":material/search:",
    )
    for record in _found(here, text.strip()):
        with st.container(gap=None):
            html(
                f'<p class="hit"><b>{escape(record.label)}</b> '
                f"{escape(clipped(record.text, 160))}</p>"
            )
            st.button(
                tr("Take this one"),
                key=f"take-{side}-{record.id}",
                type="tertiary",
                on_click=point,
                args=(side, record.id),
            )


def _found(here: Desk, text: str) -> list[Record]:
    if not text:
        return []
    hits = here.linker.search(text, Filter(state=here.state), FOUND)
    return [hit.record for hit in hits]


def _make(here: Desk, left: str, right: str) -> None:
    names = {relation: tr(name) for relation, name in RELATIONS.items()}
    relation = st.radio(
        tr("They ask for"),
        list(names),
        format_func=names.__getitem__,
        key="by-hand-relation",
        horizontal=True,
    )
    note = st.text_input(
        tr("Note"), placeholder=tr("Why (optional)"), key="by-hand-note", max_chars=1000
    )
    if not here.reviewer:
        st.caption(tr("Give your name above first: it stands beside the link."))
    st.button(
        tr("Add the link"),
        type="primary",
        key="by-hand-add",
        disabled=not here.reviewer,
        on_click=_add,
        args=(here, left, right, relation, note),
    )


def _add(here: Desk, left: str, right: str, relation: str, note: str) -> None:
    try:
        made = here.linker.add_convergence(left, right, here.reviewer, note.strip(), relation)
    except LinkerError as error:
        st.session_state[SAID] = tr("Not added: {error}", error=error)
        return
    st.session_state[SAID] = tr(
        "Added: {left} ↔ {right} ({link}). Undo takes it back.",
        left=left,
        right=right,
        link=made.link_id,
    )
    for side, _ in SIDES:
        point(side, "")
        st.session_state[f"find-{side}"] = ""


def _add_sdg(here: Desk, record_id: str, code: str, note: str) -> None:
    try:
        here.linker.add_sdg(record_id, code, here.reviewer, note.strip())
    except LinkerError as error:
        st.session_state["sdg-judged"] = tr("Not added: {error}", error=error)
        return
    st.session_state["sdg-judged"] = tr("Added by hand: {code}. Undo takes it back.", code=code)
    st.session_state[f"add-sdg-{record_id}"] = None


def _said() -> None:
    if said := st.session_state.pop(SAID, ""):
        html(f'<p class="last" role="status">{escape(said)}</p>')
