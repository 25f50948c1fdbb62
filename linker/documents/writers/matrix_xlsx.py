"""The matrix as a spreadsheet: the same rows, to sort and filter."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from linker.documents import citation
from linker.documents.inputs import Options, Source
from linker.documents.kinds import COLUMNS as CHOSEN
from linker.documents.matrix import Row, matrix
from linker.documents.writers import xlsx as sheets
from linker.documents.writers.phrasing import EXPLANATION, capital
from linker.documents.writers.xlsx import Column
from linker.records.importers.own_matrix_xlsx import RECORDS_SHEET
from linker.records.record import TABLE_COLUMNS, Record
from linker.themes.theme import Theme

CONVERGING = Column("converging", "What asks the same", 46)
COLUMNS = (
    Column("theme", "Theme", 16),
    Column("number", "Number", 13),
    Column("recommendation", "Recommendation", 46),
    Column("by", "Recommending States or body", 16),
    Column("position", "Position", 10),
    CONVERGING,
    Column("themes", "Themes and groups of persons", 20),
    Column("targets", "Linked SDG targets", 22),
    Column("indicators", "Linked SDG indicators", 26),
    Column("responsible", "Responsible body", 13),
    Column("timeline", "Timeline", 11),
    Column("status", "Status", 11),
    Column("umbrella", "Umbrella", 15),
    Column("id", "Record id", 18),
)


def write_matrix_xlsx(source: Source, options: Options, path: Path) -> None:
    """Write the matrix, one row a recommendation, every cell text."""
    made = matrix(source, options)
    workbook = sheets.new_workbook(source, "Matrix")
    sheet = workbook.active
    top = sheets.put_top(sheet, source, "Implementation matrix", [made.summary, EXPLANATION])
    columns = [c for c in COLUMNS if c.name not in CHOSEN or made.shows(c.name)]
    sheets.put_header(sheet, top, columns)
    for number, (theme, row) in enumerate(made.rows(), start=top + 1):
        known = dict(zip((c.name for c in COLUMNS), _values(theme, row), strict=True))
        values = [known[column.name] for column in columns]
        sheets.put_row(sheet, number, columns, values)
    sheets.print_setup(sheet, source, top, columns, first="A:B")
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


def _values(theme: Theme, row: Row) -> list[str]:
    record = row.record
    groups = ["Groups of persons: " + "; ".join(record.groups)] if record.groups else []
    return [
        theme.label,
        citation.number(row.record),
        record.text,
        row.recommenders,
        capital(record.position),
        sheets.converging(row, CONVERGING.width),
        "\n".join([*record.themes, *groups]),
        "\n".join(f"{r.code} [{r.mark.text}]: {r.entry.title}" for r in row.targets),
        "\n".join(
            [
                *row.measured_by.splitlines(),
                *(f"{r.code} [{r.role}; {r.mark.text}]: {r.entry.title}" for r in row.indicators),
            ]
        ),
        row.entry.responsible,
        row.entry.deadline,
        capital(row.entry.status),
        theme.umbrella,
        record.id,
    ]
