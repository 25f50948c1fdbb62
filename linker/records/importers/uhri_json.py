"""The JSON export of the Universal Human Rights Index (some 260,000 records), streamed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from linker.records.import_notes import Notes
from linker.records.importers.base import Head, Options, column_name
from linker.records.importers.json_items import ABOVE, json_items
from linker.records.importers.json_shape import json_shape
from linker.records.importers.uhri import is_uhri, uhri_records
from linker.records.record import Record


class UhriJson:
    """An array of annotations, or one; keys as in the export or in lower case."""

    name = "uhri_json"
    label = "UHRI export (JSON)"

    def recognises(self, head: Head) -> bool:
        """Say whether the keys are those of UHRI."""
        return head.kind == "json" and is_uhri(head.names)

    def read(self, path: Path, notes: Notes, options: Options) -> Iterator[Record]:
        """Yield a record an annotation and State."""
        shape = json_shape(path, options.limits, _keys_of_uhri)
        for place, item in json_items(path, notes, options.limits, shape):
            if above := item.pop(ABOVE, ""):
                item.setdefault("Countries", [above])
            yield from uhri_records(item, place, notes, options)


def _keys_of_uhri(keys: tuple[str, ...]) -> bool:
    return is_uhri(frozenset(map(column_name, keys)))
