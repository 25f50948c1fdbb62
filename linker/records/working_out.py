"""What a record is, worked out from what its sources say of it. A pure function, no more.

For each field, a correction by hand stands first, then the latest source that says something.
In detail:

- *pending* says nothing where any source of the record gives a final position; what says where
  the position was taken, and the marks beside it, come from sources of that same position.
- A source whose own rows contradict one another in a field of ``DECISIVE`` (supported under one
  theme, noted under another) says "contradicted", which leaves the field empty until somebody
  decides or a later source is clear. In other fields its fuller row stands.
- "All other recommendations are noted" in an addendum is said of the report's recommendations by
  a statement without text under the number `ALL_OTHERS`. It holds where nothing else gives a final
  position, and the source of the position says that it was said of all others.
- Lists (themes, groups, SDGs, recommending States) and the columns that Linker does not know
  would lose what one source adds to another if the latest took all: OHCHR's list has themes where
  UPR Info has issues. So here the latest *version* of each source speaks (files of one shape or
  one name are versions of one source, see ``Statement.line``), and what the sources say is united.
  A theme that a corrected file no longer names is gone; one that another source names stays.

The result depends on numbers and places of the statements alone, never on the order in which they
are handed in; a source left out is as if it had never been read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from linker.records.ids import report_symbol
from linker.records.record import LISTS, Record
from linker.records.statements import Statement

DECISIVE = (
    "state", "mechanism", "body", "symbol", "paragraph", "cycle", "session", "year", "position",
)  # fmt: skip
"""Fields in which two values of one source are a contradiction and never to be chosen among."""
_BESIDE_POSITION = ("position_source", "position_note")
_PLAIN = (
    "cites", "date", "text", "language", "source_url", "kind", "heading", "context",
)  # fmt: skip
PENDING = "pending"
ALL_OTHERS = "*"
"""Number under which an addendum says a position of all recommendations that it does not name."""
_OF_ALL_OTHERS = "said of all other recommendations"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two sources, or two rows of one, that say different things of one record.

    Attributes:
        record_id: the record.
        label: how a reader would cite it.
        field: of a record.
        said: each value and where it stands, such as ("supported", "list.docx, table 1, row 4").
        value: what counts now; empty until somebody decides.
    """

    record_id: str
    label: str
    field: str
    said: tuple[tuple[str, str], ...]
    value: str

    @property
    def places(self) -> str:
        """Each value and where it stands, and what counts."""
        said = "; ".join(f"{value} ({where})" for value, where in self.said)
        stands = f"counts as {self.value}" if self.value else "left empty until somebody decides"
        return f"{said}: {stands}"

    def __str__(self) -> str:
        return f"{self.label} ({self.record_id}): {self.field}: {self.places}"


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """A record as it counts, and what contradicts what about it."""

    record: Record
    contradictions: tuple[Contradiction, ...]


@dataclass(frozen=True)
class _Voice:
    """What one source says: its rows about the record, in their order."""

    source: int
    line: str
    rows: tuple[Statement, ...]

    def values(self, name: str) -> dict[Any, str]:
        """Return each value that a row gives for a field, and where it first stands."""
        found: dict[Any, str] = {}
        for row in self.rows:
            if value := getattr(row.said, name):
                found.setdefault(value, row.where)
        if name == "position" and len(found) > 1:
            found.pop(PENDING, None)
        return found

    def says(self, name: str) -> Any:
        """Return the one thing the source says of a field; empty where it contradicts itself."""
        values = list(self.values(name))
        if name in DECISIVE:
            return values[0] if len(values) == 1 else type(values[0])() if values else ""
        return max(values, key=_fuller, default="")

    def listed(self, name: str) -> tuple[str, ...]:
        return _together(getattr(row.said, name) for row in self.rows)

    def extra(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for row in self.rows:
            for key, value in row.said.extra:
                found[key] = max(found.get(key, ""), value, key=_fuller)
        return found


def worked_out(
    record_id: str, statements: Sequence[Statement], corrections: Mapping[str, Any] | None = None
) -> WorkedOut:
    """Return what a record is by all that is said of it.

    Args:
        record_id: its id.
        statements: of sources that speak; at least one.
        corrections: field -> value given by hand, of the type that the field has.
    """
    corrected = corrections or {}
    said_of_all = [one for one in statements if _is_of_all(one.said)]
    rows = [one for one in statements if not _is_of_all(one.said)]
    if said_of_all:
        made = worked_out(record_id, rows, corrections)
        return replace(made, record=_with_others(made, said_of_all, corrected))
    if len(rows) == 1:  # nearly all records are said once; what follows gives the same
        said = rows[0].said
        if corrected or said.id != record_id:
            said = replace(said, id=record_id, **corrected)
        return WorkedOut(said, ())
    voices = _voices(rows)
    values: dict[str, Any] = {name: _latest(voices, name) for name in (*DECISIVE, *_PLAIN)}
    values["year"] = values["year"] or None
    values |= _about_position(voices, values["position"])
    values |= {name: _united(voices, name) for name in LISTS}
    values["extra"] = _extra(voices)
    values["sources"] = _together(row.said.sources for voice in voices for row in voice.rows)
    record = Record(**{**values, "id": record_id, **corrected})
    return WorkedOut(record, tuple(_contradictions(record, voices, corrected)))


def _is_of_all(said: Record) -> bool:
    return said.paragraph == ALL_OTHERS and said.wordless


def _with_others(
    made: WorkedOut, said_of_all: Sequence[Statement], corrected: Mapping[str, Any]
) -> Record:
    """Return a record with the position said of all others, where it has no final one."""
    record = made.record
    decided = any(one.field == "position" for one in made.contradictions)
    if "position" in corrected or decided or record.position not in ("", PENDING):
        return record
    latest = max(said_of_all, key=lambda one: (one.source, one.place)).said
    source = ", ".join(part for part in (latest.position_source, _OF_ALL_OTHERS) if part)
    return replace(
        record,
        position=latest.position,
        position_note=latest.position_note,
        position_source=source,
    )


def _voices(statements: Iterable[Statement]) -> list[_Voice]:
    """Return what each source says, the latest first."""
    by_source: dict[int, list[Statement]] = {}
    for statement in sorted(statements, key=lambda one: (one.source, one.place)):
        by_source.setdefault(statement.source, []).append(statement)
    found = [_Voice(number, rows[0].line, tuple(rows)) for number, rows in by_source.items()]
    return found[::-1]


def _latest(voices: Sequence[_Voice], name: str) -> Any:
    speaking = [voice for voice in voices if voice.values(name)]
    if name == "position":
        final = [voice for voice in speaking if set(voice.values(name)) != {PENDING}]
        speaking = final or speaking
    return speaking[0].says(name) if speaking else ""


def _about_position(voices: Sequence[_Voice], position: str) -> dict[str, str]:
    agreeing = [voice for voice in voices if voice.says("position") == position]
    return {
        name: next((said for voice in agreeing if (said := voice.says(name))), "")
        for name in _BESIDE_POSITION
    }


def _united(voices: Sequence[_Voice], name: str) -> tuple[str, ...]:
    """Return what the latest version of each source lists, all together."""
    latest: dict[str, tuple[str, ...]] = {}
    for voice in voices:
        if voice.line not in latest and (values := voice.listed(name)):
            latest[voice.line] = values
    return _together(latest.values())


def _together(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Return one list as it is, several as one in alphabetical order."""
    found = {values for values in lists if values}
    if len(found) == 1:
        return found.pop()
    return tuple(sorted({value for values in found for value in values}))


def _extra(voices: Sequence[_Voice]) -> tuple[tuple[str, str], ...]:
    several = {row.said.extra for voice in voices for row in voice.rows if row.said.extra}
    if len(several) == 1:
        return several.pop()
    found: dict[str, str] = {}
    for voice in voices:
        found = {**voice.extra(), **found}
    return tuple(sorted(found.items()))


def _contradictions(
    record: Record, voices: Sequence[_Voice], corrected: Mapping[str, Any]
) -> Iterable[Contradiction]:
    for name in DECISIVE:
        if name in corrected:
            continue
        latest: dict[str, dict[Any, str]] = {}
        for voice in voices:
            if values := voice.values(name):
                latest.setdefault(voice.line, values)
        said: dict[Any, str] = {}
        for values in latest.values():
            for value, where in values.items():
                said.setdefault(value, where)
        if name == "position" and len(said) > 1:
            said.pop(PENDING, None)
        if len({_comparable(name, value) for value in said}) > 1:
            places = tuple(sorted((str(value), where) for value, where in said.items()))
            yield Contradiction(
                record.id, record.label, name, places, str(getattr(record, name) or "")
            )


def _comparable(name: str, value: Any) -> Any:
    """Return a value as it is compared: an addendum belongs to its report."""
    return report_symbol(value) if name == "symbol" else value


def _fuller(value: str) -> tuple[int, str]:
    return len(value), value
