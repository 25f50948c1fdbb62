"""Reading files in a process of their own, so that no file can end or fill the one that asked."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from linker.records.import_notes import ImportRefused, Note, Notes, refuse
from linker.records.importers import Options, read_by, seen
from linker.records.importers.base import Limits
from linker.records.record import Record
from linker.worker import Worker, WorkerFailed

T = TypeVar("T")
CARRIED = (Record, Note, ImportRefused)
"""What comes back from reading any file."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What read a file.

    Attributes:
        importer: its name.
        label: the same in words.
        columns: headings of the file, by which own tables of one shape are known.
    """

    importer: str
    label: str
    columns: tuple[str, ...]


def read_apart(
    worker: Worker, path: Path, options: Options
) -> Generator[Record, None, tuple[Origin, Notes]]:
    """Yield the records of a file, read by the worker; return what read it and the notes.

    Raises:
        ImportRefused: the file is refused, or reading it went beyond a limit or crashed.
    """
    with _told(path, options.limits):
        result: tuple[Origin, Notes] = yield from worker.run(
            _reading, path, options, memory=options.limits.max_memory_bytes,
            seconds=options.limits.seconds(_size(path)), classes=(*CARRIED, Origin, Notes),
        )  # fmt: skip
    return result


def made_apart(
    function: Callable[..., T],
    path: Path,
    *arguments: Any,
    limits: Limits,
    classes: Sequence[type] = (),
) -> T:
    """Return ``function(path, *arguments)``, called in a process of its own.

    Args:
        function: of a module.
        path: the file.
        *arguments: for it.
        limits: of memory and time.
        classes: of which its result is made, besides `CARRIED`.

    Raises:
        ImportRefused: going beyond a limit, or crashing; besides, what the function raises.
    """
    with Worker() as worker:
        return made_by(worker, function, path, *arguments, limits=limits, classes=classes)


def made_by(
    worker: Worker,
    function: Callable[..., T],
    path: Path,
    *arguments: Any,
    limits: Limits,
    classes: Sequence[type] = (),
) -> T:
    """Return ``function(path, *arguments)``, called by a worker; see `made_apart`.

    Raises:
        ImportRefused: see `made_apart`.
    """
    with _told(path, limits):
        calls = worker.run(
            _calling, function, path, *arguments, memory=limits.max_memory_bytes,
            seconds=limits.seconds(_size(path)), classes=(*CARRIED, *classes),
        )  # fmt: skip
        (value,) = calls
    made: T = value
    return made


def _reading(path: Path, options: Options) -> Generator[Record, None, tuple[Origin, Notes]]:
    importer, head = seen(path, options)
    records, notes = read_by(importer, path, options)
    yield from records
    columns = head.columns if importer.name.startswith("table") else ()
    return Origin(importer.name, importer.label, columns), notes


def _calling(function: Callable[..., T], *arguments: Any) -> Generator[T, None, None]:
    yield function(*arguments)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # whoever reads it says what is wrong


@contextmanager
def _told(path: Path, limits: Limits) -> Generator[None, None, None]:
    """Make a refusal with a remedy of what happened to the worker."""
    try:
        yield
    except WorkerFailed as failure:
        raise _refusal(path, failure, limits) from failure


def _refusal(path: Path, failure: WorkerFailed, limits: Limits) -> ImportRefused:
    if failure.cause == "memory":
        most = limits.max_memory_bytes
        reason = f"reading it needs more memory than the limit max_memory_bytes = {most:,}"
        return refuse(path.name, reason, "Split the file, or raise the limit.", kind="limit")
    if failure.cause == "time":
        allowed = limits.seconds(_size(path))
        reason = (
            f"reading it takes too long: more than {allowed:,.0f} seconds of processor time, the "
            "limit that max_seconds sets for a file of its size"
        )
        return refuse(path.name, reason, "Split the file, or raise the limit.", kind="limit")
    remedy = "Open it in the program that it comes from and save it again, or tell us of it."
    return refuse(path.name, f"it could not be read: {failure}", remedy)
