"""Commands that change themes: themes rename, merge, split, move, umbrella, undo, log."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from linker.cli.filters import refuse_absent
from linker.cli.output import emit, listing
from linker.store.location import Location

LOG_COLUMNS = ("number", "at", "reviewer", "state", "edit", "what", "theme_id", "status", "note")


def _signed(command: Any) -> Any:
    """Add who decides, why, and of which State to a command."""
    for option in (
        click.option("--state", help="State, where a label alone does not say it."),
        click.option("--note", default="", help="Why."),
        click.option("--reviewer", required=True, envvar="LINKER_REVIEWER", help="Who decides."),
    ):
        command = option(command)
    return command


@click.group()
def themes() -> None:
    """Change the themes of the x-ray: names, merges, splits, moves. Everything can be undone.

    Each change is a row in the log of decisions and outlives every build. THEME is an id of
    `linker xray`, or a theme's label.

    \b
    Examples:
      linker themes rename T-0123456789 --label "Death penalty" --reviewer "A. Officer"
      linker themes log
    """


@themes.command()
@click.argument("theme")
@click.option("--label", default="", help="The new label.")
@click.option("--description", default="", help="The new line of description.")
@_signed
@click.pass_obj
def rename(workspace: Location, /, theme: str, state: str | None, **given: str) -> None:
    """Give THEME another label, another description, or both.

    \b
    Example:
      linker themes rename T-0123456789 --label "Death penalty" --reviewer "A. Officer"
    """
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        _say(linker.rename_theme(theme, state=_state(state), **given))


@themes.command()
@click.argument("theme")
@click.argument("into")
@_signed
@click.pass_obj
def merge(workspace: Location, /, theme: str, into: str, state: str | None, **given: str) -> None:
    """Put all records of THEME into the theme INTO, which keeps its name.

    \b
    Example:
      linker themes merge T-0123456789 T-9876543210 --reviewer "A. Officer"
    """
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        _say(linker.merge_themes(theme, into, state=_state(state), **given))


@themes.command()
@click.argument("theme")
@click.argument("records", nargs=-1, required=True)
@click.option("--label", required=True, help="What the new theme is called.")
@click.option("--description", default="", help="Its line of description.")
@_signed
@click.pass_obj
def split(
    workspace: Location, /, theme: str, records: tuple[str, ...], state: str | None, **given: str
) -> None:
    """Split RECORDS (their ids) off THEME into a new theme.

    \b
    Example:
      linker themes split T-0123456789 REC-1 REC-2 --label "Prison health" --reviewer "A. Officer"
    """
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        _say(linker.split_theme(theme, records, state=_state(state), **given))


@themes.command()
@click.argument("records", nargs=-1, required=True)
@click.option("--to", "theme", required=True, help="The theme they belong to.")
@_signed
@click.pass_obj
def move(
    workspace: Location, /, records: tuple[str, ...], theme: str, state: str | None, **given: str
) -> None:
    """Move RECORDS (their ids) to another theme.

    \b
    Example:
      linker themes move REC-1 REC-2 --to T-0123456789 --reviewer "A. Officer"
    """
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        _say(linker.move_records(records, theme, state=_state(state), **given))


@themes.command()
@click.argument("theme")
@click.argument("umbrella")
@_signed
@click.pass_obj
def umbrella(
    workspace: Location, /, theme: str, umbrella: str, state: str | None, **given: str
) -> None:
    """Put THEME under another UMBRELLA of the list in use.

    \b
    Example:
      linker themes umbrella T-0123456789 "Rights of groups" --reviewer "A. Officer"
    """
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        _say(linker.choose_umbrella(theme, umbrella, state=_state(state), **given))


@themes.command()
@click.argument("number", type=int, required=False)
@click.option("--reviewer", required=True, envvar="LINKER_REVIEWER", help="Who takes it back.")
@click.pass_obj
def undo(workspace: Location, number: int | None, reviewer: str) -> None:
    """Take back the change NUMBER of `linker themes log`, or your own last one.

    \b
    Example:
      linker themes undo --reviewer "A. Officer"
    """
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        edit = linker.undo_theme_edit(reviewer, number)
    click.echo(f"Taken back: {edit.seq}, {edit}")


@themes.command()
@click.option("--state", help="State: ISO code or name.")
@listing
@click.pass_obj
def log(
    workspace: Location, state: str | None, format_name: str | None, output: Path | None
) -> None:
    """List every change of themes ever made, and whether it stands, waits or was undone.

    A change waits while a theme or record that it names is not there; it is followed again when
    that is back.

    \b
    Example:
      linker themes log --format csv --output changes.csv
    """
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        found = linker.theme_edits(refuse_absent(linker, _state(state)))
    rows = [one.to_row() for one in found]
    emit(rows, LOG_COLUMNS, format_name, output, ("number", "at", "reviewer", "what", "status"))


def _state(name: str | None) -> str | None:
    from linker.cli.filters import state_option

    return state_option(name)


def _say(edit: object) -> None:
    from linker.review.edits import ThemeEdit

    assert isinstance(edit, ThemeEdit)
    click.echo(f"{edit.seq}: {edit}")
    click.echo(f"Take it back: linker themes undo {edit.seq} --reviewer NAME")
