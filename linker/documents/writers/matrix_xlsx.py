"""The matrix as a spreadsheet: the same rows, to sort and filter."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from linker.documents.inputs import Options, Source
from linker.documents.kinds import COLUMNS as CHOSEN
from linker.documents.matrix import matrix
from linker.documents.writers import xlsx as sheets
from linker.documents.writers.columns import COLUMNS
from linker.documents.writers.phrasing import EXPLANATION
from linker.i18n.messages import tr
from linker.records.importers.own_matrix_xlsx import RECORDS_SHEET
from linker.records.record import TABLE_COLUMNS, Record


def write_matrix_xlsx(source: Source, options: Options, path: Path) -> None:
    """Write the matrix, one row a recommendation, every cell text."""
    made = matrix(source, options)
    workbook = sheets.new_workbook(source, "Matrix")
    sheet = workbook.active
    columns = [c for c in COLUMNS.values() if c.name not in CHOSEN or made.shows(c.name)]
    top = sheets.put_top(
        sheet, source, tr("Implementation matrix"), [made.summary, EXPLANATION], columns
    )
    sheets.put_table(sheet, top, columns, made.rows())
    sheets.print_setup(sheet, source, top, columns)
    put_records(workbook, [row.record for _, row in made.rows()])
    sheets.save(workbook, path, source)


def put_records(workbook: Any, records: Sequence[Record]) -> None:
    """Put the records on a hidden sheet, in the table format, so that they come back whole."""
    sheet = workbook.create_sheet(RECORDS_SHEET)
    sheet.sheet_state = "hidden"
    lines = [dict(zip(TABLE_COLUMNS, TABLE_COLUMNS, strict=True))]
    lines += [record.to_dict() for record in records]
    for number, line in enumerate(lines, start=1):
        for place, name in enumerate(TABLE_COLUMNS, start=1):
            value = line[name]
            text = "\n".join(value) if isinstance(value, list) else str(value or "")
            sheets.put(sheet, number, place, text, border=False)
