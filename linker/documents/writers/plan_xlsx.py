"""The implementation plan as a spreadsheet that people fill in offline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from linker.documents import citation
from linker.documents.inputs import Options, Source
from linker.documents.plan import PlanRow, plan_rows
from linker.documents.writers import xlsx as sheets
from linker.documents.writers.phrasing import EXPLANATION, POSITION_FILLS, STATUS_FILLS
from linker.documents.writers.xlsx import LOCKED_FILL, Column
from linker.i18n.messages import tr, tr_later
from linker.plan.entries import COMMENT, FIELDS, LISTS, MEASURED_STATUSES, OWN, STATUSES
from linker.plan.smart import COMPLETE, VAGUE
from linker.vocabulary.official import official_name
from linker.vocabulary.text import clipped

SHEET, LISTS_SHEET, BASE_SHEET = "Plan", "Lists", "Linker"
FORMAT = "linker-plan-3"
"""What the hidden sheet says it is; raised with every change an older Linker could not read."""
FORMER_FORMATS = ("linker-plan-1", "linker-plan-2")
"""Of earlier versions: without some of `linker.plan.entries.ADDED_FIELDS`."""
_PRINTED_WIDTHS = {
    "indicators": 14, "responsible": 14, "strategy": 14, "actions": 17, "deadline": 9, "status": 10,
}  # fmt: skip
"""Fields that pages have, with the widths of their columns."""
_WIDTHS = {"person": 16, "partners": 14, "result": 24, "evidence": 18, "measure": 14}


def _field(name: str) -> Column:
    width = _PRINTED_WIDTHS.get(name) or _WIDTHS.get(name, 12)
    return Column(name, FIELDS[name], width, editable=True, printed=name in _PRINTED_WIDTHS)


_BEFORE = (
    Column("id", tr_later("Id (locked)"), 13, printed=False),
    Column("reference", tr_later("Reference"), 13),
    Column("recommendation", tr_later("Recommendation"), 36),
    Column("recommended_by", tr_later("Recommended by"), 12),
    Column("position", tr_later("Position"), 9),
    *map(_field, _PRINTED_WIDTHS),
    Column(COMMENT, tr_later("Your comment"), 18, editable=True, printed=False),
    *(_field(name) for name in FIELDS if name not in _PRINTED_WIDTHS),
)
_AFTER = (
    Column("comments", tr_later("Comments so far"), 24, printed=False),
    Column("smart", tr_later("SMART check"), 14, printed=False),
    Column("converging", tr_later("Converging asks"), 40, printed=False),
    Column("linked_targets", tr_later("Linked SDG targets"), 30, printed=False),
    Column("linked_indicators", tr_later("Linked SDG indicators"), 30, printed=False),
    Column("theme", tr_later("Theme"), 20, printed=False),
)
COLUMNS = (*_BEFORE, *_AFTER)
SHOWN_OF_A_TITLE = 100
HELP = tr_later(
    "White cells are yours to fill in; grey cells refuse what is typed, so that the "
    "plan can be read back (linker plan import). Deadlines as 2027-12-31, 2027-12 or "
    "2027."
)
BESIDE = tr_later(
    "Pages show the columns up to Status; those beside it are for the screen, and "
    "columns of your own may stand behind the last one. Yellow: still missing."
)


def columns_of(rows: Sequence[PlanRow]) -> tuple[Column, ...]:
    """Return the columns: the known ones, with those that people added before what was said."""
    own = sorted({title for row in rows for title, _ in row.entry.own})
    added = (Column(f"{OWN}{t}", t, 14, editable=True, printed=False) for t in own)
    return (*_BEFORE, *added, *_AFTER)


def write_plan_xlsx(source: Source, options: Options, path: Path) -> None:
    """Write the plan: one row a recommendation, drop-downs for status, ids locked."""
    write_plan_rows(source, plan_rows(source, options), path)


def write_plan_rows(source: Source, rows: Sequence[PlanRow], path: Path, said: str = "") -> None:
    """Write some rows of the plan, in the order given, as a workbook to fill in.

    Args:
        source: what the plan is made from.
        rows: of the plan.
        path: file to write.
        said: a line at its head.
    """
    columns = columns_of(rows)
    workbook = sheets.new_workbook(source, SHEET)
    sheet = workbook.active
    top = sheets.put_top(
        sheet, source, tr("Implementation plan"), [said, HELP, BESIDE, EXPLANATION], columns
    )
    sheets.put_header(sheet, top, columns)
    for number, row in enumerate(rows, start=top + 1):
        _put_row(sheet, number, row, columns)
    last = max(sheet.max_row, top + 1)
    letters = _letters(columns)
    _lists(workbook, source)
    for name, values in LISTS.items():
        _validate(sheet, letters[name], 1 if values == STATUSES else 2, len(values), top + 1, last)
    if source.measures:
        _validate(sheet, letters["measure"], 3, len(source.measures), top + 1, last, strict=False)
    _colour(sheet, letters, top + 1, last)
    sheets.protect(sheet, top, columns)
    _base(workbook, source, rows)
    sheets.print_setup(sheet, source, top, columns)
    sheets.save(workbook, path, source)


def _put_row(sheet: Any, number: int, row: PlanRow, columns: Sequence[Column]) -> None:
    values = {key: str(value) for key, value in row.to_row().items()}
    values["reference"] = citation.number(row.row.record)
    values["linked_targets"] = "\n".join(
        f"{r.code} ({r.mark.text}): {clipped(r.title, SHOWN_OF_A_TITLE)}" for r in row.row.targets
    )
    values["converging"] = "\n".join(sheets.converging_lines(row.row))
    values["comments"] = "\n".join(str(comment) for comment in row.entry.comments)
    values[COMMENT] = ""
    values |= {name: official_name(values[name]) for name in LISTS}
    values["position"] = official_name(row.row.record.position)
    values["smart"] = "; ".join(map(tr, row.smart)) or tr(COMPLETE)
    values |= {f"{OWN}{title}": value for title, value in row.entry.own}
    texts = [values.get(column.name, "") for column in columns]
    for place, (column, text) in enumerate(zip(columns, texts, strict=True), start=1):
        fill = "" if column.editable else LOCKED_FILL
        if column.name == "position":
            fill = POSITION_FILLS.get(row.row.record.position, fill)
        bold = column.name == "reference"
        sheets.put(
            sheet, number, place, text, fill=fill, bold=bold, locked=False, wrap=column.wraps
        )
    sheets.fit_height(sheet, number, columns, texts)


def _lists(workbook: Any, source: Source) -> None:
    """Write what the drop-downs offer, and the measures of the national plan with their titles."""
    sheet = workbook.create_sheet(LISTS_SHEET)
    measures = source.measures
    lists = [
        (tr("Status"), [official_name(status) for status in STATUSES], 24),
        (tr("Law, policy, practice"), [official_name(one) for one in MEASURED_STATUSES], 24),
        (tr("National plan measure"), [m.id for m in measures], 24),
        (tr("Title"), [m.title for m in measures], 80),
        (tr("Responsible"), [m.responsible for m in measures], 30),
        (tr("Deadline"), [m.deadline for m in measures], 14),
    ]
    for column, (title, values, width) in enumerate(lists if measures else lists[:2], start=1):
        for row, value in enumerate((title, *values), start=1):
            sheets.put(sheet, row, column, value, bold=row == 1)
        sheet.column_dimensions[chr(64 + column)].width = width
    sheet.protection.sheet = True
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _base(workbook: Any, source: Source, rows: Sequence[PlanRow]) -> None:
    """Write the hidden sheet: where the plan comes from, and what stood in it.

    When the plan is read back, this tells an edit in the file from a change in the workspace.
    """
    sheet = workbook.create_sheet(BASE_SHEET)
    about = (
        ("format", FORMAT, ""),
        ("workspace", source.workspace, ""),
        ("state", source.state, ""),
        ("date", source.date, ""),
        ("rows", str(len(rows)), ""),
    )
    values = (
        (row.plan_id, field, row.entry.value(field))
        for row in rows
        for field in (*FIELDS, *(f"{OWN}{title}" for title, _ in row.entry.own))
        if row.entry.value(field)
    )
    for number, line in enumerate((*about, *values), start=1):
        for column, text in enumerate(line, start=1):
            if text:
                cell = sheet.cell(row=number, column=column, value=text)
                cell.data_type = "s"
    sheet.sheet_state = "hidden"
    sheet.protection.sheet = True


def _validate(
    sheet: Any,
    letter: str,
    list_column: int,
    size: int,
    first: int,
    last: int,
    strict: bool = True,
) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    column = chr(64 + list_column)
    rule = DataValidation(
        type="list",
        formula1=f"{LISTS_SHEET}!${column}$2:${column}${size + 1}",
        allow_blank=True,
        showErrorMessage=strict,
        errorTitle=tr("Not in the list"),
        error=tr("Choose one of the list, or leave the cell empty."),
    )
    rule.add(f"{letter}{first}:{letter}{last}")
    sheet.add_data_validation(rule)


def _colour(sheet: Any, letters: Mapping[str, str], first: int, last: int) -> None:
    """Colour what is missing, the traffic lights, and the SMART check as people type."""
    confirmed = f'ISNUMBER(SEARCH(", {tr("confirmed")}",${letters["linked_indicators"]}{first}))'
    filled = [f"LEN(TRIM(${letters[name]}{first}))>0" for name in ("responsible", "deadline")]
    measured = f"OR(LEN(TRIM(${letters['indicators']}{first}))>0,{confirmed})"
    for name, condition in zip(
        ("indicators", "responsible", "deadline"), (measured, *filled), strict=True
    ):
        _fill(sheet, letters[name], first, last, f"NOT({condition})", "FFF4CE")
    _smart(sheet, letters["smart"], first, last, ",".join((measured, *filled)))
    for name in LISTS:
        for value, colour in STATUS_FILLS.items():
            said = f'{letters[name]}{first}="{official_name(value)}"'
            _fill(sheet, letters[name], first, last, said, colour)


def _smart(sheet: Any, letter: str, first: int, last: int, full: str) -> None:
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import Font, PatternFill
    from openpyxl.styles.differential import DifferentialStyle
    from openpyxl.styles.numbers import NumberFormat

    vague = f'ISNUMBER(SEARCH("{tr(VAGUE)}",${letter}{first}))'
    for words, colour, condition in (
        (VAGUE, "FFF4CE", f"AND({full},{vague})"),
        (COMPLETE, "DDEFD9", f"AND({full})"),
    ):
        # A number format that shows words instead of the text: the cell itself is no formula.
        shown = NumberFormat(numFmtId=164, formatCode=f';;;"{tr(words)}"')
        fill = PatternFill("solid", start_color=colour, end_color=colour)
        style = DifferentialStyle(numFmt=shown, fill=fill, font=Font(color="2F4F2F"))
        rule = Rule(type="expression", dxf=style, formula=[condition], stopIfTrue=True)
        sheet.conditional_formatting.add(f"{letter}{first}:{letter}{last}", rule)


def _fill(sheet: Any, letter: str, first: int, last: int, condition: str, colour: str) -> None:
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import PatternFill

    formula_rule: Any = FormulaRule
    fill = PatternFill("solid", start_color=colour, end_color=colour)
    rule = formula_rule(formula=[condition], fill=fill)
    sheet.conditional_formatting.add(f"{letter}{first}:{letter}{last}", rule)


def _letters(columns: Sequence[Column]) -> dict[str, str]:
    from openpyxl.utils import get_column_letter

    return {c.name: str(get_column_letter(n)) for n, c in enumerate(columns, start=1)}
