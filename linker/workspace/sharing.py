"""What must be configured before others may reach a workspace: who logs in, and who may what."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from linker.errors import Invalid, LinkerError
from linker.records.import_notes import Note, refuse
from linker.review.roles import read_roles
from linker.store.location import Location

LOGIN = "LINKER_LOGIN"
"""Environment variable that tells the application never to open without a login."""
ROLES = "LINKER_ROLES"
"""Environment variable that names the roles file."""
HOSTS = "LINKER_HOSTS"
"""Environment variable that names the hosts by which browsers may know the application."""
OFFICE = "LINKER_OFFICE"
"""Environment variable that names the folder in which the processes of one server meet."""
PARENT = "LINKER_PARENT"
"""Environment variable that holds the number of the process that began them."""
THIS_MACHINE = ("127.0.0.1", "localhost", "::1")
ROLES_NAME = "roles.csv"
CALLBACK = "/oauth2callback"
"""Where Streamlit takes people back who logged in; it cannot be chosen."""
MICROSOFT = ("microsoftonline.com", "microsoftonline.us", "microsoftonline.cn", "windows.net",
             "microsoft.com")  # fmt: skip
ANY_TENANT = ("common", "organizations", "consumers", "9188040d-6c67-4c5b-b112-36a304b66dad")
"""In the place of a tenant's id: everybody's, and that of all private accounts (Microsoft, OpenID
Connect on the Microsoft identity platform)."""
SHORTEST_SECRET = 32
ANSWERED = {
    "Content-Security-Policy": "frame-ancestors 'self'",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
"""Headers of every answer: no page of another site may frame what is served, load its files or
learn its addresses."""
KEYS = ("client_id", "client_secret", "server_metadata_url")
GUIDE = "docs/user-guide.md shows how, under “On a shared server”."


@dataclass(frozen=True, slots=True)
class Sharing:
    """How a workspace is shared.

    Attributes:
        secrets: the file whose section [auth] says how people log in.
        roles: the file that says who may do what.
        redirect: the address of the application as browsers know it, with `CALLBACK`.
    """

    secrets: Path
    roles: Path
    redirect: SplitResult

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is allowed and yet unwise."""
        if self.redirect.scheme == "https" or is_local(self.redirect.hostname or ""):
            return ()
        return (
            f"{self.secrets.name}, redirect_uri: http sends texts and the proof of login in "
            "clear. Put a reverse proxy with a certificate before Linker and write https.",
        )

    @property
    def environment(self) -> dict[str, str]:
        """What the server's environment must hold."""
        host = self.redirect.hostname or ""
        return {LOGIN: "required", ROLES: str(self.roles.absolute()), HOSTS: host}

    @property
    def arguments(self) -> list[str]:
        """What Streamlit must be told."""
        port = self.redirect.port or (443 if self.redirect.scheme == "https" else 80)
        return [
            f"--secrets.files={self.secrets.absolute()}",
            # Streamlit turns away pages of any other address, whatever the proxy says of itself.
            f"--browser.serverAddress={self.redirect.hostname}",
            f"--browser.serverPort={port}",
        ]


def is_local(address: str) -> bool:
    """Whether only this machine can reach a network address: 127.0.0.1, ::1, localhost."""
    try:
        return ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return address.lower() == "localhost"


def host_name(host: str) -> str:
    """Return what a request calls its host, without the port; empty where it is no host."""
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def roles_file(workspace: Location) -> Path:
    """Return the roles file: the one that LINKER_ROLES names, else roles.csv beside the workspace.

    That is in its folder; of one on a server, in the folder of its files on this machine.
    """
    return Path(os.environ.get(ROLES) or workspace.files / ROLES_NAME)


def sharing(
    address: str,
    workspace: Location,
    secrets: Path | None = None,
    roles: Path | None = None,
    places: Sequence[Path] = (),
) -> Sharing | None:
    """Check that everything is there which an address needs; None for one's own machine alone.

    Args:
        address: to listen on.
        workspace: the workspace to serve.
        secrets: the file with the section [auth].
        roles: the roles file; roles.csv in the workspace when not given.
        places: where to look for secrets otherwise; the first file with a section [auth] counts.

    Raises:
        UsageError: login or roles are missing where they are needed.
        LinkerError: one of the files cannot be used; it says why.
    """
    found = secrets or next((p for p in places if p.is_file() and "auth" in _toml(p)), None)
    if found is None:
        if not is_local(address):
            raise Invalid(
                f"--address {address}: other machines could reach the application, and nobody "
                f"would have to log in. Configure a login and roles first, or leave --address "
                f"out. {GUIDE}"
            )
        if roles is not None:
            raise Invalid(f"--roles {roles}: roles need a login, and none is set up. {GUIDE}")
        return None
    auth = _toml(found).get("auth")
    if faults := list(_faults(found.name, auth if isinstance(auth, Mapping) else {})):
        raise LinkerError("\n".join(map(str, faults)))
    try:
        import_module("authlib.integrations.starlette_client")
    except ImportError as error:
        remedy = "pip install 'linker[server]'"
        raise Invalid(f"A login needs the package authlib: {remedy} ({error}).") from error
    named = roles or workspace.files / ROLES_NAME
    if not named.is_file():
        raise Invalid(
            f"{found}: a login is set up, but nobody has a role: there is no {named}. "
            f"Write it, or name another with --roles. {GUIDE}"
        )
    read_roles(named)
    return Sharing(found, named, urlsplit(str(_toml(found)["auth"]["redirect_uri"])))


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        reason = f"cannot be read ({error.strerror})"
        raise refuse(path.name, reason, "Check the name and the folder.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        # What stands there is secret: the message of the parser names the place only.
        reason = f"is not TOML ({str(error).rpartition('(')[2].rstrip(')')})"
        raise refuse(path.name, reason, "Text values stand in quotation marks.") from error


def _faults(file: str, auth: Mapping[str, Any]) -> Iterator[Note]:
    """Yield what is wrong with the section [auth]; no value is repeated, for they are secret."""
    redirect, secret = str(auth.get("redirect_uri", "")), str(auth.get("cookie_secret", ""))
    if not redirect.startswith(("https://", "http://")) or not redirect.endswith(CALLBACK):
        example = f"https://linker.example.org{CALLBACK}"
        yield _fault(file, "auth", "redirect_uri", f"must end with {CALLBACK}", f"As in {example}.")
    if len(secret) < SHORTEST_SECRET:
        remedy = "`python -c 'import secrets; print(secrets.token_hex())'` makes one."
        yield _fault(file, "auth", "cookie_secret", "too short, or missing", remedy)
    named = {k: v for k, v in auth.items() if isinstance(v, Mapping) and k != "client_kwargs"}
    if not named or any(key in auth for key in KEYS):
        yield from _provider_faults(file, "auth", auth)
    for name, provider in named.items():
        if "_" in name:
            yield _fault(file, f"auth.{name}", "", "a name with _", "Take a name without it.")
        yield from _provider_faults(file, f"auth.{name}", provider)


def _provider_faults(file: str, section: str, provider: Mapping[str, Any]) -> Iterator[Note]:
    for key in KEYS:
        if not str(provider.get(key, "")).strip():
            yield _fault(file, section, key, "missing", "The login service gives it to you.")
    url = urlsplit(str(provider.get("server_metadata_url", "")))
    if _of_any_tenant(url):
        reason = "anybody with an account at Microsoft could log in"
        yield _fault(file, section, "server_metadata_url", reason, "Write the id of your tenant.")
    if url.scheme and url.scheme != "https" and not is_local(url.hostname or ""):
        reason = "must begin with https://, or others could answer for the login service"
        yield _fault(file, section, "server_metadata_url", reason, "Write it with https://.")


def _of_any_tenant(url: SplitResult) -> bool:
    """Whether Microsoft lets anybody with an account in at this address."""
    host = (url.hostname or "").rstrip(".")
    named = any(host == name or host.endswith(f".{name}") for name in MICROSOFT)
    tenant = next((part for part in unquote(url.path).split("/") if part), "")
    return named and tenant.casefold() in ANY_TENANT


def _fault(file: str, section: str, key: str, reason: str, remedy: str) -> Note:
    return Note(file, f"[{section}] {key}".strip(), "", reason, remedy, "refused")
