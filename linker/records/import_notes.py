"""What an importer refused and what it repaired, said so that a person can act on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from linker.errors import LinkerError

Severity = Literal["refused", "repaired", "told"]

EXAMPLES_KEPT = 20
REFUSALS_KEPT = 10_000


@dataclass(frozen=True)
class Note:
    """One thing to tell about one place of a file.

    Attributes:
        file: base name of the file.
        row: "row 12", "table 1, row 3", "record 17", or empty for the whole file.
        column: heading of the column, or empty.
        reason: what was wrong, with the value found.
        remedy: what to do about it, or empty.
        severity: "refused" (not read), "repaired" (read, but changed) or "told" (read as it is).
        kind: what notes of the same sort share, such as "unknown State"; what they are counted by.
    """

    file: str
    row: str
    column: str
    reason: str
    remedy: str
    severity: Severity
    kind: str = ""

    def __str__(self) -> str:
        """Return one line: file, row, column, reason, remedy."""
        place = ", ".join(
            part for part in (self.file, self.row, self.column and f"column {self.column}") if part
        )
        line = f"{place}: {self.severity}: {self.reason}"
        return f"{line}. {self.remedy}" if self.remedy else line


class ImportRefused(LinkerError):  # noqa: N818 - reads as what happened
    """A whole file that cannot be read; ``note`` says why and what to do."""

    def __init__(self, note: Note) -> None:
        """Keep the note; its line is the message."""
        super().__init__(str(note))
        self.note = note

    def __reduce__(self) -> tuple[type[ImportRefused], tuple[Note]]:
        return type(self), (self.note,)


def refuse(file: str, reason: str, remedy: str, *, kind: str = "unreadable file") -> ImportRefused:
    """Return the error that refuses a whole file, ready to raise."""
    return ImportRefused(Note(file, "", "", reason, remedy, "refused", kind))


class Notes:
    """Collects what happened to the rows of one file, in bounded memory.

    Every note is counted. Of repairs the first ``examples`` of each kind are kept, of refusals the
    first ``refusals_limit``: a row that was not read should be findable, a mended space need not.

    Attributes:
        file: base name of the file.
        rows_read: rows, records or table rows met.
        kept: records handed on.
        merged: rows that joined the record of an earlier row.
        refused_count: rows refused (all of them, also beyond the limit).
        repaired_count: rows in which something was repaired.
        counts: (severity, kind) -> how many.
    """

    def __init__(
        self, file: str, *, examples: int = EXAMPLES_KEPT, refusals_limit: int = REFUSALS_KEPT
    ) -> None:
        """Start with nothing read."""
        self.file = file
        self.rows_read = 0
        self.kept = 0
        self.merged = 0
        self.refused_count = 0
        self.repaired_count = 0
        self.counts: Counter[tuple[Severity, str]] = Counter()
        self._examples = examples
        self._refusals_limit = refusals_limit
        self._kept: dict[tuple[Severity, str], list[Note]] = {}
        self._refusals = 0
        self._last_repaired = ""

    def refused(self, kind: str, *, row: str, reason: str, remedy: str, column: str = "") -> None:
        """Note that a row is not read."""
        self.refused_count += 1
        self.counts["refused", kind] += 1
        if self._refusals < self._refusals_limit:
            self._refusals += 1
            self._keep(Note(self.file, row, column, reason, remedy, "refused", kind))

    def told(self, kind: str, *, row: str = "", reason: str, remedy: str = "") -> None:
        """Note what a person should know of a row or file that is read as it is."""
        self.counts["told", kind] += 1
        if len(self._kept.get(("told", kind), ())) < self._examples:
            self._keep(Note(self.file, row, "", reason, remedy, "told", kind))

    def repaired(
        self,
        kind: str,
        *,
        row: str,
        reason: str,
        remedy: str = "",
        column: str = "",
        times: int = 1,
    ) -> None:
        """Note that a row is read with something changed (``times`` places of it)."""
        if row and row != self._last_repaired:
            self.repaired_count += 1
            self._last_repaired = row
        self.counts["repaired", kind] += times
        if len(self._kept.get(("repaired", kind), ())) < self._examples:
            self._keep(Note(self.file, row, column, reason, remedy, "repaired", kind))

    def _keep(self, note: Note) -> None:
        self._kept.setdefault((note.severity, note.kind), []).append(note)

    @property
    def refusals(self) -> list[Note]:
        """The refused rows, at most ``refusals_limit``."""
        return [note for note in self if note.severity == "refused"]

    @property
    def repairs(self) -> list[Note]:
        """Examples of repairs, a few of each kind."""
        return [note for note in self if note.severity == "repaired"]

    def __iter__(self) -> Iterator[Note]:
        """Yield the kept notes, by severity and kind, each in the order of the file."""
        for key in sorted(self._kept):
            yield from self._kept[key]

    def __str__(self) -> str:
        """Return a summary: one line of numbers, then one line per kind of note."""
        merged = f", {self.merged} merged into others" if self.merged else ""
        lines = [
            f"{self.file}: {self.rows_read} rows read, {self.kept} records kept{merged}, "
            f"{self.repaired_count} repaired, {self.refused_count} refused"
        ]
        lines += [f"  {sev}: {kind} ({n})" for (sev, kind), n in sorted(self.counts.items())]
        return "\n".join(lines)
