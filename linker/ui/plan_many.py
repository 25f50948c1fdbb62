"""Many rows of the plan at once: chosen by their id, given the same body, deadline or status."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from linker.documents.plan import PlanRow
from linker.documents.writers.phrasing import capital
from linker.errors import LinkerError
from linker.i18n.messages import tr, tr_later, tr_plural
from linker.plan.entries import STATUSES, title_of
from linker.review.roles import Right
from linker.ui.desk import Desk
from linker.ui.plan_form import HINTS, SAID
from linker.ui.reviewer import reviewer_field

CHOSEN = "plan rows chosen"
AS_IT_IS = tr_later("As it is")
FIELDS = ("responsible", "person", "deadline", "status")


def chosen_rows() -> set[str]:
    """Return the ids of the rows that this reader chose."""
    rows: set[str] = st.session_state.setdefault(CHOSEN, set())
    return rows


def choose_row(row_id: str) -> None:
    """Show a box that chooses one row, by its id."""
    st.checkbox(
        tr("Choose"),
        value=row_id in chosen_rows(),
        key=f"choose-{row_id}",
        on_change=lambda: _put(row_id, bool(st.session_state[f"choose-{row_id}"])),
    )


def many(here: Desk, found: Sequence[PlanRow]) -> None:
    """Offer to choose all rows that the filters leave, and to write into those chosen."""
    chosen, listed = chosen_rows(), [row.plan_id for row in found]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            tr("Choose all {n:,}", n=len(listed)),
            key="choose-all",
            disabled=not listed,
            on_click=_put_all,
            args=(listed, True),
        )
        if chosen:
            st.button(tr("Choose none"), key="choose-none", on_click=_put_all, args=(chosen, False))
    if not chosen:
        return
    with st.container(border=True, key="plan-many"):
        if not here.reviewer:
            reviewer_field("plan-many-reviewer")
        for column, field in zip(st.columns(len(FIELDS)), FIELDS, strict=True):
            with column:
                _field(field)
        st.button(
            tr_plural("Write into {n:,} row", "Write into {n:,} rows", len(chosen)),
            type="primary",
            key="write-many",
            disabled=not here.reviewer,
            on_click=_write,
            args=(here, sorted(chosen)),
        )
        st.caption(tr("What is left empty stays as it is in each row."))
        if here.may(Right.RELEASE):
            st.button(
                tr_plural(
                    "Release status and evidence of {n:,} row",
                    "Release status and evidence of {n:,} rows",
                    len(chosen),
                ),
                key="release-many",
                disabled=not here.reviewer,
                help=tr(
                    "Only then they are public: in the portal and in documents for publication. "
                    "A later change ends the release."
                ),
                on_click=_release,
                args=(here, sorted(chosen)),
            )


def _release(here: Desk, ids: Sequence[str]) -> None:
    try:
        made = here.linker.release(ids, reviewer=here.reviewer)
    except LinkerError as error:
        st.session_state[SAID] = tr("Not released: {error}", error=error)
        return
    st.session_state[SAID] = tr_plural("Released {n:,} row.", "Released {n:,} rows.", len(made))
    _put_all(ids, False)


def _field(field: str) -> None:
    key = f"many-{field}"
    if field == "status":
        st.selectbox(
            tr(title_of(field)),
            STATUSES,
            index=None,
            format_func=capital,
            placeholder=tr(AS_IT_IS),
            key=key,
        )
    else:
        hint = tr(HINTS.get(field, AS_IT_IS))
        st.text_input(tr(title_of(field)), key=key, placeholder=hint)


def _put(row_id: str, on: bool) -> None:
    (chosen_rows().add if on else chosen_rows().discard)(row_id)


def _put_all(ids: Sequence[str] | set[str], on: bool) -> None:
    for row_id in list(ids):
        st.session_state[f"choose-{row_id}"] = on
        _put(row_id, on)


def _write(here: Desk, ids: Sequence[str]) -> None:
    values = {field: str(st.session_state.get(f"many-{field}") or "").strip() for field in FIELDS}
    given = {field: value for field, value in values.items() if value}
    written = 0
    try:
        for row_id in ids if given else ():
            written += bool(here.linker.set_plan(row_id, reviewer=here.reviewer, **given))
    except LinkerError as error:
        st.session_state[SAID] = tr("Not written: {error}", error=error)
        return
    fields = ", ".join(tr(title_of(field)) for field in given)
    said = tr_plural(
        "Written into {n:,} row: {fields}.",
        "Written into {n:,} rows: {fields}.",
        written,
        fields=fields,
    )
    st.session_state[SAID] = said if written else tr("Nothing changed.")
    _put_all(ids, False)
    for field in FIELDS:
        st.session_state.pop(f"many-{field}", None)
