"""What people changed about records by hand: corrections, merges, partings, and their undoing.

Rows of a log that only grows. What stands is worked out from it, so an undo gives back exactly
what was there before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from linker.i18n.messages import tr, tr_later

EditKind = Literal["correct", "merge", "part", "forget", "put back", "undo"]
KINDS: tuple[EditKind, ...] = get_args(EditKind)


@dataclass(frozen=True, slots=True)
class RecordEdit:
    """One change by hand to one record.

    Attributes:
        kind: correct a field; merge ``other`` into the record; part what an import joined; forget
            a source, or put it back; undo.
        record_id: the record; the one that stays, of a merge.
        field: of a record, for a correction.
        value: of that field, of its type as in JSON; the number of what an undo
            undoes, and of a source.
        other: the id that is merged or parted.
        reviewer: who did it.
        note: why, if they said.
        seq: its number in the log, from 1; 0 before it is written.
        at: when, ISO 8601 in UTC.
    """

    kind: EditKind
    record_id: str
    field: str = ""
    value: Any = None
    other: str = ""
    reviewer: str = ""
    note: str = ""
    seq: int = 0
    at: str = ""

    def __str__(self) -> str:
        return tr(
            _SAID[self.kind],
            record=self.record_id,
            field=self.field,
            other=self.other,
            value=_shown(self.value),
        )


def standing_edits(log: Iterable[RecordEdit]) -> list[RecordEdit]:
    """Return the edits that nobody took back, oldest first."""
    rows = sorted(log, key=lambda edit: edit.seq)
    undone = {edit.value for edit in rows if edit.kind == "undo"}
    return [edit for edit in rows if edit.kind != "undo" and edit.seq not in undone]


class Joins:
    """Which record an id stands for, after all merges and partings that stand."""

    def __init__(self, log: Iterable[RecordEdit] = ()) -> None:
        self.parted: set[tuple[str, str]] = set()
        self.merged: dict[str, str] = {}
        self._names: dict[str, set[str]] | None = None
        for edit in standing_edits(log):
            if edit.kind == "merge" and self.followed(edit.record_id) != edit.other:
                self.merged[edit.other] = edit.record_id
            elif edit.kind == "part":
                self.parted.add((edit.record_id, edit.other))

    def followed(self, record_id: str) -> str:
        """Return the record that an id was merged into, or the id."""
        while record_id in self.merged:
            record_id = self.merged[record_id]
        return record_id

    def record_of(self, record_id: str, given: str) -> str:
        """Return the record of a statement.

        Args:
            record_id: the record that its import took it for.
            given: the id that its source gives it.
        """
        return self.followed(given if (record_id, given) in self.parted else record_id)

    def names(self, record_id: str) -> set[str]:
        """Return the ids that stand for a record, its own among them."""
        if self._names is None:
            self._names = {}
            for other in self.merged:
                self._names.setdefault(self.followed(other), set()).add(other)
        return {record_id, *self._names.get(record_id, ())}

    def corrections(self, log: Iterable[RecordEdit]) -> dict[str, dict[str, Any]]:
        """Return the corrections that stand, by record and field; the last one counts."""
        found: dict[str, dict[str, Any]] = {}
        for edit in standing_edits(log):
            if edit.kind == "correct":
                found.setdefault(self.followed(edit.record_id), {})[edit.field] = edit.value
        return found


_SAID: Mapping[EditKind, str] = {
    "correct": tr_later("{record}: {field} is {value}"),
    "merge": tr_later("{other} merged into {record}"),
    "part": tr_later("{other} parted from {record}"),
    "forget": tr_later("source {value} taken out"),
    "put back": tr_later("source {value} put back"),
    "undo": tr_later("edit {value} undone"),
}
"""What each kind of edit did, in words."""


def _shown(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value)) or tr("empty")
    return tr("empty") if value in (None, "") else str(value)
