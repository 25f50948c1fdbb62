"""Were we heard? A submission goes in and is read; what came back can be taken away."""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st

from linker.documents import heard
from linker.documents.writers.phrasing import capital
from linker.errors import LinkerError
from linker.i18n.messages import tr, tr_plural
from linker.ui import cards
from linker.ui.desk import Desk, desk
from linker.ui.downloads import hand_over
from linker.ui.layout import heading, html
from linker.uptake.results import OUTCOMES, AskedItem, Outcome, Uptake
from linker.vocabulary.official import official_state
from linker.workspace.handed_over import on_disk
from linker.workspace.workspace import Linker

TYPES = ["docx", "pdf", "txt", "md", "csv", "xlsx", "json", "doc", "odt"]
KEPT = "uptake-found"
PAGE = 20


def page() -> None:
    """Show what became of a submission's asks."""
    here = desk()
    heading(
        tr("Were we heard?"),
        tr(
            "Drop in a submission on {state}: which of its asks came back as recommendations, by "
            "which State, and with which position. The file is read, not imported.",
            state=official_state(here.state),
        ),
    )
    _drop(here)
    found: Uptake | None = st.session_state.get(KEPT, {}).get(here.state)
    if found is None:
        st.info(tr("A coalition's submission (Word, PDF, text), a summary of stakeholders' "
                "submissions, or a table with the columns id and text."))  # fmt: skip
        return
    _summary(found)
    _downloads(here, found)
    _items(found)


def _drop(here: Desk) -> None:
    cycles = sorted({r.cycle for r in here.snapshot.records.values() if r.is_cyclic and r.cycle})
    with st.form("submission", border=False):
        upload = st.file_uploader(tr("Submission"), type=TYPES, key="uptake-file")
        cycle = st.selectbox(
            tr("Review that it was made for"),
            ["", *reversed(cycles)],
            format_func=_review,
            key="uptake-cycle",
        )
        submitted = st.form_submit_button(tr("Read what came back"), type="primary")
    if not submitted:
        return
    if upload is None:
        st.warning(tr("Choose a file first."))
        return
    with st.spinner(tr("Reading and comparing …")):
        try:
            linker = here.linker
            with on_disk(linker.folder, upload.name, upload.getbuffer()) as path:
                made = linker.uptake(path, here.state, cycle).shown()
        except LinkerError as error:
            st.error(str(error))
            return
    st.session_state.setdefault(KEPT, {})[here.state] = made
    st.session_state.pop("uptake-outcome", None)


def _review(cycle: str) -> str:
    if not cycle:
        return tr("the one it names, else the newest")
    return tr("UPR cycle {value}", value=cycle)


def _summary(found: Uptake) -> None:
    figures = "".join(
        f"<div><b>{number}</b>{escape(tr(outcome))}</div>"
        for outcome, number in found.counts().items()
        if number
    )
    html(f'<div class="figures">{figures}</div>')
    for text in (heard.about(found), heard.positions(found), heard.taken_up_by(found)):
        if text:
            html(f"<p>{escape(text)}</p>")
    for note in (tr(heard.CAUTION), *found.notes):
        st.caption(note)


def _downloads(here: Desk, found: Uptake) -> None:
    def write(linker: Linker, path: Path) -> list[Path]:
        return [linker.uptake.write(found, path)]

    with st.container(horizontal=True):
        for suffix in ("docx", "xlsx", "csv"):
            hand_over(here, f"{here.state}-were-we-heard.{suffix}", write, f"uptake-{suffix}")


def _items(found: Uptake) -> None:
    counts = {outcome: number for outcome, number in found.counts().items() if number}
    chosen: Outcome | None = st.pills(
        tr("What became of it"),
        list(counts),
        format_func=lambda outcome: f"{capital(tr(outcome))} ({counts.get(outcome, 0)})",
        key="uptake-outcome",
    )
    items = [one for one in found if chosen in (None, one.outcome)]
    html(f"<p class='facts'>{tr_plural('{n:,} ask', '{n:,} asks', len(items))}</p>")
    if chosen:
        st.caption(tr(OUTCOMES[chosen]))
    number = st.session_state.get("uptake-shown", PAGE)
    for one in items[:number]:
        _item(one)
    if len(items) > number and st.button(tr("Show more")):
        st.session_state["uptake-shown"] = number + PAGE
        st.rerun()


def _item(one: AskedItem) -> None:
    chip = cards.chip(capital(tr(one.outcome)), f"outcome {one.outcome.replace(' ', '-')}")
    before = f'<p class="facts">{escape(heard.before(one))}</p>' if one.before else ""
    html(
        f'<section class="asked"><p>{chip} <span class="facts">{escape(heard.place(one))}</span>'
        f'</p><p class="text" dir="auto">{escape(one.item.text)}</p>{before}</section>'
    )
    for answer in one.shown[: heard.IN_FULL]:
        sure = f'<p class="facts">{escape(heard.how_sure(answer))}</p>'
        ask, _, _ = answer.link.beside(answer.record.id)
        html(cards.record_card(answer.record, ask, sure))
    if more := heard.more(one):
        st.caption(more)


page()
