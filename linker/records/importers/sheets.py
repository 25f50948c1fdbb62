"""The first table of a CSV or XLSX file as it stands, for lists that are no recommendations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from linker.records.import_notes import Notes, refuse
from linker.records.importers.base import Kind, Limits
from linker.records.importers.found_tables import fitted_rows
from linker.records.importers.grid import Row
from linker.records.importers.grids import grids_of
from linker.records.importers.header_rows import unlike

_TITLE_ROWS = 20


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its headings (no two alike) and its rows, read as they are asked for."""

    columns: tuple[str, ...]
    rows: Iterator[Row]


def read_sheet(path: Path, kind: Kind, notes: Notes, limits: Limits) -> Sheet:
    """Return the table in a CSV file or in the first filled sheet of an XLSX file.

    Raises:
        ImportRefused: no header row, or a file that cannot be opened.
    """
    for grid in grids_of(path, kind, notes, limits):
        first = list(islice(grid.rows, _TITLE_ROWS))
        filled = [at for at, row in enumerate(first) if row.filled]
        if filled:
            header = next(
                (at for at in filled if len(first[at].filled) > 1 or kind == "csv"), filled[0]
            )
            columns = unlike(first[header].cells)
            rows = chain(first[header + 1 :], grid.rows)
            return Sheet(columns, fitted_rows(rows, columns, kind, notes, limits))
    raise refuse(notes.file, "no header row was found", "Put column names in the first row.")
