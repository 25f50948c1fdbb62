"""A matrix that people filled in goes through the plan's comparison, with its conflicts."""

import docx
import openpyxl
import pytest

BODY, WHEN, HOW = "Responsible body", "Timeline", "Status"


def rows_of(document):
    """(columns, row) of the rows that are recommendations."""
    for table in document.tables:
        heads = [cell.text for cell in table.rows[0].cells]
        for row in table.rows[1:]:
            if len(set(row.cells)) > 1 and "Source: " in row.cells[0].text:
                yield heads, row


def fill(cell, text):
    cell.paragraphs[0].text = text


def filled(linker, path):
    """A matrix with two cells filled in, one against the plan, a wrong status, a changed text."""
    linker.export("matrix", path)
    document = docx.Document(str(path))
    found = list(rows_of(document))
    for (heads, row), body in zip(found, ("Ministry of Justice", "Police"), strict=False):
        fill(row.cells[heads.index(BODY)], body)
    heads, row = found[2]
    fill(row.cells[heads.index(HOW)], "half done")
    fill(row.cells[heads.index(WHEN)], "December 2027")
    heads, row = found[3]
    text = row.cells[0].paragraphs[0]
    text.runs[-1].text = "Something else that nobody ever recommended."
    for run in text.runs[:-1]:
        run.text = ""
    document.save(str(path))


def ids(linker, path):
    with_ids = path.with_name("before.docx")
    linker.export("matrix", with_ids)
    from linker.records.importers import read_file

    return [record.id for record in read_file(with_ids)[0]]


def test_a_word_matrix_fills_the_plan_and_lists_conflicts(linker, tmp_path):
    path = tmp_path / "matrix.docx"
    order = ids(linker, path)
    filled(linker, path)
    linker.set_plan(order[1], reviewer="Ada", responsible="Ministry of Health")
    before = {record.id: record.text for record in linker.records()}
    report = linker.import_plan(path, reviewer="Ministry")
    written = {(one.record_id, one.field): one.value for one in report.written}
    assert written[order[0], "responsible"] == "Ministry of Justice"
    (conflict,) = report.open
    assert (conflict.record_id, conflict.theirs, conflict.ours) == (
        order[1], "Police", "Ministry of Health",
    )  # fmt: skip
    said = "\n".join(str(note) for note in report.comparison.notes)
    assert "half done" in said
    assert written[order[2], "deadline"].startswith("2027")
    (changed,) = [note for note in report.comparison.notes if note.kind == "changed text"]
    assert order[3] in changed.remedy
    assert {record.id: record.text for record in linker.records()} == before
    taken = linker.import_plan(path, reviewer="Ministry", keep="theirs")
    assert [one.value for one in taken.written] == ["Police"]


def test_an_import_of_a_changed_matrix_leaves_texts_as_they_are(linker, tmp_path):
    path = tmp_path / "matrix.docx"
    filled(linker, path)
    before = {record.id: record.text for record in linker.records()}
    (report,) = linker.add([path])
    assert {record.id: record.text for record in linker.records()} == before
    assert any("texts of the UN were changed" in line for line in report.sources)


def test_a_workbook_matrix_fills_the_plan_too(linker, tmp_path):
    path = tmp_path / "matrix.xlsx"
    linker.export("matrix", path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    head = next(row for row in sheet.iter_rows() if any(cell.value == BODY for cell in row))
    column = next(cell.column for cell in head if cell.value == BODY)
    place = next(
        row[0].row
        for row in sheet.iter_rows(min_row=head[0].row + 1)
        if len(str(row[1].value)) > 30
    )
    sheet.cell(place, column).value = "Ministry of Justice"
    book.save(path)
    report = linker.import_plan(path, reviewer="Ministry")
    assert [(one.field, one.value) for one in report.written] == [
        ("responsible", "Ministry of Justice")
    ]


@pytest.mark.parametrize("name", ["matrix.docx", "matrix.xlsx"])
def test_the_national_plans_action_behind_a_deadline_is_no_change(linker, tmp_path, name):
    actions = tmp_path / "actions.csv"
    actions.write_text("id,title\n4.2,Plan: build a house; then another\n", encoding="utf-8")
    linker.import_measures(actions)
    record = next(r.id for r in linker.records() if r.is_cyclic and r.cycle == "4")
    linker.set_plan(record, reviewer="Ada", measure="4.2", deadline="2027-12",
                    responsible="Strategic plan: unit")  # fmt: skip
    linker.export("matrix", tmp_path / name)
    found = linker.import_plan(tmp_path / name, reviewer="Ben")
    assert record in {row.record_id for row in found.comparison.file.rows}
    assert found.written == ()
    assert not found.comparison.notes
