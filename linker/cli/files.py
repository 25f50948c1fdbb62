"""Commands about files and records: import, build, records, search."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from linker.cli.output import emit, listing

LABEL_COLUMNS = ("issues", "action", "action_probability")


def label_columns(labels: Any) -> dict[str, Any]:
    """Return the columns of predicted labels; empty cells for a record not built yet."""
    if labels is None:
        return dict.fromkeys(LABEL_COLUMNS, "")
    return {
        "issues": [f"{tag} ({chance:.2f})" for tag, chance in labels.issues],
        "action": labels.action,
        "action_probability": round(labels.action_probability, 2),
    }


def filters(command: Any) -> Any:
    """Add the filters of ``linker records`` to a command."""
    for option in (
        click.option("--state", help="State: ISO code or name."),
        click.option("--mechanism", help="UPR, TB, SP, REG or SUB."),
        click.option("--body", help="CEDAW, CRC, CAT, …"),
        click.option("--cycle", help="UPR cycle: 1, 2, 3, 4."),
        click.option("--year", type=int, help="Year of the document."),
        click.option("--position", help="supported, noted, partly supported or pending."),
        click.option("--theme", help="Part of a theme's name."),
        click.option("--group", help="Part of the name of a group of persons."),
        click.option("--sdg", help="Goal or target the source tagged: 5 or 5.3."),
        click.option(
            "--responsible",
            default="",
            help="Part of the name of who answers for it in the plan, or 'nobody yet'.",
        ),
    ):
        command = option(command)
    return command


def to_filter(options: dict[str, Any]) -> Any:
    """Return the Filter that the options describe."""
    from linker.records.filters import Filter

    if options.get("state"):
        options["state"] = state_option(options["state"])
    return Filter(**{key: value for key, value in options.items() if value})


def state_option(name: str | None) -> str | None:
    """Return the code of a State given by code or name.

    Raises:
        UsageError: no such State.
    """
    if not name:
        return None
    from linker.errors import NotFound
    from linker.vocabulary.states import state_code

    code = state_code(name)
    if code is None:
        raise NotFound(f"--state {name}: no such State. Give an ISO 3166 code or a UN name.")
    return code


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--state", help="The State, for files that do not say it.")
@click.pass_obj
def import_(workspace: Path, files: tuple[Path, ...], state: str | None) -> None:
    """Recognise FILES and read them into the workspace (made when missing).

    Reads UHRI exports (JSON, XLSX), UPR Info exports (CSV), OHCHR thematic lists (DOCX) and any
    CSV or XLSX table with a `text` column. What a row lacks is said with file, row, column, reason
    and remedy; the other rows go in. Exit code 0 when every file gave records, 3 when some rows or
    files were refused, 1 when nothing could be read.

    \b
    Examples:
      linker --workspace slovenia import thematic-list.docx compilation.csv
      linker import recommendations.csv --state Kenya
    """
    # Without the façade, which loads all that builds need and takes as long as reading a State.
    from linker.records.importers import Options
    from linker.store.store import Store
    from linker.workspace.adding import add_files

    options = Options(state=state_option(state) or "")
    with closing(Store(workspace.expanduser(), create=True)) as store:
        reports = add_files(store, files, options)
    for report in reports:
        click.echo(str(report))
    if not any(report.kept for report in reports):
        sys.exit(1)
    if any(report.refused for report in reports):
        sys.exit(3)


@click.command()
@click.option("--state", "states", multiple=True, help="Only this State; may stand several times.")
@click.option("--anew", is_flag=True, help="Also where nothing had changed, from nothing.")
@click.pass_obj
def build(workspace: Path, states: tuple[str, ...], anew: bool) -> None:
    """Make asks, embeddings, links and themes of what was imported.

    Only States whose records, reviewed links, vocabularies or models changed are made again. Safe
    to interrupt with Ctrl-C and to run again.

    \b
    Examples:
      linker --workspace slovenia build
      linker build --state Kenya --state NPL --anew
    """
    from linker.cli.progress import progress_bar
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker, progress_bar() as progress:
        codes = [code for name in states if (code := state_option(name))]
        report = linker.build(progress, codes or None, anew)
    for made in report.built:
        click.echo(str(made))
    if report.up_to_date:
        click.echo(f"Nothing had changed for: {', '.join(report.up_to_date)}.")
    if report.uncounted:
        click.echo(
            f"No background count for: {', '.join(report.uncounted)}. Each passes for as common as "
            "the median one; `linker vocabulary count` counts them in this workspace's texts."
        )
    if not report.built and not report.up_to_date:
        click.echo("No records yet. Import files first: linker import FILE...")


@click.command()
@filters
@click.option("--text", help="Words that must all stand in the text.")
@click.option("--labels", is_flag=True, help="Add the predicted issues and kind of action.")
@listing
@click.pass_obj
def records(
    workspace: Path,
    /,
    labels: bool,
    responsible: str,
    format_name: str | None,
    output: Path | None,
    **options: Any,
) -> None:
    """List records, filtered.

    With --labels (after a build): issues as predicted, each with its probability; action 1 ask for
    help, 2 continue, 3 consider, 4 general action, 5 specific action, with its probability.

    \b
    Examples:
      linker records --mechanism TB --theme torture
      linker records --cycle 3 --position noted --format csv --output noted.csv
      linker records --responsible "nobody yet"
      linker records --labels --output labelled.csv
    """
    from linker.records.record import TABLE_COLUMNS
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        found = linker.records(to_filter(options), responsible)
        predicted = linker.labels() if labels else {}
    rows = [record.to_dict() for record in found]
    if labels:
        rows = [{**row, **label_columns(predicted.get(row["id"]))} for row in rows]
    added = LABEL_COLUMNS if labels else ()
    shown = ("id", "body", "cycle", "year", "position", "text", *added)
    emit(rows, (*TABLE_COLUMNS, *added), format_name, output, shown)


@click.command()
@click.argument("text")
@filters
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
@listing
@click.pass_obj
def search(
    workspace: Path,
    /,
    text: str,
    limit: int,
    responsible: str,
    format_name: str | None,
    output: Path | None,
    **options: Any,
) -> None:
    """Find records that say TEXT, or mean it.

    \b
    Examples:
      linker search "minimum age of marriage"
      linker search "prison overcrowding" --mechanism UPR --limit 5
    """
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        found = linker.search(text, to_filter(options), limit, responsible)
    rows = [
        {
            "id": f.record.id,
            "meaning": round(f.meaning, 4),
            "words": round(f.words, 4),
            "body": f.record.body,
            "cycle": f.record.cycle,
            "position": f.record.position,
            "text": f.record.text,
        }
        for f in found
    ]
    columns = ("id", "meaning", "words", "body", "cycle", "position", "text")
    emit(rows, columns, format_name, output)
