"""Which events of a deck a server wrote that ended before it could say so.

A deck sends its events until it is told that they are on disk. Where its server is killed, another
one gets them, which knows nothing of the deck; only the log says what was written meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Any

from linker.review.decisions import Decision
from linker.review.events import cluster_of

Event = Mapping[str, Any]
EDITS = {
    "out": "split",
    "split": "split",
    "related": "split",
    "opposite": "split",
    "move": "move",
    "rename": "rename",
    "undo": "undo",
}
"""Verdict of the first row that an event writes which says none itself."""


def written_before(
    events: Sequence[Event], log: Sequence[Decision], reviewer: str
) -> Mapping[int, Decision]:
    """Return by their numbers the events that the log holds already, each with a row of it.

    Args:
        events: without an answer, oldest first; each names with ``since`` the last row of the log
            that its deck had been told of when nothing of this event was written yet.
        log: all decisions.
        reviewer: whose deck it is.
    """
    known = [event for event in events if "since" in event]
    first = min((int(event["since"]) for event in known), default=0)
    later = list(takewhile(lambda row: row.seq > first, reversed(log))) if known else []
    left = [row for row in reversed(later) if row.reviewer == reviewer]
    found: dict[int, Decision] = {}
    for event in known:
        mine = (row for row in left if row.seq > int(event["since"]) and _is_of(row, event))
        if row := next(mine, None):
            found[int(event["n"])] = row
            left = [one for one in left if one is not row and not one.batch == row.batch != ""]
    return found


def _is_of(row: Decision, event: Event) -> bool:
    """Whether a row is what an event writes first."""
    what = event["do"]
    if row.verdict != event.get("verdict", EDITS.get(what, "")):
        return False
    if what == "undo":
        return True
    if what == "sdg":
        link = dict(row.link)
        code = link.get("indicator") or link.get("target", "")
        return cluster_of([row]) == str(event["cluster"]) and code in list(event["codes"])
    return row.link_id == str(event.get("to", event["cluster"]))
