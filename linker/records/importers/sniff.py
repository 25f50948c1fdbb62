"""The first sight of a file, by which its importer is recognised."""

from __future__ import annotations

from pathlib import Path

from linker.records.import_notes import Notes
from linker.records.importers.base import Head, Kind, Limits
from linker.records.importers.safe_open import kind_of
from linker.records.importers.un.first_sight import front_of_file


def look(path: Path, limits: Limits) -> Head:
    """Return the kind of a file and the names at its beginning.

    Raises:
        ImportRefused: it cannot be opened, or is of no kind that is read.
    """
    kind = kind_of(path, limits)
    if front := front_of_file(path, kind, limits):
        return Head(kind, (), front)
    return Head(kind, _columns(path, kind, limits))


def _columns(path: Path, kind: Kind, limits: Limits) -> tuple[str, ...]:
    if kind == "json":
        from linker.records.importers.json_items import first_keys

        return first_keys(path, limits)
    if kind == "docx":
        from linker.records.importers.thematic_list import first_table_header

        return first_table_header(path)
    from linker.records.importers.sheets import read_sheet

    return read_sheet(path, kind, Notes(path.name), limits).columns
