"""Commands that keep a workspace safe: backup, restore."""

from __future__ import annotations

from pathlib import Path

import click

from linker.store.location import Location

replace_option = click.option("--replace", is_flag=True, help="Replace what is there already.")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@replace_option
@click.pass_obj
def backup(workspace: Location, file: Path, replace: bool) -> None:
    """Copy the workspace to one FILE: records, links, themes, decisions, plan.

    Safe while the application is open. Embeddings are left out: the next build makes them anew.

    \b
    Example:
      linker --workspace kenya backup kenya-2026-11.db
    """
    from linker.store.moving import back_up_workspace
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        back_up_workspace(linker.store, file, replace)
        decisions = linker.store.counts()["decisions"]
    click.echo(f"{file}: {file.stat().st_size:,} bytes, {decisions:,} decisions among them")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@replace_option
@click.pass_obj
def restore(workspace: Location, file: Path, replace: bool) -> None:
    """Put a backup FILE back as the workspace. Close the application first.

    With --replace the workspace that was there stays beside it: as workspace.db.replaced, or on a
    server as the workspace NAME-old.

    \b
    Example:
      linker --workspace kenya-again restore kenya-2026-11.db
    """
    from linker.store.moving import restore_workspace
    from linker.workspace.workspace import Linker

    restore_workspace(file, workspace, replace)
    with Linker.open(workspace) as linker:
        click.echo(repr(linker))
