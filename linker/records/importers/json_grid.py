"""A JSON file whose records are rows of cells: [["state", "text"], ["Kenya", "…"]]."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from linker.records.import_notes import Notes
from linker.records.importers.base import Limits
from linker.records.importers.grid import Grid, Row
from linker.records.importers.json_items import as_text, json_items
from linker.records.importers.json_shape import JsonShape, json_shape


def json_grid(path: Path, notes: Notes, limits: Limits) -> Grid:
    """Return the rows of a file, its headings first where they stand in an array of their own."""
    shape = json_shape(path, limits, lambda _: False)
    return Grid(_rows(path, notes, limits, shape), titles=tuple(value for _, value in shape.around))


def _rows(path: Path, notes: Notes, limits: Limits, shape: JsonShape) -> Iterator[Row]:
    if shape.headings:
        yield Row("headings", shape.headings)
    read = Notes(notes.file)
    for number, (_, cells) in enumerate(json_items(path, read, limits, shape), start=1):
        numeric = {at for at, cell in enumerate(cells) if _has_decimals(cell)}
        yield Row(f"row {number}", tuple(map(_shown, cells)), frozenset(numeric))
    for note in read.refusals:
        notes.refused(note.kind, row=note.row, reason=note.reason, remedy=note.remedy)


def _has_decimals(value: Any) -> bool:
    return isinstance(value, float) and not value.is_integer()


def _shown(value: Any) -> str:
    return "; ".join(map(_shown, value)) if isinstance(value, list) else as_text(value)
