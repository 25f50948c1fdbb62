"""The command that serves a workspace to programs, as JSON over HTTP."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from linker.errors import Invalid, LinkerError
from linker.store.location import Location

if TYPE_CHECKING:
    from socket import socket

    from linker.api.keys import Keys

BACKLOG = 128


@click.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8502, show_default=True,
    help="0 takes any that is free.",
)  # fmt: skip
@click.option(
    "--address",
    default="127.0.0.1",
    show_default=True,
    help="Network address to listen on; any other needs --tokens and roles.",
)
@click.option(
    "--host", "hosts", multiple=True, help="Name by which others know the server; may be repeated."
)
@click.option(
    "--token-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File that holds the token, instead of LINKER_API_TOKEN or one made now.",
)
@click.option("--read-only", is_flag=True, help="The token lets nobody change anything.")
@click.option(
    "--tokens",
    type=click.Path(dir_okay=False, path_type=Path),
    help="CSV file of people's tokens (identity, sha256): each has a role.",
)
@click.option(
    "--roles",
    envvar="LINKER_ROLES",
    show_envvar=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="CSV file that says who has which role, instead of roles.csv in the workspace.",
)
@click.option(
    "--add-token", metavar="IDENTITY", help="Make a token for somebody, print it once, and end."
)
@click.pass_obj
def api(
    workspace: Location,
    port: int,
    address: str,
    hosts: tuple[str, ...],
    token_file: Path | None,
    read_only: bool,
    tokens: Path | None,
    roles: Path | None,
    add_token: str | None,
) -> None:
    """Serve the workspace to programs: JSON over HTTP, at http://127.0.0.1:PORT.

    Every request carries a token, made now and printed once unless you give one; the first page
    says what can be asked, /openapi.json says it to programs. Stop it with Ctrl-C. Nothing leaves
    the machine.

    On a server that others reach, people have tokens of their own (--tokens) and do what their
    role allows. Put a reverse proxy with TLS before it. Needs `pip install 'linker[server]'`.

    \b
    Examples:
      linker --workspace kenya api
      linker api --tokens tokens.csv --add-token ada@example.org
      linker api --address 0.0.0.0 --host linker.example.org --tokens tokens.csv
    """
    if add_token is not None:
        _make_token(tokens, add_token)
        return
    try:
        import fastapi  # noqa: F401
        import uvicorn
    except ImportError as error:
        raise LinkerError(f"{error.name} is missing: pip install 'linker[server]'") from error
    from linker.api.app import make_app
    from linker.api.served import Served
    from linker.workspace.sharing import THIS_MACHINE

    keys, shown = _keys(workspace, address, token_file, read_only, tokens, roles)
    listening = _listening(address, port)
    served = Served(workspace)
    app = make_app(served, keys, (*THIS_MACHINE, address, *hosts))
    _say(listening, shown)
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, ws="none"
    )
    try:
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        served.close()


def _make_token(tokens: Path | None, identity: str) -> None:
    from linker.api.keys import add_token

    if tokens is None:
        raise Invalid("--add-token needs --tokens FILE, the file to write it to.")
    token = add_token(tokens, identity)
    click.echo(token)
    click.echo(
        f"{tokens}: the checksum of {identity}'s token was added. It is shown here once; the "
        "roles file says what may be done with it.",
        err=True,
    )


def _keys(
    workspace: Location,
    address: str,
    token_file: Path | None,
    read_only: bool,
    tokens: Path | None,
    roles: Path | None,
) -> tuple[Keys, str]:
    """Return who may ask, and the token to print; empty where it is known already.

    Raises:
        Invalid: other machines could ask and people have no roles, or options contradict.
    """
    from linker.api.keys import OwnKey, PeoplesKeys, own_token, read_tokens
    from linker.review.roles import read_roles
    from linker.workspace.sharing import is_local, roles_file

    if tokens is None:
        if not is_local(address):
            raise Invalid(
                f"--address {address}: other machines could reach the workspace with one token "
                "for everything. Give people tokens and roles first (--tokens, --add-token), or "
                "leave --address out."
            )
        if roles is not None and not os.environ.get("LINKER_ROLES"):
            raise Invalid(f"--roles {roles}: roles need people's tokens (--tokens FILE).")
        token, made = own_token(token_file, os.environ.get("LINKER_API_TOKEN"))
        return OwnKey(token, read_only), token if made else ""
    if token_file is not None or read_only:
        raise Invalid("--tokens cannot stand with --token-file or --read-only: roles say it.")
    named = roles or roles_file(workspace)
    read_tokens(tokens)
    read_roles(named)
    return PeoplesKeys(tokens, named), ""


def _listening(address: str, port: int) -> socket:
    from socket import AF_INET, AF_INET6, create_server

    from linker.workspace.listening import at_once

    try:
        family = AF_INET6 if ":" in address else AF_INET
        return at_once(create_server((address, port), family=family, backlog=BACKLOG))
    except OSError as error:
        raise LinkerError(
            f"{address}, port {port}: cannot be listened on ({error.strerror}). Take another "
            "--port."
        ) from error


def _say(listening: socket, token: str) -> None:
    host, port = listening.getsockname()[:2]
    where = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    click.echo(f"Serving at {where}; stop with Ctrl-C.", err=True)
    if token:
        click.echo(f"Token (shown once): {token}", err=True)
        click.echo(f"First page: {where}?token={token}", err=True)
