"""Commands about the national plan's actions: which answer a recommendation; plan align, decide."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from linker.cli.filters import state_option
from linker.cli.links import keep_option, minimum
from linker.cli.output import emit, listing
from linker.cli.plan import reviewer_option
from linker.cli.plan_sharing import say_changes
from linker.plan.action_verdicts import VERDICTS, WORDS
from linker.store.location import Location


@click.command()
@click.option("--state", help="State: ISO code or name.")
@click.option("--unanswered", is_flag=True, help="List instead the records without any action.")
@minimum
@listing
@click.pass_obj
def align(
    workspace: Location,
    state: str | None,
    unanswered: bool,
    min_probability: float | None,
    format_name: str | None,
    output: Path | None,
) -> None:
    """List the actions of the national plan with the records that they may answer.

    The actions are those that `linker plan measures FILE` read. `probability` is that of the same
    measure, as between recommendations of two reviews. `standing` says what a person decided:
    confirm, and the implementation plan and the matrix name the action beside the record, or
    reject; empty is a proposal, which no document states as a fact. `decision` is empty, to be
    filled in and read back by `linker plan decide FILE`. Rejected ones are listed with
    --min-probability 0. An action without a record stands in a row of its own.

    \b
    Examples:
      linker plan align --state Kenya --output alignment.xlsx
      linker plan align --unanswered --format csv
    """
    from linker.uptake.alignment import COLUMNS
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        found = linker.align(state_option(state))
    chosen = found.shown() if min_probability is None else found.above(min_probability)
    if unanswered:
        columns = ("id", "mechanism", "body", "cycle", "position", "text")
        emit([r.to_dict() for r in chosen.unanswered], columns, format_name, output)
        return
    shown = ("action", "title", "probability", "standing", "record", "ask")
    emit(chosen.to_rows(), COLUMNS, format_name, output, shown)


@click.command()
@click.argument("action")
@click.argument("record_id", required=False)
@click.argument("verdict", required=False, type=click.Choice(list(WORDS)),
                metavar="|".join(VERDICTS))  # fmt: skip
@reviewer_option
@keep_option("list")
@click.pass_obj
def decide(
    workspace: Location,
    action: str,
    record_id: str | None,
    verdict: str | None,
    reviewer: str,
    keep: str | None,
) -> None:
    """Say whether ACTION of the national plan carries out RECORD_ID: confirm, reject or undo.

    What is confirmed stands in the plan and the matrix beside the record; `undo` makes it a
    proposal again. `accept` is read as confirm. ACTION alone may be the list of `linker plan
    align --output FILE`, its column `decision` filled in: what others said meanwhile is listed
    (exit code 3) and never overwritten.

    \b
    Examples:
      linker plan decide 1.2 A/HRC/58/XVM#127.41 confirm --reviewer "A. Officer"
      linker plan decide alignment.xlsx --reviewer "A. Officer"
    """
    from linker.errors import Invalid
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        if record_id is None:
            found = linker.import_verdicts(action, reviewer=reviewer, theirs=keep == "theirs")
            click.echo(str(found))
            if found.refused or (found.conflicts and keep != "ours"):
                sys.exit(3)
            return
        if verdict is None:
            raise Invalid(f"Say what you decide: {', '.join(VERDICTS)}.")
        say_changes(linker.judge_action(action, record_id, verdict, reviewer=reviewer))
