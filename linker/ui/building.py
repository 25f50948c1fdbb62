"""The progress bar of a build, with the time left."""

from __future__ import annotations

import time
from types import TracebackType

import streamlit as st

from linker.ui.wording import duration
from linker.vocabulary.states import state_name

REDRAWN_EVERY = 0.15
"""Seconds; drawing more often than a person can read slows the build down."""


def time_left(elapsed: float, done: int, total: int) -> str:
    """Return the time left of a stage in words; nothing while it cannot be told."""
    if done <= 0 or elapsed < 1 or done >= total:
        return ""
    return f", about {duration(elapsed * (total - done) / done)} left"


def said(stage: str, elapsed: float, done: int, total: int) -> str:
    """Return what the bar says: "Valmora, convergences: 200 of 439, about 20 s left".

    Args:
        stage: as the build names it: "XVM: convergences".
        elapsed: seconds since the stage began.
        done: how much is done.
        total: how much there is.
    """
    state, _, what = stage.partition(": ")
    name = f"{state_name(state)}, {what}" if what else stage
    if done >= total:
        # Not every stage reports; the bar must not look finished while the next one works.
        return f"{name}: done. Going on …"
    return f"{name}: {done:,} of {total:,}{time_left(elapsed, done, total)}"


class BuildBar:
    """Draws what a build reports: the stages done, and a bar for the one under way.

    Use it in a ``with`` statement and hand ``report`` to the build.

    Args:
        title: what is being done.
    """

    def __init__(self, title: str) -> None:
        self.title = title
        self.stage = ""
        self._began = self._drawn = 0.0

    def __enter__(self) -> BuildBar:
        self._status = st.status(f"{self.title} …", expanded=True)
        self._bar = self._status.progress(0.0, "Getting ready …")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._bar.progress(1.0, "Done")
            self._status.update(label=f"{self.title}: done", state="complete", expanded=False)
        elif issubclass(kind, Exception):
            self._status.update(label=f"{self.title}: stopped", state="error")

    def report(self, stage: str, done: int, total: int) -> None:
        """Take what a build reports (``BuildProgress``)."""
        now = time.monotonic()
        if stage != self.stage:
            self.stage, self._began, self._drawn = stage, now, 0.0
        if now - self._drawn < REDRAWN_EVERY and done < total:
            return
        self._drawn = now
        self._bar.progress(
            done / total if total else 1.0, said(stage, now - self._began, done, total)
        )
