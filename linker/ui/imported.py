"""The files that were read, and taking one out again."""

from __future__ import annotations

import streamlit as st

from linker.errors import LinkerError
from linker.i18n.messages import tr, tr_plural
from linker.ui import access
from linker.ui.workbench import Workbench
from linker.workspace.source_desk import ImportedFile

SAID = "sources-said"


def imported(bench: Workbench) -> None:
    """List the sources, each with what takes it out, or puts it back."""
    said = st.session_state.pop(SAID, "")
    if said:
        st.info(said)
    sources = bench.linker.imports()
    if not sources:
        return
    with st.expander(tr("Files read so far ({n:,})", n=len(sources)), expanded=bool(said)):
        for one in reversed(sources):
            _source(bench, one)


def _source(bench: Workbench, one: ImportedFile) -> None:
    source = one.source
    with st.container(horizontal=True, vertical_alignment="center", key=f"source-{source.number}"):
        records = tr_plural("{n:,} record", "{n:,} records", one.records)
        held = tr("taken out, {records}", records=records) if source.forgotten else records
        st.write(f"**{source.number}. {source.name}**  \n{source.format}, {source.at[:10]}: {held}")
        if source.forgotten:
            st.button(
                tr("Put back"), key=f"back-{source.number}", on_click=_put_back, args=(bench, one)
            )
            return
        with st.popover(tr("Take out"), key=f"out-{source.number}", on_change="rerun") as asked:
            if asked.open:
                st.write(f"{bench.linker.depends_on(source.number)}.")
                st.caption(tr("Decisions stay in the log, and count again when it is put back."))
                st.button(
                    tr("Take {name} out", name=source.name),
                    type="primary",
                    key=f"forget-{source.number}",
                    on_click=_take_out,
                    args=(bench, one),
                )


def _take_out(bench: Workbench, one: ImportedFile) -> None:
    try:
        with bench.exclusive(access.acting()) as linker:
            changes = linker.forget(one.source.number)
    except LinkerError as error:
        st.session_state[SAID] = str(error)
        return
    st.session_state[SAID] = tr(
        "{name} was taken out: {records} went with it. Build again to bring links and themes up "
        "to date.",
        name=one.source.name,
        records=tr_plural("{n:,} record", "{n:,} records", len(changes.gone)),
    )


def _put_back(bench: Workbench, one: ImportedFile) -> None:
    try:
        with bench.exclusive(access.acting()) as linker:
            linker.unforget(one.source.number)
    except LinkerError as error:
        st.session_state[SAID] = str(error)
        return
    st.session_state[SAID] = tr("{name} is back in its place. Build again.", name=one.source.name)
