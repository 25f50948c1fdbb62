"""Which workspace is looked at, held open for every session."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from linker.errors import Invalid
from linker.i18n.messages import tr
from linker.review.roles import ONLOOKER, Person
from linker.store.database import database_at
from linker.store.location import Location, NoWorkspace, locate
from linker.ui import access
from linker.ui.address import session_value, set_session_value
from linker.ui.workbench import Workbench
from linker.workspace.known import is_known
from linker.workspace.workspace import default_workspace


def workspace_location() -> Location:
    """Return where the workspace lies: by the address of the page, else by LINKER_WORKSPACE.

    Where people log in it is always the latter: no address leads to others of a server.
    """
    named = "" if access.requires_login() else session_value("workspace")
    return locate(named) if named else default_workspace()


def known_only() -> None:
    """Take what nobody opened on this machine before out of the address of the page; say so."""
    named = "" if access.requires_login() else session_value("workspace")
    if not named:
        return
    try:
        location = locate(named)
        if is_known(location):
            return
        what = tr("the workspace {location}, which was never opened on this machine",
                  location=location)  # fmt: skip
    except Invalid:
        what = tr("a workspace by what is no folder and no address")  # it may hold a password
    set_session_value("workspace", "")
    st.warning(
        tr(
            "The address of this page names {what}. If you want to, open it on the page Start, or "
            "with `linker --workspace FOLDER app`.",
            what=what,
        )
    )


def bench_at(location: Location | Path) -> Workbench:
    """Return the workspace that lies somewhere, the same one to every session.

    Raises:
        NoWorkspace: none is there.
        LinkerError: it cannot be read.
    """
    location = locate(location)
    identity = database_at(location).identity()
    return _opened(location, location.address, identity, access.requires_login())


def bench_if_any(location: Location, person: Person | None = None) -> Workbench | None:
    """Return the workspace that lies somewhere; None where there is none.

    Args:
        location: where.
        person: who looks at it, perhaps at some States alone.

    Raises:
        LinkerError: it cannot be read.
    """
    try:
        return bench_at(location).of(person.states if person else ())
    except NoWorkspace:
        return None


@st.cache_resource(max_entries=8, show_spinner=False)
def _opened(_location: Location, address: str, identity: int, shared: bool) -> Workbench:
    # The identity of the file is part of the key: `linker demo` may make the folder anew.
    # Where people log in, a page that forgets in whose name it writes cannot write at all.
    return Workbench(_location, ONLOOKER if shared else None)
