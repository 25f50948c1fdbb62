"""The XLSX export of the Universal Human Rights Index (also saved as CSV)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from linker.records.import_notes import Notes
from linker.records.importers.base import Head, Options
from linker.records.importers.found_tables import tables_in
from linker.records.importers.safe_open import kind_of
from linker.records.importers.uhri import is_uhri, uhri_records
from linker.records.record import Record


class UhriXlsx:
    """Rows under misspelt headings, several values in a cell, dates as Excel serial numbers."""

    name = "uhri_xlsx"
    label = "UHRI export (XLSX)"

    def recognises(self, head: Head) -> bool:
        """Say whether the headings are those of UHRI."""
        return head.kind in ("xlsx", "csv") and is_uhri(head.names)

    def read(self, path: Path, notes: Notes, options: Options) -> Iterator[Record]:
        """Yield a record a row and State."""
        for table in tables_in(path, kind_of(path, options.limits), notes, options):
            for row in table.rows:
                item = dict(zip(table.columns, row.cells, strict=True))
                yield from uhri_records(item, row.place, notes, options)
