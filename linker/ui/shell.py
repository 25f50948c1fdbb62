"""What the browser is given before Streamlit's front end starts: its appearance, and the server."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HEAD, _MEDIA = b"<head>", "/media/"
_OF_THE_FILE = ("etag", "last-modified", "content-length")
"""Headers that say what Streamlit's file is, not what is sent."""


class Shell:
    """Puts a script of ours at the head of the one document that Streamlit serves for every page.

    Args:
        app: what answers requests.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; a document gets the script."""
        if scope["type"] == "http" and scope["method"] == "GET" and _is_opened(scope):
            # Asked for anew each time: whether Streamlit's file changed says nothing of the script.
            kept = [one for one in scope["headers"] if not one[0].startswith(b"if-")]
            await self.app({**scope, "headers": kept}, receive, _headed(send))
        else:
            await self.app(scope, receive, send)


def _is_opened(scope: Scope) -> bool:
    """Whether a page is opened, which asks for HTML; documents that are handed out are not ours."""
    return "text/html" in Headers(scope=scope).get("accept", "") and _MEDIA not in scope["path"]


def _headed(send: Send) -> Send:
    """Return what sends an answer; the body of a document with the script."""
    start: Message | None = None
    body = b""

    async def headed(message: Message) -> None:
        nonlocal start, body
        if message["type"] == "http.response.start":
            if Headers(raw=message["headers"]).get("content-type", "").startswith("text/html"):
                start = message
                return
        elif start is not None:
            body += message.get("body", b"")
            if message.get("more_body"):
                return
            message = {**message, "body": body.replace(_HEAD, _HEAD + _script(), 1)}
            headers = MutableHeaders(scope=start)
            for name in _OF_THE_FILE:
                del headers[name]
            headers["content-length"] = str(len(message["body"]))
            await send(start)
        await send(message)

    return headed


@cache
def _script() -> bytes:
    return b"<script>\n" + (Path(__file__).parent / "appearance.js").read_bytes() + b"</script>"
