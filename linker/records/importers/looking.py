"""What a file holds before its records are made: its sheets and headings, or its paragraphs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from linker.records.import_notes import Notes
from linker.records.importers.base import Kind, Options
from linker.records.importers.grid import Row
from linker.records.importers.grids import grids_of
from linker.records.importers.header_rows import unlike
from linker.records.importers.layout import SAMPLE, layout_of
from linker.records.importers.old_office import modern
from linker.records.importers.safe_open import kind_of
from linker.records.importers.sniff import look
from linker.records.importers.un.document import Mark, Paragraph
from linker.records.importers.un.importer import kind_by_content
from linker.records.importers.un.reading import read_document

ROWS = 5
"""Sample rows of a sheet."""
_SHEETS = 50
_PARAGRAPHS = 20_000


@dataclass(frozen=True, slots=True)
class SheetLook:
    """A sheet, or a table, as a person sees it who says what its columns hold.

    Attributes:
        name: of the sheet; empty where the file has but one.
        columns: headings, no two alike.
        fields: field -> its column, as far as they were recognised.
        rows: the first `ROWS` rows below the header, a cell a column.
    """

    name: str
    columns: tuple[str, ...]
    fields: Mapping[str, int]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class FileLook:
    """What a file holds: sheets, or the paragraphs of a document, or neither (JSON)."""

    sheets: tuple[SheetLook, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()


LOOKED_AT = (FileLook, SheetLook, Paragraph, Mark)
"""The classes of what `look_into` returns."""


def look_into(path: Path, options: Options) -> FileLook:
    """Return what a file holds.

    Args:
        path: the file.
        options: with the columns that a person named.

    Raises:
        ImportRefused: it cannot be opened, or is of no kind that is read.
    """
    path = modern(path, options.limits)
    head = look(path, options)
    if head.front or head.listed:
        kind = kind_by_content(path)
        document = read_document(path, kind, options.limits)
        return FileLook(paragraphs=document.paragraphs[:_PARAGRAPHS])
    kind_of_file: Kind = kind_of(path, options.limits)
    if kind_of_file == "zip" or (kind_of_file == "json" and not head.has_text):
        return FileLook()
    grids = grids_of(path, kind_of_file, Notes(path.name), options.limits)
    found = (_sheet(grid.name, list(islice(grid.rows, SAMPLE)), options) for grid in grids)
    return FileLook(sheets=tuple(islice(filter(None, found), _SHEETS)))


def _sheet(name: str, rows: Sequence[Row], options: Options) -> SheetLook | None:
    filled = [row for row in rows if row.filled]
    if not filled:
        return None
    layout = layout_of(rows, options.columns)
    columns = layout.columns if layout else unlike(filled[0].cells)
    below = rows[layout.header + 1 :] if layout else filled[1:]
    width = len(columns)
    cells = ((*row.cells[:width], *[""] * (width - len(row.cells))) for row in below if row.filled)
    return SheetLook(name, columns, layout.fields if layout else {}, tuple(islice(cells, ROWS)))
