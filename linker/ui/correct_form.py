"""Correcting a record by hand, beside what is shown of it."""

from __future__ import annotations

import streamlit as st

from linker.errors import LinkerError
from linker.i18n.messages import tr, tr_later
from linker.records.importers.correcting import CORRECTABLE
from linker.records.record import Record
from linker.review.roles import Right
from linker.ui.desk import Desk
from linker.ui.wording import not_written

SAID = "correction-said"


def correct_form(here: Desk, record: Record) -> None:
    """Offer to correct one field, and say what was corrected by whom."""
    if said := st.session_state.pop(SAID, ""):
        st.info(said)
    edits = here.bench.linker.record_log(record.id)
    with st.popover(tr("Correct"), disabled=not here.may(Right.CORRECT)):
        st.caption(tr("Stands above every file. It is logged, and can be taken back."))
        field = str(
            st.selectbox(
                tr("Field"), CORRECTABLE, format_func=_in_words, key=f"correct-field-{record.id}"
            )
        )
        value = st.text_area(
            tr("Is"), value=_as_cell(record, field), key=f"correct-value-{field}-{record.id}"
        )
        st.button(
            tr("Correct"),
            type="primary",
            key=f"correct-{record.id}",
            disabled=not here.reviewer,
            help=None if here.reviewer else tr("Give your name first (top right)."),
            on_click=_correct,
            args=(here, record, field, value),
        )
        for edit in edits:
            st.caption(f"{edit} · {edit.reviewer}, {edit.at[:10]}")
        if any(edit.kind == "correct" and edit.field == field for edit in edits):
            st.button(
                tr("Take the last correction of {field} back", field=_in_words(field).lower()),
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
        st.session_state[SAID] = not_written(error)
        return
    st.session_state[SAID] = tr(
        "{what} is corrected. Build again to bring links along.", what=_in_words(field)
    )


def _undo(here: Desk, record: Record, field: str) -> None:
    try:
        with here.exclusive() as linker:
            linker.undo_correction(record.id, field, here.reviewer)
    except LinkerError as error:
        st.session_state[SAID] = not_written(error)
        return
    st.session_state[SAID] = tr("{what} is what the files say again.", what=_in_words(field))


FIELDS: dict[str, str] = {
    "state": tr_later("State"),
    "mechanism": tr_later("Mechanism"),
    "body": tr_later("Body"),
    "symbol": tr_later("Symbol"),
    "paragraph": tr_later("Paragraph"),
    "cites": tr_later("Cites"),
    "date": tr_later("Date"),
    "year": tr_later("Year"),
    "cycle": tr_later("Cycle"),
    "session": tr_later("Session"),
    "text": tr_later("Text"),
    "themes": tr_later("Themes"),
    "groups": tr_later("Groups"),
    "sdgs": tr_later("Sdgs"),
    "recommending_states": tr_later("Recommending states"),
    "position": tr_later("Position"),
    "position_source": tr_later("Position source"),
    "position_note": tr_later("Position note"),
    "language": tr_later("Language"),
    "source_url": tr_later("Source url"),
    "context": tr_later("Context"),
    "kind": tr_later("Kind"),
    "heading": tr_later("Heading"),
}
"""What the fields of a record are called; one that is not here, as its column."""


def _in_words(field: str) -> str:
    return tr(FIELDS.get(field, field))


def _as_cell(record: Record, field: str) -> str:
    value = getattr(record, field)
    return "; ".join(value) if isinstance(value, tuple) else str(value or "")
