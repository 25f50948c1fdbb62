"""The workspace that is served, held open, and what was last read of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, Thread
from typing import Annotated, Any, Literal, TypeVar

from fastapi import Depends, Request

from linker.documents.inputs import Source
from linker.errors import LinkerError
from linker.review.roles import Person
from linker.store.location import Location
from linker.workspace.workspace import Linker

_LOG = logging.getLogger(__name__)
KEPT = 4
"""Results held at once: a State's links, clusters or documents, of which pages are asked for."""
T = TypeVar("T")


class Served:
    """A workspace held open for everybody who asks.

    Args:
        workspace: where it lies.

    Raises:
        LinkerError: no workspace there, or one that cannot be read.
    """

    def __init__(self, workspace: Location) -> None:
        self.linker = Linker.open(workspace)
        self.building = Building()
        self._working, self._exporting, self._keeping = Lock(), Lock(), Lock()
        self._version: tuple[object, ...] = ()
        self._kept: dict[tuple[str, str | None, frozenset[str] | None], Any] = {}

    def close(self) -> None:
        """Close the workspace."""
        self.linker.close()

    def keep(self, linker: Linker, name: str, state: str | None, make: Callable[[], T]) -> T:
        """Return what is asked for page by page, made once for each version of the workspace.

        Args:
            linker: the workspace as who asks may use it.
            name: what it is.
            state: of which State; None for all.
            make: makes it.
        """
        store, key = self.linker.store, (name, state, linker.store.states_shown)
        now = (store.version(), tuple(sorted(store.settings().items())))
        with self._keeping:
            if now != self._version:
                self._version = now
                self._kept.clear()  # it takes memory, and nobody will ask for it again
            found: T | None = self._kept.get(key)
        if found is not None:
            return found
        made = make()
        with self._keeping:
            if now == self._version:
                self._kept[key] = made
            while len(self._kept) > KEPT:
                del self._kept[next(iter(self._kept))]
        return made

    def source(self, linker: Linker, state: str | None) -> Source:
        """Return what the tables and documents of a State are made from, for who asks."""
        chosen = linker.only_state(state)
        return self.keep(linker, "source", chosen, lambda: linker.source(chosen))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the workspace for an import or a build: one at a time; readers do not wait."""
        with self._working:
            yield

    @contextmanager
    def exporting(self) -> Iterator[None]:
        """Write one document at a time, which takes memory."""
        with self._exporting:
            yield


class Building:
    """The last build that was asked for, under way or ended."""

    def __init__(self) -> None:
        self.stage, self.done, self.total = "", 0, 0
        self.report: tuple[str, ...] = ()
        self.error = ""
        self._thread: Thread | None = None
        self._starting = Lock()

    @property
    def status(self) -> Literal["never", "running", "done", "failed"]:
        """How far it is."""
        if self._thread is None:
            return "never"
        if self._thread.is_alive():
            return "running"
        return "failed" if self.error else "done"

    def start(self, make: Callable[[Callable[[str, int, int], None]], tuple[str, ...]]) -> bool:
        """Begin a build, unless one is under way; say whether it was begun.

        Args:
            make: builds, and returns what it made, in lines; is handed what to report to.
        """
        with self._starting:
            if self.status == "running":
                return False
            self.stage, self.done, self.total, self.report, self.error = "starting", 0, 0, (), ""
            self._thread = Thread(target=self._work, args=(make,), name="building", daemon=True)
            self._thread.start()
            return True

    def _told(self, stage: str, done: int, total: int) -> None:
        self.stage, self.done, self.total = stage, done, total

    def _work(self, make: Callable[[Callable[[str, int, int], None]], tuple[str, ...]]) -> None:
        try:
            self.report = make(self._told)
        except LinkerError as error:
            self.error = str(error)
        except Exception:
            _LOG.exception("a build broke off")
            self.error = "It broke off. The server's log says why."


def served(request: Request) -> Served:
    """Return the workspace of the application that a request reached."""
    found: Served = request.app.state.served
    return found


def person(request: Request) -> Person | None:
    """Return who sends a request, as the door found out; None for the machine's own user."""
    found: Person | None = request.scope["person"]
    return found


def linker(request: Request) -> Linker:
    """Return the workspace as who sends a request may use it."""
    return served(request).linker.acting(person(request))


TheServed = Annotated[Served, Depends(served)]
TheLinker = Annotated[Linker, Depends(linker)]
