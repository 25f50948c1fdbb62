"""Commands about files and records: import, build, records, search."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING, Any

import click

from linker.cli.cluster import tls_options
from linker.cli.filters import filters, refuse_nothing, state_option, to_filter
from linker.cli.output import emit, listing
from linker.store.location import Folder, Location
from linker.workspace.cluster_address import Scheduler

if TYPE_CHECKING:
    from linker.workspace.build_report import BuildReport

MOVE_COLUMNS = (
    "state", "record_id", "target", "indicator", "before", "band_before", "after", "band",
    "decisions",
)  # fmt: skip
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


DRY_RUN_COLUMNS = (
    "state", "mechanism", "body", "symbol", "paragraph", "cycle", "text", "recommending_states",
    "position", "themes",
)  # fmt: skip


def import_options(every_note: bool, **said: Any) -> Any:
    """Return the options of an import from those of the command line.

    Raises:
        UsageError: no such State, mechanism, body or field.
    """
    from linker.errors import UsageError
    from linker.records.importers import Options
    from linker.vocabulary.bodies import body_code, mechanism_code
    from linker.vocabulary.headings import fields

    for name, known in (("mechanism", mechanism_code), ("body", body_code)):
        if said[name] and known(said[name]) is None:
            raise UsageError(f"--{name} {said[name]}: no such {name} is known.")
    columns = []
    for column in said["columns"]:
        field, equals, heading = column.partition("=")
        if not equals or field.strip() not in fields():
            known_fields = ", ".join(sorted(fields()))
            raise UsageError(f"--column {column}: write FIELD=HEADING; fields: {known_fields}.")
        columns.append((field.strip(), heading.strip()))
    return Options(
        state=state_option(said["state"]) or "",
        mechanism=said["mechanism"] or "",
        body=said["body"] or "",
        symbol=said["symbol"] or "",
        only=state_option(said["only"]) or "",
        columns=tuple(columns),
        sheets=tuple(said["sheets"]),
        every_note=every_note,
    )


def write_report(path: Path, reports: Sequence[Any]) -> None:
    """Write every note of an import as CSV: file, sheet, row, column, value, why, remedy."""
    rows = [note.to_row() for report in reports for note in report.notes]
    columns = ("file", "sheet", "row", "column", "value", "what", "kind", "why", "remedy")
    emit(rows, columns, "csv", path)


def _found(workspace: Location) -> frozenset[Path] | None:
    """Return what lies in the folder of a workspace before it is opened; None where none does."""
    if not isinstance(workspace, Folder) or not workspace.path.is_dir():
        return None
    return frozenset(workspace.path.iterdir())


def _leave_as_found(workspace: Location, before: frozenset[Path] | None) -> None:
    """Take away a workspace that was made a moment ago for files of which none was read.

    An empty one would be taken for work that was done. What lay in its folder stays.
    """
    if not isinstance(workspace, Folder):
        return
    if before is None:
        rmtree(workspace.path)
    elif workspace.database not in before:
        for made in set(workspace.path.iterdir()) - before:
            rmtree(made) if made.is_dir() else made.unlink()


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--state", help="The State, for files that do not say it.")
@click.option("--mechanism", help="UPR, TB, SP, …, for files that do not say it.")
@click.option("--body", help="CEDAW, CRC, …, for files that do not say it.")
@click.option("--symbol", help="The document symbol, for files that do not say it.")
@click.option("--only", help="Keep the records of this State alone, of an export of many.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=HEADING",
    help="Which column holds a field, such as text=Recomendación; may stand several times.",
)
@click.option("--sheet", "sheets", multiple=True, help="Read this sheet alone; may be given again.")
@click.option("--dry-run", is_flag=True, help="Show what would be read, and keep nothing.")
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help="List all that was refused, not understood or changed in this CSV file.",
)
@click.pass_obj
def import_(
    workspace: Location,
    /,
    files: tuple[Path, ...],
    dry_run: bool,
    report: Path | None,
    **said: Any,
) -> None:
    """Recognise FILES and read them into the workspace (made when missing).

    Reads UHRI exports (JSON, XLSX), UPR Info exports, OHCHR thematic lists (DOCX), packages of
    IMPACT OSS (a zip or a folder of its CSV tables) and tables with headings of your own (CSV,
    XLSX, DOCX, JSON). What a row lacks is said with file, row, column,
    reason and remedy; the other rows go in. Exit code 0 when all went in, 3 when some rows or
    files were refused or incomplete (no State, a value that was not understood), 1 when nothing
    could be read.

    \b
    Examples:
      linker --workspace slovenia import thematic-list.docx compilation.csv
      linker import recommendations.csv --state Kenya
      linker import matriz.xlsx --sheet "Treaty bodies" --column text=Recomendación --report r.csv
      linker import uhri.json --only Kenya --dry-run
    """
    # Without the façade, which loads all that builds need and takes as long as reading a State.
    from linker.cli.progress import read, reading
    from linker.store.store import Store
    from linker.workspace.adding import add_files, read_only

    options = import_options(report is not None, **said)
    if dry_run:
        looked_at = read_only(files, options)
        emit(
            [record.to_dict() for _, records in looked_at for record in records],
            DRY_RUN_COLUMNS, None, None, DRY_RUN_COLUMNS,
        )  # fmt: skip
        reports = [one for one, _ in looked_at]
    else:
        before = _found(workspace)
        with closing(Store(workspace, create=True)) as store:
            reports = add_files(store, files, options, reading)
        read()
        if not any(one.format for one in reports):
            _leave_as_found(workspace, before)
    for one in reports:
        click.echo(str(one), err=dry_run)
    if report is not None:
        write_report(report, reports)
    if not any(one.kept for one in reports):
        sys.exit(1)
    if any(one.refused or one.incomplete for one in reports):
        sys.exit(3)


@click.command()
@click.option("--state", "states", multiple=True, help="Only this State; may stand several times.")
@click.option("--anew", is_flag=True, help="Also where nothing had changed, from nothing.")
@click.option(
    "--processes",
    type=click.IntRange(1, 256),
    default=1,
    show_default=True,
    help="States built at once; each takes up to 1.5 GB of memory.",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Build on a Dask cluster instead: tls://HOST:PORT, or tcp://127.0.0.1:PORT for this "
    "machine; see docs/scale.md.",
)
@tls_options
@click.option(
    "--explain-changes",
    is_flag=True,
    help="List the SDG links that reviewers' decisions moved, and which decisions these were.",
)
@click.option(
    "--recalibration",
    type=click.Choice(["on", "off"]),
    help="Whether decisions on convergences move the pair scorer of their State a little; kept "
    "for the workspace. Default: on.",
)
@listing
@click.pass_obj
def build(
    workspace: Location,
    states: tuple[str, ...],
    anew: bool,
    processes: int,
    scheduler: str | None,
    tls_ca: Path | None,
    tls_cert: Path | None,
    tls_key: Path | None,
    explain_changes: bool,
    recalibration: str | None,
    format_name: str | None,
    output: Path | None,
) -> None:
    """Make asks, embeddings, links and themes of what was imported.

    Only States whose records, reviewed links, vocabularies or models changed are made again. Safe
    to interrupt with Ctrl-C and to run again.

    With --explain-changes the links that decisions moved at the last build of each State are
    listed: record, target, before, after and the decisions in reach of the record.

    \b
    Examples:
      linker --workspace slovenia build
      linker build --state Kenya --state NPL --anew
      linker build --processes 4
      linker build --scheduler tcp://127.0.0.1:8786
      linker build --explain-changes --output moved.csv
    """
    from linker.cli.progress import progress_bar
    from linker.workspace.workspace import Linker

    cluster = Scheduler(scheduler, tls_ca, tls_cert, tls_key) if scheduler else None
    with Linker.open(workspace) as linker, progress_bar() as progress:
        codes = [linker.only_state(code) for name in states if (code := state_option(name))]
        if recalibration:
            linker.recalibrate(recalibration == "on")
        report = linker.build(progress, codes or None, anew, processes, cluster)
        moved = linker.moved(codes or None) if explain_changes else {}
    _say(report, explain_changes)
    if explain_changes:
        rows = [{"state": state, **m.to_dict()} for state, found in moved.items() for m in found]
        emit(rows, MOVE_COLUMNS, format_name, output)


def _say(report: BuildReport, apart: bool) -> None:
    """Print what a build made, apart from a list that goes to the output."""
    for made in report.built:
        click.echo(str(made), err=apart)
    if report.up_to_date:
        click.echo(f"Nothing had changed for: {', '.join(report.up_to_date)}.", err=apart)
    if report.uncounted:
        click.echo(
            f"No background count for: {', '.join(report.uncounted)}. Each passes for as common as "
            "the median one; `linker vocabulary count` counts them in this workspace's texts.",
            err=apart,
        )
    if not report.built and not report.up_to_date:
        click.echo("No records yet. Import files first: linker import FILE...", err=apart)


@click.command()
@filters
@click.option("--text", help="Words that must all stand in the text.")
@click.option("--labels", is_flag=True, help="Add the predicted issues and kind of action.")
@listing
@click.pass_obj
def records(
    workspace: Location,
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
        where = to_filter(options)
        found = linker.records(where, responsible)
        if not found:
            refuse_nothing(linker, where, responsible)
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
    workspace: Location,
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
    from linker.workspace.asking import Asking

    with Asking.open(workspace) as linker:
        where = to_filter(options)
        found = linker.search(text, where, limit, responsible)
        if not found:
            refuse_nothing(linker, where, responsible)
    rows = [one.to_row() for one in found]
    columns = ("id", "meaning", "words", "body", "cycle", "position", "text")
    emit(rows, columns, format_name, output)
