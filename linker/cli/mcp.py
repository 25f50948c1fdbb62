"""The command that serves a workspace to an assistant on this machine."""

from __future__ import annotations

import click

from linker.errors import LinkerError
from linker.store.location import Location


@click.command()
@click.pass_obj
def mcp(workspace: Location) -> None:
    """Serve the workspace to an assistant on this machine (Model Context Protocol, stdio).

    The assistant starts this command itself. It can search, list and explain, and change nothing.
    Linker sends nothing anywhere, but what an assistant reads here goes wherever the assistant
    goes: with one that runs on the network, it leaves your machine. Needs
    `pip install 'linker[mcp]'`.

    \b
    Example, for the assistant's own settings:
      {"mcpServers": {"linker": {"command": "linker", "args": ["-w", "/home/me/kenya", "mcp"]}}}
    """
    try:
        from linker.mcp.server import make_server
    except ImportError as error:
        raise LinkerError(f"{error.name} is missing: pip install 'linker[mcp]'") from error
    from linker.review.roles import ONLOOKER
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        click.echo(f"Serving {workspace} to an assistant; it ends with it.", err=True)
        make_server(linker.acting(ONLOOKER)).run("stdio")
