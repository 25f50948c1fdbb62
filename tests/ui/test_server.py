"""The server that `linker app` runs."""

import subprocess
import sys

import pytest
from streamlit import net_util
from streamlit.web.server.server_util import is_url_from_allowed_origins

from linker.ui.server import ask_nobody


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
