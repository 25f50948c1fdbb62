"""JSON objects under the names of the table format: what `linker export records` writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from linker.records.import_notes import Notes
from linker.records.importers.assemble import Draft
from linker.records.importers.base import Head, Options
from linker.records.importers.json_items import json_items
from linker.records.importers.table import fields_of
from linker.records.record import Record


class JsonTable:
    """An array of objects with a text each; what no field takes is kept in ``extra``."""

    name = "table_json"
    label = "table (JSON)"

    def recognises(self, head: Head) -> bool:
        """Say whether some key holds the text."""
        return head.kind == "json" and "text" in fields_of(head.columns)

    def read(self, path: Path, notes: Notes, options: Options) -> Iterator[Record]:
        """Yield a record an object."""
        for place, item in json_items(path, notes, options.limits):
            keys = tuple(item)
            fields = {keys[index]: field for field, index in fields_of(keys).items()}
            extra = {key: _cell(value) for key, value in item.items() if key not in fields}
            if isinstance(own := item.get("extra"), Mapping):
                del extra["extra"]
                extra |= {str(key): _cell(value) for key, value in own.items()}
            extra.pop("sources", None)  # it is now read from this file
            yield from Draft(
                {field: _cell(item[key]) for key, field in fields.items()},
                place,
                notes,
                options,
                numeric={field for key, field in fields.items() if isinstance(item[key], float)},
                extra=tuple((key, "; ".join(_values(cell))) for key, cell in extra.items() if cell),
            ).records()


def _cell(value: object) -> str | tuple[str, ...]:
    if isinstance(value, list):
        return tuple(_cell_text(part) for part in value if not isinstance(part, list | dict))
    return _cell_text(value)


def _cell_text(value: object) -> str:
    if value is None or isinstance(value, list | dict):
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _values(cell: str | tuple[str, ...]) -> tuple[str, ...]:
    return (cell,) if isinstance(cell, str) else cell
