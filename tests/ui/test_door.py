"""Other sites, other names and strangers are turned away before Streamlit answers anything."""

import json
import secrets
import time
from contextlib import suppress
from http.client import HTTPConnection

import pytest
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from linker.workspace.workspace import Linker
from tests.ui.browsing import free_port, free_ports, serving

KEY = secrets.token_hex()
PEOPLE = "identity,role\nlead@example.org,lead\nreader@example.org,reader\n"
UPGRADE = {
    "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}  # fmt: skip
STREAM, UPLOAD, METRICS = "/_stcore/stream", "/_stcore/upload_file/a/b", "/_stcore/metrics"


@pytest.fixture(scope="module")
def port(demo):
    """Where `linker app` serves the demonstration on one's own machine."""
    number = free_port()
    with serving(demo[0], number):
        yield number


@pytest.fixture(scope="module")
def shared(demo, tmp_path_factory):
    """Where it does for people who log in, with two servers: (the first's port, roles file)."""
    folder, number = tmp_path_factory.mktemp("shared"), free_ports(2)
    roles, file = folder / "people.csv", folder / "secrets.toml"
    roles.write_text(PEOPLE, encoding="utf-8")
    file.write_text(
        f'[auth]\nredirect_uri = "http://linker.example.org/oauth2callback"\n'
        f'cookie_secret = "{KEY}"\nclient_id = "a"\nclient_secret = "b"\n'
        'server_metadata_url = "https://login.example.org/.well-known/openid-configuration"\n',
        encoding="utf-8",
    )
    with serving(demo[0], number, "--secrets", file, "--roles", roles, "--processes", 2):
        wait_for_door(number + 1)
        yield number, roles


def wait_for_door(port, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with suppress(ConnectionError):
            if answer(port, "/_stcore/health")[0] == 200:
                return
        time.sleep(0.2)
    pytest.fail(f"no server at {port}")


def answer(port, path, method="GET", **headers):
    """Return (status, headers) of a request; names of headers are written with _ for -."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(method, path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    response = connection.getresponse()
    connection.close()
    return response.status, response.headers


def cookie(who):
    """Return the cookie that Streamlit gives somebody who logged in."""
    claims = {
        "origin": "http://linker.example.org", "is_logged_in": True,
        "email": f"{who}@example.org", "email_verified": True,
    }  # fmt: skip
    signed = create_signed_value(KEY, USER_COOKIE_NAME, json.dumps(claims))
    return f"{USER_COOKIE_NAME}={signed.decode()}"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1.evil.example"])
@pytest.mark.parametrize("path", ["/", STREAM, UPLOAD, "/media/x", "/_stcore/host-config"])
def test_by_any_other_name_the_application_is_not_served(port, host, path):
    host = host.format(port=port)
    origin = {"Origin": f"http://{host}"}
    more = {k.replace("-", "_"): v for k, v in UPGRADE.items()} if path == STREAM else {}
    assert answer(port, path, Host=host, **origin, **more)[0] == 403


@pytest.mark.parametrize("origin", ["http://127.0.0.1:9", "http://0.0.0.0:{port}", "null",
                                    "https://evil.example", "http://localhost:{port}"])  # fmt: skip
def test_no_page_of_another_origin_is_answered(port, origin):
    more = {k.replace("-", "_"): v for k, v in UPGRADE.items()}
    assert answer(port, STREAM, Origin=origin.format(port=port), **more)[0] == 403
    assert answer(port, "/_stcore/host-config", Origin=origin.format(port=port))[0] == 403


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_its_own_pages_are_answered_and_shown_in_no_frame_of_another_site(port, host):
    own = {"Host": f"{host}:{port}", "Origin": f"http://{host}:{port}"}
    status, headers = answer(port, "/", **own)
    assert status == 200
    assert headers["Content-Security-Policy"] == "frame-ancestors 'self'"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    more = {k.replace("-", "_"): v for k, v in UPGRADE.items()}
    assert answer(port, STREAM, **own, **more)[0] == 101


def test_where_people_log_in_the_host_is_that_of_the_redirect_address(shared):
    port, _ = shared
    assert answer(port, "/", Host="linker.example.org")[0] == 200
    assert answer(port, "/", Host=f"127.0.0.1:{port}")[0] == 403
    assert answer(port, "/_stcore/health", Host=f"127.0.0.1:{port}")[0] == 200


def test_strangers_hand_nothing_over_and_fetch_nothing(shared):
    port, _ = shared
    ours = {"Host": "linker.example.org"}
    forged = cookie("lead").replace("=", "=x", 1)
    for more in ({}, {"Cookie": forged}, {"Cookie": f"{USER_COOKIE_NAME}=e30"}):
        for method in ("PUT", "DELETE"):
            assert answer(port, UPLOAD, method, **ours, **more)[0] == 403
        assert answer(port, METRICS, **ours, **more)[0] == 403
        assert answer(port, "/media/0123.zip", **ours, **more)[0] == 403


def test_who_may_change_nothing_hands_no_file_over(shared):
    port, _ = shared
    ours = {"Host": "linker.example.org", "Cookie": cookie("reader")}
    assert answer(port, UPLOAD, "PUT", **ours)[0] == 403
    assert answer(port, "/media/0123.zip", **ours)[0] == 404  # let in, and there is none


def test_a_login_counts_in_every_server_of_an_office(shared):
    first, _ = shared
    for port in (first, first + 1):
        ours = {"Host": "linker.example.org", "Cookie": cookie("reader")}
        assert answer(port, METRICS, **ours)[0] == 200
        assert answer(port, METRICS, Host="linker.example.org")[0] == 403
        forged = {**ours, "Cookie": cookie("reader").replace("=", "=x", 1)}
        assert answer(port, METRICS, **forged)[0] == 403


def test_a_role_taken_away_fetches_nothing_any_more(shared):
    port, roles = shared
    ours = {"Host": "linker.example.org", "Cookie": cookie("lead")}
    assert answer(port, METRICS, **ours)[0] == 200
    roles.write_text(PEOPLE.replace("lead@example.org,lead\n", ""), encoding="utf-8")
    assert answer(port, METRICS, **ours)[0] == 403
    assert answer(port, "/media/0123.zip", **ours)[0] == 403
    roles.write_text(PEOPLE, encoding="utf-8")


def test_an_address_opens_no_folder_that_nobody_opened_here(show, valmora, tmp_path):
    with Linker.open(tmp_path / "opened", create=True):
        pass
    other = (tmp_path / "opened").rename(tmp_path / "moved")
    app = show("start", other, opened=False)
    assert f"{other}, which was never opened on this machine" in app.warning[0].value
    assert "workspace" not in app.query_params
    assert not show("start", other).warning
