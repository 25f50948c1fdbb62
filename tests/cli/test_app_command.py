"""What `linker app` starts, and when it refuses to."""

import os
import re
import sys
import textwrap

import pytest
from click.testing import CliRunner

from linker.cli import main
from linker.workspace.sharing import LOGIN, ROLES, is_local
from tests.conftest import CHECKOUT

SECRETS = """[auth]
redirect_uri = "https://linker.example.org/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"
client_id = "linker"
client_secret = "kept quiet"
server_metadata_url = "https://login.example.org/.well-known/openid-configuration"
"""
PEOPLE = "identity,role\nada@example.org,lead\n"


@pytest.fixture
def started(monkeypatch, tmp_path):
    """Run `linker app` with options; returns the result, and what would have been started."""
    pytest.importorskip("authlib", reason="authlib is not installed")
    for name in (LOGIN, ROLES):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    calls = []
    monkeypatch.setattr(os, "execve", lambda *call: calls.append(call))

    def run(*options):
        result = CliRunner().invoke(main, ["-w", "kenya", "app", *map(str, options)])
        return result, (calls[-1] if calls else None)

    return run


@pytest.fixture
def files(tmp_path):
    secrets, roles = tmp_path / "secrets.toml", tmp_path / "people.csv"
    secrets.write_text(SECRETS, encoding="utf-8")
    roles.write_text(PEOPLE, encoding="utf-8")
    return secrets, roles


def test_by_default_only_this_machine_is_served_and_nobody_logs_in(started, tmp_path):
    result, (program, command, environment) = started()
    assert result.exit_code == 0, result.output
    assert program == sys.executable
    assert "--server.address=127.0.0.1" in command
    assert not [option for option in command if option.startswith("--secrets")]
    assert LOGIN not in environment
    assert not (tmp_path / "kenya").exists()


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.0.2.7", "linker.example.org", ""])
def test_any_other_address_is_refused_without_a_login(started, address):
    result, call = started("--address", address)
    assert result.exit_code == 2
    assert call is None
    assert "nobody would have to log in" in result.stderr
    assert "On a shared server" in result.stderr


def test_with_login_and_roles_it_may_be_served(started, files, tmp_path):
    secrets, roles = files
    result, (_, command, environment) = started(
        "--address", "0.0.0.0", "--secrets", secrets, "--roles", roles
    )
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    assert "--server.address=0.0.0.0" in command
    assert f"--secrets.files={secrets}" in command
    assert "--browser.serverAddress=linker.example.org" in command
    assert "--browser.serverPort=443" in command
    assert environment[LOGIN] == "required"
    assert environment[ROLES] == str(roles)
    assert (tmp_path / "kenya" / "workspace.db").is_file()


def test_secrets_and_roles_are_found_where_they_usually_lie(started, files, tmp_path, monkeypatch):
    secrets, roles = files
    usual = tmp_path / ".streamlit" / "secrets.toml"
    usual.parent.mkdir()
    secrets.rename(usual)
    result, call = started()
    assert "nobody has a role: there is no kenya/roles.csv" in result.stderr
    assert call is None
    monkeypatch.setenv(ROLES, str(roles))
    result, (_, command, environment) = started()
    assert f"--secrets.files={usual}" in command
    assert environment[ROLES] == str(roles)
    monkeypatch.delenv(ROLES)
    (tmp_path / "kenya").mkdir(exist_ok=True)
    roles.rename(tmp_path / "kenya" / "roles.csv")
    result, (_, _, environment) = started()
    assert environment[ROLES] == str(tmp_path / "kenya" / "roles.csv")


def test_secrets_about_something_else_ask_for_no_login(started, tmp_path):
    usual = tmp_path / ".streamlit" / "secrets.toml"
    usual.parent.mkdir()
    usual.write_text('[database]\npassword = "x"\n', encoding="utf-8")
    result, (_, _, environment) = started()
    assert result.exit_code == 0
    assert LOGIN not in environment


def test_roles_without_a_login_are_refused(started, files):
    result, call = started("--roles", files[1])
    assert result.exit_code == 2
    assert "roles need a login" in result.stderr
    assert call is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("/oauth2callback", "/", "secrets.toml, [auth] redirect_uri: refused: must end with"),
        ("https://linker", "linker", "[auth] redirect_uri: refused: must end with"),
        ("0123456789abcdef", "", "[auth] cookie_secret: refused: too short, or missing"),
        ('"kept quiet"', '" "', "[auth] client_secret: refused: missing"),
        ("client_id", "client", "[auth] client_id: refused: missing"),
        ("https://login", "http://login", "server_metadata_url: refused: must begin with https"),
        *(
            ("login.example.org/", address, "server_metadata_url: refused: anybody with an account")
            for address in (
                "login.microsoftonline.com/common/v2.0/",
                "login.microsoftonline.com/organizations/v2.0/",
                "login.microsoftonline.com/consumers/v2.0/",
                "LOGIN.microsoftonline.com//Common/v2.0/",
                "login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0/",
                "login.microsoftonline.us/common/",
                "login.partner.microsoftonline.cn/organizations/",
                "sts.windows.net/common/",
                "login.windows.net/%63ommon/",
                "login.microsoft.com/common/",
            )
        ),
        ("[auth]", "[other]", "[auth] redirect_uri: refused"),
        ("[auth]", '[auth]\none_two = {client_id = "x"}', "[auth.one_two]: refused: a name with _"),
        ("[auth]", "[auth", "secrets.toml: refused: is not TOML (at line 1, column 6)"),
        ('"kept quiet"', "kept quiet", "secrets.toml: refused: is not TOML (at line 5, column"),
    ],
)
def test_what_is_wrong_with_the_secrets_is_said_and_no_secret_is(started, files, old, new, said):
    secrets, roles = files
    secrets.write_text(SECRETS.replace(old, new, 1), encoding="utf-8")
    result, call = started("--secrets", secrets, "--roles", roles)
    assert result.exit_code == 1
    assert said in result.stderr
    assert "kept quiet" not in result.stderr
    assert "0123456789" not in result.stderr
    assert call is None


def test_a_tenant_of_ones_own_at_microsoft_may_log_people_in(started, files):
    secrets, roles = files
    tenant = "login.microsoftonline.com/8eaef023-2b34-4da1-9baa-8bc8c9d6a490/v2.0/"
    secrets.write_text(SECRETS.replace("login.example.org/", tenant), encoding="utf-8")
    result, call = started("--secrets", secrets, "--roles", roles)
    assert result.exit_code == 0, result.output
    assert call is not None


def test_wrong_roles_are_named_before_anything_is_served(started, files):
    secrets, roles = files
    roles.write_text(PEOPLE + "grace@example.org,boss\n", encoding="utf-8")
    result, call = started("--secrets", secrets, "--roles", roles)
    assert result.exit_code == 1
    assert "people.csv, row 3, column role: refused: 'boss' is no role" in result.stderr
    assert call is None


def test_a_login_in_clear_text_is_warned_of(started, files):
    secrets, roles = files
    secrets.write_text(SECRETS.replace("https://linker", "http://linker"), encoding="utf-8")
    result, call = started("--secrets", secrets, "--roles", roles)
    assert "in clear" in result.stderr
    assert call is not None


def test_the_files_that_the_user_guide_shows_are_accepted(started, files):
    guide = (CHECKOUT / "docs" / "user-guide.md").read_text(encoding="utf-8")
    section = guide.partition("## 13. On a shared server")[2]
    shown = re.findall(r"\n\n((?: {7}\S.*\n)+)", section)
    secrets, roles = (textwrap.dedent(block) for block in shown)
    files[0].write_text(secrets.replace("the long random word", 32 * "x"), encoding="utf-8")
    files[1].write_text(roles, encoding="utf-8")
    result, call = started("--secrets", files[0], "--roles", files[1])
    assert result.exit_code == 0, result.stderr
    assert call is not None


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("127.0.0.1", True),
        ("127.1.2.3", True),
        ("::1", True),
        ("[::1]", True),
        ("LOCALHOST", True),
        ("0.0.0.0", False),
        ("::", False),
        ("10.0.0.1", False),
        ("localhost.example.org", False),
        ("127.0.0.1.example.org", False),
    ],
)
def test_addresses_that_only_this_machine_reaches(address, local):
    assert is_local(address) is local
