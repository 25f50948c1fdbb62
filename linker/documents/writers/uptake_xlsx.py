"""Were we heard? as a spreadsheet: one row an ask and recommendation, to sort and filter."""

from __future__ import annotations

from pathlib import Path

from linker.documents import heard
from linker.documents.inputs import Source
from linker.documents.writers import xlsx as sheets
from linker.documents.writers.phrasing import capital
from linker.documents.writers.xlsx import Column
from linker.i18n.messages import tr, tr_later
from linker.uptake.results import Answer, AskedItem, Uptake

COLUMNS = (
    Column("number", tr_later("Ask"), 13),
    Column("asked", tr_later("What was asked"), 42),
    Column("outcome", tr_later("What became of it"), 14),
    Column("recommended", tr_later("What was recommended"), 42),
    Column("cited", tr_later("Where"), 20),
    Column("by", tr_later("Recommended by"), 16),
    Column("position", tr_later("Position"), 9),
    Column("sure", tr_later("How sure"), 14),
    Column("before", tr_later("Asked before"), 26, printed=False),
    Column("id", tr_later("Record id"), 20, printed=False),
)


def write_uptake_xlsx(source: Source, uptake: Uptake, path: Path) -> None:
    """Write the workbook, every cell text."""
    workbook = sheets.new_workbook(source, tr("Were we heard"))
    sheet = workbook.active
    said = (heard.about(uptake), heard.positions(uptake), heard.taken_up_by(uptake), heard.CAUTION)
    lines = [line for line in (*said, *uptake.notes) if line]
    top = sheets.put_top(sheet, source, tr("Were we heard?"), lines, COLUMNS)
    sheets.put_header(sheet, top, COLUMNS)
    pairs = ((item, answer) for item in uptake for answer in item.shown or (None,))
    for number, (item, answer) in enumerate(pairs, start=top + 1):
        sheets.put_row(sheet, number, COLUMNS, _values(item, answer))
    sheets.print_setup(sheet, source, top, COLUMNS)
    sheets.save(workbook, path, source)


def _values(item: AskedItem, answer: Answer | None) -> list[str]:
    own = [heard.place(item), item.item.text, capital(item.outcome)]
    if answer is None:
        return [*own, "", "", "", "", "", heard.before(item), ""]
    record = answer.record
    return [
        *own,
        record.text,
        heard.cited(record),
        heard.by_whom(record),
        capital(record.position),
        heard.how_sure(answer),
        heard.before(item),
        record.id,
    ]
