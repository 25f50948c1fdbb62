"""The UPR Info database's export: one row for each recommending State, merged into records."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from linker.records.import_notes import Notes
from linker.records.importers.assemble import Draft
from linker.records.importers.base import Head, Options, column_name
from linker.records.importers.safe_open import kind_of
from linker.records.importers.sheets import Row, read_sheet
from linker.records.record import Record
from linker.records.values import whole_number
from linker.vocabulary.states import near_states, state_code
from linker.vocabulary.text import clean_text, fold

# "Rgrp" and "Org" come twice (of the State under review and of the recommending State); both
# follow from the States and are not kept.
_COLUMNS = {
    "id": ("id",),
    "state": ("sur", "stateunderreview"),
    "text": ("recommendation", "text"),
    "recommender": ("rs", "recommendingstate"),
    "response": ("response",),
    "action": ("action",),
    "issues": ("issue", "issues"),
    "session": ("session",),
}
_NEEDED = ("state", "text", "recommender", "response", "action", "session")


def _places(columns: tuple[str, ...]) -> dict[str, int]:
    names = [column_name(column) for column in columns]
    return {
        field: names.index(name)
        for field, accepted in _COLUMNS.items()
        for name in accepted
        if name in names
    }


@dataclass(slots=True)
class _Group:
    """The rows of one recommendation: same State under review, session and text."""

    rows: list[tuple[str, dict[str, str]]]

    def all(self, field: str) -> tuple[str, ...]:
        values = (cells.get(field, "") for _, cells in self.rows)
        return tuple(sorted({value for value in values if value}))

    def most(self, field: str) -> str:
        """Return the commonest value; of equally common ones the longest ("supported")."""
        if len(self.rows) == 1:
            return self.rows[0][1][field]
        counts = Counter(cells[field] for _, cells in self.rows if cells[field])
        return max(counts, key=lambda value: (counts[value], len(value), value), default="")


class UprInfo:
    """Recommendations of UPR Info; rows that differ only in the recommending State are one."""

    name = "upr_info"
    label = "UPR Info export (CSV)"

    def recognises(self, head: Head) -> bool:
        """Say whether the columns are those of UPR Info."""
        places = _places(head.columns)
        return head.kind in ("csv", "xlsx") and all(field in places for field in _NEEDED)

    def read(self, path: Path, notes: Notes, options: Options) -> Iterator[Record]:
        """Yield a record a recommendation, in the order of the file.

        All rows are held at once, for those of one recommendation need not follow one another.
        """
        sheet = read_sheet(path, kind_of(path, options.limits), notes, options.limits)
        places = _places(sheet.columns)
        groups: dict[tuple[str, str, str], _Group] = {}
        for row in sheet.rows:
            cells = {field: _cell(row, place) for field, place in places.items()}
            key = _key(cells, row, notes)
            if key:
                groups.setdefault(key, _Group([])).rows.append((row.place, cells))
        for group in groups.values():
            yield from _records(group, notes, options)


def _cell(row: Row, place: int) -> str:
    return clean_text(unescape(row.cells[place]))


def _key(cells: dict[str, str], row: Row, notes: Notes) -> tuple[str, str, str] | None:
    state = state_code(cells["state"])
    text = fold(cells["text"])
    if text and state:
        return state, whole_number(cells["session"]), text
    if text:
        near = near_states(cells["state"])
        remedy = f"Did you mean {' or '.join(near)}?" if near else "Use the State's UN name."
        reason = f"{cells['state']!r} is no State"
        notes.refused("unknown State", row=row.place, column="SuR", reason=reason, remedy=remedy)
    else:
        notes.refused(
            "empty text",
            row=row.place,
            column="Recommendation",
            reason="there is no text",
            remedy="Fill it in, or drop the row.",
        )
    return None


def _records(group: _Group, notes: Notes, options: Options) -> Iterator[Record]:
    place = group.rows[0][0]
    session = whole_number(group.most("session"))
    if not session:
        notes.repaired(
            "no session",
            row=place,
            column="Session",
            reason="no session, so cycle and year stay empty",
            remedy="Look the session up and fill it in.",
        )
    if len(group.all("response")) > 1:
        notes.repaired(
            "several responses",
            row=place,
            column="Response",
            reason=f"co-sponsors' rows differ; read as {group.most('response')}",
            remedy="Check the State's position in the addendum to the report.",
        )
    ids = sorted(group.all("id"), key=_natural)
    extra = [("action", ";".join(group.all("action")))] if group.all("action") else []
    if len(ids) > 1:
        extra.append(("merged_ids", ";".join(ids[1:])))
    notes.merged += len(group.rows) - 1
    yield from Draft(
        {
            "id": ids[0] if ids else "",
            "text": group.most("text"),
            "state": group.most("state"),
            "mechanism": "UPR",
            "body": "UPR",
            "session": session,
            "position": group.most("response"),
            "themes": tuple(
                sorted({issue for cell in group.all("issues") for issue in cell.split(",")})
            ),
            "recommending_states": group.all("recommender"),
        },
        place,
        notes,
        options,
        extra=tuple(extra),
    ).records()


def _natural(text: str) -> list[tuple[int, str]]:
    """Sort "UPRINFO#9" before "UPRINFO#10"."""
    return [(int(part) if part.isdecimal() else -1, part) for part in re.split(r"(\d+)", text)]
