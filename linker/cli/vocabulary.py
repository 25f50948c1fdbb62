"""Command about the vocabularies: how common are the entries that somebody added."""

from __future__ import annotations

from pathlib import Path

import click

from linker.cli.output import emit, listing
from linker.store.location import Location


@click.group()
def vocabulary() -> None:
    """Keep the vocabularies of data/vocabularies, which anybody may correct."""


@vocabulary.command("count")
@listing
@click.pass_obj
def count_(workspace: Location, format_name: str | None, output: Path | None) -> None:
    """Count concepts and measures that were added to the vocabularies, in this workspace's texts.

    How much a concept weighs depends on how rare it is. Those that ship were counted in 55,711
    recommendations; what was added since passes for as common as the median one until it is
    counted here. The counts go to data/vocabularies/counts.csv, in place of earlier ones; build
    again to use them.

    \b
    Example:
      linker --workspace kenya vocabulary count
    """
    from linker.reading.own_counts import COLUMNS, count, write
    from linker.vocabulary.shipped_counts import shipped
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        found = count((record.text for record in linker.records()), shipped())
    write(found)
    emit(
        [{name: getattr(one, name) for name in COLUMNS} for one in found],
        COLUMNS,
        format_name,
        output,
    )
