"""What comes back: a filled-in plan with its conflicts, and the measures of a national plan."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

import streamlit as st

from linker.documents.plan import PlanRow
from linker.documents.plan_merging import Comparison, Difference
from linker.errors import LinkerError
from linker.plan.entries import Measure, title_of
from linker.records.import_notes import Note
from linker.review.roles import Right
from linker.ui.frame import Desk, html
from linker.ui.wording import counted
from linker.workspace.handed_over import on_disk
from linker.workspace.planning import compare_plan

LISTED = 100
SIDES = {"ours": "Keep what stands here", "theirs": "Take the file"}


def read_back(here: Desk) -> None:
    """Take a filled-in plan, show what it would change, and write it when told to."""
    st.write(
        "Drop in the Excel plan that you or others filled in. Nothing is written before you say "
        "so; where both the file and this workspace changed since, you decide row by row."
    )
    upload = st.file_uploader("Filled-in plan (XLSX)", type=["xlsx"], key="plan-upload")
    if upload is None:
        return
    try:
        with on_disk(_folder(here), upload.name, upload.getvalue()) as path:
            found = compare_plan(here.bench.linker.store, path)
    except LinkerError as error:
        st.error(str(error))
        return
    html(_summary(found))
    _refused(found.notes)
    choices = _conflicts(found.conflicts)
    if found.changes:
        with st.expander(f"{counted(len(found.changes), 'change')} without conflict"):
            html("".join(_change(difference) for difference in found.changes[:LISTED]))
    if found.changes or found.conflicts:
        st.button(
            "Write into the plan",
            type="primary",
            key="plan-write",
            disabled=not here.reviewer,
            help=None if here.reviewer else "Give your name first: it stands beside the changes.",
            on_click=_writer(here, upload.name, upload.getvalue(), choices),
        )


def measures_view(here: Desk, rows: Sequence[PlanRow], listed: Sequence[Measure]) -> None:
    """Take the list of a national plan's measures, and show which of them are linked."""
    st.write(
        "A list of the measures of a national plan (CSV or Excel with the columns id, title, "
        "responsible, deadline). Rows of the plan can then be linked to them; a new list replaces "
        "the one before."
    )
    upload = None
    if here.may(Right.IMPORT):
        upload = st.file_uploader("List of measures", type=["csv", "xlsx"], key="measures-upload")
    if upload is not None:
        st.button(
            "Use this list",
            type="primary",
            key="measures-write",
            on_click=_lister(here, upload.name, upload.getvalue()),
        )
    if not listed:
        return
    used = Counter(i for row in rows for i in row.entry.measure.split("; ") if i)
    st.dataframe(
        [
            {
                "Id": measure.id,
                "Measure": measure.title,
                "Responsible": measure.responsible,
                "Deadline": measure.deadline,
                "Recommendations linked": used[measure.id],
            }
            for measure in listed
        ],
        hide_index=True,
        width="stretch",
    )


def _folder(here: Desk) -> Path:
    return here.bench.linker.folder


def _summary(found: Comparison) -> str:
    file = found.file
    when = f" of {escape(file.date)}" if file.date else ""
    return (
        f'<div class="report kept"><h3>{escape(file.name)}</h3>'
        f"<p>A plan{when}: {counted(len(file.rows), 'row')}, "
        f"{counted(len(found.changes), 'change')}, "
        f"{counted(len(found.conflicts), 'conflict')}.</p></div>"
    )


def _refused(notes: Sequence[Note]) -> None:
    if not notes:
        return
    items = "".join(
        f"<li><b>{escape(', '.join(p for p in (n.row, n.column) if p))}</b> {escape(n.reason)}. "
        f"<b>{escape(n.remedy)}</b></li>"
        for n in notes[:LISTED]
    )
    with st.expander(f"{counted(len(notes), 'note')}: what was not read, and why", expanded=True):
        html(f"<ul>{items}</ul>")


def _conflicts(conflicts: Sequence[Difference]) -> dict[str, str]:
    """Ask about each conflict; what nobody chose stays as it is here."""
    if not conflicts:
        return {}
    st.header("Changed on both sides", anchor=False)
    choices = {}
    for difference in conflicts:
        name = hashlib.sha256(difference.key.encode()).hexdigest()[:12]
        with st.container(border=True, key=f"conflict-{name}"):
            html(_change(difference))
            choices[difference.key] = st.radio(
                "Which one stands?",
                list(SIDES),
                format_func=lambda side: SIDES[side],
                horizontal=True,
                key=f"keep-{name}",
            )
    return choices


def _change(difference: Difference) -> str:
    before = "not known" if difference.base is None else difference.base
    lines = [("When written out", before), ("In the file", difference.theirs)]
    if difference.is_conflict:
        lines.append((f"Here ({difference.who})", difference.ours))
    said = "".join(
        f"<p><span class='facts'>{escape(name)}:</span> "
        f"<span dir='auto'>{escape(value) or '<i>empty</i>'}</span></p>"
        for name, value in lines
    )
    return (
        f"<p><b>{escape(title_of(difference.field))}</b> · {escape(difference.record_id)} "
        f"<span class='facts'>{escape(difference.place)}</span></p>{said}"
    )


def _writer(here: Desk, name: str, content: bytes, choices: dict[str, str]) -> Callable[[], None]:
    def write() -> None:
        try:
            with on_disk(_folder(here), name, content) as path:
                done = here.linker.import_plan(path, reviewer=here.reviewer, choices=choices)
        except LinkerError as error:
            st.session_state["plan-said"] = f"Not written: {error}"
            return
        st.session_state["plan-said"] = (
            f"{counted(len(done.written), 'change')} written from {name}; "
            f"{counted(len(done.open), 'conflict')} left as they stand here."
        )

    return write


def _lister(here: Desk, name: str, content: bytes) -> Callable[[], None]:
    def use() -> None:
        try:
            with on_disk(_folder(here), name, content) as path:
                listed = here.linker.import_measures(path)
        except LinkerError as error:
            st.session_state["plan-said"] = f"Not read: {error}"
            return
        st.session_state["plan-said"] = f"{counted(len(listed), 'measure')} read from {name}."

    return use
