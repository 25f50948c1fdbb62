"""Commands that run the product as a whole: demo, app, evaluate."""

from __future__ import annotations

import os
import subprocess  # nosec B404
import sys
from contextlib import suppress
from pathlib import Path

import click

from linker.errors import Invalid, LinkerError
from linker.i18n.language import LANGUAGE, SCREENS
from linker.programs import WINDOWS
from linker.store.location import Location

LAST_PORT = 65535


@click.command()
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo"),
    show_default=True,
    help="Where to build it; made anew each time.",
)
@click.option(
    "--english-only",
    is_flag=True,
    help="Without the records in Spanish and French; see `linker languages`.",
)
def demo(folder: Path, english_only: bool) -> None:
    """Build the demonstration workspace and write its x-ray, matrix, plan and factsheet.

    The State is fictional: Valmora, written for Linker. Nothing is sent anywhere.

    \b
    Example:
      linker demo
    """
    from linker.cli.progress import progress_bar
    from linker.workspace.demo import make_demo

    with progress_bar() as progress:
        report = make_demo(folder, progress, languages=not english_only)
    click.echo(str(report))
    for file in report.imported:
        for line in file.languages:
            click.echo(f"{file.file}: {line}", err=True)


@click.command()
@click.option("--port", type=click.IntRange(1024, LAST_PORT), default=8501, show_default=True)
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="So many servers side by side, on PORT and those after it: one draws pages on one core. "
    "A reverse proxy must keep each browser at one of them; docs/server.md shows how.",
)
@click.option("--no-browser", is_flag=True, help="Do not open a browser window.")
@click.option(
    "--address",
    default="127.0.0.1",
    show_default=True,
    help="Network address to listen on; any other needs a login and roles.",
)
@click.option(
    "--secrets",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File whose section [auth] says how people log in, instead of .streamlit/secrets.toml "
    "here or in your home folder.",
)
@click.option(
    "--roles",
    envvar="LINKER_ROLES",
    show_envvar=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="CSV file that says who is reader, focal point, reviewer or lead, instead of roles.csv in "
    "the workspace.",
)
@click.option(
    "--language",
    type=click.Choice(list(SCREENS), case_sensitive=False),
    help="Language of the pages to begin with. Default: that of the browser. Everybody chooses "
    "their own above every page.",
)
@click.pass_obj
def app(
    workspace: Location,
    port: int,
    processes: int,
    no_browser: bool,
    address: str,
    secrets: Path | None,
    roles: Path | None,
    language: str | None,
) -> None:
    """Open the reviewer application at http://127.0.0.1:PORT, for this machine only.

    Stop it with Ctrl-C. Nothing leaves the machine.

    On a server that others reach, people log in (OpenID Connect) and see and do what their role
    allows, in this workspace only. Without a login and roles any other address is refused.

    \b
    Examples:
      linker --workspace kenya app --port 8600
      linker --workspace tchad app --language fr
      linker --workspace /srv/kenya app --secrets secrets.toml --roles roles.csv --no-browser
      linker --workspace /srv/kenya app --secrets secrets.toml --no-browser --processes 4
    """
    from linker.cli.office import serve_together
    from linker.paths import app_file
    from linker.workspace.sharing import HOSTS, THIS_MACHINE, sharing
    from linker.workspace.workspace import Linker

    folders = (app_file().parent, Path.cwd(), Path.home())
    places = [folder / ".streamlit" / "secrets.toml" for folder in folders]
    shared = sharing(address, workspace, secrets, roles, places)
    if shared is not None:
        # Nobody who logs in may make a workspace, so it is made here.
        Linker.open(workspace, create=True).close()
        for warning in shared.warnings:
            click.echo(f"linker: {warning}", err=True)
    ports = range(port, port + processes)
    if ports[-1] > LAST_PORT:
        raise Invalid(f"--port {port} --processes {processes}: there is no port {ports[-1]}.")
    commands = [
        [
            sys.executable,
            "-m",
            "linker.ui.server",
            "run",
            str(app_file()),
            f"--server.address={address}",
            f"--server.port={one}",
            f"--server.headless={'true' if no_browser or one > port else 'false'}",
            "--browser.gatherUsageStats=false",
            "--server.fileWatcherType=none",
            "--runner.postScriptGC=false",  # after each page; `linker.ui.server` does it in a while
            *(shared.arguments if shared else ()),
        ]
        for one in ports
    ]
    environment = {**os.environ, "LINKER_WORKSPACE": workspace.address}
    environment |= {LANGUAGE: language} if language else {}
    environment[HOSTS] = " ".join((*THIS_MACHINE, address))
    environment |= shared.environment if shared else {}
    if processes > 1:
        serve_together(commands, environment)
    else:
        _become(commands[0], environment)


def _become(command: list[str], environment: dict[str, str]) -> None:
    """Let a server take this process's place: one Ctrl-C, or one signal from a script, ends it.

    On Windows the place cannot be taken: the server would go on alone, without a window. There
    this process waits for it.
    """
    if WINDOWS:
        with suppress(KeyboardInterrupt):  # the server got it too
            sys.exit(subprocess.call(command, env=environment))  # noqa: S603  # nosec B603
    else:
        os.execve(sys.executable, command, environment)  # noqa: S606  # nosec B606


@click.command()
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Also JSON.")
@click.option("--part", "parts", multiple=True, help="Only this one; the file keeps the others.")
def evaluate(output: Path | None, parts: tuple[str, ...]) -> None:
    """Print every quality number beside its baselines, from the gold labels.

    Needs a checkout (evaluation/) and the texts the labels refer to; LINKER_CORPORA names their
    folder, ../shared/data unless set. What is missing is said.

    \b
    Example:
      linker evaluate --output numbers.json
      linker evaluate --part Clusters --part Convergence --output numbers.json
    """
    sys.path.insert(0, str(Path.cwd()))
    try:
        from evaluation import report
    except ImportError as error:
        raise LinkerError(
            "evaluation/ is not here: run this in a checkout of Linker, with the dev set-up "
            f"(`make test` makes it). ({error})"
        ) from error
    report.main(output, parts)
