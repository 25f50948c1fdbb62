"""A file as grids of text: the rows of a CSV file, of each sheet, of each table of a document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from linker.records.import_notes import Notes
from linker.records.importers.base import Kind, Limits


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it stands in the file.

    Attributes:
        place: "row 12", counted as a spreadsheet counts, or "table 1, row 3".
        cells: one string a column, "" where the cell is empty.
        numeric: columns whose cell is a number with decimals: a paragraph "140.10" has become
            140.1 there.
        merged: columns that show the value of a merged cell which began in an earlier row.
        spans: whether one cell goes over the whole width of the table.
    """

    place: str
    cells: tuple[str, ...]
    numeric: frozenset[int] = frozenset()
    merged: frozenset[int] = frozenset()
    spans: bool = False

    @property
    def filled(self) -> list[int]:
        """Return the columns that hold something."""
        return [place for place, cell in enumerate(self.cells) if cell.strip()]


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of one width or of several, read as they are asked for.

    Attributes:
        rows: the rows.
        name: of the sheet; empty where the file has but one.
        titles: texts that stand around it, such as the head of a document.
        hidden: whether the sheet is hidden.
    """

    rows: Iterator[Row]
    name: str = ""
    titles: tuple[str, ...] = ()
    hidden: bool = field(default=False)


def grids_of(path: Path, kind: Kind, notes: Notes, limits: Limits) -> Iterator[Grid]:
    """Yield the grids of a CSV, XLSX or DOCX file.

    Raises:
        ImportRefused: a file that cannot be opened.
    """
    if kind == "csv":
        from linker.records.importers.csv_grid import csv_grid

        yield csv_grid(path, notes, limits)
    elif kind == "xlsx":
        from linker.records.importers.xlsx_grids import xlsx_grids

        yield from xlsx_grids(path, notes, limits)
    else:
        from linker.records.importers.docx_tables import docx_grids

        yield from docx_grids(path, notes, limits)
