"""Records as a table to download."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from linker.documents.writers.xlsx import put
from linker.records.cells import neutral
from linker.records.record import TABLE_COLUMNS, Record

WIDTHS = {"id": 26, "text": 90, "themes": 40, "groups": 24, "recommending_states": 24}
"""Of columns of a workbook, in characters."""


def to_csv(records: Iterable[Record]) -> str:
    """Return records as CSV that Linker imports again; no cell is taken for a formula."""
    return rows_to_csv(record_rows(records), TABLE_COLUMNS)


def to_xlsx(records: Iterable[Record]) -> bytes:
    """Return the same table as an Excel workbook; its heading row stays in sight, with filters."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Records"
    for column, name in enumerate(TABLE_COLUMNS, start=1):
        put(sheet, 1, column, name, bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = WIDTHS.get(name, 14)
    row = 1
    for row, values in enumerate(record_rows(records), start=2):
        for column, name in enumerate(TABLE_COLUMNS, start=1):
            put(sheet, row, column, _cell(values[name]))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(TABLE_COLUMNS))}{row}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def record_rows(records: Iterable[Record]) -> Iterator[dict[str, Any]]:
    """Yield the row of each record in the table format."""
    for record in records:
        plain = record.to_dict()
        yield {name: plain[name] for name in TABLE_COLUMNS}


def rows_to_csv(rows: Iterable[Mapping[str, Any]], columns: Sequence[str] = ()) -> str:
    """Return rows as CSV; no cell is taken for a formula.

    Args:
        rows: each with the columns.
        columns: those to write; all of the first row unless given.
    """
    listed = list(rows)
    names = columns or (list(listed[0]) if listed else [])
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(names)
    for row in listed:
        writer.writerow(neutral(_cell(row[name])) for name in names)
    # Excel takes a CSV for UTF-8 only when it begins with this mark.
    return "\ufeff" + out.getvalue()


def _cell(value: object) -> str:
    return "; ".join(value) if isinstance(value, (list, tuple)) else str(value or "")
