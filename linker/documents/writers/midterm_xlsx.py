"""The mid-term report as a spreadsheet: the same rows, to sort and filter."""

from __future__ import annotations

from pathlib import Path

from linker.documents import citation
from linker.documents.inputs import Options, Source
from linker.documents.matrix import Row
from linker.documents.midterm import Midterm, midterm, status_of
from linker.documents.writers import xlsx as sheets
from linker.documents.writers.midterm_docx import LEGEND
from linker.documents.writers.phrasing import capital
from linker.documents.writers.xlsx import Column
from linker.themes.theme import Theme

COLUMNS = (
    Column("theme", "Theme", 18),
    Column("number", "Number", 13),
    Column("recommendation", "Recommendation", 50),
    Column("by", "Recommending States", 18),
    Column("position", "Position", 11),
    Column("status", "Status", 13),
    Column("law", "Law", 12),
    Column("policy", "Policy", 12),
    Column("practice", "Practice", 12),
    Column("result", "Result", 36),
    Column("evidence", "Evidence", 20),
    Column("indicators", "Indicators", 18),
    Column("baseline", "Baseline value", 12),
    Column("target", "Target value", 12),
    Column("current", "Current value", 12),
    Column("actions", "Expected action", 30),
    Column("responsible", "Responsible body", 16),
    Column("deadline", "Deadline", 11),
    Column("comments", "Comments", 28),
    Column("umbrella", "Umbrella", 16),
    Column("id", "Record id", 18),
)


def write_midterm_xlsx(source: Source, options: Options, path: Path) -> None:
    """Write the report, one row a recommendation, every cell text."""
    made = midterm(source, options)
    workbook = sheets.new_workbook(source, "Mid-term report")
    sheet = workbook.active
    lines = [f"{made.title}. {_said(made)}", LEGEND]
    top = sheets.put_top(sheet, source, "Mid-term report", lines)
    sheets.put_header(sheet, top, COLUMNS)
    for number, (theme, row) in enumerate(made.matrix.rows(), start=top + 1):
        sheets.put_row(sheet, number, COLUMNS, _values(theme, row))
    sheets.print_setup(sheet, source, top, COLUMNS, first="A:B", note="")
    sheets.save(workbook, path, source)


def _said(made: Midterm) -> str:
    parts = []
    for position, counts in made.counts().items():
        named = ", ".join(f"{n} {status or 'without a status'}" for status, n in counts.items())
        parts.append(f"{capital(position) or 'No position'}: {named}")
    return ". ".join(parts) + "." if parts else ""


def _values(theme: Theme, row: Row) -> list[str]:
    record, entry = row.record, row.entry
    return [
        theme.label,
        citation.number(row.record),
        record.text,
        ", ".join(row.recommending),
        capital(record.position),
        capital(status_of(row)),
        capital(entry.law),
        capital(entry.policy),
        capital(entry.practice),
        entry.result,
        entry.evidence,
        entry.indicators,
        entry.baseline,
        entry.target,
        entry.current,
        entry.actions,
        entry.responsible,
        entry.deadline,
        "\n".join(str(comment) for comment in entry.comments),
        theme.umbrella,
        record.id,
    ]
