"""Logging in as people do: in a real browser, at a login service that runs in the test.

Needs what browsing.py needs, and the packages authlib and joserfc.
"""

import base64
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest

from tests.ui.browsing import find, free_port, needed, press, ready_link, serving, shown_link, until

pytestmark = [needed, pytest.mark.long]
pytest.importorskip("authlib", reason="authlib is not installed: pip install 'linker[server]'")
jwk = pytest.importorskip("joserfc.jwk", reason="joserfc is not installed")

CLIENT, SECRET = "linker", secrets.token_hex(16)
PEOPLE = {
    "lead": {"email": "lead@example.org", "email_verified": True, "name": "Lea Example"},
    "reviewer": {"email": "Reviewer@example.org", "email_verified": True},
    "reader": {"email": "reader@example.org", "email_verified": True},
    "impostor": {"email": "lead@example.org", "email_verified": False},
}
ROLES = """identity,role
lead@example.org,lead
reviewer@example.org,reviewer
reader@example.org,reader
"""


class LoginService(ThreadingHTTPServer):
    """An OpenID Connect provider with one client, which asks people who they are."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answers)
        self.key = jwk.RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
        self.asked = {}
        self.address = f"http://127.0.0.1:{self.server_port}"

    @property
    def description(self):
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def token(self, code):
        from joserfc import jwt

        who, nonce = self.asked.pop(code)
        now = int(time.time())
        claims = {
            "iss": self.address, "aud": CLIENT, "sub": f"id-of-{who}", "nonce": nonce,
            "iat": now, "exp": now + 300, **PEOPLE[who],
        }  # fmt: skip
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)


class Answers(BaseHTTPRequestHandler):
    """What the login service answers."""

    def do_GET(self):
        url = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(url.query).items()}
        if url.path == "/.well-known/openid-configuration":
            self.tell(self.server.description)
        elif url.path == "/keys":
            self.tell({"keys": [self.server.key.as_dict(private=False)]})
        elif url.path == "/authorize":
            links = [f'<a id="{who}" href="/as?{urlencode({**asked, "who": who})}">{who}</a>'
                     for who in PEOPLE]  # fmt: skip
            self.send("<br>".join(links).encode(), "text/html")
        elif url.path == "/as" and asked["client_id"] == CLIENT:
            code = secrets.token_hex(8)
            self.server.asked[code] = asked["who"], asked["nonce"]
            back = urlencode({"code": code, "state": asked["state"]})
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri']}?{back}")
            self.end_headers()
        else:
            self.send_error(404)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        code = parse_qs(body)["code"][0]
        given = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if self.headers.get("Authorization") != f"Basic {given}":
            self.send_error(401)
            return
        token = self.server.token(code)
        self.tell({"access_token": "none", "token_type": "Bearer", "id_token": token})

    def tell(self, what):
        self.send(json.dumps(what).encode(), "application/json")

    def send(self, body, kind):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def login_service():
    service = LoginService()
    threading.Thread(target=service.serve_forever, daemon=True).start()
    yield service
    service.shutdown()
    service.server_close()


@pytest.fixture
def roles(valmora):
    path = valmora / "roles.csv"
    path.write_text(ROLES, encoding="utf-8")
    return path


@pytest.fixture
def shared(valmora, roles, login_service, tmp_path):
    """The address of `linker app` with a login."""
    port = free_port()
    file = tmp_path / "secrets.toml"
    file.write_text(
        f"""[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "{secrets.token_hex()}"
client_id = "{CLIENT}"
client_secret = "{SECRET}"
server_metadata_url = "{login_service.address}/.well-known/openid-configuration"
""",
        encoding="utf-8",
    )
    with serving(valmora, port, "--secrets", file) as address:
        yield address


def log_in(browser, address, who):
    browser.get(address)
    button = ".st-key-log-in button"
    until(browser, lambda: find(browser, button), "no way to log in").click()
    until(browser, lambda: find(browser, f"#{who}"), "the login service is not asked").click()
    until(browser, lambda: browser.current_url.startswith(address), "did not come back")


def log_out(browser):
    until(browser, lambda: find(browser, ".st-key-bar [data-testid=stPopover] button"), "").click()
    until(browser, lambda: find(browser, ".st-key-log-out button"), "no way out").click()
    until(browser, lambda: find(browser, ".st-key-log-in button"), "still logged in")


def text_of(browser):
    return find(browser, "body").text


def test_people_log_in_and_do_what_their_role_allows(browser, shared, valmora, roles, log):
    for page in ("", "convergences?reviewer=Mallory", "xray", "search?q=prison"):
        browser.get(f"{shared}/{page}")
        until(browser, lambda: find(browser, ".st-key-log-in button"), f"{page} asks for no login")
        assert "Valmora" not in text_of(browser)
        assert not find(browser, ".record")

    log_in(browser, shared, "reviewer")
    until(browser, lambda: find(browser, ".heading h1"), "no Start page")
    assert "Add files" not in text_of(browser)
    browser.get(f"{shared}/convergences?reviewer=Mallory&workspace={quote('/tmp')}")
    first = until(browser, lambda: ready_link(browser), "no link to judge")
    press(browser, "a")
    until(browser, lambda: shown_link(browser) not in ("", first), "did not move on")
    assert [(d.link_id, d.verdict, d.reviewer) for d in log(valmora)] == [
        (first, "confirm", "reviewer@example.org")
    ]
    assert "reviewer@example.org · reviewer" in text_of(browser)
    log_out(browser)
    browser.get(f"{shared}/convergences")
    until(browser, lambda: find(browser, ".st-key-log-in button"), "still open after logging out")

    log_in(browser, shared, "reader")
    browser.get(f"{shared}/convergences")
    until(browser, lambda: find(browser, ".pair"), "a reader sees no pair")
    greyed = "[class*=st-key-confirm] button[disabled]"
    until(browser, lambda: find(browser, greyed), "a reader is offered to confirm")
    press(browser, "a")
    time.sleep(1)
    assert len(log(valmora)) == 1

    roles.write_text(ROLES.replace("reader@example.org,reader\n", ""), encoding="utf-8")
    browser.get(f"{shared}/convergences")
    until(browser, lambda: "has no role here" in text_of(browser), "still there without a role")
    assert not find(browser, ".record")


def test_a_lead_uploads_and_an_impostor_is_nobody(browser, shared, valmora, tmp_path):
    log_in(browser, shared, "impostor")
    until(browser, lambda: "id-of-impostor has no role here" in text_of(browser), "is somebody")
    browser.delete_all_cookies()

    log_in(browser, shared, "lead")
    upload = until(browser, lambda: find(browser, "input[type=file]"), "no upload")
    table = tmp_path / "..more.csv"
    table.write_text("state,mechanism,text\nXVM,UPR,Abolish the death penalty\n", encoding="utf-8")
    upload.send_keys(str(table))
    until(browser, lambda: "more.csv" in text_of(browser), "not uploaded")
    find(browser, "[data-testid=stFormSubmitButton] button").click()
    until(browser, lambda: "1 row read, 1 record kept" in text_of(browser), "not read")
    assert "Lea Example · lead" in text_of(browser)
    assert not list(valmora.glob(".upload-*"))
    assert "files on this machine" not in text_of(browser)
