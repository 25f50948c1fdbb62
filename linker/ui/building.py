"""What a reader is told of a build under way, with the time left."""

from __future__ import annotations

from linker.i18n.messages import tr, tr_later
from linker.ui.wording import duration
from linker.vocabulary.official import official_state

STAGES = (
    tr_later("reading"), tr_later("SDG links"), tr_later("convergences"), tr_later("themes"),
    tr_later("clusters"),
)  # fmt: skip
"""What a build calls the parts of its work on a State."""


def time_left(elapsed: float, done: int, total: int) -> str:
    """Return the time left of a stage in words: "20 s"; nothing while it cannot be told."""
    if done <= 0 or elapsed < 1 or done >= total:
        return ""
    return duration(elapsed * (total - done) / done)


def said(stage: str, elapsed: float, done: int, total: int) -> str:
    """Return what the bar says: "Valmora, convergences: 200 of 439, about 20 s left".

    Args:
        stage: as the build names it: "XVM: convergences".
        elapsed: seconds since the stage began.
        done: how much is done.
        total: how much there is.
    """
    state, _, what = stage.partition(": ")
    name = f"{official_state(state)}, {tr(what)}" if what else tr(stage)
    if done >= total:
        # Not every stage reports; the bar must not look finished while the next one works.
        return tr("{name}: done. Going on …", name=name)
    if left := time_left(elapsed, done, total):
        return tr("{name}: {done:,} of {total:,}, about {left} left",
                  name=name, done=done, total=total, left=left)  # fmt: skip
    return tr("{name}: {done:,} of {total:,}", name=name, done=done, total=total)
