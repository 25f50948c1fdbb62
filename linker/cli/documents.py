"""Commands about documents: export, archive, unarchive."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from linker.cli.filters import state_option
from linker.cli.workspace_option import WORKSPACE_TYPE
from linker.documents.kinds import COLUMNS, FOLDER, KINDS, ROWS_OF_A_MATRIX, WHAT, formats_of
from linker.i18n.language import LANGUAGES
from linker.records.record import POSITIONS
from linker.store.location import Location

_HELP = """Write a document of KIND: what people take away.

\b
{kinds}

Plugins may add kinds: `linker info` lists them.

Every kind with docx, pptx or xlsx is written as pdf too, where LibreOffice is installed.

Proposals are always marked as proposals, decisions carry their date, and nobody is named unless
you ask for it. The same workspace gives the same file, byte for byte.

\b
Examples:
  linker export matrix --output matrix.docx
  linker export matrix --cycle 4 --confirmed-only --columns position,targets,status -o m.docx
  linker export matrix --by cluster --cycle 4 --output measures.docx
  linker export matrix --position supported --output supported.docx
  linker export factsheet --theme "Right to education" --output education.docx
  linker export midterm --output midterm.docx
  linker export followup --body CEDAW --output follow-up.docx
  linker export packs ministries
  linker export impactoss package.zip
  linker export site portal --state Kenya
  linker export site portal.zip --since published-in-may/changes.json
  linker export annex --template ours.docx --output annex.docx
  linker export matrix --language es --output matriz.docx
"""


def _example(kind: str) -> str:
    suffix = formats_of(kind)[0]
    return kind if suffix == FOLDER else f"{kind}.{suffix}"


class _Kind(click.Choice[str]):
    """One of the kinds that ship; plugins are looked for only where it is none of them."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from linker.documents.kinds import added_kinds

        if value not in KINDS and value in added_kinds():
            return str(value)
        return super().convert(value, param, ctx)


def _kinds() -> str:
    return "\n".join(f"{kind:<10} {', '.join(KINDS[kind]):<29}{WHAT[kind]}" for kind in KINDS)


@click.command(help=_HELP.format(kinds=_kinds()))
@click.argument("kind", type=_Kind(tuple(KINDS)))
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    help="File to write, instead of FILE; its suffix says the format.",
)
@click.option(
    "--state", "states", multiple=True, help="State: ISO code or name; several for a site."
)
@click.option(
    "--theme",
    "themes",
    multiple=True,
    help="Theme: its id or label; may be given again, for an annex of several. 'all' writes a "
    "factsheet for each.",
)
@click.option(
    "--confirmed-only",
    "--accepted-only",
    "confirmed_only",
    is_flag=True,
    help="Leave out links that nobody has confirmed yet.",
)
@click.option(
    "--position",
    multiple=True,
    help=f"Position of the State: {', '.join(POSITIONS)}; may be given again.",
)
@click.option(
    "--responsible", multiple=True, help="Body that answers in the plan; may be given again."
)
@click.option("--cluster", help="Only records of this cluster: its id.")
@click.option(
    "--by",
    type=click.Choice(ROWS_OF_A_MATRIX),
    default=ROWS_OF_A_MATRIX[0],
    show_default=True,
    help="A row of the matrix: a recommendation, or a measure with all that ask for it.",
)
@click.option(
    "--language",
    type=click.Choice(tuple(LANGUAGES)),
    default="en",
    show_default=True,
    help="Language of headings, marks, dates and official names; records stay in their own. "
    "Spanish and French are whole, ar, pt, ru and zh have headings and official names.",
)
@click.option("--tags", is_flag=True, help="Records: one 0/1 column a theme, group and goal too.")
@click.option(
    "--template",
    type=click.Path(path_type=Path),
    help="Word document of your organisation: its cover, styles, header and footer are kept. "
    "For a site: folder of templates that stand for those in data/portal.",
)
@click.option(
    "--proposals", is_flag=True, help="Site: show proposals too, marked; without it none is shown."
)
@click.option(
    "--since",
    type=click.Path(path_type=Path),
    help="Site: folder or changes.json of an earlier publication, to say what changed since; "
    "usually that in the folder itself.",
)
@click.option(
    "--replace", is_flag=True, help="Site: delete a folder that is no earlier portal of the State."
)
@click.option("--with-names", is_flag=True, help="Name reviewers and commenters: internal use.")
@click.option(
    "--released-only",
    is_flag=True,
    help="Leave out status, result and evidence that no administrator released: for publication.",
)
@click.option("--cycle", multiple=True, help="UPR cycle that gets rows; may be given again.")
@click.option("--mechanism", multiple=True, help="UPR, TB, SP, REG or SUB; may be given again.")
@click.option("--body", multiple=True, help="Body, such as CEDAW or IACHR; may be given again.")
@click.option(
    "--columns",
    help=f"Columns of the matrix beside the recommendation, by commas: {', '.join(COLUMNS)}.",
)
@click.pass_obj
def export(
    workspace: Location,
    kind: str,
    file: Path | None,
    output: Path | None,
    states: tuple[str, ...],
    themes: tuple[str, ...],
    confirmed_only: bool,
    position: tuple[str, ...],
    responsible: tuple[str, ...],
    cluster: str | None,
    by: str,
    language: str,
    tags: bool,
    template: Path | None,
    proposals: bool,
    since: Path | None,
    replace: bool,
    with_names: bool,
    released_only: bool,
    cycle: tuple[str, ...],
    mechanism: tuple[str, ...],
    body: tuple[str, ...],
    columns: str | None,
) -> None:
    """Write a document."""
    from linker.errors import Invalid
    from linker.workspace.workspace import Linker

    path = output or file
    if path is None or (output and file):
        raise Invalid(f"Name one file to write, such as: linker export {kind} {_example(kind)}")
    named = [name.strip() for name in (columns or "").split(",")]
    codes = [code for state in states if (code := state_option(state))]
    options: dict[str, Any] = {
        "theme": themes[0] if len(themes) == 1 else None,
        "themes": themes if len(themes) > 1 else (),
        "positions": tuple(name.lower() for name in position),
        "responsible": responsible,
        "cluster": cluster or "",
        "template": str(template or ""),
        "with_names": with_names,
        "cycles": cycle,
        "mechanisms": tuple(name.upper() for name in mechanism),
        "bodies": tuple(name.upper() for name in body),
    }
    if kind == "factsheet" and len(themes) > 1:
        raise Invalid("A factsheet is of one theme: give --theme once, or --theme all for each.")
    with Linker.open(workspace) as linker:
        if kind == "site":
            _refuse_for_a_site(language != "en" or by != ROWS_OF_A_MATRIX[0] or tags or columns)
            options |= {"proposals": proposals, "since": since, "replace": replace}
            written = linker.documents.publish(path, codes, **options)
        else:
            _refuse_of_a_site(proposals or since or replace or len(codes) > 1)
            options["language"] = language
            written = linker.export(
                kind,
                path,
                codes[0] if codes else None,
                confirmed_only=confirmed_only,
                released_only=released_only,
                by=by,
                tags=tags,
                columns=tuple(name for name in COLUMNS if name in named)
                + tuple(name for name in named if name and name not in COLUMNS),
                **options,
            )
    for path in written:
        click.echo(f"{path}")


def _refuse_for_a_site(given: object) -> None:
    """Refuse options that change nothing of a portal."""
    if given:
        from linker.errors import Invalid

        raise Invalid(
            "--language, --by, --tags and --columns change nothing of a portal: leave them out. "
            "Its pages are in English; --template FOLDER takes templates that you translated."
        )


def _refuse_of_a_site(given: object) -> None:
    """Refuse options that only a portal has."""
    if given:
        from linker.errors import Invalid

        raise Invalid(
            "--proposals, --since, --replace and more than one --state are of `linker export site` "
            "alone. Other documents are of one State and mark their proposals."
        )


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def archive(workspace: Location, file: Path) -> None:
    """Write the whole workspace into one FILE.zip, to keep or to hand on.

    Records, links, themes, decisions, plan and import log, with checksums. The same workspace
    gives the same file. Embeddings are not in it: `linker build` makes them anew where needed.

    \b
    Example:
      linker --workspace kenya archive kenya.zip
    """
    from linker.store.archive import write_archive
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        counts = write_archive(linker.store, file)
    click.echo(f"{file}: {_counted(counts)}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("folder", type=WORKSPACE_TYPE)
def unarchive(file: Path, folder: Location) -> None:
    """Make a workspace in FOLDER from FILE.zip. An archive that was altered is refused.

    FOLDER may be the address of a new workspace on a server.

    \b
    Example:
      linker unarchive kenya.zip kenya
    """
    from linker.store.archive import read_archive

    counts = read_archive(file, folder)
    click.echo(f"{folder}: {_counted(counts)}")


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{number:,} {name.replace('_', ' ')}" for name, number in counts.items())
