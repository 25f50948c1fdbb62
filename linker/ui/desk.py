"""What a page works with: the open workspace, the State looked at, and who reviews it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TypeVar

import streamlit as st

from linker.errors import LinkerError
from linker.i18n.messages import tr
from linker.links import Convergence, SdgLink
from linker.review.decisions import Decision
from linker.review.roles import Person, Right
from linker.ui import access
from linker.ui.address import session_value, set_session_value
from linker.ui.layout import page_file
from linker.ui.meanwhile import meanwhile
from linker.ui.opened import bench_if_any, workspace_location
from linker.ui.workbench import Snapshot, Workbench
from linker.vocabulary.official import official_state
from linker.workspace.by_hand import records_of
from linker.workspace.workspace import Linker

LinkT = TypeVar("LinkT", Convergence, SdgLink)


@dataclass(frozen=True, slots=True)
class Desk:
    """What a page works with.

    Attributes:
        bench: the open workspace.
        snapshot: what it holds of the State now.
        state: the State looked at, ISO 3166-1 alpha-3.
        reviewer: name of whoever decides; empty before it was given, and where who logged in may
            not decide.
        independent: whether the reviewer judges without seeing what others said.
        person: who logged in; None on one's own machine.
    """

    bench: Workbench
    snapshot: Snapshot
    state: str
    reviewer: str
    independent: bool = False
    person: Person | None = None

    @property
    def linker(self) -> Linker:
        """The workspace as whoever clicks may use it now: roles may change after a page is drawn.

        Raises:
            AccessError: who clicks is not logged in any more, or has no role.
        """
        return self.bench.linker.acting(access.acting())

    def exclusive(self) -> AbstractContextManager[Linker]:
        """Hold the workspace for work that must not run twice at once, such as theme edits.

        Raises:
            AccessError: as for ``linker``.
        """
        return self.bench.exclusive(access.acting())

    @property
    def reporter(self) -> str:
        """Name of whoever fills in the plan; empty before it was given, and for who may not."""
        person = self.person
        if person is not None and person.may(Right.REPORT):
            return person.identity
        return self.reviewer

    @property
    def bodies(self) -> tuple[str, ...] | None:
        """The institutions that who logged in reports for as a focal point; else None."""
        return self.person.reports_for if self.person else None

    def may(self, right: Right) -> bool:
        """Whether the page is to offer something; it is the workspace that refuses."""
        return self.person is None or self.person.may(right)

    @property
    def verdicts(self) -> Mapping[str, Decision]:
        """The decision that counts on each link, as far as this reviewer may see it.

        Who judges independently sees what others said of a link after giving an own word on it.
        """
        verdicts = self.bench.verdicts
        if not self.independent:
            return verdicts
        words = self.bench.words
        return {i: said for i, said in verdicts.items() if self.reviewer in words.get(i, ())}

    def link(self, link_id: str) -> Convergence | None:
        """Return a convergence link of this State, whoever made it, or None."""
        found = self.snapshot.convergence(link_id) or self.bench.made.get(link_id)
        known = isinstance(found, Convergence) and found.left_id in self.snapshot.records
        return found if isinstance(found, Convergence) and known else None

    def made(self, kind: type[LinkT], record_id: str) -> list[LinkT]:
        """Return a record's links that the log alone knows, such as those made by hand."""
        links = self.bench.made.values()
        return [x for x in links if isinstance(x, kind) and record_id in records_of(x)]


def desk() -> Desk:
    """Return what the page works with; without records, show where to begin and stop there."""
    try:
        person = access.acting()
        bench = bench_if_any(workspace_location(), person)
        states = bench.largest() if bench else []
    except LinkerError as error:
        st.error(str(error))
        st.stop()
    if bench is None or not states:
        st.info(tr("No records yet. Open a workspace or the demonstration first."))
        if st.button(tr("Go to Start"), type="primary"):
            st.switch_page(page_file("start"))
        st.stop()
    state = chosen_state(states)
    independent = session_value("independent") == "true"
    name = session_value("reviewer") if person is None else access.signature(person)
    snapshot = bench.snapshot(state)
    meanwhile(bench.linker.store, bench.last_decision, name, person)
    return Desk(bench, snapshot, state, name, independent, person)


def built(here: Desk) -> None:
    """Stop the page with a pointer to Start where a State was not built, or by another Linker."""
    said = ""
    if not here.bench.linker.store.build_digest(here.state):
        said = tr(
            "The records of {state} are here; links and themes are not made yet.",
            state=official_state(here.state),
        )
    elif _is_outdated(here):
        said = tr(
            "The clusters of {state} were made by another version of Linker. Build once more: "
            "what you decided stays.",
            state=official_state(here.state),
        )
    if said:
        st.info(said)
        if st.button(tr("Go to Start and build"), type="primary"):
            st.switch_page(page_file("start"))
        st.stop()


def _is_outdated(here: Desk) -> bool:
    """Whether the State's clusters have a form that this Linker does not read; looked up once."""
    store = here.bench.linker.store
    return here.snapshot.keep(
        ("outdated clusters", store.cluster_digest(here.state)),
        lambda: store.holds_clusters_of_another_form(here.state),
    )


def chosen_state(states: list[str]) -> str:
    """Return the State of the address where it has records, else the one with most.

    It stays chosen: files of another State that are added later do not move the reader there.

    Args:
        states: those of the workspace, of most records first.
    """
    wanted = session_value("state")
    if wanted not in states:
        if wanted:
            st.warning(
                tr(
                    "{wanted}: no records here. This is {shown}.",
                    wanted=official_state(wanted),
                    shown=official_state(states[0]),
                )
            )
        wanted = states[0]
        set_session_value("state", wanted)
    return wanted
