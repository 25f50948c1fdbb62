"""Commands about sources and what was wrong in them: imports, forget, correct, merge."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from linker.cli.output import emit, listing
from linker.store.location import Location

COLUMNS = (
    "number", "name", "format", "date", "rows", "records", "forgotten", "sha256", "options",
    "pledges",
)  # fmt: skip
LOG_COLUMNS = ("seq", "at", "reviewer", "kind", "record_id", "field", "value", "other", "note")
BUILD = "Run `linker build` to bring links and themes up to date."
reviewer_option = click.option(
    "--reviewer", required=True, envvar="LINKER_REVIEWER", help="In whose name."
)


@click.command()
@listing
@click.pass_obj
def imports(workspace: Location, format_name: str | None, output: Path | None) -> None:
    """List the sources: every file that was read, with what it is called by `forget`.

    As csv or json also the options it was read with, and the State's voluntary pledges that a
    report of the Working Group or an export of UPR Info holds: they make no records.

    \b
    Examples:
      linker imports
      linker imports --format json
    """
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        rows = [one.to_row() for one in linker.imports()]
    emit(rows, COLUMNS, format_name, output, COLUMNS[:7])


@click.command()
@click.argument("number", type=int)
@click.option("--undo", is_flag=True, help="Put it back in its old place.")
@click.option("--purge", is_flag=True, help="Erase it for good: nothing brings it back.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--reviewer", default="", envvar="LINKER_REVIEWER", help="In whose name.")
@click.pass_obj
def forget(
    workspace: Location, number: int, undo: bool, purge: bool, yes: bool, reviewer: str
) -> None:
    """Take the source NUMBER out: what it said counts no more.

    Says first what depends on it, and asks. Records of which no other source speaks go; decisions
    on them stay in the log and count again after --undo. With --purge everything it said is
    erased from the workspace, with decisions and plan about records that only it has; backups and
    archives made from then on hold nothing of it.

    \b
    Examples:
      linker forget 3
      linker forget 3 --undo
      linker forget 3 --purge --yes
    """
    from linker.errors import Invalid
    from linker.workspace.workspace import Linker

    if undo and purge:
        raise Invalid("--undo and --purge: give one of them; what is purged cannot be undone.")
    with Linker.open(workspace) as linker:
        if undo:
            _changed(linker.unforget(number, reviewer))
            return
        source = linker.store.source(number)
        if source.forgotten and not purge:
            raise Invalid(f"source {number} ({source.name}) is forgotten already.")
        click.echo(f"Source {number} ({source.name}): what depends on it:")
        click.echo(f"  {linker.depends_on(number)}")
        if purge:
            click.echo("  The decisions, corrections and rows of the plan named here go with it.")
        if not yes:
            click.confirm("Erase it for good?" if purge else "Take it out?", abort=True)
        if purge:
            _changed(linker.purge(number))
            for copy in linker.older_copies():
                click.echo(f"{copy}: a copy made before still holds it. Delete it if you must.")
        else:
            _changed(linker.forget(number, reviewer))
            click.echo(f"`linker forget {number} --undo` puts it back.")


@click.command()
@click.argument("record_id", metavar="RECORD")
@click.argument("field", required=False)
@click.argument("value", required=False)
@click.option("--undo", is_flag=True, help="Take the last correction of FIELD back.")
@click.option("--note", default="", help="Why.")
@click.option("--reviewer", default="", envvar="LINKER_REVIEWER", help="In whose name.")
@click.pass_obj
def correct(
    workspace: Location,
    record_id: str,
    field: str | None,
    value: str | None,
    undo: bool,
    note: str,
    reviewer: str,
) -> None:
    """Correct FIELD of RECORD by hand: it is logged, and stands above every source.

    Fields are those of the table format; lists are parted by `;`, and '' empties a field. Without
    FIELD the corrections and merges of RECORD are listed.

    \b
    Examples:
      linker correct A/HRC/44/9#142.3 position noted --reviewer "A. Officer"
      linker correct A/HRC/44/9#142.3 position --undo --reviewer "A. Officer"
      linker correct A/HRC/44/9#142.3
    """
    from linker.errors import Invalid
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        if field is None:
            rows = [_log_row(edit) for edit in linker.record_log(record_id)]
            emit(rows, LOG_COLUMNS, None, None)
        elif undo:
            _changed(linker.undo_correction(record_id, field, reviewer))
        elif value is None:
            raise Invalid("Give the value too: linker correct RECORD FIELD VALUE.")
        else:
            _changed(linker.correct(record_id, field, value, reviewer, note))


@click.command()
@click.argument("stays", metavar="RECORD")
@click.argument("other", metavar="OTHER")
@click.option("--undo", is_flag=True, help="Part them again; no import joins them any more.")
@click.option("--note", default="", help="Why.")
@reviewer_option
@click.pass_obj
def merge(
    workspace: Location, stays: str, other: str, undo: bool, note: str, reviewer: str
) -> None:
    """Make one record of two: RECORD keeps its id, OTHER speaks in it from now on.

    --undo parts what was merged here, or what an import joined.

    \b
    Examples:
      linker merge A/HRC/28/15#115.8 UPRINFO#2201 --reviewer "A. Officer"
      linker merge A/HRC/28/15#115.8 UPRINFO#2201 --undo --reviewer "A. Officer"
    """
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        verb = linker.undo_merge if undo else linker.merge_records
        _changed(verb(stays, other, reviewer, note))


def _changed(changes: Any) -> None:
    """Print what became of the records."""
    from linker.workspace.keeping import told_altered

    click.echo(
        f"{len(changes.new):,} records new, {len(changes.changed):,} changed, "
        f"{len(changes.gone):,} gone."
    )
    for line in told_altered(changes):
        click.echo(f"  {line}")
    if changes.new or changes.changed or changes.gone:
        click.echo(BUILD)


def _log_row(edit: Any) -> dict[str, Any]:
    return {name: getattr(edit, name) for name in LOG_COLUMNS}
