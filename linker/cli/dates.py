"""The command about dates: what is due next for a State, and as a calendar."""

from __future__ import annotations

from pathlib import Path

import click

from linker.cli.filters import state_option
from linker.cli.output import emit, listing
from linker.store.location import Location

COLUMNS = ("key", "what", "date", "about", "why")


@click.command()
@click.option("--state", help="State: ISO code or name.")
@click.option("--set", "changes", multiple=True, metavar="KEY=DATE", help="Set a date by hand.")
@click.option("--reviewer", envvar="LINKER_REVIEWER", help="In whose name a date is set.")
@click.option("--ics", type=click.Path(dir_okay=False, path_type=Path), help="Calendar to write.")
@listing
@click.pass_obj
def dates(
    workspace: Location,
    state: str | None,
    changes: tuple[str, ...],
    reviewer: str | None,
    ics: Path | None,
    format_name: str | None,
    output: Path | None,
) -> None:
    """List what is due next for a State: reviews, submissions, follow-up, reports.

    Worked out from the records, and then said to be "about"; a date set by hand stands above it. A
    date set to nothing (KEY=) goes.

    \b
    Examples:
      linker dates
      linker dates --set upr-review=2030-02 --reviewer Ada
      linker dates --ics kenya.ics
    """
    from linker.plan.dates import to_ics
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        chosen = state_option(state)
        for change in changes:
            key, equals, day = change.partition("=")
            if not equals:
                raise click.UsageError(f"{change!r} is no KEY=DATE.")
            linker.set_date(key, day, chosen, reviewer=reviewer or "")
        found = linker.dates(chosen)
        if ics:
            source = linker.source(chosen)
            ics.write_bytes(to_ics(source.state, source.state_name, found, source.date))
            click.echo(f"{ics}: {len(found)} dates", err=True)
    emit([due.to_row() for due in found], COLUMNS, format_name, output)
