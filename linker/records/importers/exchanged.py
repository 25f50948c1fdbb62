"""Tables that other programs exchange: IMPACT OSS, Uwazi (see `linker.records.exchange`)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from linker.records.cells import plain
from linker.records.exchange import Shape, shapes
from linker.records.import_notes import Notes
from linker.records.importers.assemble import Draft
from linker.records.importers.base import Head, Options, column_name
from linker.records.importers.safe_open import kind_of
from linker.records.importers.sheets import read_sheet
from linker.records.record import LISTS, Record


class Exchanged:
    """A table of another program, told by its headings.

    Args:
        shape: how it looks.
    """

    def __init__(self, shape: Shape) -> None:
        """Take name and label from the shape."""
        self.name, self.label, self._shape = shape.name, shape.label, shape

    def recognises(self, head: Head) -> bool:
        """Say whether all headings that it needs are there."""
        return head.kind in ("csv", "xlsx") and {*map(column_name, self._shape.needs)} <= head.names

    def read(self, path: Path, notes: Notes, options: Options) -> Iterator[Record]:
        """Yield a record a row; columns that no field takes are kept beside it."""
        sheet = read_sheet(path, kind_of(path, options.limits), notes, options.limits)
        names = [column_name(column) for column in sheet.columns]
        field_of = {column_name(h): field for field, h in self._shape.fields.items()}
        for row in sheet.rows:
            cells = list(zip(sheet.columns, names, map(plain, row.cells), strict=True))
            values = {
                field_of[name]: self._value(field_of[name], cell)
                for _, name, cell in cells
                if name in field_of
            }
            extra = tuple((c, cell) for c, name, cell in cells if cell and name not in field_of)
            yield from Draft(values, row.place, notes, options, extra=extra).records()

    def _value(self, field: str, cell: str) -> str | tuple[str, ...]:
        if field in LISTS:
            return tuple(part.strip() for part in cell.split(self._shape.between) if part.strip())
        return self._shape.words.get(field, {}).get(cell.strip(), cell)


def exchanged() -> tuple[Exchanged, ...]:
    """Return an importer for each shape."""
    return tuple(Exchanged(shape) for shape in shapes().values())
