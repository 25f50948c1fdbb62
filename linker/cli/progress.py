"""A progress bar on a terminal, and silence when piped."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None] | None]:
    """Yield a callback (stage, done, in all) that draws a bar with the time left on stderr."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    tasks = {}
    with bar:

        def report(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield report


def reading(name: str, place: int, files: int, records: int) -> None:
    """Say on a terminal, in one line, which file is being read and how far it is."""
    if sys.stderr.isatty():
        of = f"{place} of {files}, " if files > 1 else ""
        sys.stderr.write(f"\r\x1b[K{of}{name[:60]}: {records:,} records …")
        sys.stderr.flush()


def read() -> None:
    """Clear the line that ``reading`` wrote."""
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
