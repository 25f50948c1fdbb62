"""The mid-term report as a spreadsheet: the same rows, to sort and filter."""

from __future__ import annotations

from pathlib import Path

from linker.documents.inputs import Options, Source
from linker.documents.midterm import Midterm, midterm
from linker.documents.writers import xlsx as sheets
from linker.documents.writers.columns import MIDTERM
from linker.documents.writers.midterm_docx import LEGEND
from linker.documents.writers.phrasing import capital
from linker.i18n.messages import tr
from linker.plan.sharing_out import not_released
from linker.vocabulary.official import official_name


def write_midterm_xlsx(source: Source, options: Options, path: Path) -> None:
    """Write the report, one row a recommendation, every cell text."""
    made = midterm(source, options)
    workbook = sheets.new_workbook(source, tr("Mid-term report"))
    sheet = workbook.active
    waiting = not_released(row.entry for _, row in made.matrix.rows())
    lines = [f"{made.title}. {_said(made)}", LEGEND, waiting]
    top = sheets.put_top(sheet, source, tr("Mid-term report"), lines, MIDTERM)
    sheets.put_table(sheet, top, MIDTERM, made.matrix.rows())
    sheets.print_setup(sheet, source, top, MIDTERM, note="")
    sheets.save(workbook, path, source)


def _said(made: Midterm) -> str:
    parts = []
    for position, counts in made.counts().items():
        named = ", ".join(
            f"{n} {official_name(status) or tr('without a status')}" for status, n in counts.items()
        )
        parts.append(f"{capital(position) or tr('No position')}: {named}")
    return ". ".join(parts) + "." if parts else ""
