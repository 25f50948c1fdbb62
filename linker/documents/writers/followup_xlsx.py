"""The follow-up report to a committee as a spreadsheet, with its grades A to E."""

from __future__ import annotations

from pathlib import Path

from linker.documents import citation
from linker.documents.followup import GRADES, document_of, followup
from linker.documents.inputs import Options, Source
from linker.documents.midterm import status_of
from linker.documents.writers import xlsx as sheets
from linker.documents.writers.phrasing import capital
from linker.documents.writers.xlsx import Column
from linker.i18n.messages import tr, tr_later

CONVERGING_WIDTH = 24


def _grade(letter: str) -> Column:
    return Column(letter, letter, 4, lambda made: "●" if made.grade == letter else "")


COLUMNS = (
    Column("document", tr_later("Document"), 14, lambda made: document_of(made.row.record)),
    Column("number", tr_later("Paragraph"), 11, lambda made: citation.bare(made.row.record)),
    Column("recommendation", tr_later("Recommendation"), 38, lambda made: made.row.record.text),
    Column("wanted", tr_later("Follow-up"), 9, lambda made: tr("yes") if made.wanted else ""),
    Column("converging", tr_later("What the UPR and others ask"), CONVERGING_WIDTH,
           lambda made: sheets.converging(made.row, CONVERGING_WIDTH)),
    Column("result", tr_later("Result"), 26, lambda made: made.row.entry.result),
    Column("evidence", tr_later("Evidence"), 15, lambda made: made.row.entry.evidence),
    Column("status", tr_later("Status"), 11, lambda made: capital(status_of(made.row))),
    *map(_grade, GRADES),
    Column("responsible", tr_later("Responsible body"), 16, lambda made: made.row.entry.responsible,
           printed=False),
    Column("id", tr_later("Record id"), 18, lambda made: made.row.record.id, printed=False),
)  # fmt: skip
"""Columns, the cell of each of a `FollowupRow`."""


def write_followup_xlsx(source: Source, options: Options, path: Path) -> None:
    """Write the report, one row a paragraph, every cell text."""
    made = followup(source, options)
    workbook = sheets.new_workbook(source, tr("Follow-up"))
    sheet = workbook.active
    grades = "; ".join(f"{letter}: {tr(meaning)}" for letter, meaning in GRADES.items())
    top = sheets.put_top(
        sheet,
        source,
        made.title,
        [tr("Grades of the committee. {grades}.", grades=grades)],
        COLUMNS,
    )
    sheets.put_table(sheet, top, COLUMNS, ((row,) for row in made.rows()))
    sheets.print_setup(sheet, source, top, COLUMNS, note="")
    sheets.save(workbook, path, source)
