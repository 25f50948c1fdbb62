"""Commands that share work out and release what may be published: plan assign, plan release."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from linker.cli.plan import reviewer_option
from linker.store.location import Location

if TYPE_CHECKING:
    from linker.plan.entries import PlanChange


@click.command()
@click.argument("keys", nargs=-1, required=True)
@click.option("--to", "person", required=True, help="Person or institution; '' for nobody.")
@reviewer_option
@click.pass_obj
def assign(workspace: Location, keys: tuple[str, ...], person: str, reviewer: str) -> None:
    """Assign KEYS to a person or institution: records, themes (T-…) or clusters (CL-…).

    \b
    Examples:
      linker plan assign A/HRC/41/XVM#132.4 CL-1a2b --to "Ada Example" --reviewer "A. Officer"
      linker plan show --person "Ada Example" --overdue
    """
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        say_changes(linker.assign(keys, person, reviewer=reviewer))


@click.command()
@click.argument("record_ids", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="All that is filled in and not released.")
@click.option("--withdraw", is_flag=True, help="Take the release back.")
@reviewer_option
@click.pass_obj
def release(
    workspace: Location,
    record_ids: tuple[str, ...],
    everything: bool,
    withdraw: bool,
    reviewer: str,
) -> None:
    """Release status, result and evidence of RECORD_IDS: only then they count as public.

    A later change of one of them ends the release. `linker export … --released-only` and the
    portal leave out what is not released.

    \b
    Examples:
      linker plan release A/HRC/41/XVM#132.4 --reviewer "Head of unit"
      linker plan release --all --reviewer "Head of unit"
    """
    from linker.errors import Invalid
    from linker.workspace.workspace import Linker

    if bool(record_ids) == everything:
        raise Invalid("Name the records, or give --all; not both.")
    with Linker.open(workspace) as linker:
        if everything:
            record_ids = tuple(
                row.plan_id
                for state in linker.store.states()
                for row in linker.plan(state)
                if (row.entry.released if withdraw else row.entry.is_internal)
            )
        say_changes(linker.release(record_ids, not withdraw, reviewer=reviewer))


def say_changes(changes: Sequence[PlanChange]) -> None:
    """Print changes of the plan, or that there was none to make."""
    for change in changes:
        click.echo(f"{change.at}  {change.record_id}  {change.field}: {change.value or 'no more'}")
    if not changes:
        click.echo("Nothing changed: it stood so already, or there was nothing to change.")
