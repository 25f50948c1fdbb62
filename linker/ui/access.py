"""Who looks at the pages: nobody in particular on one's own machine, else who logged in.

Nothing here is kept: role and login are looked up whenever they count, so that a row taken out of
the roles file counts at the next click, in every open browser.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from linker.errors import AccessError, LinkerError
from linker.i18n.messages import tr, tr_later
from linker.review.roles import MEANING, Person, Right, Roles, read_roles
from linker.ui import appearance, languages
from linker.vocabulary.official import official_state
from linker.workspace.sharing import LOGIN, roles_file
from linker.workspace.workspace import default_workspace

ROLE_NAMES = (
    tr_later("reader"),
    tr_later("focal point"),
    tr_later("reviewer"),
    tr_later("lead"),
)
"""What `linker.review.roles.ROLES` are called."""
_LOG = logging.getLogger(__name__)


def requires_login() -> bool:
    """Whether people must log in before they see anything.

    ``linker app`` says so by an environment variable, so that secrets which are taken away later
    shut the door and do not open it.
    """
    return bool(os.environ.get(LOGIN)) or _auth() is not None


def acting() -> Person | None:
    """Return who acts now; None on one's own machine, where nobody logs in.

    Raises:
        AccessError: nobody is logged in, or who is has no role.
    """
    if not requires_login():
        return None
    return person_of(st.user.to_dict())


def person_of(claims: Mapping[str, Any]) -> Person:
    """Return whom the claims of a login are about, with the role of now.

    Raises:
        AccessError: nobody is logged in, or who is has no role.
        LinkerError: the roles file cannot be read.
    """
    if claims.get("is_logged_in") is not True:
        raise AccessError("You are not logged in. Load the page again and log in.")
    return _roles().person(identity(claims), str(claims.get("name") or ""))


def again(person: Person | None) -> Person | None:
    """Return somebody with the role of now, for what a page hands out after it was drawn.

    Raises:
        AccessError: the person has no role any more.
    """
    return None if person is None else _roles().person(person.identity, person.name)


def logged_in() -> bool:
    """Whether the reader of this page logged in."""
    return st.user.to_dict().get("is_logged_in") is True


def identity(claims: Mapping[str, Any]) -> str:
    """Return what a person is known by: the e-mail address, else the login service's own id.

    Args:
        claims: of the ID token (OpenID Connect Core 1.0, section 5.1). An address of which the
            service does not say that it is verified counts for nothing: anybody could have typed
            it. Microsoft Entra ID says nothing of the kind; there it is the object id, ``oid``.
    """
    verified = str(claims.get("email_verified", "")).lower() == "true"
    email = claims.get("email") if verified else ""
    return str(email or claims.get("oid") or claims.get("sub") or "").strip()


def require_login() -> None:
    """Let pass who may look at the pages; show everybody else the way in, and stop there."""
    if not requires_login():
        return
    if not logged_in():
        _way_in()
        st.stop()
    try:
        acting()
    except AccessError as error:
        st.error(str(error))
    except LinkerError as error:
        _LOG.error("%s", error)
        st.error(
            tr("The roles file cannot be read. Tell whoever runs this server; its log says why.")
        )
    else:
        return
    st.button(tr("Log out"), on_click=st.logout)
    st.stop()


def signature(person: Person) -> str:
    """Return the name beside a person's decisions; empty for who may not decide."""
    return person.identity if person.may(Right.DECIDE) else ""


def called(person: Person) -> str:
    """Return what a page calls a person, with the role."""
    return f"{person.name or person.identity} · {tr(person.role)}"


def badge(person: Person) -> None:
    """Show who is logged in, what they may do, and the way out."""
    st.text(person.identity)
    meaning = tr(MEANING[person.role])
    st.caption(tr("{role}: {meaning}.", role=tr(person.role).capitalize(), meaning=meaning))
    if person.bodies:
        st.caption(tr("You report for {bodies}.", bodies="; ".join(person.bodies)))
    if person.states:
        states = ", ".join(map(official_state, person.states))
        st.caption(tr("You see {states} alone.", states=states))
    st.button(tr("Log out"), key="log-out", on_click=st.logout)


def _way_in() -> None:
    languages.switch()
    appearance.switch()
    st.title("Linker", anchor=False)
    section = _auth()
    if section is None:
        st.error(tr("Nobody can log in: secrets.toml is gone. Tell whoever runs this server."))
        return
    st.write(tr("Log in to see this workspace."))
    if "client_id" in section:
        st.button(tr("Log in"), type="primary", key="log-in", on_click=st.login)
    for name, provider in section.items():
        if isinstance(provider, Mapping) and "client_id" in provider:
            label = tr("Log in with {name}", name=name)
            st.button(label, key=f"log-in-{name}", on_click=partial(st.login, name))


def _auth() -> Mapping[str, Any] | None:
    """Return the section of secrets.toml that says how to log in; None where there is none."""
    try:
        section = st.secrets.get("auth")
    except StreamlitSecretNotFoundError:
        return None
    return section if isinstance(section, Mapping) else None


def _roles() -> Roles:
    path = roles_file(default_workspace())
    try:
        found = path.stat()
    except OSError as error:
        raise LinkerError(f"{path}: there is no such roles file") from error
    return _read(path, found.st_mtime_ns, found.st_size, found.st_ino)


@lru_cache(maxsize=4)
def _read(path: Path, *_version: int) -> Roles:
    return read_roles(path)
