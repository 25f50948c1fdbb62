"""What the server asks of every request before Streamlit sees it.

A page of any web site can make a browser send requests to this machine, and by a name that it
points here (DNS rebinding) also read the answers. So the host must be the application's own, and
so must the origin of whatever a page sends. Where people log in, files are taken and handed out
only for those who have a role now: Streamlit itself asks nobody.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks

from linker.errors import LinkerError
from linker.review.roles import Person, Right
from linker.ui import access
from linker.workspace.sharing import ANSWERED, host_name

_HEALTH = "/_stcore/health"
_UPLOADS = "/_stcore/upload_file/"
_HANDED_OUT = ("/media/", "/_stcore/metrics")


class Door:
    """Lets requests pass to an application, or answers 403.

    Args:
        app: what answers who may pass.
        hosts: names by which browsers may know the application.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self.app = app
        self.hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
        elif reason := self.refused(scope):
            await PlainTextResponse(reason, status_code=403)(scope, receive, send)
        else:
            await self.app(scope, receive, _guarded(send))

    def refused(self, scope: Scope) -> str:
        """Return why a request is turned away; empty where it may pass."""
        headers, path = Headers(scope=scope), scope["path"]
        host, origin = headers.get("host", ""), headers.get("origin")
        if path != _HEALTH and host_name(host) not in self.hosts:
            return "This host is not served here."
        if origin is not None and urlsplit(origin).netloc.lower() != host.lower():
            return "Pages of other addresses are not answered."
        if not access.requires_login():
            return ""
        if path.startswith(_UPLOADS) and scope.get("method") != "OPTIONS":
            person = _person(headers)
            able = person is not None and any(map(person.may, Right))
            return "" if able else "Log in with a role that may hand files over."
        if path.startswith(_HANDED_OUT) and _person(headers) is None:
            return "Log in first."
        return ""


def _person(headers: Headers) -> Person | None:
    """Return who sends a request, by the cookie of the login and the roles file as it is now."""
    cookies = {name: held.value for name, held in SimpleCookie(headers.get("cookie", "")).items()}
    signed = _get_signed_cookie_with_chunks(cookies, USER_COOKIE_NAME)
    try:
        claims: dict[str, Any] = json.loads(signed or b"{}")
        return access.person_of(claims)
    except (ValueError, LinkerError):
        return None


def _guarded(send: Send) -> Send:
    """Return what sends an answer with the headers that keep other sites out."""

    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in ANSWERED.items():
                headers[name] = value
        await send(message)

    return guarded
