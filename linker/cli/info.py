"""Commands about the installation: what is here and where, and completion in the shell."""

from __future__ import annotations

from pathlib import Path

import click

from linker.cli.output import emit, listing
from linker.store.location import Location

COLUMNS = ("about", "name", "value")
SHELLS = ("bash", "zsh", "fish")


@click.command()
@listing
@click.pass_obj
def info(workspace: Location, format_name: str | None, output: Path | None) -> None:
    """Say what is installed here: versions, models, extras, languages, plugins, where files lie.

    Works without a workspace, and names no record: it can go into a bug report.

    \b
    Examples:
      linker info
      linker --workspace kenya info --format json --output info.json
    """
    from linker.workspace.about import about

    emit([one.to_row() for one in about(workspace)], COLUMNS, format_name, output)


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print what makes SHELL complete the words of `linker` when you press Tab.

    \b
    Examples:
      linker completion bash >> ~/.bashrc
      linker completion zsh >> ~/.zshrc
      linker completion fish > ~/.config/fish/completions/linker.fish
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(ctx.find_root().command, {}, "linker", "_LINKER_COMPLETE").source())
