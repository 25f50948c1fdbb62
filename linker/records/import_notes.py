"""What an importer refused and what it repaired, said so that a person can act on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from linker.errors import LinkerError
from linker.vocabulary.text import fold

Severity = Literal["refused", "incomplete", "repaired", "told"]

_PLEDGE_SHOWN = 600
EXAMPLES_KEPT = 20
REFUSALS_KEPT = 100_000


@dataclass(frozen=True)
class Note:
    """One thing to tell about one place of a file.

    Attributes:
        file: base name of the file.
        row: "row 12", "table 1, row 3", "record 17", or empty for the whole file.
        column: heading of the column, or empty.
        reason: what was wrong, with the value found.
        remedy: what to do about it, or empty.
        severity: "refused" (not read), "incomplete" (kept, but it names no State or holds a value
            that was not understood), "repaired" (read, but changed) or "told" (read as it is).
        kind: what notes of the same sort share, such as "unknown State"; what they are counted by.
        value: what stands there, or empty.
        sheet: the sheet of a workbook of several, or empty.
    """

    file: str
    row: str
    column: str
    reason: str
    remedy: str
    severity: Severity
    kind: str = ""
    value: str = ""
    sheet: str = ""

    def __str__(self) -> str:
        """Return one line: file, sheet, row, column, reason, remedy."""
        sheet = self.sheet and f"sheet {self.sheet}"
        column = self.column and f"column {self.column}"
        place = ", ".join(part for part in (self.file, sheet, self.row, column) if part)
        line = f"{place}: {self.severity}: {self.reason}"
        return f"{line}. {self.remedy}" if self.remedy else line

    def to_row(self) -> dict[str, str]:
        """Return the columns of a report."""
        return {
            "file": self.file,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "what": self.severity,
            "kind": self.kind,
            "why": self.reason,
            "remedy": self.remedy,
        }


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

    Every note is counted. Of repairs the first ``examples`` of each kind are kept, of refusals and
    of what was not understood the first ``refusals_limit``: such a row should be findable, a
    mended space need not.

    Attributes:
        file: base name of the file.
        rows_read: rows, records or table rows met.
        kept: records handed on.
        merged: rows that joined the record of an earlier row.
        left_out: records of States that were not asked for.
        refused_count: rows refused (all of them, also beyond the limit).
        incomplete_count: rows kept that name no State or hold a value that was not understood.
        repaired_count: rows in which something was repaired.
        counts: (severity, kind) -> how many.
        sheet: the sheet that is being read, of a workbook of several.
        pledges: (place, text) of every voluntary pledge of the State: kept, and no records.
    """

    def __init__(
        self, file: str, *, examples: int = EXAMPLES_KEPT, refusals_limit: int = REFUSALS_KEPT
    ) -> None:
        """Start with nothing read."""
        self.file = file
        self.rows_read = 0
        self.kept = 0
        self.merged = 0
        self.left_out = 0
        self.refused_count = 0
        self.incomplete_count = 0
        self.repaired_count = 0
        self.sheet = ""
        self.pledges: list[tuple[str, str]] = []
        self._stateless: Counter[str] = Counter()
        self._positions: dict[tuple[str, str], tuple[str, str]] = {}
        self.counts: Counter[tuple[Severity, str]] = Counter()
        self._examples = examples
        self._refusals_limit = refusals_limit
        self._kept: dict[tuple[Severity, str], list[Note]] = {}
        self._refusals = 0
        self._last_repaired = ("", "")
        self._last_incomplete = ("", "")

    def refused(
        self, kind: str, *, row: str, reason: str, remedy: str, column: str = "", value: str = ""
    ) -> None:
        """Note that a row is not read."""
        self.refused_count += 1
        self.counts["refused", kind] += 1
        if self._refusals < self._refusals_limit:
            self._refusals += 1
            self._keep(self._note("refused", kind, row, column, reason, remedy, value))

    def incomplete(
        self, kind: str, *, row: str, reason: str, remedy: str, column: str = "", value: str = ""
    ) -> None:
        """Note that a row is kept though it names no State or holds a value nobody understood."""
        if (self.sheet, row) != self._last_incomplete:
            self.incomplete_count += 1
            self._last_incomplete = (self.sheet, row)
        self.counts["incomplete", kind] += 1
        if self._refusals < self._refusals_limit:
            self._refusals += 1
            self._keep(self._note("incomplete", kind, row, column, reason, remedy, value))

    def told(
        self,
        kind: str,
        *,
        row: str = "",
        reason: str,
        remedy: str = "",
        column: str = "",
        value: str = "",
    ) -> None:
        """Note what a person should know of a row or file that is read as it is."""
        self.counts["told", kind] += 1
        if len(self._kept.get(("told", kind), ())) < self._examples:
            self._keep(self._note("told", kind, row, column, reason, remedy, value))

    def repaired(
        self,
        kind: str,
        *,
        row: str,
        reason: str,
        remedy: str = "",
        column: str = "",
        times: int = 1,
        value: str = "",
    ) -> None:
        """Note that a row is read with something changed (``times`` places of it)."""
        if row and (self.sheet, row) != self._last_repaired:
            self.repaired_count += 1
            self._last_repaired = (self.sheet, row)
        self.counts["repaired", kind] += times
        if len(self._kept.get(("repaired", kind), ())) < self._examples:
            self._keep(self._note("repaired", kind, row, column, reason, remedy, value))

    def pledge(self, row: str, text: str) -> None:
        """Keep a voluntary pledge of the State itself, which is no recommendation."""
        self.pledges.append((row, text))
        self.told(
            "voluntary pledge",
            row=row,
            reason=f"voluntary pledge, kept with the source, no record: {text[:_PLEDGE_SHOWN]}",
            value=text,
        )

    def told_apart(self, text: str) -> str:
        """Return the text of a row that names no State, told from those of other rows and files."""
        folded = fold(text)
        self._stateless[folded] += 1
        return f"{self.file} {self._stateless[folded]} {text}"

    def position(
        self, record_id: str, text: str, position: str, *, row: str, named: str = ""
    ) -> None:
        """Note the position of a record; a second one that differs is listed with both places.

        Other texts under the same id are other records.
        """
        place = f"{self.sheet and f'sheet {self.sheet}, '}{row}"
        first, where = self._positions.setdefault((record_id, text), (position, place))
        if first == position:
            return
        self.incomplete(
            "two positions",
            row=row,
            column="position",
            reason=f"{named or record_id} is {position} here and {first} in {where}; its position "
            "stays empty until somebody decides",
            remedy="Correct the file, or decide with `linker correct`.",
            value=position,
        )

    def _note(
        self,
        severity: Severity,
        kind: str,
        row: str,
        column: str,
        reason: str,
        remedy: str,
        value: str,
    ) -> Note:
        return Note(self.file, row, column, reason, remedy, severity, kind, value, self.sheet)

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
            f"{self.repaired_count} repaired, {self.incomplete_count} incomplete, "
            f"{self.refused_count} refused"
        ]
        lines += [f"  {sev}: {kind} ({n})" for (sev, kind), n in sorted(self.counts.items())]
        return "\n".join(lines)
