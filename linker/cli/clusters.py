"""The command about clusters: clusters."""

from __future__ import annotations

from pathlib import Path

import click

from linker.cli.files import state_option
from linker.cli.links import state
from linker.cli.output import emit, listing


@click.command()
@state
@click.option("--members", is_flag=True, help="One row for each record of each cluster.")
@click.option(
    "--min-probability",
    type=click.FloatRange(0, 1),
    help="Show clusters at least as probable. Default: all of two records or more.",
)
@listing
@click.pass_obj
def clusters(
    workspace: Path,
    state: str | None,
    members: bool,
    min_probability: float | None,
    format_name: str | None,
    output: Path | None,
) -> None:
    """List clusters: all asks of a State for the same measure, whoever asked and when.

    `probability` is the share of a cluster's records to expect to be right; of a record, that it
    asks the same as the others. Band `ask` says that a person should look, `asked_about` at how
    many of the records; `new` counts records that came after the decision.

    \b
    Examples:
      linker clusters --state Slovenia
      linker clusters --members --format csv --output clusters.csv
    """
    from linker.review.cluster_results import CLUSTER_COLUMNS, MEMBER_COLUMNS
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        found = linker.clusters(state_option(state))
    if min_probability is not None:
        found = found.above(min_probability)
    if members:
        emit(found.member_rows(), MEMBER_COLUMNS, format_name, output, MEMBER_COLUMNS[:-1])
        return
    shown = ("cluster_id", "title", "records", "cycles", "band", "decision")
    emit(found.to_rows(), CLUSTER_COLUMNS, format_name, output, shown)
