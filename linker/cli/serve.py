"""Commands that run the product as a whole: demo, app, evaluate."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from linker.errors import LinkerError


@click.command()
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo"),
    show_default=True,
    help="Where to build it; made anew each time.",
)
def demo(folder: Path) -> None:
    """Build the demonstration workspace and write its x-ray, matrix, plan and factsheet.

    The State is fictional: Valmora, written for Linker. Nothing is sent anywhere.

    \b
    Example:
      linker demo
    """
    from linker.cli.progress import progress_bar
    from linker.workspace.demo import make_demo

    with progress_bar() as progress:
        report = make_demo(folder, progress)
    click.echo(str(report))


@click.command()
@click.option("--port", type=click.IntRange(1024, 65535), default=8501, show_default=True)
@click.option("--no-browser", is_flag=True, help="Do not open a browser window.")
@click.pass_obj
def app(workspace: Path, port: int, no_browser: bool) -> None:
    """Open the reviewer application at http://127.0.0.1:PORT, for this machine only.

    Stop it with Ctrl-C. Nothing leaves the machine.

    \b
    Example:
      linker --workspace kenya app --port 8600
    """
    from linker.paths import app_file

    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(app_file()),
        "--server.address=127.0.0.1",
        f"--server.port={port}",
        f"--server.headless={'true' if no_browser else 'false'}",
        "--browser.gatherUsageStats=false",
        "--server.fileWatcherType=none",
    ]
    environment = {**os.environ, "LINKER_WORKSPACE": str(workspace)}
    # The server takes this process's place: one Ctrl-C, or one signal from a script, ends it.
    os.execve(sys.executable, command, environment)  # noqa: S606


@click.command()
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Also JSON.")
def evaluate(output: Path | None) -> None:
    """Print every quality number beside its baselines, from the gold labels.

    Needs a checkout (evaluation/) and the texts the labels refer to; LINKER_CORPORA names their
    folder, ../shared/data unless set. What is missing is said.

    \b
    Example:
      linker evaluate --output numbers.json
    """
    sys.path.insert(0, str(Path.cwd()))
    try:
        from evaluation import report
    except ImportError as error:
        raise LinkerError(
            "evaluation/ is not here: run this in a checkout of Linker, with the dev set-up "
            f"(`make test` makes it). ({error})"
        ) from error
    report.main(output)
