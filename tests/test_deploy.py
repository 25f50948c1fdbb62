"""The compose file fits the product; what its container runs is run here as processes."""

import os
import re
import shlex
import shutil
import ssl
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
import yaml

from evaluation.speed.sessions import Session
from linker.store.database import database_at
from linker.store.location import Server, locate
from tests.conftest import CHECKOUT
from tests.ui.browsing import free_port, free_ports, serving, wait_for

DEPLOY = CHECKOUT / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
LINKER, PROXY = COMPOSE["services"]["linker"], COMPOSE["services"]["proxy"]
PROXY_SCRIPT = (DEPLOY / "proxy.sh").read_text(encoding="utf-8")
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
LOGIN = """[auth]
redirect_uri = "https://linker.example.org/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"
client_id = "linker"
client_secret = "none"
server_metadata_url = "https://login.example.org/.well-known/openid-configuration"
"""


def test_what_the_compose_file_names_is_there_or_to_be_written():
    page = (CHECKOUT / "docs" / "server.md").read_text(encoding="utf-8")
    named = [one["file"] for one in COMPOSE["secrets"].values()]
    for service in COMPOSE["services"].values():
        named += [one.split(":")[0] for one in service["volumes"] if one.startswith("./")]
    assert len(named) == 5
    for file in named:
        assert (DEPLOY / file).is_file() or f"`{file.removeprefix('./')}`" in page, file
    assert (DEPLOY.parent / LINKER["build"]["dockerfile"]).is_file()
    used = {one for service in COMPOSE["services"].values() for one in service.get("secrets", ())}
    assert used == set(COMPOSE["secrets"])


def test_its_workspace_is_an_address_without_a_password():
    written = LINKER["environment"]["LINKER_WORKSPACE"]
    location = locate(re.sub(r"\$\{LINKER_NAME:-(\w+)\}", r"\1", written))
    database = COMPOSE["services"]["database"]["environment"]
    assert isinstance(location, Server)
    assert (location.host, location.user) == ("database", database["POSTGRES_USER"])
    assert location.database == database["POSTGRES_DB"]


def test_only_the_proxy_is_reached_from_outside():
    assert [n for n, one in COMPOSE["services"].items() if "ports" in one] == ["proxy"]
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert "inside" not in COMPOSE["services"]["proxy"]["networks"]
    assert COMPOSE["services"]["database"]["networks"] == ["inside"]


def test_no_secret_goes_into_the_image():
    first, *others = [
        line
        for line in (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    assert first == "*"
    assert all(line.startswith("!") and (CHECKOUT / line[1:]).exists() for line in others)
    secret = {"deploy", "deploy/database_password", "deploy/secrets.toml", "deploy/roles.csv"}
    assert not secret & {line[1:] for line in others}


def started(folder, program, password, *arguments, **environment):
    """Run the start script of the container with another program in the place of Linker's."""
    bin_folder = folder / "bin"
    bin_folder.mkdir()
    (bin_folder / "linker").write_text(f"#!/bin/sh\n{program}\n", encoding="utf-8")
    (bin_folder / "linker").chmod(0o755)
    (folder / "database_password").write_text(password, encoding="utf-8")
    known = {
        **os.environ,
        "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}",
        "DATABASE_PASSWORD_FILE": str(folder / "database_password"),
        "PGPASSFILE": str(folder / "pgpass"),
        **environment,
    }
    return subprocess.Popen(
        ["sh", DEPLOY / "start.sh", *arguments], env=known, cwd=CHECKOUT,
        stdout=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip


@pytest.mark.skipif(os.name != "posix", reason="the containers run Linux")
@pytest.mark.parametrize("password", ["plain\n", r"a:b\c 'd' $e"])
def test_the_password_gets_into_a_passfile_that_nobody_else_reads(password, tmp_path):
    process = started(tmp_path, 'echo "$@"', password, "--port", "1")
    said, _ = process.communicate(timeout=30)
    assert said == "app --port 1\n"
    written = (tmp_path / "pgpass").read_text(encoding="utf-8")
    escaped = password.strip().replace("\\", r"\\").replace(":", r"\:")
    assert written == f"*:*:*:*:{escaped}\n"
    assert stat.S_IMODE((tmp_path / "pgpass").stat().st_mode) == 0o600


def test_the_proxy_leads_to_the_port_on_which_linker_listens():
    caddy = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    port = re.search(r"^EXPOSE (\d+)$", DOCKERFILE, re.MULTILINE)[1]
    assert f"$(seq {port} $(({int(port) - 1} + LINKER_PROCESSES)))" in PROXY_SCRIPT
    assert "linker:$port" in PROXY_SCRIPT
    processes = LINKER["command"][LINKER["command"].index("--processes") + 1]
    assert processes == PROXY["environment"]["LINKER_PROCESSES"] == "${LINKER_PROCESSES:-1}"
    assert f"http://127.0.0.1:{port}/_stcore/health" in DOCKERFILE
    assert set(re.findall(r"\{\$(\w+)\}", caddy)) == {"LINKER_HOST", "LINKER_SERVERS"}
    assert set(PROXY["environment"]) == {"LINKER_HOST", "LINKER_PROCESSES"}
    assert [one.partition(":")[0] for one in PROXY["ports"]] == ["80", "443"]
    assert any(one.endswith(":/etc/caddy/Caddyfile:ro") for one in PROXY["volumes"])


@pytest.mark.long
def test_pages_are_drawn_through_the_proxy_with_tls(demo, tmp_path):
    """The proxy's own file, but for where Linker listens; its certificate is of its own making."""
    port = free_ports(2)
    with serving(demo[0], port), proxied(tmp_path, port, port) as (address, trusted):
        with Session(address, "xray", trusted) as session:
            assert session.show() < 60
            assert session.buttons
        with pytest.raises(urllib.error.URLError, match="certificate verify failed"):
            urllib.request.urlopen(address, timeout=10, context=ssl.create_default_context())


@pytest.mark.long
def test_the_proxy_keeps_each_browser_at_one_of_several_servers(tmp_path):
    port = free_ports(2)
    with (
        answering(port, b"one"),
        proxied(tmp_path, port, port + 1) as (address, trusted),
    ):
        with answering(port + 1, b"two"):
            browsers = [browser(trusted) for _ in range(24)]
            met = [one.open(address, timeout=30).read() for one in browsers]
            assert set(met) == {b"one", b"two"}
            for _ in range(3):
                assert [one.open(address, timeout=30).read() for one in browsers] == met
        # Whose server is gone is served by the other one.
        assert {one.open(address, timeout=30).read() for one in browsers} == {b"one"}


def browser(trusted):
    """Return what opens addresses as a browser of its own does: it keeps its cookies."""
    return urllib.request.build_opener(
        urllib.request.HTTPCookieProcessor(), urllib.request.HTTPSHandler(context=trusted)
    )


@contextmanager
def answering(port, words):
    """Run a server that answers everything with its name."""

    class Named(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Length", str(len(words)))
            self.end_headers()
            self.wfile.write(words)

    with ThreadingHTTPServer(("127.0.0.1", port), Named) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield
        server.shutdown()


@contextmanager
def proxied(folder, first, last):
    """Run the proxy before servers on these ports; lend its address and whom it is believed by."""
    caddy = shutil.which(os.environ.get("LINKER_CADDY", "caddy"))
    if not caddy:
        pytest.skip("caddy is not installed: apt-get install caddy, or name it in LINKER_CADDY")
    shared, its = free_port(), folder / "Caddyfile"
    own = f"{{\n\tskip_install_trust\n\tadmin off\n\thttp_port {free_port()}\n}}\n"
    its.write_text(own + (DEPLOY / "Caddyfile").read_text(encoding="utf-8"), encoding="utf-8")
    moved = PROXY_SCRIPT
    for there, here in {
        "/etc/caddy/Caddyfile": str(its), "linker:": "127.0.0.1:", "exec caddy": f"exec {caddy}",
        "8501": str(first), "8500": str(first - 1),
    }.items():  # fmt: skip
        assert there in moved
        moved = moved.replace(there, here)
    known = {**os.environ, "LINKER_HOST": f"localhost:{shared}", "HOME": str(folder),
             "XDG_DATA_HOME": str(folder), "LINKER_PROCESSES": str(last - first + 1)}  # fmt: skip
    command = ["sh", "-c", moved]
    with subprocess.Popen(command, env=known) as proxy:
        try:
            authority = folder / "caddy/pki/authorities/local/root.crt"
            until_there(authority)
            yield f"https://localhost:{shared}", ssl.create_default_context(cafile=authority)
        finally:
            proxy.terminate()


def until_there(file, seconds=30):
    deadline = time.monotonic() + seconds
    while not file.is_file() or not file.read_bytes():
        assert time.monotonic() < deadline, f"no {file}"
        time.sleep(0.1)
    time.sleep(1)


@pytest.mark.long
def test_the_container_serves_a_workspace_of_the_server(postgres, tmp_path):
    pytest.importorskip("authlib", reason="authlib is not installed: pip install 'linker[server]'")
    rules, password = postgres.folder / "pg_hba.conf", r"a:b\c"
    before = rules.read_text(encoding="utf-8")
    role = f"CREATE ROLE linker LOGIN PASSWORD '{password}'"
    postgres.sql(role, "CREATE DATABASE office OWNER linker")
    rules.write_text(f"local office linker scram-sha-256\n{before}", encoding="utf-8")
    postgres.sql("SELECT pg_reload_conf()")
    (tmp_path / "secrets.toml").write_text(LOGIN, encoding="utf-8")
    (tmp_path / "roles.csv").write_text("identity,role\nada@example.org,lead\n", encoding="utf-8")
    place, port = postgres("office-work", database="office", user="linker"), free_port()
    arguments = ["--secrets", tmp_path / "secrets.toml", "--no-browser", "--port", str(port)]
    own = {"/run/secrets/login", "0.0.0.0", "--processes", "${LINKER_PROCESSES:-1}"}
    wanted = set(LINKER["command"]) - own
    assert wanted <= {*map(str, arguments), "--address"}
    process = started(
        tmp_path, f'exec {shlex.quote(sys.executable)} -m linker "$@"', password, *arguments,
        LINKER_WORKSPACE=place.address, LINKER_ROLES=str(tmp_path / "roles.csv"),
    )  # fmt: skip
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health", process)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PGPASSFILE", str(tmp_path / "pgpass"))
            assert database_at(place).exists()
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10)
    finally:
        process.terminate()
        process.wait(timeout=30)
        rules.write_text(before, encoding="utf-8")
        postgres.sql("SELECT pg_reload_conf()")
        time.sleep(0.5)
