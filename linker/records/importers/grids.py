"""A file as grids of text: the rows of a CSV file, of each sheet, of each table of a document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from linker.records.import_notes import Notes
from linker.records.importers.base import Kind, Limits
from linker.records.importers.grid import Grid


def grids_of(path: Path, kind: Kind, notes: Notes, limits: Limits) -> Iterator[Grid]:
    """Yield the grids of a CSV, XLSX, DOCX, HTML or JSON file.

    Raises:
        ImportRefused: a file that cannot be opened.
    """
    if kind == "csv":
        from linker.records.importers.csv_grid import csv_grid

        yield csv_grid(path, notes, limits)
    elif kind == "xlsx":
        from linker.records.importers.xlsx_grids import xlsx_grids

        yield from xlsx_grids(path, notes, limits)
    elif kind == "html":
        from linker.records.importers.html_grids import html_grids

        yield from html_grids(path, limits)
    elif kind == "json":
        from linker.records.importers.json_grid import json_grid

        yield json_grid(path, notes, limits)
    else:
        from linker.records.importers.docx_tables import docx_grids

        yield from docx_grids(path, notes, limits)
