"""Runs the examples of README.md, writes what they print under them, and the numbers.

In a block marked ``console`` a line that starts with ``$ linker`` is a command and what follows
is what it prints. The commands are run in order in an empty folder, so the first one has to be
``linker demo``. Seconds differ from run to run and are therefore not compared.

Usage: ``python docs/examples.py`` rewrites README.md; ``tests/test_readme.py`` compares.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shlex
import tempfile
from collections.abc import Iterator
from pathlib import Path

from click.testing import CliRunner

from evaluation.report import summary
from evaluation.speed.report import quoted, read
from evaluation.tables import markdown
from linker.cli import main

README = Path(__file__).parent.parent / "README.md"
QUALITY = README.parent / "docs" / "quality.json"
SPEED = tuple(README.parent / "docs" / name for name in ("bench.json", "bench-uhri.json"))
BLOCK = re.compile(r"(```console\n)(.*?)(\n```)", re.DOTALL)
NUMBERS = re.compile(r"(<!-- numbers[^>]*-->\n).*?(<!-- end of numbers -->)", re.DOTALL)
TIMES = re.compile(r"(<!-- speed[^>]*-->\n).*?(<!-- end of speed -->)", re.DOTALL)
COMMAND = re.compile(r"^\$ (.+)$", re.MULTILINE)
SECONDS = re.compile(r"\d[\d,.]* s\b")
WIDTH = "100"


def commands(readme: str) -> list[str]:
    """Return the commands of the console blocks, in order."""
    return [line for block in BLOCK.finditer(readme) for line in COMMAND.findall(block[2])]


def run(command: str) -> str:
    """Return what a command prints."""
    arguments = shlex.split(command)[1:]
    # What everybody sees: the languages that some have prepared are in a folder that is not there.
    result = CliRunner(env={"COLUMNS": WIDTH, "LINKER_LANGUAGES": "unprepared"}).invoke(
        main, arguments
    )
    if result.exit_code != 0:
        raise RuntimeError(f"$ {command}: exit code {result.exit_code}\n{result.output}")
    return "\n".join(line.rstrip() for line in result.stdout.strip("\n").splitlines())


def renewed(readme: str) -> str:
    """Return the text with what every command prints now, run in an empty folder."""

    def block(match: re.Match[str]) -> str:
        shown = [f"$ {command}\n{run(command)}" for command in COMMAND.findall(match[2])]
        return match[1] + "\n\n".join(shown) + match[3]

    with _empty_folder():
        shown = BLOCK.sub(block, readme)
    shown = NUMBERS.sub(lambda match: match[1] + numbers() + match[2], shown)
    return TIMES.sub(lambda match: match[1] + speed() + match[2], shown)


def numbers() -> str:
    """Return the table of numbers, from what `make evaluate` measured last."""
    found = json.loads(QUALITY.read_text(encoding="utf-8"))
    return "\n".join(markdown(summary(found))) + "\n"


def speed() -> str:
    """Return the table of seconds and ratios, from what `make bench` measured last."""
    found = [part for path in SPEED if path.is_file() for part in read(path).items()]
    return "\n".join(quoted(dict(found))) + "\n"


def comparable(readme: str) -> str:
    """Return the text without what differs from run to run."""
    return SECONDS.sub("… s", readme)


@contextlib.contextmanager
def _empty_folder() -> Iterator[None]:
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)


if __name__ == "__main__":
    README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8")
