"""The server that `linker app` runs."""

import socket
import subprocess
import sys

import pytest
from streamlit import net_util
from streamlit.web.server.server_util import is_url_from_allowed_origins
from streamlit.web.server.starlette import starlette_server

from linker.cli.api import _listening
from linker.ui.server import answer_at_once, ask_nobody


def test_a_page_from_elsewhere_is_turned_away_and_nobody_is_asked_about_it(monkeypatch):
    asked = []
    monkeypatch.setattr(net_util, "get_external_ip", net_util.get_external_ip)
    monkeypatch.setattr(net_util, "_make_blocking_http_get", lambda url, **_: asked.append(url))
    assert not is_url_from_allowed_origins("https://elsewhere.example.org")
    if not asked:
        pytest.skip("this Streamlit asks nobody by itself: linker.ui.server.ask_nobody can go")
    asked.clear()
    ask_nobody()
    assert not is_url_from_allowed_origins("https://elsewhere.example.org")
    assert asked == []


def sends_small_pieces(listening):
    """Whether a connection to a socket that listens sends small pieces without waiting."""
    with listening, socket.create_connection(listening.getsockname()[:2], timeout=10):
        listening.settimeout(10)
        connection, _ = listening.accept()
        with connection:
            return bool(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))


def test_pages_and_programs_are_answered_at_once(monkeypatch):
    """Else every file and every message of a page may wait 40 ms for an acknowledgement."""
    monkeypatch.setattr(starlette_server, "_bind_socket", starlette_server._bind_socket)
    answer_at_once()
    assert sends_small_pieces(starlette_server._bind_socket("127.0.0.1", 0, 5))
    assert sends_small_pieces(_listening("127.0.0.1", 0))


def test_a_server_told_to_stop_ends_though_a_page_is_still_computed():
    script = """
import threading, time
from streamlit.web.server import Server
from linker.ui import server
Server.stop = lambda server: None
server.PATIENCE = 1
server.end_in_time()
threading.Thread(target=time.sleep, args=(600,)).start()
Server.stop(None)
"""
    assert subprocess.run([sys.executable, "-c", script], timeout=60, check=False).returncode == 0


def test_what_nobody_uses_any_more_is_given_back_in_a_while():
    script = """
import gc, threading, time, weakref
from linker.ui import server
class Circle: pass
gc.disable()
circle = Circle()
circle.itself = circle
there = weakref.ref(circle)
del circle
assert there() is not None
server.SWEPT_EVERY = 0.05
threading.Thread(target=server.sweep, daemon=True).start()
while there() is not None:
    time.sleep(0.05)
"""
    assert subprocess.run([sys.executable, "-c", script], timeout=60, check=False).returncode == 0
