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
from linker.i18n.messages import tr, tr_later, tr_plural
from linker.plan.entries import Measure, measure_ids, title_of
from linker.records.import_notes import Note
from linker.review.roles import Right
from linker.ui.desk import Desk
from linker.ui.layout import html
from linker.workspace.handed_over import on_disk

LISTED = 100
SIDES = {"ours": tr_later("Keep what stands here"), "theirs": tr_later("Take the file")}


def read_back(here: Desk) -> None:
    """Take a filled-in plan, show what it would change, and write it when told to."""
    st.write(
        tr(
            "Drop in the Excel plan that you or others filled in. Nothing is written before you "
            "say so; where both the file and this workspace changed since, you decide row by row."
        )
    )
    upload = st.file_uploader(tr("Filled-in plan (XLSX)"), type=["xlsx", "zip"], key="plan-upload")
    if upload is None:
        return
    try:
        with on_disk(_folder(here), upload.name, upload.getvalue()) as path:
            found = here.linker.compare_plan(path)
    except LinkerError as error:
        st.error(str(error))
        return
    html(_summary(found))
    _refused(found.notes)
    choices = _conflicts(found.conflicts)
    if found.changes:
        with st.expander(_quiet(found)):
            html("".join(_change(difference) for difference in found.changes[:LISTED]))
    if found.changes or found.conflicts:
        st.button(
            tr("Write into the plan"),
            type="primary",
            key="plan-write",
            disabled=not here.reporter,
            help=None
            if here.reporter
            else tr("Give your name first: it stands beside the changes."),
            on_click=_writer(here, upload.name, upload.getvalue(), choices),
        )


def measures_view(here: Desk, rows: Sequence[PlanRow], listed: Sequence[Measure]) -> None:
    """Take the list of a national plan's measures, and show which of them are linked."""
    st.write(
        tr(
            "A list of the measures of a national plan (CSV or Excel with the columns id, title, "
            "responsible, deadline). Rows of the plan can then be linked to them; a new list "
            "replaces the one before."
        )
    )
    upload = None
    if here.may(Right.IMPORT):
        upload = st.file_uploader(
            tr("List of measures"), type=["csv", "xlsx"], key="measures-upload"
        )
    if upload is not None:
        st.button(
            tr("Use this list"),
            type="primary",
            key="measures-write",
            on_click=_lister(here, upload.name, upload.getvalue()),
        )
    if not listed:
        return
    used = Counter(i for row in rows for i in measure_ids(row.entry.measure))
    st.dataframe(
        [
            {
                tr("Id"): measure.id,
                tr("Measure"): measure.title,
                tr("Responsible"): measure.responsible,
                tr("Deadline"): measure.deadline,
                tr("Recommendations linked"): used[measure.id],
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
    plan = tr("A plan of {date}", date=file.date) if file.date else tr("A plan")
    said = tr(
        "{plan}: {rows}, {changes}, {conflicts}.",
        plan=plan,
        rows=tr_plural("{n:,} row", "{n:,} rows", len(file.rows)),
        changes=tr_plural("{n:,} change", "{n:,} changes", len(found.changes)),
        conflicts=tr_plural("{n:,} conflict", "{n:,} conflicts", len(found.conflicts)),
    )
    return f'<div class="report kept"><h3>{escape(file.name)}</h3><p>{escape(said)}</p></div>'


def _quiet(found: Comparison) -> str:
    return tr_plural(
        "{n:,} change without conflict", "{n:,} changes without conflict", len(found.changes)
    )


def _refused(notes: Sequence[Note]) -> None:
    if not notes:
        return
    items = "".join(
        f"<li><b>{escape(', '.join(p for p in (n.row, n.column) if p))}</b> {escape(n.reason)}. "
        f"<b>{escape(n.remedy)}</b></li>"
        for n in notes[:LISTED]
    )
    title = tr_plural(
        "{n:,} note: what was not read, and why",
        "{n:,} notes: what was not read, and why",
        len(notes),
    )
    with st.expander(title, expanded=True):
        html(f"<ul>{items}</ul>")


def _conflicts(conflicts: Sequence[Difference]) -> dict[str, str]:
    """Ask about each conflict; what nobody chose stays as it is here."""
    if not conflicts:
        return {}
    st.header(tr("Changed on both sides"), anchor=False)
    choices = {}
    for difference in conflicts:
        name = hashlib.sha256(difference.key.encode()).hexdigest()[:12]
        with st.container(border=True, key=f"conflict-{name}"):
            html(_change(difference))
            choices[difference.key] = st.radio(
                tr("Which one stands?"),
                list(SIDES),
                format_func=lambda side: tr(SIDES[side]),
                horizontal=True,
                key=f"keep-{name}",
            )
    return choices


def _change(difference: Difference) -> str:
    before = tr("not known") if difference.base is None else difference.base
    lines = [(tr("When written out"), before), (tr("In the file"), difference.theirs)]
    if difference.is_conflict:
        lines.append((tr("Here ({who})", who=difference.who), difference.ours))
    empty = f"<i>{escape(tr('empty'))}</i>"
    said = "".join(
        f"<p><span class='facts'>{escape(name)}:</span> "
        f"<span dir='auto'>{escape(value) or empty}</span></p>"
        for name, value in lines
    )
    return (
        f"<p><b>{escape(tr(title_of(difference.field)))}</b> · {escape(difference.record_id)} "
        f"<span class='facts'>{escape(difference.place)}</span></p>{said}"
    )


def _writer(here: Desk, name: str, content: bytes, choices: dict[str, str]) -> Callable[[], None]:
    def write() -> None:
        try:
            with on_disk(_folder(here), name, content) as path:
                done = here.linker.import_plan(path, reviewer=here.reporter, choices=choices)
        except LinkerError as error:
            st.session_state["plan-said"] = tr("Not written: {error}", error=error)
            return
        left = len(done.open)
        st.session_state["plan-said"] = tr(
            "{changes} written from {name}; {conflicts} left as they stand here.",
            changes=tr_plural("{n:,} change", "{n:,} changes", len(done.written)),
            name=name,
            conflicts=tr_plural("{n:,} conflict", "{n:,} conflicts", left),
        )

    return write


def _lister(here: Desk, name: str, content: bytes) -> Callable[[], None]:
    def use() -> None:
        try:
            with on_disk(_folder(here), name, content) as path:
                listed = here.linker.import_measures(path)
        except LinkerError as error:
            st.session_state["plan-said"] = tr("Not read: {error}", error=error)
            return
        st.session_state["plan-said"] = tr_plural(
            "{n:,} measure read from {name}.",
            "{n:,} measures read from {name}.",
            len(listed),
            name=name,
        )

    return use
