"""What reviewers do to links: decide, decide on many at once, take back; and how fast they go."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise
from statistics import median

from linker.review.decisions import Decision
from linker.review.events import last_event
from linker.review.folded_log import FoldedLog
from linker.workspace.workspace import Linker

LONGEST_PAUSE = 300
"""Seconds between two decisions from which on the reviewer was doing something else."""
PACE_OVER = 50


def last_of(log: FoldedLog, reviewer: str, prefix: str) -> list[Decision]:
    """Return what one undo takes back: the reviewer's last decision, or the last batch whole."""
    return last_event(log.words_of(reviewer, prefix))


def undo(linker: Linker, log: FoldedLog, reviewer: str, prefix: str) -> list[Decision]:
    """Take back the reviewer's last decision or batch; return what was taken back."""
    taken = last_of(log, reviewer, prefix)
    linker.decide_many([decision.link_id for decision in reversed(taken)], "undo", reviewer)
    return taken


def pace(log: Iterable[Decision], reviewer: str) -> float | None:
    """Return the seconds a reviewer takes for one link, or None before the third decision.

    The median of the last fifty pauses between decisions; batches and long pauses left out.
    """
    times = [
        datetime.fromisoformat(d.at)
        for d in log
        if d.reviewer == reviewer and d.verdict != "undo" and not d.batch
    ]
    pauses = [(b - a).total_seconds() for a, b in pairwise(times)]
    recent = [pause for pause in pauses if pause < LONGEST_PAUSE][-PACE_OVER:]
    return max(1.0, median(recent)) if len(recent) >= 2 else None
