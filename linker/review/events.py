"""What a reviewer did last, as one undo takes it back: a word, an edit, or a batch of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from linker.review.decisions import Decision, is_theme_edit, stacks
from linker.review.edits import standing_edits, subject_of

CLUSTER_EVENTS = ("C-", "CL-", "S-")
"""What ids begin with that words about clusters, the links inside them and their SDGs are about."""


def standing_words(
    log: Sequence[Decision], reviewer: str, prefixes: Sequence[str]
) -> list[Decision]:
    """Return a reviewer's words that nobody took back, oldest first.

    Args:
        log: all decisions.
        reviewer: whose.
        prefixes: first characters of the ids that they are about: ``C-``, ``S-``, ``CL-``.
    """
    about = tuple(prefixes)
    mine = (d for d in log if d.reviewer == reviewer and d.link_id.startswith(about))
    return sorted((d for stack in stacks(mine).values() for d in stack), key=lambda d: d.seq)


def standing_rows(log: Sequence[Decision], reviewer: str) -> list[Decision]:
    """Return a reviewer's words on clusters and links and edits of clusters, oldest first."""
    edits = {edit.seq for edit in standing_edits(log, subject="cluster")}
    made = [d for d in log if d.seq in edits and d.reviewer == reviewer]
    return sorted([*made, *standing_words(log, reviewer, CLUSTER_EVENTS)], key=lambda d: d.seq)


def last_event(rows: Sequence[Decision]) -> list[Decision]:
    """Return what one undo takes back: the last of standing rows, or all of its batch."""
    batch = rows[-1].batch if rows else ""
    return [row for row in rows if row.batch == batch] if batch else list(rows[-1:])


def last_events(rows: Sequence[Decision], number: int) -> list[list[Decision]]:
    """Return what so many undos take back, the last first."""
    left = list(rows)
    found: list[list[Decision]] = []
    while left and len(found) < number:
        event = last_event(left)
        found.append(event)
        taken = {row.seq for row in event}
        left = [row for row in left if row.seq not in taken]
    return found


def undone(rows: Iterable[Decision]) -> list[Decision]:
    """Return the rows that take others back, the last one first."""
    return [_undo_of(row) for row in sorted(rows, key=lambda row: -row.seq)]


def batch_of(ids: Iterable[str], seq: int) -> str:
    """Return the name of rows written together.

    Args:
        ids: what they are about.
        seq: number of the last row of the log before them.
    """
    return hashlib.sha256("\x1f".join([str(seq), *ids]).encode()).hexdigest()[:8]


def sdg_batch(cluster_id: str, batch: str) -> str:
    """Return the name of words on SDG links that were said of a whole cluster."""
    return f"{cluster_id} {batch}"


def cluster_of(rows: Sequence[Decision]) -> str:
    """Return the cluster that an event was about; empty where it was about none."""
    named = (one for row in rows for one in (row.link_id, row.batch.partition(" ")[0]))
    return next((one for one in named if one.startswith("CL-")), "")


def _undo_of(row: Decision) -> Decision:
    if not is_theme_edit(row):
        return Decision(0, row.link_id, "undo", row.reviewer, "", "", row.link, "undo")
    link = (
        ("state", dict(row.link).get("state", "")),
        ("subject", subject_of(row)),
        ("undoes", str(row.seq)),
    )
    return Decision(0, row.link_id, "undo", row.reviewer, "", "", link, "edit")
