"""A value given by hand for one field of a record, held to what an import holds a table to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from linker.errors import Invalid, NotFound
from linker.records.import_notes import Notes
from linker.records.importers.assemble import Draft
from linker.records.importers.base import Options
from linker.records.record import TABLE_COLUMNS, Record

CORRECTABLE = (*(name for name in TABLE_COLUMNS if name != "id"), "kind", "heading")
"""Fields that can be corrected; an id never is, for decisions hang on it."""
_TOLD_WITH = ("text", "mechanism", "body", "symbol", "state")
"""What a row must say for its other cells to be understood."""
_NEEDED = ("text",)


def corrected_value(record: Record, field: str, value: str) -> Any:
    """Return a value as the field of a record holds it, ready for JSON.

    Args:
        record: whose field it is.
        field: one of `CORRECTABLE`.
        value: as a cell of a table would have it; empty for nothing.

    Raises:
        NotFound: no such field.
        Invalid: the value does not fit the field.
    """
    if field not in CORRECTABLE:
        raise NotFound(f"{field}: no such field. There are: {', '.join(CORRECTABLE)}.")
    nothing = getattr(Record(id="-", text="-"), field)
    if not value.strip():
        if field in _NEEDED:
            raise Invalid(f"{field}: cannot be empty.")
        return list(nothing) if isinstance(nothing, tuple) else nothing
    notes = Notes("correction")
    cells = {name: str(getattr(record, name)) for name in _TOLD_WITH}
    made = list(Draft({**cells, field: value}, "", notes, Options()).records())
    held = getattr(made[0], field) if len(made) == 1 else None
    complaints = [note for note in notes if note.column == field]
    if not held or complaints or len(made) != 1:
        reason = complaints[0].reason if complaints else f"{value!r} is none"
        remedy = complaints[0].remedy if complaints else ""
        raise Invalid(f"{field}: {reason}. {remedy}".rstrip())
    try:
        replace(record, **{field: held})
    except ValueError as error:
        raise Invalid(f"{field}: {error}.") from error
    return list(held) if isinstance(held, tuple) else held
