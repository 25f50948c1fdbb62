"""The matrix by cluster as a spreadsheet: one row a measure, to sort, filter and fill in."""

from __future__ import annotations

from pathlib import Path

from linker.documents import citation
from linker.documents.inputs import Options, Source
from linker.documents.kinds import COLUMNS as CHOSEN
from linker.documents.matrix import Row
from linker.documents.measure_row import MeasureRow
from linker.documents.measures import measures
from linker.documents.writers import xlsx as sheets
from linker.documents.writers.matrix_xlsx import put_records
from linker.documents.writers.phrasing import EXPLANATION, capital, most_telling
from linker.documents.writers.xlsx import Column
from linker.i18n.messages import tr, tr_later
from linker.plan.entries import FIELDS
from linker.records.importers.own_matrix import NUMBERS
from linker.records.importers.own_matrix_xlsx import RECOMMENDATIONS, RECORD_IDS
from linker.themes.theme import Theme
from linker.vocabulary.official import official_name

CONVERGING = Column("converging", tr_later("What else asks the same"), 30)
COLUMNS = (
    Column("number", tr_later("Measure"), 9),
    Column("numbers", NUMBERS, 15),
    Column("title", tr_later("What is asked"), 18),
    Column("recommendations", RECOMMENDATIONS, 42),
    Column("position", tr_later("Position"), 10),
    CONVERGING,
    Column("responsible", tr_later("Responsible body"), 12),
    Column("strategy", FIELDS["strategy"], 13),
    Column("timeline", tr_later("Timeline"), 11),
    Column("status", tr_later("Status"), 10),
    Column("themes", tr_later("Themes and groups of persons"), 20, printed=False),
    Column("targets", tr_later("Linked SDG targets"), 22, printed=False),
    Column("indicators", tr_later("Indicators"), 24, printed=False),
    Column("theme", tr_later("Theme"), 16, printed=False),
    Column("umbrella", tr_later("Umbrella"), 14, printed=False),
    Column("ids", RECORD_IDS, 20, printed=False),
)


def write_measures_xlsx(source: Source, options: Options, path: Path) -> None:
    """Write the matrix by cluster, every cell text, the records whole on a hidden sheet."""
    made = measures(source, options)
    workbook = sheets.new_workbook(source, "Matrix")
    sheet = workbook.active
    columns = [c for c in COLUMNS if c.name not in CHOSEN or made.shows(c.name)]
    lines = [made.summary, EXPLANATION]
    top = sheets.put_top(sheet, source, tr("Implementation matrix"), lines, columns)
    sheets.put_header(sheet, top, columns)
    for number, (theme, row) in enumerate(made.rows(), start=top + 1):
        known = _values(theme, row)
        sheets.put_row(sheet, number, columns, [known[column.name] for column in columns])
    sheets.print_setup(sheet, source, top, columns)
    put_records(workbook, made.records())
    sheets.save(workbook, path, source)


def _values(theme: Theme, row: MeasureRow) -> dict[str, str]:
    records = [one.record for one in row.rows]
    shown, more = most_telling(row.indicators)
    themes = dict.fromkeys(name for record in records for name in record.themes)
    groups = dict.fromkeys(name for record in records for name in record.groups)
    indicators = [f"{r.code} [{official_name(r.role)}; {r.mark.text}]: {r.title}" for r in shown]
    return {
        "number": str(row.number),
        "numbers": "\n".join(row.numbers),
        "title": row.title,
        "recommendations": "\n".join(map(_recommendation, row.rows)),
        "position": _positions(row),
        "converging": sheets.as_full_as_fits(
            _quoted(row), [*row.numbers, *sheets.contrary_names(row.contrary)], CONVERGING.width
        ),
        "themes": "\n".join(map(official_name, (*themes, *groups))),
        "targets": "\n".join(f"{r.code} [{r.mark.text}]: {r.title}" for r in row.targets),
        "indicators": "\n".join([*row.measured_by, *indicators, *([more] if more else [])]),
        "responsible": "\n".join(row.responsible),
        "strategy": "\n".join(row.strategy),
        "timeline": "\n".join(row.timeline),
        "status": "\n".join(map(capital, row.spoken_status)),
        "theme": theme.label,
        "umbrella": theme.umbrella,
        "ids": "\n".join(record.id for record in records),
    }


def _recommendation(row: Row) -> str:
    """Return a recommendation in one line, as `OwnMatrixXlsx` reads it again."""
    by = "".join(f" ({name})" for name in row.recommending_after)
    return f"{citation.number(row.record)}: {' '.join(row.record.text.split())}{by}"


def _positions(row: MeasureRow) -> str:
    if len(row.positions) == 1:
        return capital(next(iter(row.positions)))
    return "\n".join(f"{capital(name)}: {number}" for name, number in row.positions.items())


def _quoted(row: MeasureRow) -> list[str]:
    said = [
        f"{'; '.join(c.reference for c in several)} [{several[0].mark.text}]: {several[0].quote}"
        for several in row.quotations
    ]
    said += [
        tr("{names} [{mark}]: quoted under {place}", names=b.names, mark=b.mark, place=b.place)
        for b in row.quoted_before
    ]
    return said + sheets.contrary_lines(row.contrary)
