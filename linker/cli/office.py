"""Several processes that serve one workspace side by side, each on a port of its own.

A page is drawn by one process on one core. A reverse proxy before them keeps each browser at one
of them (deploy/Caddyfile). They end together, and one that ends by itself is begun again.
"""

from __future__ import annotations

import os
import secrets
import signal
import subprocess  # nosec B404
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event
from types import FrameType

import click

from linker.errors import LinkerError
from linker.store.scratch import scratch
from linker.workspace.known import known_file
from linker.workspace.sharing import OFFICE, PARENT

LOOKED_EVERY = 0.2
"""Seconds between two looks whether one ended."""
SETTLED = 10.0
"""Seconds after which a process counts as begun: one that ends before is not begun again."""
PATIENCE = 15.0
"""Seconds left to them to end, after which they are killed."""


def serve_together(commands: Sequence[list[str]], environment: Mapping[str, str]) -> None:
    """Run servers until this process is told to end, or one of them cannot be begun.

    Args:
        commands: one for each.
        environment: of them all.

    Raises:
        LinkerError: one of them ended as soon as it was begun.
    """
    with scratch(_meeting_place()) as folder, _told_to_end() as end:
        # Forms that one process showed are believed by the others.
        known = {"STREAMLIT_SERVER_COOKIE_SECRET": secrets.token_hex(), **environment}
        known |= {OFFICE: str(folder), PARENT: str(os.getpid())}
        running: list[tuple[float, subprocess.Popen[bytes]]] = []
        try:
            running += [_begun(command, known) for command in commands]
            while not end.wait(LOOKED_EVERY):
                for place, (since, process) in enumerate(running):
                    if process.poll() is None:
                        continue
                    said = f"the server {place + 1} of {len(commands)} ended ({process.returncode})"
                    if time.monotonic() - since < SETTLED:
                        raise LinkerError(f"{said} as soon as it was begun: see above.")
                    click.echo(f"linker: {said}; it is begun again.", err=True)
                    running[place] = _begun(commands[place], known)
        finally:
            _end([process for _, process in running])


def _meeting_place() -> Path:
    """Return where a folder may stand for weeks: that of temporary files is swept by some systems.

    It is the temporary one where the account has no place that it may write.
    """
    place = known_file().parent
    with suppress(OSError):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place if os.access(place, os.W_OK) else Path(tempfile.gettempdir())


def _begun(command: list[str], known: Mapping[str, str]) -> tuple[float, subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, env=known)  # noqa: S603  # nosec B603
    return time.monotonic(), process


@contextmanager
def _told_to_end() -> Iterator[Event]:
    """Lend what is set when a signal, or Ctrl-C, tells this process to end."""
    end = Event()

    def told(_signal: int, _frame: FrameType | None) -> None:
        end.set()

    names = [one for one in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, one)]
    before = {one: signal.signal(getattr(signal, one), told) for one in names}
    try:
        yield end
    finally:
        for one, handler in before.items():
            signal.signal(getattr(signal, one), handler)


def _end(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + PATIENCE
    for process in processes:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
