"""Commands about the implementation plan: show, set, import, measures, log."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from linker.cli.filters import state_option
from linker.cli.output import emit, listing
from linker.store.location import Location

PLAN_COLUMNS = (
    "id",
    "umbrella",
    "theme",
    "reference",
    "recommendation",
    "recommended_by",
    "position",
    "linked_targets",
    "linked_indicators",
    "indicators",
    "responsible",
    "person",
    "partners",
    "actions",
    "strategy",
    "baseline",
    "deadline",
    "budget",
    "status",
    "law",
    "policy",
    "practice",
    "measure",
    "released",
    "comments",
    "own",
    "smart",
)
SHOWN = ("id", "theme", "recommendation", "responsible", "person", "deadline", "status",
         "released", "smart")  # fmt: skip
LOG_COLUMNS = ("seq", "at", "reviewer", "record_id", "field", "value")
CONFLICT_COLUMNS = (
    "file",
    "place",
    "record_id",
    "field",
    "when_written",
    "in_the_file",
    "in_the_workspace",
    "changed_by",
    "changed_at",
)
FIELDS = (
    ("responsible", "Body that answers for it."),
    ("person", "Who works on it: people or institutions, parted by a semicolon."),
    ("partners", "Who helps."),
    ("actions", "Expected action: what will be done."),
    ("strategy", "How a coalition acts for it: advocacy, a case in court, a campaign."),
    ("result", "What was done, and what came of it."),
    ("evidence", "Where the result can be checked."),
    ("indicators", "SDG indicators by code, or indicators in words, one a line."),
    ("baseline", "Value and year of the indicator at the start."),
    ("target", "Value and year it is to reach."),
    ("current", "Value and year as last measured."),
    ("verification", "Means of verification: where the values come from."),
    ("deadline", "2027-12-31, 2027-12 or 2027."),
    ("budget", "Budget line."),
    ("status", "not started, in progress, partly implemented or fully implemented."),
    ("law", "Status in law; as above, or not needed."),
    ("policy", "Status in policy, likewise."),
    ("practice", "Status in practice, likewise."),
    ("measure", "Ids of measures of the national plan, parted by a semicolon."),
    ("comment", "A comment; comments add up, nobody's is overwritten."),
)


def filled_in(command: Any) -> Any:
    """Add an option for each field of the plan to a command."""
    for name, what in reversed(FIELDS):
        command = click.option(f"--{name}", help=what)(command)
    return command


def reviewer_option(command: Any) -> Any:
    """Add ``--reviewer``, as ``linker decide`` has it."""
    text = "In whose name."
    return click.option("--reviewer", required=True, envvar="LINKER_REVIEWER", help=text)(command)


@click.group()
def plan() -> None:
    """Fill in the implementation plan, read it back, see who changed what.

    \b
    The way of a plan:
      linker export plan --output plan.xlsx         people fill it in, offline
      linker plan import plan.xlsx --reviewer NAME  their edits come back, conflicts are listed
      linker plan show                              what stands
      linker export midterm --output report.docx    how each recommendation stands
    """


@plan.command()
@click.option("--state", help="State: ISO code or name.")
@click.option("--status", help="Only rows of this status; 'none' for those without one.")
@click.option("--person", help="Only rows assigned to this person or institution.")
@click.option("--overdue", is_flag=True, help="Only rows whose deadline has passed.")
@listing
@click.pass_obj
def show(
    workspace: Location,
    state: str | None,
    status: str | None,
    person: str | None,
    overdue: bool,
    format_name: str | None,
    output: Path | None,
) -> None:
    """List the plan: one row a recommendation, with what was filled in.

    \b
    Examples:
      linker plan show
      linker plan show --status "not started" --format csv --output open.csv
      linker plan show --person "Ada Example" --overdue

    \b
    The column released says whether an administrator released status, result and evidence as they
    stand; before that they are not public.
    """
    from linker.errors import NotFound
    from linker.vocabulary.nearest import none_such
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        plan_rows = linker.shared_out(state_option(state), person or "", overdue)
    rows = [row.to_row() for row in plan_rows]
    if status is not None:
        wanted = "" if status == "none" else _status(status)
        chosen = [row for row in rows if row["status"] == wanted]
        if rows and not chosen:
            raise NotFound(none_such("status", status, (row["status"] or "none" for row in rows)))
        rows = chosen
    emit(rows, PLAN_COLUMNS, format_name, output, SHOWN)


@plan.command("set")
@click.argument("record_id")
@filled_in
@reviewer_option
@click.pass_obj
def set_(workspace: Location, /, record_id: str, reviewer: str, **fields: str | None) -> None:
    """Fill in fields for RECORD_ID; the id of a theme (T-…) fills them in for all its records.

    \b
    Example:
      linker plan set A/HRC/41/XVM#132.4 --responsible "Ministry of Justice" \\
        --deadline 2027-12 --status "in progress" --reviewer "A. Officer"
    """
    from linker.errors import Invalid
    from linker.workspace.workspace import Linker

    given = {name: value for name, value in fields.items() if value is not None}
    if not given:
        raise Invalid("Nothing to fill in. Give a field, such as --status 'in progress'.")
    with Linker.open(workspace) as linker:
        written = linker.set_plan(record_id, reviewer=reviewer, **given)
    for change in written:
        click.echo(f"{change.at}  {change.record_id}  {change.field}: {change.value or 'empty'}")
    if not written:
        click.echo("Nothing changed: the plan said so already.")


@plan.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@reviewer_option
@click.option(
    "--keep",
    type=click.Choice(["theirs", "ours"]),
    help="Of a conflict: theirs takes the file, ours the workspace. Without it the workspace "
    "stays and the conflicts are listed.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@listing
@click.pass_obj
def import_(
    workspace: Location,
    file: Path,
    reviewer: str,
    keep: str | None,
    dry_run: bool,
    format_name: str | None,
    output: Path | None,
) -> None:
    """Read a filled-in plan back. What was changed on both sides is listed, never overwritten.

    FILE is the XLSX of `linker export plan`; a folder of workbooks that came back from `linker
    export packs`, which are read in the order of their names, and where two bodies say different
    things of one row, the second is listed as a conflict; or a matrix of `linker export matrix`
    (DOCX, XLSX) whose Responsible body, Timeline or Status were filled in: there an empty cell
    says nothing, and a text of the UN that was changed is shown as a change to decide; or a
    package of IMPACT OSS, a zip or a folder of its tables: its actions, institutions, indicators
    and progress reports, and the measures of its national plan, which join those here. Exit code
    0 when everything came in, 3 when values or files were refused or conflicts are open. With
    --format or --output the open conflicts are listed as a table, csv or json.

    \b
    Examples:
      linker plan import plan.xlsx --reviewer "Coalition for Rights"
      linker plan import plan.xlsx --reviewer "Ministry" --keep theirs
      linker plan import returned --reviewer "A. Officer"
    """
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        found = linker.import_plans(file, reviewer=reviewer, keep=keep or "", dry_run=dry_run)
    if format_name or output:
        rows = [
            {"file": report.name, **difference.to_row()}
            for report in found.reports
            for difference in report.open
        ]
        emit(rows, CONFLICT_COLUMNS, format_name, output)
    else:
        click.echo(str(found))
    if found.refused or (found.open and keep != "ours"):
        sys.exit(3)


@plan.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@listing
@click.pass_obj
def measures(
    workspace: Location, file: Path | None, format_name: str | None, output: Path | None
) -> None:
    """List the measures of the national plan, or read them from FILE first.

    FILE is CSV or XLSX with the columns id, title and perhaps responsible and deadline; it
    replaces the list before. Rows of the plan are linked with `linker plan set … --measure ID`
    or in the spreadsheet, where the ids are a drop-down.

    \b
    Example:
      linker plan measures national-action-plan.csv
    """
    from linker.store.plan_log import measures as listed
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        found = linker.import_measures(file) if file else listed(linker.store)
    rows = [
        {"id": m.id, "title": m.title, "responsible": m.responsible, "deadline": m.deadline}
        for m in found
    ]
    emit(rows, ("id", "title", "responsible", "deadline"), format_name, output)


@plan.command()
@click.argument("record_id", required=False)
@listing
@click.pass_obj
def log(
    workspace: Location, record_id: str | None, format_name: str | None, output: Path | None
) -> None:
    """List who changed what, and when: all changes, or those of RECORD_ID.

    \b
    Example:
      linker plan log --format csv --output changes.csv
    """
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        changes = linker.plan_log(record_id)
        if record_id and not changes:
            linker.store.known_record(record_id)
    rows = [{name: getattr(change, name) for name in LOG_COLUMNS} for change in changes]
    emit(rows, LOG_COLUMNS, format_name, output)


def _status(name: str) -> str:
    from linker.plan.entries import checked_value

    return checked_value("status", name)
