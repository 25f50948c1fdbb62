"""The plan as a grid: body, person, deadline and status of many rows, each known by its id."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from linker.documents import citation
from linker.documents.plan import PlanRow
from linker.documents.writers.phrasing import capital
from linker.errors import LinkerError
from linker.i18n.language import language
from linker.i18n.messages import tr, tr_plural
from linker.plan.entries import FIELDS, LISTS, STATUSES, title_of
from linker.plan.reporting import ASSIGNED
from linker.ui.desk import Desk
from linker.ui.layout import html
from linker.ui.plan_form import draft_of, drafts, standing
from linker.ui.planning import NONE
from linker.ui.reviewer import reviewer_field
from linker.vocabulary.official import official_name

EDITED = ("responsible", "person", "deadline", "status")
"""Fields that are typed into the grid; the others are there to look at."""
HELD, TOLD = "plan grid", "plan grid told"
"""Session keys: the grid's key and its cells as the browser got them; what became of the rows."""


def grid(here: Desk, found: Sequence[PlanRow]) -> None:
    """Show rows of the plan to type into, and write what was typed.

    What is typed is a draft of the row, as in its form, until it is written; a grid of other rows
    or of later values is a new one, so that nothing lands in a row that took another's place.
    """
    if not here.reporter:
        reviewer_field("plan-grid-reviewer")
    above = st.container(horizontal=True, vertical_alignment="center")
    key, cells = _held(here, found)
    typable = [tr(title_of(field)) for field in EDITED if not (here.bodies and field in ASSIGNED)]
    choices: dict[Any, Any] = {
        tr(title_of("status")): st.column_config.SelectboxColumn(
            options=["", *STATUSES],
            format_func=lambda one: capital(official_name(str(one) or NONE)),
        )
    }
    typed = st.data_editor(
        cells,
        key=key,
        hide_index=True,
        width="stretch",
        height=640,
        disabled=[name for name in cells.columns if name not in typable],
        column_config=choices,
        # An empty choice is nothing to Streamlit, which would call it "None" in every language.
        placeholder=official_name(NONE),
    )
    keep(found, cells, typed)
    waiting = [row for row in found if _typed_into(row)]
    with above:
        label = tr_plural("Write into {n:,} row", "Write into {n:,} rows", len(waiting))
        if st.button(
            label, type="primary", key="write-grid", disabled=not (here.reporter and waiting)
        ):
            st.session_state[TOLD] = write(here, waiting)
            st.rerun()
        if waiting and st.button(tr("Forget what was typed"), key="forget-grid"):
            for row in waiting:
                _forget(row)
            st.session_state.pop(HELD)
            st.rerun()
        if said := st.session_state.pop(TOLD, ""):
            html(f'<p class="last" role="status">{escape(said)}</p>', inline=True)
    st.caption(
        tr(
            "Type or paste into the columns with a pencil, for as many rows as you like. Nothing "
            "is written before you say so."
        )
    )


def keep(found: Sequence[PlanRow], cells: pd.DataFrame, typed: pd.DataFrame) -> None:
    """Keep as drafts what was typed into a grid.

    Args:
        found: its rows.
        cells: as the browser got them, by id of the row.
        typed: as they are now, likewise.
    """
    titles = _titles()
    changed = typed[list(titles.values())].ne(cells[list(titles.values())]).any(axis=1)
    touched = set(changed.index[changed])
    for row in found:
        if row.plan_id in touched or _typed_into(row):
            draft = draft_of(row.plan_id, standing(row))
            for field, title in titles.items():
                value = typed.at[row.plan_id, title]
                said = value.strip() if isinstance(value, str) else ""
                draft.values[field] = said
                if said == row.entry.value(field):
                    del draft.values[field]


def write(here: Desk, rows: Sequence[PlanRow]) -> str:
    """Write what was typed into rows; return what became of it, in words.

    A row that is refused, such as one that somebody else changed meanwhile, keeps what was typed;
    told so, its writer may write over it.
    """
    written, refused = 0, []
    for row in rows:
        draft = drafts()[row.plan_id]
        values = {field: draft.values[field] for field in _typed_into(row)}
        seen = draft.seen or standing(row)
        try:
            made = here.linker.set_plan(row.plan_id, seen, reviewer=here.reporter, **values)
        except LinkerError as error:
            refused.append(f"{citation.number(row.row.record)}: {error}")
            draft.seen = {}
            continue
        written += bool(made)
        _forget(row)
    said = tr_plural("Written into {n:,} row.", "Written into {n:,} rows.", written)
    return " ".join([said, *(tr("Not written: {error}", error=one) for one in refused)])


def _held(here: Desk, found: Sequence[PlanRow]) -> tuple[str, pd.DataFrame]:
    """Return the key and the cells of the grid: the same as before while it is of the same rows."""
    bench = here.bench
    made_of = (
        here.state, language(), len(bench.plan_log), bench.links_judged,
        tuple(row.plan_id for row in found),
    )  # fmt: skip
    before: tuple[str, pd.DataFrame] | None = st.session_state.get(HELD)
    key = f"plan-grid-{hashlib.sha256(repr(made_of).encode()).hexdigest()[:10]}"
    if before is None or before[0] != key:
        before = st.session_state[HELD] = key, _cells(found)
        st.session_state.pop(key, None)
    return before


def _cells(found: Sequence[PlanRow]) -> pd.DataFrame:
    rows = [_flat(row) for row in found]
    return pd.DataFrame(rows, index=[row.plan_id for row in found])


def _flat(row: PlanRow) -> dict[str, str]:
    """Return a row's cells by their headings; what is typed first, then what is to look at."""
    draft = drafts().get(row.plan_id)
    typed = draft.values if draft else {}
    titles = _titles()
    first = {title: typed.get(field, row.entry.value(field)) for field, title in titles.items()}
    others = {tr(title): _value(row, field) for field, title in FIELDS.items()}
    return {
        tr("Number"): citation.number(row.row.record),
        tr("Recommendation"): row.row.record.text,
        **first,
        tr("Position"): official_name(row.row.record.position),
        tr("Theme"): official_name(row.theme.label),
        **{title: value for title, value in others.items() if title not in first},
        tr("Still missing"): "; ".join(map(tr, row.smart)),
    }


def _value(row: PlanRow, field: str) -> str:
    value = row.entry.value(field)
    return official_name(value) if field in LISTS else value


def _titles() -> dict[str, str]:
    """Return the headings of the fields that are typed into."""
    return {field: tr(title_of(field)) for field in EDITED}


def _typed_into(row: PlanRow) -> list[str]:
    """Return the fields of a row that were typed into and are not written."""
    draft = drafts().get(row.plan_id)
    return [field for field in EDITED if draft and field in draft.values]


def _forget(row: PlanRow) -> None:
    draft = drafts()[row.plan_id]
    for field in _typed_into(row):
        del draft.values[field]
