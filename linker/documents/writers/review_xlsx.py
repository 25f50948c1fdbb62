"""What waits for a decision as a spreadsheet, to be judged in its cells and read back."""

from __future__ import annotations

from pathlib import Path

from linker.documents.inputs import Options, Source
from linker.documents.judging import (
    BASE_SHEET,
    CHOICES,
    DECISION,
    FORMAT,
    ID,
    NOTE,
    SHEET,
    to_judge,
)
from linker.documents.writers import xlsx as sheets
from linker.documents.writers.xlsx import LOCKED_FILL, Column
from linker.i18n.messages import tr, tr_later
from linker.vocabulary.text import clipped

COLUMNS = (
    Column("key", ID, 15),
    Column("kind", tr_later("Kind"), 11),
    Column("what", tr_later("What is proposed"), 34),
    Column("said", tr_later("Who asks, and the texts"), 64),
    Column("probability", tr_later("Probability"), 10),
    Column("decision", DECISION, 10, editable=True),
    Column("note", NOTE, 20, editable=True),
)
KINDS = {
    "cluster": tr_later("Cluster"),
    "convergence": tr_later("Same measure"),
    "opposite": tr_later("Ask the contrary"),
    "SDG": tr_later("SDG target"),
}
"""What the kinds of rows are called."""
SHOWN = 1_200
"""Characters of the texts of a row."""
HELP = tr_later(
    "Choose confirm, reject or unsure in the white cells and read the sheet back: "
    "linker decide FILE.xlsx --reviewer NAME. What others decided meanwhile is "
    "listed, never overwritten."
)


def write_review_xlsx(source: Source, options: Options, path: Path) -> None:
    """Write one row a cluster or link, its id locked."""
    from openpyxl.worksheet.datavalidation import DataValidation

    rows = to_judge(source, options)
    workbook = sheets.new_workbook(source, SHEET)
    sheet = workbook.active
    top = sheets.put_top(sheet, source, tr("Review"), [HELP], COLUMNS)
    sheets.put_header(sheet, top, COLUMNS)
    base = workbook.create_sheet(BASE_SHEET)
    base.sheet_state = "hidden"
    lines = [("format", FORMAT, ""), ("workspace", source.workspace, "")]
    for number, row in enumerate(rows, start=top + 1):
        values = (row.key, tr(KINDS[row.kind]), row.what, clipped(row.said, SHOWN), row.probability,
                  tr(row.verdict), "")  # fmt: skip
        for place, (column, value) in enumerate(zip(COLUMNS, values, strict=True), start=1):
            fill = "" if column.editable else LOCKED_FILL
            sheets.put(sheet, number, place, value, fill=fill, locked=False)
        sheets.fit_height(sheet, number, COLUMNS, values)
        lines.append((row.key, row.verdict, row.seen))
    for number, line in enumerate(lines, start=1):
        for place, text in enumerate(line, start=1):
            sheets.put(base, number, place, text, border=False)
    rule = DataValidation(type="list", formula1=f'"{",".join(map(tr, CHOICES))}"', allow_blank=True)
    rule.add(f"F{top + 1}:F{max(sheet.max_row, top + 1)}")
    sheet.add_data_validation(rule)
    sheets.protect(sheet, top, COLUMNS)
    sheets.print_setup(sheet, source, top, COLUMNS)
    sheets.save(workbook, path, source)
