"""Correcting a record by hand, beside what is shown of it."""

from __future__ import annotations

import streamlit as st

from linker.errors import LinkerError
from linker.records.importers.correcting import CORRECTABLE
from linker.records.record import Record
from linker.review.roles import Right
from linker.ui.frame import Desk

SAID = "correction-said"


def correct_form(here: Desk, record: Record) -> None:
    """Offer to correct one field, and say what was corrected by whom."""
    if said := st.session_state.pop(SAID, ""):
        st.info(said)
    edits = here.bench.linker.record_log(record.id)
    with st.popover("Correct", disabled=not here.may(Right.CORRECT)):
        st.caption("Stands above every file. It is logged, and can be taken back.")
        field = str(
            st.selectbox(
                "Field", CORRECTABLE, format_func=_in_words, key=f"correct-field-{record.id}"
            )
        )
        value = st.text_area(
            "Is", value=_as_cell(record, field), key=f"correct-value-{field}-{record.id}"
        )
        st.button(
            "Correct",
            type="primary",
            key=f"correct-{record.id}",
            disabled=not here.reviewer,
            help=None if here.reviewer else "Give your name first (top right).",
            on_click=_correct,
            args=(here, record, field, value),
        )
        for edit in edits:
            st.caption(f"{edit} · {edit.reviewer}, {edit.at[:10]}")
        if any(edit.kind == "correct" and edit.field == field for edit in edits):
            st.button(
                f"Take the last correction of {_in_words(field).lower()} back",
                key=f"uncorrect-{record.id}",
                disabled=not here.reviewer,
                on_click=_undo,
                args=(here, record, field),
            )


def _correct(here: Desk, record: Record, field: str, value: str) -> None:
    try:
        with here.exclusive() as linker:
            linker.correct(record.id, field, value, here.reviewer)
    except LinkerError as error:
        st.session_state[SAID] = f"Not written: {error}"
        return
    st.session_state[SAID] = f"{_in_words(field)} is corrected. Build again to bring links along."


def _undo(here: Desk, record: Record, field: str) -> None:
    try:
        with here.exclusive() as linker:
            linker.undo_correction(record.id, field, here.reviewer)
    except LinkerError as error:
        st.session_state[SAID] = f"Not written: {error}"
        return
    st.session_state[SAID] = f"{_in_words(field)} is what the files say again."


def _in_words(field: str) -> str:
    return field.replace("_", " ").capitalize()


def _as_cell(record: Record, field: str) -> str:
    value = getattr(record, field)
    return "; ".join(value) if isinstance(value, tuple) else str(value or "")
