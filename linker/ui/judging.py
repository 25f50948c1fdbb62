"""What reviewers do to links: decide, decide on many at once, take back; and how fast they go."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from statistics import median

from linker.review.decisions import Decision
from linker.workspace.workspace import Linker

LONGEST_PAUSE = 300
"""Seconds between two decisions from which on the reviewer was doing something else."""
PACE_OVER = 50


def standing_of(log: Iterable[Decision], reviewer: str, prefix: str) -> list[Decision]:
    """Return the decisions of one reviewer that were not taken back, oldest first.

    Args:
        log: all decisions.
        reviewer: whose.
        prefix: first characters of the link ids: ``C-`` or ``S-``.
    """
    stacks: dict[str, list[Decision]] = {}
    for decision in log:
        mine = decision.reviewer == reviewer and decision.kind != "edit"
        if not mine or not decision.link_id.startswith(prefix):
            continue
        stack = stacks.setdefault(decision.link_id, [])
        if decision.verdict != "undo":
            stack.append(decision)
        elif stack:
            stack.pop()
    return sorted((d for stack in stacks.values() for d in stack), key=lambda d: d.seq)


def last_of(log: Iterable[Decision], reviewer: str, prefix: str) -> list[Decision]:
    """Return what one undo takes back: the reviewer's last decision, or the last batch whole."""
    mine = standing_of(log, reviewer, prefix)
    if not mine:
        return []
    batch = mine[-1].batch
    return [d for d in mine if d.batch == batch] if batch else mine[-1:]


def undo(linker: Linker, log: Iterable[Decision], reviewer: str, prefix: str) -> list[Decision]:
    """Take back the reviewer's last decision or batch; return what was taken back."""
    taken = last_of(log, reviewer, prefix)
    linker.decide_many([decision.link_id for decision in reversed(taken)], "undo", reviewer)
    return taken


def batch_id(link_ids: Sequence[str], at: datetime) -> str:
    """Return the name of decisions taken together, by which one undo finds them all."""
    return hashlib.sha256("\x1f".join([at.isoformat(), *link_ids]).encode()).hexdigest()[:8]


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
