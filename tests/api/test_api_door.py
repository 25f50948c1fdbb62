"""Who is let in: host, origin, token, role, size."""

import hashlib
import time

import pytest
from click.testing import CliRunner

from linker.api import door
from linker.api.keys import OwnKey, add_token, own_token, read_tokens
from linker.cli import main
from linker.errors import Invalid, LinkerError
from tests.api.conftest import LOCAL, TOKEN, client_of


@pytest.mark.parametrize("path", ["/", "/openapi.json", "/v1/info", "/v1/records", "/v1/nothing"])
@pytest.mark.parametrize("token", ["", "x" * 32, TOKEN[:-1], TOKEN + "0"])
def test_nothing_is_answered_without_the_token(app, path, token):
    answer = client_of(app, token).get(path)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert "Authorization" in answer.json()["remedy"]
    assert TOKEN not in answer.text


def test_the_token_in_the_address_opens_the_first_page_alone(app):
    client = client_of(app, "")
    page = client.get("/", params={"token": TOKEN})
    assert page.status_code == 200
    assert client.get("/", params={"token": "wrong"}).status_code == 401
    assert client.post("/", params={"token": TOKEN}).status_code == 401
    for path in ("/v1/info", "/openapi.json"):
        assert client.get(path, params={"token": TOKEN}).status_code == 401
    assert TOKEN not in page.text


def test_the_first_page_names_every_path_and_fetches_nothing(client):
    page = client.get("/")
    for path in client.get("/openapi.json").json()["paths"]:
        assert f" {path}<" in page.text
    without_example = page.text.replace(LOCAL, "")
    for fetched in ("<script", "<link", "src=", "@import", "url(", "http:", "https:"):
        assert fetched not in without_example
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["referrer-policy"] == "no-referrer"


def test_tokens_are_compared_in_constant_time(monkeypatch):
    from linker.api import keys

    compared = []
    monkeypatch.setattr(keys.hmac, "compare_digest", lambda a, b: compared.append((a, b)) or a == b)
    OwnKey(TOKEN).person(TOKEN)
    with pytest.raises(LinkerError):
        OwnKey(TOKEN).person("short")
    assert [len(side) for pair in compared for side in pair] == [64] * 4


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost@evil"])
def test_another_host_is_not_served(client, host):
    answer = client.get("/v1/info", headers={"Host": host})
    assert answer.status_code == 403
    assert client.get("/health", headers={"Host": host}).status_code == 403


def test_pages_of_other_addresses_are_not_answered_and_nothing_invites_them(client):
    answer = client.get("/v1/info", headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "GET"}
    preflight = client.options("/v1/info", headers=asked)
    assert preflight.status_code == 403
    own = client.get("/v1/info", headers={"Origin": LOCAL})
    assert own.status_code == 200
    for answer in (preflight, own):
        assert not [name for name in answer.headers if name.startswith("access-control")]


def test_health_needs_no_token_and_tells_nothing(app):
    assert client_of(app, "").get("/health").json() == {"status": "ok"}


def test_bodies_are_limited_announced_or_not(client, monkeypatch):
    monkeypatch.setattr(door, "LARGEST_BODY", 2000)
    monkeypatch.setattr(door, "LARGEST_FILE", 5000)
    large = {"ids": ["C-1"], "verdict": "confirm", "reviewer": "A", "note": "x" * 3000}
    assert client.post("/v1/decisions", json=large).status_code == 413

    def unannounced(size):
        yield from (b"x" * 1000 for _ in range(size // 1000))

    for path, size in (("/v1/decisions", 3000), ("/v1/import?name=a.csv", 9000)):
        answer = client.post(path, content=unannounced(size))
        assert answer.status_code == 413, answer.text
        assert answer.json()["remedy"] == "Send less at once."
    assert client.post("/v1/import?name=a.csv", content=unannounced(3000)).status_code == 200


WRITES = {
    "reviewer": [
        ("/v1/decisions", {"ids": ["C-000000000000"], "verdict": "confirm"}),
        ("/v1/undo", {}),
        ("/v1/plan", {"record_id": "none", "fields": {"status": "in progress"}}),
        ("/v1/uptake?name=a.csv", b"id,text\n1,Criminalize marital rape\n"),
        ("/v1/corrections", {"record_id": "none", "field": "position", "value": "noted"}),
    ],
    "lead": [("/v1/build", {"states": ["XVM"]}), ("/v1/import?name=a.csv", b"text\n")],
}


@pytest.mark.parametrize("role", ["reader", "reviewer", "lead"])
def test_each_role_may_what_it_may_in_the_application(people, role):
    client = people[0][role]
    assert client.get("/v1/records").status_code == 200
    assert client.get("/v1/export/records").status_code == 200
    assert client.get("/v1/info").json()["role"] == role
    ranks = ("reader", "reviewer", "lead")
    for needed, writes in WRITES.items():
        for path, body in writes:
            sent = {"content": body} if isinstance(body, bytes) else {"json": body}
            answer = client.post(path, **sent)
            refused = ranks.index(role) < ranks.index(needed)
            assert (answer.status_code == 403) is refused, (path, answer.text)
            if refused:
                assert "may not" in answer.json()["message"]


def test_who_has_a_token_decides_in_no_other_name(people, served):
    client = people[0]["reviewer"]
    link = served.linker.convergences()[3].link.link_id
    said = {"ids": [link], "verdict": "confirm", "reviewer": "Somebody Else"}
    row = client.post("/v1/decisions", json=said).json()["rows"][0]
    assert row["reviewer"] == "v@example.org"
    client.post("/v1/decisions", json={**said, "verdict": "undo"})


def test_a_role_or_token_taken_away_counts_at_once(people):
    clients, tokens, roles = people
    client, before = clients["reader"], (roles.read_text("utf-8"), tokens.read_text("utf-8"))
    roles.write_text(before[0].replace("r@example.org,reader\n", ""), "utf-8")
    assert client.get("/v1/info").status_code == 403
    roles.write_text(before[0], "utf-8")
    lines = before[1].splitlines(keepends=True)
    tokens.write_text("".join(line for line in lines if not line.startswith("r@")), "utf-8")
    assert client.get("/v1/info").status_code == 401
    roles.unlink()
    assert clients["lead"].get("/v1/info").status_code == 500
    roles.write_text(before[0], "utf-8")
    tokens.write_text(before[1], "utf-8")
    assert client.get("/v1/info").status_code == 200


def test_only_checksums_of_tokens_are_kept(tmp_path):
    file = tmp_path / "tokens.csv"
    token = add_token(file, "Ada@Example.org")
    assert token not in file.read_text("utf-8")
    digest = hashlib.sha256(token.encode()).hexdigest()
    assert read_tokens(file) == [("ada@example.org", digest)]
    file.write_text("identity,sha256\nada@example.org,short\n", "utf-8")
    with pytest.raises(LinkerError, match="row 2"):
        read_tokens(file)


def test_a_token_that_can_be_guessed_is_refused(tmp_path):
    assert own_token(None, None)[1]
    assert own_token(None, None)[0] != own_token(None, None)[0]
    assert own_token(None, TOKEN) == (TOKEN, False)
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n", "utf-8")
    assert own_token(file, None) == (TOKEN, False)
    with pytest.raises(Invalid, match="32"):
        own_token(None, "secret")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--address", "0.0.0.0"], "other machines could reach"),
        (["--address", "::"], "other machines could reach"),
        (["--roles", "roles.csv"], "people's tokens"),
        (["--add-token", "a@example.org"], "--tokens FILE"),
        (["--tokens", "none.csv"], "cannot be read"),
        (["--token-file", "none"], "cannot be read"),
    ],
)
def test_the_command_refuses_what_would_open_the_door(tmp_path, monkeypatch, options, said):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LINKER_API_TOKEN", raising=False)
    result = CliRunner().invoke(main, ["-w", "nowhere", "api", *options])
    assert result.exit_code in (1, 2)
    assert said in result.stderr


@pytest.mark.long
def test_the_command_serves_and_prints_its_token_once(demo):
    import re
    import signal
    import subprocess
    import sys
    import urllib.request

    command = [sys.executable, "-m", "linker", "-w", str(demo[0]), "api", "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        told = [process.stderr.readline() for _ in range(3)]
        token = re.search(r"once\): (\S+)", told[1])[1]
        address = re.search(r"http://127\.0\.0\.1:\d+/", told[0])[0]
        request = urllib.request.Request(
            f"{address}v1/info", headers={"Authorization": f"Bearer {token}"}
        )
        until = time.monotonic() + 60
        while True:
            try:
                assert b"XVM" in urllib.request.urlopen(request, timeout=30).read()
                break
            except ConnectionError:
                assert time.monotonic() < until
    finally:
        process.send_signal(signal.SIGINT)
        _, rest = process.communicate(timeout=30)
    assert token not in rest
