"""Work shared out, as pages show it: what is mine, what is overdue, and a form that assigns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from html import escape

import streamlit as st

from linker.errors import LinkerError
from linker.i18n.messages import tr, tr_later
from linker.plan.entries import PlanChange
from linker.plan.reporting import answers_for
from linker.plan.sharing_out import everybody, is_assigned, is_overdue, people
from linker.review.cluster_results import ShownCluster
from linker.review.roles import Right
from linker.themes.theme import Theme
from linker.ui.cluster_list import clusters_of
from linker.ui.desk import Desk
from linker.ui.layout import html

SAID, WRITTEN = "assigned said", "assigned last"
"""Session keys: what was said last, and the changes that one undo takes back."""
UNNAMED = tr_later("Give your name first: it stands beside the change.")
"""Why what writes into the plan cannot be pressed."""
NAMED = 3
"""Of those who have something already, how many the form names."""


@dataclass(frozen=True)
class Work:
    """Which rows, clusters and themes are wanted: the reader's own, overdue ones, or all.

    Attributes:
        here: the desk.
        mine: only what is assigned to who reads, by name or by login, or answered for by the
            institution that they are the focal point of.
        overdue: only what has a row whose deadline has passed.
    """

    here: Desk
    mine: bool = False
    overdue: bool = False

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out."""
        return not self.mine and not self.overdue

    def row(self, record_id: str) -> bool:
        """Whether a row of the plan is wanted."""
        home = self.here.snapshot.home.get(record_id)
        keys = [record_id, *self._held.get(record_id, ()), *([home.theme_id] if home else [])]
        return self._wanted(keys, [record_id])

    def cluster(self, cluster: ShownCluster) -> bool:
        """Whether a cluster is wanted: its own, or one of a row or of the theme it stands in."""
        ids = [record.id for record in cluster.records]
        themes = {t.theme_id for t in map(self.here.snapshot.home.get, ids) if t is not None}
        return self._wanted([cluster.cluster_id, *ids, *themes], ids)

    def theme(self, theme: Theme) -> bool:
        """Whether a theme is wanted: its own, or one of its rows or their clusters."""
        ids = [member.record_id for member in theme.members]
        clusters = {key for record_id in ids for key in self._held.get(record_id, ())}
        return self._wanted([theme.theme_id, *ids, *clusters], ids)

    def _wanted(self, keys: Sequence[str], records: Sequence[str]) -> bool:
        entries = self.here.bench.entries
        if self.mine and not (
            any(is_assigned(entries, keys, name) for name in self._names)
            or any(answers_for(self.here.bodies or (), entries.get(one)) for one in records)
        ):
            return False
        return not self.overdue or any(
            is_overdue(entries.get(record_id), self._today) for record_id in records
        )

    @cached_property
    def _names(self) -> tuple[str, ...]:
        person = self.here.person
        named = (self.here.reviewer, *((person.name, person.identity) if person else ()))
        return tuple(dict.fromkeys(name for name in named if name))

    @cached_property
    def _today(self) -> str:
        return datetime.now(UTC).date().isoformat()

    @cached_property
    def _held(self) -> Mapping[str, Sequence[str]]:
        """The clusters of each record; nothing where no cluster is assigned to anybody."""
        entries = self.here.bench.entries
        if not any(key.startswith("CL-") and entry.person for key, entry in entries.items()):
            return {}
        found: dict[str, list[str]] = {}
        for cluster in clusters_of(self.here):
            for record in cluster.records:
                found.setdefault(record.id, []).append(cluster.cluster_id)
        return found


def work_of(here: Desk, page: str, on_change: Callable[[], None] | None = None) -> Work:
    """Show the filters Mine and Overdue, and return what they leave.

    Args:
        here: the desk.
        page: what the keys of their widgets, and of the address, begin with.
        on_change: called when one is switched.
    """
    mine = st.toggle(
        tr("Mine"),
        key=f"{page}-mine",
        bind="query-params",
        disabled=not here.reviewer and here.person is None,
        help=tr("What is assigned to you, under the name you decide in or log in with."),
        on_change=on_change,
    )
    overdue = st.toggle(
        tr("Overdue"),
        key=f"{page}-overdue",
        bind="query-params",
        help=tr("What has a deadline in the plan that has passed, and is not fully implemented."),
        on_change=on_change,
    )
    return Work(here, mine, overdue)


def assigned_to(here: Desk, key: str) -> str:
    """Return who works on something, as a line of HTML; empty for nobody."""
    names = people(here.bench.entries.get(key))
    said = tr("Assigned to {names}", names="; ".join(names))
    return f"<p class='facts'>{escape(said)}</p>" if names else ""


def assign_form(here: Desk, keys: Sequence[str], what: str, place: str) -> None:
    """Offer to assign things to a person or institution, and to take that back.

    Args:
        here: the desk.
        keys: ids of what is assigned.
        what: the same in words of the language spoken, such as "this theme".
        place: what the keys of its widgets begin with.
    """
    if not here.may(Right.PLAN):
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        known = everybody(here.bench.entries.values())
        st.text_input(
            tr("Person or institution"),
            placeholder="; ".join(known[:NAMED]) or tr("Empty for nobody; several parted by ;"),
            key=f"{place}-person",
            width=320,
        )
        unnamed = (
            None if here.reviewer else tr("Give your name first: it stands beside the change.")
        )
        st.button(
            tr("Assign {what}", what=what),
            key=f"{place}-assign",
            disabled=not here.reviewer or not keys,
            help=unnamed,
            on_click=_assign,
            args=(here, tuple(keys), what, place),
        )
        if st.session_state.get(WRITTEN):
            st.button(tr("Undo"), key=f"{place}-undo", on_click=_undo, args=(here,))
    if said := st.session_state.pop(SAID, ""):
        html(f'<p class="last" role="status">{escape(said)}</p>')


def _assign(here: Desk, keys: Sequence[str], what: str, place: str) -> None:
    person = str(st.session_state.get(f"{place}-person") or "").strip()
    try:
        made = here.linker.assign(keys, person, reviewer=here.reviewer)
    except LinkerError as error:
        st.session_state[SAID] = tr("Not written: {error}", error=error)
        return
    st.session_state[WRITTEN] = made
    if not made:
        said = tr("It was so already.")
    elif person:
        said = tr("Assigned {what} to {person}.", what=what, person=person)
    else:
        said = tr("Assigned {what} to nobody.", what=what)
    st.session_state[SAID] = said


def _undo(here: Desk) -> None:
    made: Sequence[PlanChange] = st.session_state.pop(WRITTEN, ())
    try:
        here.linker.take_back(made, reviewer=here.reviewer)
    except LinkerError as error:
        st.session_state[SAID] = tr("Not taken back: {error}", error=error)
        return
    st.session_state[SAID] = tr("Taken back.")
