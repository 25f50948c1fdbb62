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
from linker.records.importers.found_tables import tables_in
from linker.records.importers.grid import Row
from linker.records.importers.safe_open import kind_of
from linker.records.record import Record
from linker.records.values import position_of, whole_number
from linker.vocabulary.states import state_code
from linker.vocabulary.text import clean_text, fold

# "Rgrp" and "Org" come twice (of the State under review and of the recommending State); both
# follow from the States and are not kept.
_COLUMNS = {
    "id": ("id",),
    "state": ("sur", "stateunderreview", "to"),
    "text": ("recommendation", "text"),
    "recommender": ("rs", "recommendingstate", "from"),
    "response": ("response",),
    "action": ("action",),
    "issues": ("issue", "issues"),
    "session": ("session",),
}
_PLEDGE = "voluntary pledge"
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

    def places(self, field: str) -> str:
        """Return where each value stands: "row 3: Supported, row 9: Noted"."""
        return ", ".join(f"{place}: {cells[field]}" for place, cells in self.rows if cells[field])

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
        groups: dict[tuple[str, str, str], _Group] = {}
        for table in tables_in(path, kind_of(path, options.limits), notes, options):
            places = _places(table.columns)
            for row in table.rows:
                cells = {field: _cell(row, place) for field, place in places.items()}
                key = _key(cells, row, notes)
                if key and options.only and key[0] != options.only:
                    notes.left_out += 1
                elif key:
                    groups.setdefault(key, _Group([])).rows.append((row.place, cells))
        for group in groups.values():
            yield from _records(group, notes, options)


def _cell(row: Row, place: int) -> str:
    return clean_text(unescape(row.cells[place]))


def _key(cells: dict[str, str], row: Row, notes: Notes) -> tuple[str, str, str] | None:
    state = state_code(cells["state"]) or cells["state"]
    text = fold(cells["text"])
    if fold(cells["response"]) == _PLEDGE:
        notes.pledge(row.place, cells["text"])
        return None
    if text:
        return state, whole_number(cells["session"]), text
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
    responses = group.all("response")
    if len({position_of(said) or said for said in responses}) > 1:
        notes.incomplete(
            "two positions",
            row=place,
            column="Response",
            reason=f"rows of one recommendation differ ({group.places('response')}); its position "
            "stays empty until somebody decides",
            remedy="Check the State's position in the addendum to the report, and correct it.",
            value="; ".join(responses),
        )
        responses = ()
    ids = sorted(group.all("id"), key=_natural)
    extra = [("action", ";".join(group.all("action")))] if group.all("action") else []
    if not responses and group.all("response"):
        extra.append(("response", "; ".join(group.all("response"))))
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
            "position": responses[0] if responses else "",
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
