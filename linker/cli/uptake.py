"""Commands about asks elsewhere: uptake (were we heard?), similar (precedents) and draft."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from linker.cli.filters import filters, state_option, to_filter
from linker.cli.links import minimum, state
from linker.cli.output import emit, listing
from linker.store.location import Location


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@state
@click.option("--cycle", default="", help="UPR cycle of the review it was made for.")
@minimum
@listing
@click.pass_obj
def uptake(
    workspace: Location,
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
    record of the State: recommendations of the review that the submission was made for (the one a
    summary or table names, else the newest here, or --cycle) and of later ones; what treaty bodies,
    special procedures and regional bodies ask; and recommendations of earlier reviews, which cannot
    be an answer: their relation is `earlier`, their probability 0, and `same_measure` says how near
    they are. `--min-probability 0` lists every ask with every record, most probable first.

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


@click.command()
@click.argument("what", metavar="RECORD|TEXT")
@filters
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
@minimum
@listing
@click.pass_obj
def similar(
    workspace: Location,
    /,
    what: str,
    limit: int,
    responsible: str,
    min_probability: float | None,
    format_name: str | None,
    output: Path | None,
    **options: Any,
) -> None:
    """Find who was asked the same: RECORD (its id) or TEXT in the other States of the workspace.

    The surest come first, and of equally sure ones the most specific: `wording` says what an ask
    names (a specific action, an instrument, who it is for, how much or by when). `recommended_by`
    is who asked, `position` what the State said, `plan_indicators` by what its plan measures it.
    A record's own State is left out unless --state names it.

    \b
    Examples:
      linker similar "Criminalize marital rape" --position supported
      linker similar A/HRC/58/XVM#127.41 --format csv --output precedents.csv
    """
    from linker.uptake.precedents import COLUMNS
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        found = linker.similar(what, to_filter(options), limit, responsible)
    chosen = found.shown() if min_probability is None else found.above(min_probability)
    shown = ("probability", "state", "record", "position", "wording", "ask")
    emit(chosen.to_rows(), COLUMNS, format_name, output, shown)


@click.command()
@click.argument("text", default="")
@state
@click.option("--limit", type=click.IntRange(1), help="At most how many records of each kind.")
@listing
@click.pass_obj
def draft(
    workspace: Location,
    text: str,
    state: str | None,
    limit: int | None,
    format_name: str | None,
    output: Path | None,
) -> None:
    """Draft a recommendation for a State: what is open, or what there is to know of TEXT.

    Without TEXT: the measures asked of the State that its plan does not report as fully
    implemented, each with its most specific wording so far and the position on it. With TEXT: what
    would make it easier to act on and to check, who asked the same of the State before, what other
    States of the workspace supported in like words, and SDG targets and indicators.

    \b
    Examples:
      linker draft --state Kenya
      linker draft "Criminalize marital rape by 2027" --state Kenya
    """
    from linker.uptake.drafting import COLUMNS, OPENING_COLUMNS
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        if text:
            found = linker.draft(text, state_option(state), *([limit] if limit else []))
            emit(
                found.to_rows(),
                COLUMNS,
                format_name,
                output,
                ("kind", "text", "record", "position"),
            )
            return
        openings = linker.draft.openings(state_option(state))[:limit]
    rows = [one.to_row() for one in openings]
    shown = ("title", "asked_by", "positions", "status", "previous")
    emit(rows, OPENING_COLUMNS, format_name, output, shown)
