"""The rows of a CSV file, whatever encoding and delimiter it has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from linker.records.cells import plain
from linker.records.import_notes import Notes
from linker.records.importers.base import Limits
from linker.records.importers.csv_lines import CsvProblem, Lines, csv_rows, delimiter_of
from linker.records.importers.encodings import NAMES, encoding_of
from linker.records.importers.grid import Grid, Row
from linker.records.importers.safe_open import open_text


def csv_grid(path: Path, notes: Notes, limits: Limits) -> Grid:
    """Return the rows of a CSV file."""
    return Grid(_rows(path, notes, limits))


def _rows(path: Path, notes: Notes, limits: Limits) -> Iterator[Row]:
    encoding, damaged = encoding_of(path, limits)
    if encoding in NAMES:
        notes.repaired(
            "encoding",
            row="",
            reason=f"not UTF-8; read as {NAMES[encoding]}",
            remedy="Check names with accents; better, save the file as UTF-8.",
        )
    if damaged:
        notes.repaired(
            "encoding",
            row="",
            reason=f"{damaged} damaged characters became \ufffd",
            remedy="Export the file again.",
            times=damaged,
        )
    with open_text(path, encoding, limits) as file:
        lines = Lines(file, limits)
        delimiter, skipped = delimiter_of(lines)
        for number, row in enumerate(csv_rows(lines, delimiter), start=1 + skipped):
            place = f"row {number}"
            if isinstance(row, CsvProblem):
                notes.rows_read += 1
                notes.refused(row.kind, row=place, reason=row.reason, remedy=row.remedy)
                continue
            if row.mended:
                notes.repaired("stray quotes", row=place, reason="its quotes are not paired")
            yield Row(place, tuple(map(plain, row.cells)))
    if lines.nuls:
        notes.repaired(
            "NUL characters",
            row="",
            reason=f"{lines.nuls} NUL characters left out",
            times=lines.nuls,
        )
