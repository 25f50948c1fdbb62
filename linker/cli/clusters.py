"""Commands about clusters: list, rename, merge, split, take out, move, undo, log."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from linker.cli.filters import refuse_absent, refuse_below, say_unbuilt, state_option
from linker.cli.links import state
from linker.cli.output import emit, listing
from linker.store.location import Location

LOG_COLUMNS = (
    "number", "at", "reviewer", "state", "edit", "what", "cluster_id", "status", "note",
)  # fmt: skip
reviewer = click.option("--reviewer", required=True, envvar="LINKER_REVIEWER", help="Who decides.")
note = click.option("--note", default="", help="Why.")


@click.group(invoke_without_command=True)
@state
@click.option("--members", is_flag=True, help="One row for each record of each cluster.")
@click.option(
    "--min-probability",
    type=click.FloatRange(0, 1),
    help="Show clusters at least as probable. Default: all of two records or more.",
)
@listing
@click.pass_context
def clusters(
    ctx: click.Context,
    state: str | None,
    members: bool,
    min_probability: float | None,
    format_name: str | None,
    output: Path | None,
) -> None:
    """List clusters: all asks of a State for the same measure, whoever asked and when.

    `probability` is the share of a cluster's records to expect to be right; of a record, that it
    asks the same as the others. Band `ask` says that a person should look, `asked_about` at how
    many of the records; `new` counts records that came after the decision. `linker decide`
    confirms or rejects a cluster; the commands below change it, and all of it can be undone.

    \b
    Examples:
      linker clusters --state Slovenia
      linker clusters --members --format csv --output clusters.csv
      linker decide CL-0123456789 confirm --reviewer "A. Officer"
    """
    if ctx.invoked_subcommand is not None:
        return
    from linker.review.cluster_results import CLUSTER_COLUMNS, MEMBER_COLUMNS
    from linker.workspace.workspace import Linker

    with Linker.open(ctx.obj) as linker:
        found = linker.clusters(refuse_absent(linker, state_option(state)))
        if not found:
            say_unbuilt(linker)
    if min_probability is not None:
        every, found = found, found.above(min_probability)
        refuse_below(every, found, min_probability)
    if members:
        emit(found.member_rows(), MEMBER_COLUMNS, format_name, output, MEMBER_COLUMNS[:-1])
        return
    shown = ("cluster_id", "title", "records", "cycles", "band", "decision")
    emit(found.to_rows(), CLUSTER_COLUMNS, format_name, output, shown)


@clusters.command()
@click.argument("cluster_id")
@click.option("--title", required=True, help="The new title.")
@reviewer
@note
@click.pass_obj
def rename(workspace: Location, /, cluster_id: str, **given: str) -> None:
    """Give CLUSTER_ID another title.

    \b
    Example:
      linker clusters rename CL-0123456789 --title "Ratify OP-CAT" --reviewer "A. Officer"
    """
    _do(workspace, "rename", cluster_id, **given)


@clusters.command()
@click.argument("cluster_id")
@click.argument("into")
@reviewer
@note
@click.pass_obj
def merge(workspace: Location, /, cluster_id: str, into: str, **given: str) -> None:
    """Put all records of CLUSTER_ID into the cluster INTO, which keeps its title.

    \b
    Example:
      linker clusters merge CL-0123456789 CL-9876543210 --reviewer "A. Officer"
    """
    _do(workspace, "merge", cluster_id, into, **given)


@clusters.command()
@click.argument("cluster_id")
@click.argument("records", nargs=-1, required=True)
@click.option("--title", default="", help="Of the new cluster; else what its first record asks.")
@reviewer
@note
@click.pass_obj
def split(workspace: Location, /, cluster_id: str, records: tuple[str, ...], **given: str) -> None:
    """Split RECORDS (their ids) off CLUSTER_ID into a new cluster.

    \b
    Example:
      linker clusters split CL-0123456789 REC-1 REC-2 --reviewer "A. Officer"
    """
    _do(workspace, "split", cluster_id, records, **given)


@clusters.command("take-out")
@click.argument("cluster_id")
@click.argument("records", nargs=-1, required=True)
@reviewer
@note
@click.pass_obj
def take_out(
    workspace: Location, /, cluster_id: str, records: tuple[str, ...], **given: str
) -> None:
    """Take RECORDS (their ids) out of CLUSTER_ID: each stands alone afterwards.

    \b
    Example:
      linker clusters take-out CL-0123456789 REC-1 --reviewer "A. Officer"
    """
    _do(workspace, "take_out", cluster_id, records, **given)


@clusters.command()
@click.argument("records", nargs=-1, required=True)
@click.option("--to", required=True, help="The cluster they belong to.")
@click.option("--from", "from_", default="", help="The cluster they stand in, if in several.")
@reviewer
@note
@click.pass_obj
def move(workspace: Location, /, records: tuple[str, ...], **given: str) -> None:
    """Move RECORDS (their ids) to another cluster.

    \b
    Example:
      linker clusters move REC-1 REC-2 --to CL-0123456789 --reviewer "A. Officer"
    """
    _do(workspace, "move", records, **given)


@clusters.command()
@click.argument("number", type=int, required=False)
@reviewer
@click.pass_obj
def undo(workspace: Location, number: int | None, reviewer: str) -> None:
    """Take an edit back: the one with this NUMBER, or your own last one.

    \b
    Example:
      linker clusters undo --reviewer "A. Officer"
    """
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        click.echo(f"Undone: {linker.clusters.undo(reviewer, number)}")


@clusters.command("log")
@state
@listing
@click.pass_obj
def log_(
    workspace: Location, state: str | None, format_name: str | None, output: Path | None
) -> None:
    """List every edit of clusters, oldest first, and what became of it.

    \b
    Example:
      linker clusters log
    """
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        found = linker.clusters.edits(refuse_absent(linker, state_option(state)))
    rows = [one.to_row() for one in found]
    shown = ("number", "at", "reviewer", "what", "status")
    emit(rows, LOG_COLUMNS, format_name, output, shown)


def _do(workspace: Location, verb: str, *what: Any, **given: Any) -> None:
    """Call a verb of ``linker.clusters`` and say what was done."""
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        done = getattr(linker.clusters, verb)(*what, **given)
    for edit in done if isinstance(done, list) else [done]:
        click.echo(f"{edit.seq}: {edit}")
