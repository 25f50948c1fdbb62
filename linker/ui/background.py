"""Work that goes on whatever its readers do: its bar and its Stop stand above every page.

A page that works itself is killed when its reader goes to another one. So a thread of the server
works, pages look at how far it has come, and a closed tab changes nothing.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Event, Thread
from typing import Any

import streamlit as st

from linker.errors import LinkerError
from linker.i18n.messages import tr, tr_later
from linker.ui.building import said as said_of
from linker.workspace.build_report import BuildProgress

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
        title = tr(self.title)
        if not self.running:
            return tr("{title}: {said}", title=title, said=tr(self.error or DONE))
        if self._stop.is_set():
            return f"{title} · {tr('Stopping …')}"
        said = said_of(self._stage, *self._told) if self._told else tr("Getting ready …")
        if self.states > 1:
            place = tr("State {n} of {states}", n=len(self.done), states=self.states)
            said = f"{place} · {said}"
        return f"{title} · {said}"

    def stop(self) -> None:
        """Break it off at the next report; what was finished stays."""
        if self.stoppable:
            self._stop.set()

    def join(self) -> None:
        """Wait until it has ended."""
        self._thread.join()

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
            self.error = tr_later("it broke off. The log of the program says why.")


class Works:
    """The work of a server: one piece at a time of each workspace."""

    def __init__(self) -> None:
        self._last: dict[str, Work] = {}

    def start(self, key: str, make: Callable[[], Work]) -> Work:
        """Begin a piece of work, unless one of this workspace is under way; return that one.

        Args:
            key: folder of the workspace.
            make: begins it.
        """
        last = self._last.get(key)
        if last is None or not last.running:
            last = self._last[key] = make()
        return last

    def of(self, key: str) -> Work | None:
        """Return the last piece of work of a workspace, under way or ended."""
        return self._last.get(key)

    def running(self) -> list[Work]:
        """Return what is under way."""
        return [work for work in self._last.values() if work.running]


@st.cache_resource(show_spinner=False)
def works() -> Works:
    """Return the work of this server, the same to every reader."""
    return Works()


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
