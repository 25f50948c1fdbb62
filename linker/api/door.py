"""What is asked of every request before the application sees it: host, origin, size, token."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from urllib.parse import parse_qs, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from linker.api.keys import Keys, UnknownToken
from linker.api.problems import problem
from linker.errors import AccessError, LinkerError
from linker.review.roles import Person
from linker.workspace.sharing import ANSWERED, host_name

_LOG = logging.getLogger(__name__)
FIRST_PAGE = "/"
HEALTH = "/health"
UPLOADS = ("/v1/import", "/v1/uptake")
"""Paths whose body is a file."""
LARGEST_BODY = 1 << 20
LARGEST_FILE = 1 << 30
"""Bytes of a body, and of a file; the importers stop at 1 GiB too."""
HEADERS = {**ANSWERED, "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


class Door:
    """Lets requests pass to an application, or says why not.

    Args:
        app: what answers who may pass; it finds the person in the scope, under "person".
        keys: who may ask.
        hosts: names by which the server may be known (no DNS rebinding).
    """

    def __init__(self, app: ASGIApp, keys: Keys, hosts: Iterable[str]) -> None:
        self.app, self.keys = app, keys
        self.hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        guarded = _guarded(send)
        refusal = self._strange(scope)
        if refusal is None and scope["path"] != HEALTH:
            try:
                # Files are read for it: the other requests must not wait.
                scope["person"] = await run_in_threadpool(self._person, scope)
            except AccessError as error:
                status = 401 if isinstance(error, UnknownToken) else 403
                refusal = problem(status, "AccessError", str(error))
            except LinkerError as error:
                _LOG.error("%s", error)
                refusal = problem(500, type(error).__name__, "Nobody can be let in.")
        if refusal is not None:
            await refusal(scope, receive, guarded)
        else:
            await self.app(scope, _bounded(receive, _largest(scope)), guarded)

    def _strange(self, scope: Scope) -> Response | None:
        """Return why a request is turned away whoever sends it; None where it is not."""
        headers = Headers(scope=scope)
        host, origin = headers.get("host", ""), headers.get("origin")
        if host_name(host) not in self.hosts:
            remedy = "Name the host with `linker api --host NAME`."
            return problem(403, "AccessError", "This host is not served here.", remedy)
        if origin is not None and urlsplit(origin).netloc.lower() != host.lower():
            return problem(403, "AccessError", "Pages of other addresses are not answered.")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > _largest(scope):
            return problem(413, "Invalid", _too_large(_largest(scope)))
        return None

    def _person(self, scope: Scope) -> Person | None:
        kind, _, token = Headers(scope=scope).get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and token.strip():
            return self.keys.person(token.strip())
        query = parse_qs(scope["query_string"].decode("latin-1"))
        if scope["path"] == FIRST_PAGE and scope["method"] == "GET" and query.get("token"):
            return self.keys.person(query["token"][-1])
        raise UnknownToken("No token was sent.")


def _largest(scope: Scope) -> int:
    return LARGEST_FILE if scope["path"] in UPLOADS else LARGEST_BODY


def _too_large(most: int) -> str:
    return f"More than {most:,} bytes were sent, and this path takes no more."


def _bounded(receive: Receive, most: int) -> Receive:
    """Return what hands a body on until it grows too large, whatever length was announced."""
    left = most

    async def bounded() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise HTTPException(413, _too_large(most))
        return message

    return bounded


def _guarded(send: Send) -> Send:
    """Return what sends an answer with the headers that keep other sites and caches out."""

    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers["Content-Security-Policy"] = _POLICY
        await send(message)

    return guarded
