"""Work that goes on whatever its readers do: its bar and its Stop stand above every page.

A page that works itself is killed when its reader goes to another one. So a thread of the server
works, pages look at how far it has come, and a closed tab changes nothing.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread
from typing import Any

import streamlit as st

from linker.errors import LinkerError
from linker.i18n.messages import tr, tr_later
from linker.ui.board import BROKE_OFF, Board, Told
from linker.ui.building import said as said_of
from linker.workspace.build_report import BuildProgress
from linker.workspace.sharing import OFFICE

_LOG = logging.getLogger(__name__)
LOOKED_EVERY = 1.0
"""Seconds between two looks of a page at the work under way."""
DONE = tr_later("done")
SEEN = "work seen"
"""Session key of the work whose end this reader was told."""


class StopAskedError(Exception):
    """Somebody stopped the work."""


class Work:
    """One piece of work in a thread of its own.

    Args:
        title: what is being done: "Building"; translated where it is told.
        make: does it; is handed what to report progress to.
        states: how many States it goes through at most; 0 where that means nothing.
        stoppable: whether breaking it off leaves nothing half done.
    """

    def __init__(
        self,
        title: str,
        make: Callable[[BuildProgress], Any],
        states: int = 0,
        stoppable: bool = True,
    ) -> None:
        self.title, self.states, self.stoppable = title, states, stoppable
        self.result: Any = None
        self.error = ""
        self.share = 0.0
        self.done: tuple[str, ...] = ()
        self._stage, self._began = "", time.monotonic()
        self._told: tuple[float, int, int] | None = None
        self._stop = Event()
        self._thread = Thread(target=self._work, args=(make,), name=title, daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether it is under way."""
        return self._thread.is_alive()

    @property
    def words(self) -> str:
        """What a reader is told of it, in the reader's language."""
        return _words(self.told())

    def told(self, work: str = "", process: str = "") -> Told:
        """Return how far it has come.

        Args:
            work: which piece of work it is, for other processes.
            process: in which process.
        """
        ended = not self.running  # asked first: what ended meanwhile is told whole the next time
        stopping, told = self._stop.is_set(), self._told
        return Told(self.title, self.states, self.stoppable, self.share, self.done, self._stage,
                    told, stopping, ended, self.error, work, process)  # fmt: skip

    def stop(self) -> None:
        """Break it off at the next report; what was finished stays."""
        if self.stoppable:
            self._stop.set()

    def join(self, seconds: float | None = None) -> None:
        """Wait until it has ended, at most so many seconds."""
        self._thread.join(seconds)

    def report(self, stage: str, done: int, total: int) -> None:
        """Take what a build reports (``BuildProgress``).

        Raises:
            StopAskedError: somebody stopped the work.
        """
        if self._stop.is_set():
            raise StopAskedError
        if stage != self._stage:
            self._stage, self._began = stage, time.monotonic()
        state = stage.partition(":")[0]
        if state not in self.done:
            self.done = (*self.done, state)
        self.share = min(1.0, done / total) if total else 1.0
        self._told = time.monotonic() - self._began, done, total

    def _work(self, make: Callable[[BuildProgress], Any]) -> None:
        try:
            self.result = make(self.report)
        except StopAskedError:
            self.error = tr_later("stopped. What was finished stays; start it again when you like.")
        except LinkerError as error:
            self.error = str(error)
        except Exception:
            _LOG.exception("%s broke off", self.title)
            self.error = BROKE_OFF


def _words(told: Told) -> str:
    title = tr(told.title)
    if told.ended:
        return tr("{title}: {said}", title=title, said=tr(told.error or DONE))
    if told.stopping:
        return f"{title} · {tr('Stopping …')}"
    said = said_of(told.stage, *told.told) if told.told else tr("Getting ready …")
    if told.states > 1:
        place = tr("State {n} of {states}", n=len(told.done), states=told.states)
        said = f"{place} · {said}"
    return f"{title} · {said}"


class FarWork:
    """A piece of work in another process of the same server.

    Args:
        board: where the processes tell each other.
        name: of the workspace there.
        told: what was told of it.
    """

    result: Any = None
    """What it made stays in the process that made it."""

    def __init__(self, board: Board, name: str, told: Told) -> None:
        self._board, self._name, self._told = board, name, told
        self.work, self.stoppable = told.work, told.stoppable

    def _now(self) -> Told:
        """Return how far it has come, as its process told last."""
        now = self._board.last(self._name)
        if now is not None and now.work == self.work:
            self._told = now
        elif not self._told.ended:  # another one has begun since, so this one has ended
            self._told = replace(self._told, ended=True)
        return self._told

    @property
    def running(self) -> bool:
        """Whether it is under way."""
        return not self._now().ended

    @property
    def share(self) -> float:
        """How much of it is done, from 0 to 1."""
        return self._now().share

    @property
    def error(self) -> str:
        """Why it broke off; empty where it did not."""
        return self._now().error

    @property
    def words(self) -> str:
        """What a reader is told of it, in the reader's language."""
        return _words(self._now())

    def stop(self) -> None:
        """Have its process break it off; what was finished stays."""
        if self.stoppable:
            self._board.ask_to_stop(self._name, self.work)


class Works:
    """The work of a server: one piece at a time of each workspace, in whichever process.

    Args:
        board: where its processes tell each other; None where it is one.
    """

    def __init__(self, board: Board | None = None) -> None:
        self._board = board
        self._last: dict[str, Work] = {}
        self._far: dict[str, FarWork] = {}

    def start(self, key: str, make: Callable[[], Work]) -> Work | FarWork | None:
        """Begin a piece of work, unless one of this workspace is under way; return that one.

        None where another process is just about to begin one and has not told of it yet.

        Args:
            key: address of the workspace.
            make: begins it.
        """
        last = self._last.get(key)
        if last is not None and last.running:
            return last
        if self._board is None:
            self._last[key] = make()
            return self._last[key]
        name = self._board.name_of(key)
        if not self._board.take(name):
            return self._others().get(name)
        try:
            work = self._last[key] = make()
        except BaseException:
            self._board.let_go(name)
            raise
        self._board.tell(name, work)
        return work

    def of(self, key: str) -> Work | FarWork | None:
        """Return the last piece of work of a workspace, under way or ended."""
        own = self._last.get(key)
        if self._board is None or (own is not None and own.running):
            return own
        # Each process overwrites what another told, so what stands there was begun last.
        return self._others().get(self._board.name_of(key)) or own

    def running(self) -> list[Work | FarWork]:
        """Return what is under way."""
        every: list[Work | FarWork] = [*self._last.values(), *self._others().values()]
        return [work for work in every if work.running]

    def _others(self) -> dict[str, FarWork]:
        """Return what other processes told; the same object for the same piece of work."""
        if self._board is None:
            return {}
        found = {}
        for name, told in self._board.others().items():
            far = self._far.get(told.work) or FarWork(self._board, name, told)
            found[name] = far
        self._far = {far.work: far for far in found.values()}
        return found


@st.cache_resource(show_spinner=False)
def works() -> Works:
    """Return the work of this server, the same to every reader."""
    office = os.environ.get(OFFICE)
    return Works(Board(Path(office)) if office else None)


def bar(may_stop: bool) -> None:
    """Show what is under way, and tell once how it ended.

    Args:
        may_stop: whether this reader may stop it.
    """
    under_way = works().running()
    told = [work for work in st.session_state.get(SEEN, []) if not work.running]
    for work in told:
        st.toast(work.words)
    st.session_state[SEEN] = under_way
    if under_way:
        _watched(may_stop)


@st.fragment(run_every=LOOKED_EVERY)
def _watched(may_stop: bool) -> None:
    under_way = works().running()
    if len(under_way) < len(st.session_state.get(SEEN, [])):
        st.rerun()
    for number, work in enumerate(under_way):
        with st.container(key=f"work-{number}", horizontal=True, vertical_alignment="center"):
            st.progress(work.share, work.words)
            if work.stoppable and may_stop:
                st.button(tr("Stop"), key=f"stop-{number}", on_click=work.stop)
