"""The command about reviewers: agreement."""

from __future__ import annotations

from pathlib import Path

import click

from linker.cli.output import emit, listing
from linker.store.location import Location

COLUMNS = (
    "kind",
    "first",
    "second",
    "both",
    "agreed",
    "share",
    "kappa",
    "degree",
    "confirm_confirm",
    "confirm_reject",
    "confirm_unsure",
    "reject_confirm",
    "reject_reject",
    "reject_unsure",
    "unsure_confirm",
    "unsure_reject",
    "unsure_unsure",
)
LISTED = ("link_id", "kind", "said", "notes", "settled", "settled_by")


@click.command()
@click.option("--disagreements", is_flag=True, help="List the links of which they said otherwise.")
@listing
@click.pass_obj
def agreement(
    workspace: Location, disagreements: bool, format_name: str | None, output: Path | None
) -> None:
    """Say how far reviewers agree who judged the same links.

    `kappa` is Cohen's kappa: 1 where they always agree, 0 where no more than by chance; empty
    where both said one and the same of every link. `confirm_reject` counts what the first confirmed
    and the second rejected. A disagreement is settled in the application, or by `decide` with
    --settle; that decision stands, whatever is said before or after it.

    \b
    Examples:
      linker agreement
      linker agreement --disagreements --format csv --output disagreements.csv
      linker decide C-0123456789ab confirm --settle --reviewer "The lead"
    """
    from linker.review.agreement import agreements
    from linker.review.agreement import disagreements as found_in
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        log = linker.store.decisions()
    if disagreements:
        emit([one.to_row() for one in found_in(log)], LISTED, format_name, output)
        return
    shown = ("kind", "first", "second", "both", "agreed", "share", "kappa", "degree")
    emit([one.to_row() for one in agreements(log)], COLUMNS, format_name, output, shown)
