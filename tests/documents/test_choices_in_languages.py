"""What can be chosen in a workbook stands in the language of its sheet and is read in any other."""

import openpyxl
import pytest
from made_up_state import MARRIAGE_3, MARRIAGE_4, RECORDS, made_up

from linker.documents.plan_reading import read_plan
from linker.documents.review_reading import read_review
from linker.documents.writers import write
from linker.documents.writers.plan_xlsx import LISTS_SHEET
from linker.i18n.language import speaking
from linker.i18n.messages import tr
from linker.plan.entries import MEASURED_STATUSES, STATUSES, PlanEntry
from linker.plan.smart import COMPLETE, VAGUE
from linker.vocabulary.official import official_name

LANGUAGES = ["en", "es", "fr"]
ENTRIES = {
    MARRIAGE_4.id: PlanEntry(status="in progress", law="not needed", practice="not started"),
    MARRIAGE_3.id: PlanEntry(status="fully implemented", responsible="Parliament"),
}


def plan(folder, language):
    with speaking(language):
        return write("plan", folder / "plan.xlsx", made_up(entries=ENTRIES))[0]


def below(sheet, title):
    """The cells below a heading, wherever it stands."""
    (head,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == title]
    column = sheet.iter_rows(head.row + 1, None, head.column, head.column)
    return [cell for (cell,) in column if cell.value or sheet.cell(cell.row, 1).value]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_choices_of_a_plan_are_in_its_language(tmp_path, language):
    book = openpyxl.load_workbook(plan(tmp_path, language))
    with speaking(language):
        status, measured = [
            [cell.value for cell in below(book[LISTS_SHEET], tr(title))]
            for title in ("Status", "Law, policy, practice")
        ]
        assert [one for one in status if one] == [official_name(one) for one in STATUSES]
        assert measured == [official_name(one) for one in MEASURED_STATUSES]
        chosen = {cell.value for cell in below(book["Plan"], tr("Status"))} - {None}
        assert chosen == {official_name("in progress"), official_name("fully implemented")}
        assert chosen < set(status)
        positions = {cell.value for cell in below(book["Plan"], tr("Position"))} - {None}
        assert positions == {official_name(r.position) for r in RECORDS if r.position}
        rules = book["Plan"].conditional_formatting
        said = [formula for of in rules for rule in of.rules for formula in rule.formula]
        for one in STATUSES:
            assert any(formula.endswith(f'="{official_name(one)}"') for formula in said), one
    rows = {row.record_id: row.values for row in read_plan(plan(tmp_path, language)).rows}
    for key, entry in ENTRIES.items():
        assert {name: rows[key][name] for name in ("status", "law", "practice")} == {
            name: entry.value(name) for name in ("status", "law", "practice")
        }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_smart_check_speaks_the_language_of_its_sheet_and_sees_its_own_words(
    tmp_path, language
):
    sheet = openpyxl.load_workbook(plan(tmp_path, language))["Plan"]
    rules = [rule for of in sheet.conditional_formatting for rule in of.rules]
    with speaking(language):
        said = [cell.value for cell in below(sheet, tr("SMART check"))]
        vague, complete, gap = tr(VAGUE), tr(COMPLETE), tr("no deadline")
    assert any(gap in one for one in said)
    assert any(vague in one for one in said)
    shown = [rule.dxf.numFmt.formatCode for rule in rules if rule.dxf and rule.dxf.numFmt]
    assert shown == [f';;;"{vague}"', f';;;"{complete}"']
    (rule,) = [one for one in rules if one.dxf.numFmt and vague in one.dxf.numFmt.formatCode]
    assert f'SEARCH("{vague}",' in rule.formula[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("spoken", LANGUAGES)
def test_a_choice_in_any_language_is_read_as_the_same_word(tmp_path, language, spoken):
    path = plan(tmp_path, language)
    book = openpyxl.load_workbook(path)
    with speaking(language):
        for title, values in (("Status", STATUSES), ("Law", MEASURED_STATUSES)):
            for cell, value in zip(below(book["Plan"], tr(title)), values, strict=False):
                with speaking(spoken):
                    cell.value = official_name(value).capitalize()
    book.save(path)
    read = read_plan(path)
    assert [note for note in read.notes if note.severity == "refused"] == []
    for title, values in (("status", STATUSES), ("law", MEASURED_STATUSES)):
        assert [row.values[title] for row in read.rows][: len(values)] == [*values]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("spoken", LANGUAGES)
def test_a_decision_in_any_language_is_read_as_the_same_word(tmp_path, language, spoken):
    with speaking(language):
        path = write("review", tmp_path / "review.xlsx", made_up())[0]
    book = openpyxl.load_workbook(path)
    sheet = book["Review"]
    with speaking(language):
        cells = below(sheet, tr("Decision"))
        offered = sheet.data_validations.dataValidation[0].formula1.strip('"').split(",")
        assert offered == [tr(word) for word in ("confirm", "reject", "unsure")]
    assert cells
    with speaking(spoken):
        for cell in cells:
            cell.value = tr("reject")
    book.save(path)
    assert {row.verdict for row in read_review(path)} == {"reject"}
