"""Commands that carry what reviewers taught from one workspace to another."""

from __future__ import annotations

from pathlib import Path

import click

from linker.store.location import Location


@click.group()
def exemplars() -> None:
    """Carry what reviewers taught the SDG engine from one workspace to another.

    Every confirmed or rejected SDG target becomes an exemplar: near texts of the same State are
    linked more, or less, to that target at the next build. Merged exemplars reach all States.
    """


@exemplars.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def export_(workspace: Location, file: Path) -> None:
    """Write the exemplars of the workspace to FILE (CSV: text, target, accepted, source).

    \b
    Example:
      linker --workspace kenya exemplars export taught.csv
    """
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        written = linker.export_exemplars(file)
    click.echo(f"{file}: {written:,} exemplars")


@exemplars.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def merge(workspace: Location, file: Path) -> None:
    """Learn from the exemplars in FILE at the next build. Decisions taken here come first.

    \b
    Example:
      linker --workspace nepal exemplars merge taught.csv
      linker --workspace nepal build
    """
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        new, notes = linker.merge_exemplars(file)
    for note in notes.refusals:
        click.echo(str(note), err=True)
    click.echo(
        f"{file.name}: {notes.rows_read:,} rows read, {notes.kept:,} exemplars, {new:,} of them "
        f"new here, {notes.refused_count:,} rows refused. Run `linker build` to learn from them."
    )
