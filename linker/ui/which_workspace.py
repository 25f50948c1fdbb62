"""Which workspace to work in: the demonstration, one of one's own, a recent one, an archive."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path

import streamlit as st

from linker.errors import LinkerError
from linker.i18n.messages import tr, tr_later
from linker.store.database import database_at
from linker.store.location import EXAMPLE, Folder, Location, locate
from linker.ui import access
from linker.ui.address import set_session_value
from linker.ui.archives import open_archive
from linker.ui.background import FarWork, Work, works
from linker.ui.layout import plain
from linker.workspace.demo import make_demo
from linker.workspace.known import known, remember
from linker.workspace.workspace import Linker

DEMO = Folder(Path("demo"))
AWAITED = "demonstration awaited"
"""Session key of the making of the demonstration that this reader wants to open."""
MAKING = tr_later("Making the demonstration")
RECENT = 6
"""Workspaces opened last that are offered again."""
PATH_MARKS = frozenset("/\\:~")
"""Characters that tell a path or an address from the name of a workspace."""


def choose_workspace(location: Location) -> None:
    """Offer the demonstration, a workspace of one's own, the last ones, and an archive.

    Args:
        location: of the workspace looked at now, or of the one that is opened by default.
    """
    if access.requires_login():
        st.info(tr("There is no workspace yet. Whoever runs this server starts it again."))
        return
    left, right = st.columns(2, gap="large")
    with left, st.container(border=True):
        st.header(tr("Try it first"), anchor=False)
        st.write(
            tr(
                "Valmora is a fictional State with invented records of every mechanism, made to "
                "show everything that Linker does. It takes about a minute the first time."
            )
        )
        if st.button(tr("Open the demonstration"), type="primary"):
            _demonstration()
    with right, st.container(border=True):
        st.header(tr("Your own work"), anchor=False)
        named = st.text_input(
            tr("Name of the workspace"),
            value=location.name if isinstance(location, Folder) else location.address,
            help=_where(location),
        )
        if st.button(tr("Open or create")):
            _open(placed(named, location), create=True)
        _recent(location)
    with st.container(border=True):
        open_archive(location, _go)


def placed(named: str, beside: Location) -> str:
    """Return what names the place of a workspace; a mere name is a folder beside the one open.

    Args:
        named: a name, a path, or an address of a server.
        beside: the workspace looked at.
    """
    name = named.strip()
    if not name or PATH_MARKS & set(name) or not isinstance(beside, Folder):
        return name or beside.address
    return str(beside.path.absolute().parent / name)


def _where(location: Location) -> str:
    said = tr(
        "One for each body of work. A path leads to any other folder; a workspace on a PostgreSQL "
        "server has an address: {example}.",
        example=EXAMPLE,
    )
    if not isinstance(location, Folder):
        return said
    folder = plain(str(location.path.absolute().parent))
    return f"{tr('It is a folder in {folder}.', folder=folder)} {said}"


def _recent(location: Location) -> None:
    """List the workspaces that were opened last and are still there, the last one first."""
    places = [
        place for place in map(_still_there, reversed(known())) if place not in (None, location)
    ]
    shown = [place for place in places if place is not None][:RECENT]
    if not shown:
        return
    st.caption(tr("Opened before"))
    names = Counter(place.name for place in shown)
    for place in shown:
        told = place.name if names[place.name] == 1 else place.address
        if st.button(
            plain(told),
            key=f"recent-{place.address}",
            type="tertiary",
            help=plain(place.address),
        ):
            _open(place.address, create=False)


def _still_there(address: str) -> Location | None:
    """Return a workspace that was opened before; None where its folder is gone.

    A server is not asked: it may be far away.
    """
    try:
        place = locate(address)
    except LinkerError:
        return None
    return place if not isinstance(place, Folder) or place.database.is_file() else None


def _open(named: str, create: bool) -> None:
    try:
        location = locate(named)
        Linker.open(location, create=create).close()
    except LinkerError as error:
        st.error(str(error))
        return
    _go(location)


def _go(location: Location) -> None:
    remember(location)
    set_session_value("workspace", location.address)
    set_session_value("state", "")
    st.rerun()


def _demonstration() -> None:
    # Made once: opened again, what was judged in it is still there.
    work = works().of(str(DEMO))
    if database_at(DEMO).exists() and not (work and work.running):
        _go(DEMO)
    st.session_state[AWAITED] = works().start(
        str(DEMO),
        lambda: Work(MAKING, partial(make_demo, DEMO.path), stoppable=False),
    )
    st.rerun()


def made_demonstration() -> None:
    """Open the demonstration that this reader waits for once it is made, or say why it is not."""
    work: Work | FarWork | None = st.session_state.get(AWAITED)
    if work is None or work.running:
        return
    del st.session_state[AWAITED]
    if work.error:
        st.error(tr(work.error))
    else:
        _go(DEMO)
