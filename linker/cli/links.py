"""Commands about proposals: convergence, sdg, suggest, explain, decide, xray."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from linker.cli.filters import refuse_absent, refuse_below, say_unbuilt, state_option
from linker.cli.output import emit, listing
from linker.store.location import Location

CONVERGENCE_COLUMNS = (
    "link_id",
    "state",
    "left_id",
    "right_id",
    "relation",
    "reiteration",
    "probability",
    "probability_related",
    "band",
    "decision",
    "left",
    "right",
    "left_ask",
    "right_ask",
    "left_text",
    "right_text",
)
SDG_COLUMNS = (
    "link_id",
    "record_id",
    "target",
    "indicator",
    "role",
    "probability",
    "band",
    "decision",
    "title",
    "record",
    "ask",
    "text",
)
VERDICTS = ("confirm", "reject", "unsure", "undo")
SUGGEST_COLUMNS = ("target", "indicator", "role", "probability", "band", "title", "reasons")
XRAY_COLUMNS = ("umbrella", "theme_id", "theme", "record_id", "home", "strength", "weak", "text")

minimum = click.option(
    "--min-probability",
    type=click.FloatRange(0, 1),
    help="Show links at least as probable; 0 shows the hidden ones too. Default: by band.",
)
state = click.option("--state", help="State: ISO code or name.")


def keep_option(what: str) -> Callable[[Any], Any]:
    """Return the option that says what becomes of conflicts of a filled sheet or list."""
    return click.option(
        "--keep",
        type=click.Choice(["theirs", "ours"]),
        help=f"Of a conflict of a {what}: theirs takes the {what}, ours the workspace (as without "
        "it).",
    )


@click.command()
@state
@minimum
@listing
@click.pass_obj
def convergence(
    workspace: Location,
    state: str | None,
    min_probability: float | None,
    format_name: str | None,
    output: Path | None,
) -> None:
    """List proposed convergences: the same measure asked by several mechanisms or cycles.

    `probability` is that of the same measure, `probability_related` that of at least the same
    issue. The band says what to do: propose (nearly always right), ask (a person should look),
    hide (not shown unless --min-probability asks for it).

    \b
    Examples:
      linker convergence --state Slovenia
      linker convergence --min-probability 0 --format csv --output all.csv
    """
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        links = linker.convergences(refuse_absent(linker, state_option(state)))
        if not links:
            say_unbuilt(linker)
    chosen = links.shown() if min_probability is None else links.above(min_probability)
    refuse_below(links, chosen, min_probability)
    shown = ("link_id", "probability", "relation", "band", "left", "right", "decision")
    emit(chosen.to_rows(), CONVERGENCE_COLUMNS, format_name, output, shown)


@click.command()
@state
@minimum
@listing
@click.pass_obj
def sdg(
    workspace: Location,
    state: str | None,
    min_probability: float | None,
    format_name: str | None,
    output: Path | None,
) -> None:
    """List proposed SDG links: targets, and the indicators that can be reused to track a record.

    A row without an indicator is the link to the target itself. Role `direct`: the indicator
    measures what is asked; `proxy`: it tells something about the same problem.

    \b
    Examples:
      linker sdg --state Slovenia
      linker sdg --min-probability 0.5 --format json
    """
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        links = linker.sdg(refuse_absent(linker, state_option(state)))
        if not links:
            say_unbuilt(linker)
    chosen = links.shown() if min_probability is None else links.above(min_probability)
    refuse_below(links, chosen, min_probability)
    shown = ("link_id", "record", "target", "indicator", "role", "probability", "band", "title")
    emit(chosen.to_rows(), SDG_COLUMNS, format_name, output, shown)


@click.command()
@click.argument("text")
@minimum
@listing
def suggest(
    text: str, min_probability: float | None, format_name: str | None, output: Path | None
) -> None:
    """Suggest SDG targets and indicators for one TEXT, with the reasons. Needs no workspace.

    \b
    Example:
      linker suggest "End child, early and forced marriage and female genital mutilation"
    """
    from linker.workspace.suggesting import suggest as suggest_for

    suggestion = suggest_for(text)
    if suggestion.caution:
        click.echo(suggestion.caution, err=True)
    rows = suggestion.to_rows(min_probability)
    shown = ("target", "indicator", "role", "probability", "band", "title")
    emit(rows, SUGGEST_COLUMNS, format_name, output, shown)


@click.command()
@click.argument("link_id")
@click.pass_obj
def explain(workspace: Location, link_id: str) -> None:
    """Say why LINK_ID was proposed: both texts with the shared evidence marked, and the waterfall.

    \b
    Example:
      linker explain C-0123456789ab
    """
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        explanation = linker.explain(link_id)
    click.echo(explanation.to_text(colour=sys.stdout.isatty()))


@click.command()
@click.argument("link_id")
@click.argument(
    "verdict",
    required=False,
    type=click.Choice([*VERDICTS, "accept"]),
    metavar="|".join(VERDICTS),
)
@click.option("--reviewer", required=True, envvar="LINKER_REVIEWER", help="Who decides.")
@click.option("--note", default="", help="Why.")
@click.option("--settle", is_flag=True, help="It settles a disagreement between reviewers.")
@keep_option("sheet")
@click.pass_obj
def decide(
    workspace: Location,
    link_id: str,
    verdict: str | None,
    reviewer: str,
    note: str,
    settle: bool,
    keep: str | None,
) -> None:
    """Write a decision on LINK_ID to the log: confirm, reject, unsure or undo.

    LINK_ID may be the sheet of `linker export review`, filled in: its decisions are written, what
    others decided meanwhile is listed (exit code 3) and never overwritten.

    `undo` takes back your last one on it. A decision with --settle stands, whatever other
    reviewers say before or after it. `accept` is read as confirm.

    \b
    Example:
      linker decide C-0123456789ab confirm --reviewer "A. Officer"
      linker decide review.xlsx --reviewer "A. Officer"
    """
    from linker.errors import Invalid
    from linker.workspace.workspace import Linker

    if link_id.lower().endswith(".xlsx"):
        with Linker.open(workspace) as linker:
            found = linker.import_review(link_id, reviewer=reviewer, theirs=keep == "theirs")
        click.echo(str(found))
        sys.exit(3 if found.refused or (found.conflicts and keep != "ours") else 0)
    if verdict is None:
        raise Invalid(f"Say what of {link_id}: {', '.join(VERDICTS)}.")
    with Linker.open(workspace) as linker:
        decision = linker.decide(link_id, verdict, reviewer, note, settle)
    click.echo(f"{decision.at}  {decision.link_id}  {decision.verdict}  by {decision.reviewer}")


@click.command()
@state
@click.option(
    "--umbrellas",
    help="List of umbrellas, kept for the workspace: four, ohchr, groups, goals, or a CSV file "
    "with the columns umbrella and term.",
)
@click.option(
    "--themes",
    "wanted",
    metavar="N|auto",
    help="How many themes, kept for the State; `auto` lets the data decide again.",
)
@listing
@click.pass_obj
def xray(
    workspace: Location,
    state: str | None,
    umbrellas: str | None,
    wanted: str | None,
    format_name: str | None,
    output: Path | None,
) -> None:
    """List the State's x-ray: umbrellas, their themes and the records of each.

    On a terminal the themes are summed up; csv and json have one row for each record. What
    --umbrellas and --themes choose is kept: later builds and documents follow it.

    \b
    Examples:
      linker xray --state Slovenia
      linker xray --format csv --output xray.csv
      linker xray --umbrellas ohchr --themes 25
    """
    import sys

    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        if umbrellas is not None or wanted is not None:
            linker.arrange(umbrellas, themes_option(wanted), state_option(state))
        picture = linker.xray(state_option(state))
        texts = {record.id: record.text for record in linker.store.records(picture.state)}
    as_table = format_name == "table" or (
        format_name is None and output is None and sys.stdout.isatty()
    )
    if as_table:
        first = {theme.umbrella: theme.theme_id for theme in reversed(picture.themes)}
        summary = [
            {
                "umbrella": theme.umbrella if first[theme.umbrella] == theme.theme_id else "",
                "theme_id": theme.theme_id,
                "theme": theme.label,
                "records": len(theme.members),
                "for example": theme.description,
            }
            for theme in picture
        ]
        emit(summary, ("umbrella", "theme_id", "theme", "records", "for example"), "table", output)
        return
    rows = [{**row, "text": texts[row["record_id"]]} for row in picture.to_rows()]
    emit(rows, XRAY_COLUMNS, format_name, output)


def themes_option(wanted: str | None) -> int | None:
    """Return the number of themes asked for; 0 for ``auto``.

    Raises:
        UsageError: neither a number from 1 nor ``auto``.
    """
    if wanted is None:
        return None
    if wanted == "auto":
        return 0
    if not wanted.isdecimal() or int(wanted) < 1:
        from linker.errors import Invalid

        raise Invalid(f"--themes {wanted}: give a number from 1, or `auto`.")
    return int(wanted)
