"""What stands after the log of a workspace, followed as it grows, whoever writes it.

A log only ever grows at its end, so that what was read of it is read on. Where it did not, it is
read anew: where another log was put in its place (a backup), where a source was erased with what
was said of it, or where who sees some States alone sees others of its rows.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from linker.review.decisions import Decision
from linker.review.folded_log import FoldedLog

Read = Callable[[int], list[Decision]]
"""Returns the rows of a log after a number, oldest first."""


def mark_of(row: Decision) -> str:
    """Return what tells a row from another with its number in the place of this log.

    As `linker.store.store.Store.version` reads it in the database.
    """
    return "|".join((row.at, row.link_id, row.verdict, row.reviewer, row.note))


class Following:
    """A log as it was last read."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._records: tuple[object, ...] = ()
        self._folded = FoldedLog()

    def now(self, records: tuple[object, ...], last: int, mark: str, read: Read) -> FoldedLog:
        """Return the log with what stands after it, read on where it has grown.

        Args:
            records: what changes with imports, builds and erased sources.
            last: number of its last row, 0 where it has none.
            mark: of that row, see `mark_of`.
            read: reads it.
        """
        with self._lock:
            held = self._folded if records == self._records else FoldedLog()
            if (last, mark) != (held.last, _mark(held)):
                held = _read_on(held, read)
            self._records, self._folded = records, held
            return held


def _read_on(held: FoldedLog, read: Read) -> FoldedLog:
    """Return a log with what came after it; read whole where its last row is another one now.

    The row tells it, and no number: who looked before others read on comes with an old one.
    """
    if held.rows:
        found = read(held.last - 1)
        if found[:1] == [held.rows[-1]]:
            return held.followed(found[1:]) if found[1:] else held
    return FoldedLog.of(read(0))


def _mark(held: FoldedLog) -> str:
    return mark_of(held.rows[-1]) if held.rows else ""
