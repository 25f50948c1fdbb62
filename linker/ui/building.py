"""What a reader is told of a build under way, with the time left."""

from __future__ import annotations

from linker.ui.wording import duration
from linker.vocabulary.states import state_name


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
