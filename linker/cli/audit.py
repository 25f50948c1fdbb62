"""The command that says what not to trust: audit."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from linker.cli.filters import state_option
from linker.cli.output import emit, listing, print_text
from linker.store.location import Location

COLUMNS = (
    "kind",
    "severity",
    "finding",
    "count",
    "total",
    "of",
    "share",
    "meaning",
    "remedy",
    "examples",
    "record_ids",
)


@click.command()
@click.option("--state", help="State: ISO code or name. Default: all records.")
@listing
@click.pass_obj
def audit(
    workspace: Location, state: str | None, format_name: str | None, output: Path | None
) -> None:
    """Say what not to trust in the labels and texts that were imported.

    Looks for tags on an implausible share of a year or document, tags that the text does not bear
    out, missing positions, records that stand there twice, texts that look cut, dates, sessions
    and symbols that disagree, texts in another language and records that ask for nothing. Nothing
    is changed; the file to correct is yours.

    On a terminal it prints a report with counts and examples; csv and json have one row for each
    finding, with the ids of all records concerned (those of one record twice joined by " = ").

    \b
    Examples:
      linker audit
      linker --workspace slovenia audit --state Slovenia
      linker audit --format json --output audit.json
    """
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        found = linker.audit(state_option(state))
    as_table = format_name == "table" or (
        format_name is None and output is None and sys.stdout.isatty()
    )
    if as_table:
        print_text(str(found), output)
        return
    rows = found.to_rows()
    if format_name == "csv" or (format_name is None and not _is_json(output)):
        rows = [{**row, "examples": [e["record_id"] for e in row["examples"]]} for row in rows]
    emit(rows, COLUMNS, format_name, output)


def _is_json(output: Path | None) -> bool:
    return output is not None and output.suffix.lower() == ".json"
