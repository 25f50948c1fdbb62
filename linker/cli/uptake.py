"""The command uptake: were we heard?"""

from __future__ import annotations

from pathlib import Path

import click

from linker.cli.files import state_option
from linker.cli.links import minimum, state
from linker.cli.output import emit, listing


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@state
@click.option("--cycle", default="", help="UPR cycle of the review it was made for.")
@minimum
@listing
@click.pass_obj
def uptake(
    workspace: Path,
    file: Path,
    state: str | None,
    cycle: str,
    min_probability: float | None,
    format_name: str | None,
    output: Path | None,
) -> None:
    """Were we heard? Say which asks of a submission came back as recommendations.

    FILE is a submission (DOCX, PDF, text, Markdown), a summary of stakeholders' submissions, or a
    table with the columns id and text. It is read and not imported. Each ask is compared with every
    record of the State: recommendations of the review that the submission was made for (the one it
    names, else the newest here, or --cycle) and of later ones; what treaty bodies, special
    procedures and regional bodies ask; and recommendations of earlier reviews, which cannot be an
    answer: their relation is `earlier`, their probability 0, and `same_measure` says how near they
    are. `--min-probability 0` lists every ask with every record, most probable first.

    `outcome`: came back; came back weaker ("criminalize" has become "continue efforts"); perhaps
    came back; same issue only; raised elsewhere; not found (in the files imported).

    \b
    Examples:
      linker uptake submission.docx
      linker uptake submission.pdf --state Kenya --output were-we-heard.docx
      linker uptake asks.csv --min-probability 0 --format csv --output all.csv
    """
    from linker.uptake.results import COLUMNS
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        found = linker.uptake(file, state_option(state), cycle)
        if output is not None and output.suffix.lower() in (".docx", ".xlsx") and not format_name:
            linker.uptake.write(found, output)
            click.echo(f"Written: {output}", err=True)
            return
    for note in found.notes:
        click.echo(note, err=True)
    chosen = found if min_probability is None else found.above(min_probability)
    rows = chosen.to_rows(every=min_probability is not None)
    shown = ("item", "outcome", "probability", "record", "position", "record_ask")
    emit(rows, COLUMNS, format_name, output, shown)
