"""Sessions of reviewers, as browsers hold them: one WebSocket each, in Streamlit's own messages.

A session asks for a page, reads what the server sends until the page is drawn, and clicks a button
by its key. It needs no browser, so that fifty of them fit beside the server on one machine.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from ssl import SSLContext
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

PATIENCE = 300.0
"""Seconds after which a page is taken for lost."""
LARGEST = 64 << 20


class Faulty(Exception):  # noqa: N818 - a page that could not be drawn
    """A page that was drawn with an error on it, or not at all."""


class Session:
    """One reviewer's tab.

    Args:
        address: of the server, ``http://127.0.0.1:8501``.
        page: its name in the address; empty for the first.
        trusted: whose certificates are believed, of an address with https.
        query: what stands in the address of the page.
    """

    def __init__(
        self, address: str, page: str, trusted: SSLContext | None = None, **query: str
    ) -> None:
        place = address.replace("http", "ws", 1) + "/_stcore/stream"
        self._open = ExitStack()
        self._socket = self._open.enter_context(
            connect(
                place,
                subprotocols=[Subprotocol("streamlit")],
                origin=Origin(address),
                ssl=trusted,
                max_size=LARGEST,
                ping_timeout=None,
            )
        )
        self._page, self._query, self._hash = page, query, ""
        self.buttons: dict[str, str] = {}
        """Ids of the buttons of the page, by their keys."""
        self.errors: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()

    def show(self) -> float:
        """Ask for the page and return the seconds until it is drawn."""
        return self._run({})

    def click(self, key: str) -> float:
        """Click a button of the page and return the seconds until it is drawn anew."""
        return self._run({self.buttons[key]: True})

    def _run(self, clicked: dict[str, bool]) -> float:
        message = BackMsg()
        run = message.rerun_script
        run.query_string = urlencode(self._query)
        run.page_script_hash = self._hash
        run.page_name = "" if self._hash else self._page
        for widget, value in clicked.items():
            run.widget_states.widgets.add(id=widget, trigger_value=value)
        began = time.perf_counter()
        self._socket.send(message.SerializeToString())
        self.buttons, self.errors = {}, []
        while not self._read(began):
            pass
        if self.errors:
            raise Faulty("; ".join(self.errors))
        return time.perf_counter() - began

    def _read(self, began: float) -> bool:
        """Take in one message; say whether it was the last of a run."""
        message = ForwardMsg()
        left = PATIENCE - (time.perf_counter() - began)
        message.ParseFromString(self._socket.recv(timeout=left, decode=False))
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self._hash = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self._query = dict(parse_qsl(message.page_info_changed.query_string))
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._element(message.delta.new_element)
        done = ForwardMsg.FINISHED_SUCCESSFULLY  # others are followed by another run
        return kind == "script_finished" and message.script_finished == done

    def _element(self, element: Any) -> None:
        kind = element.WhichOneof("type")
        if kind == "button" and not element.button.disabled:
            _, _, key = element.button.id.removeprefix("$$ID-").partition("-")
            self.buttons[key] = element.button.id
        elif kind == "exception":
            self.errors.append(element.exception.message)
