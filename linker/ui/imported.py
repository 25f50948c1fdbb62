"""The files that were read, and taking one out again."""

from __future__ import annotations

import streamlit as st

from linker.errors import LinkerError
from linker.ui import access
from linker.ui.wording import counted
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
    with st.expander(f"Files read so far ({len(sources):,})", expanded=bool(said)):
        for one in reversed(sources):
            _source(bench, one)


def _source(bench: Workbench, one: ImportedFile) -> None:
    source = one.source
    with st.container(horizontal=True, vertical_alignment="center", key=f"source-{source.number}"):
        out = "taken out, " if source.forgotten else ""
        st.write(
            f"**{source.number}. {source.name}**  \n{source.format}, {source.at[:10]}: {out}"
            f"{counted(one.records, 'record')}"
        )
        if source.forgotten:
            st.button(
                "Put back", key=f"back-{source.number}", on_click=_put_back, args=(bench, one)
            )
            return
        with st.popover("Take out", key=f"out-{source.number}", on_change="rerun") as asked:
            if asked.open:
                st.write(f"{bench.linker.depends_on(source.number)}.")
                st.caption("Decisions stay in the log, and count again when it is put back.")
                st.button(
                    f"Take {source.name} out",
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
    st.session_state[SAID] = (
        f"{one.source.name} was taken out: {counted(len(changes.gone), 'record')} went with it. "
        "Build again to bring links and themes up to date."
    )


def _put_back(bench: Workbench, one: ImportedFile) -> None:
    try:
        with bench.exclusive(access.acting()) as linker:
            linker.unforget(one.source.number)
    except LinkerError as error:
        st.session_state[SAID] = str(error)
        return
    st.session_state[SAID] = f"{one.source.name} is back in its place. Build again."
