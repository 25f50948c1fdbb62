"""The follow-up report to a committee as a spreadsheet, with its grades A to E."""

from __future__ import annotations

from pathlib import Path

from linker.documents import citation
from linker.documents.followup import GRADES, FollowupRow, document_of, followup
from linker.documents.inputs import Options, Source
from linker.documents.midterm import status_of
from linker.documents.writers import xlsx as sheets
from linker.documents.writers.phrasing import capital
from linker.documents.writers.xlsx import Column

COLUMNS = (
    Column("document", "Document", 18),
    Column("number", "Paragraph", 11),
    Column("recommendation", "Recommendation", 54),
    Column("wanted", "Follow-up", 9),
    Column("converging", "What the UPR and others ask", 30),
    Column("result", "Result", 36),
    Column("evidence", "Evidence", 20),
    Column("status", "Status", 13),
    *(Column(letter, letter, 4) for letter in GRADES),
    Column("responsible", "Responsible body", 16),
    Column("id", "Record id", 18),
)


def write_followup_xlsx(source: Source, options: Options, path: Path) -> None:
    """Write the report, one row a paragraph, every cell text."""
    made = followup(source, options)
    workbook = sheets.new_workbook(source, "Follow-up")
    sheet = workbook.active
    grades = "; ".join(f"{letter}: {meaning}" for letter, meaning in GRADES.items())
    top = sheets.put_top(sheet, source, made.title, [f"Grades of the committee. {grades}."])
    sheets.put_header(sheet, top, COLUMNS)
    for number, row in enumerate(made.rows(), start=top + 1):
        sheets.put_row(sheet, number, COLUMNS, _values(row))
    sheets.print_setup(sheet, source, top, COLUMNS, first="A:B", note="")
    sheets.save(workbook, path, source)


def _values(made: FollowupRow) -> list[str]:
    record, entry = made.row.record, made.row.entry
    return [
        document_of(record),
        record.paragraph or citation.number(record),
        record.text,
        "yes" if made.wanted else "",
        sheets.converging(made.row, 30),
        entry.result,
        entry.evidence,
        capital(status_of(made.row)),
        *("●" if made.grade == letter else "" for letter in GRADES),
        entry.responsible,
        record.id,
    ]
