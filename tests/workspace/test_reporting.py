"""A focal point reports on what the own institution answers for, and on nothing else."""

import shutil

import openpyxl
import pytest

from linker.errors import AccessError
from linker.plan.reporting import ASSIGNED
from linker.review.roles import Person
from linker.workspace.workspace import Linker

JUSTICE = "Ministry of Justice"
JOY = Person("joy@example.org", "focal point", bodies=("ministry of  justice", "Prison Service"))


@pytest.fixture
def linker(demo, tmp_path):
    folder = tmp_path / "valmora"
    shutil.copytree(demo[0], folder)
    with Linker.open(folder) as opened:
        yield opened


@pytest.fixture
def rows(linker):
    """Ids of three records: the ministry's, another's, and one that nobody answers for."""
    own, other, free = [row.plan_id for row in linker.plan()][:3]
    linker.set_plan(own, reviewer="Lead", responsible=f"Ombudsman; {JUSTICE}")
    linker.set_plan(other, reviewer="Lead", responsible="Ministry of Health")
    linker.set_plan(free, reviewer="Lead", responsible="")
    return own, other, free


def test_reports_on_own_rows_in_its_own_name(linker, rows):
    made = linker.acting(JOY).set_plan(
        rows[0], reviewer="Lead", status="in progress", result="A bill is before parliament."
    )
    assert {(change.field, change.reviewer) for change in made} == {
        ("status", "joy@example.org"),
        ("result", "joy@example.org"),
    }


@pytest.mark.parametrize("row", [1, 2])
def test_not_on_rows_of_others(linker, rows, row):
    before = linker.plan_log()
    with pytest.raises(AccessError, match="you report for ministry of  justice; Prison Service"):
        linker.acting(JOY).set_plan(rows[row], reviewer="Joy", status="in progress")
    assert linker.plan_log() == before


@pytest.mark.parametrize("field", ASSIGNED)
def test_does_not_choose_who_does_what_until_when(linker, rows, field):
    value = {"deadline": "2031", "measure": ""}.get(field, "Somebody else")
    linker.set_plan(rows[0], reviewer="Lead", deadline="2030")
    act = lambda on: on.set_plan(rows[0], reviewer="Joy", status="in progress", **{field: value})  # noqa: E731
    before = linker.plan_log()
    if value:
        with pytest.raises(AccessError, match="a focal point does not change"):
            act(linker.acting(JOY))
        assert linker.plan_log() == before, "all of it or nothing"
    else:
        assert act(linker.acting(JOY)), "what stays as it is, is not changed"


def test_whom_nothing_binds_to_an_institution_reports_on_nothing(linker, rows):
    nobody = Person("x@example.org", "focal point")
    for row in rows:
        with pytest.raises(AccessError):
            linker.acting(nobody).set_plan(row, reviewer="X", status="in progress")


def test_a_workbook_brings_in_own_rows_and_tells_the_others(linker, rows, tmp_path):
    path = linker.folder / "plan.xlsx"
    linker.export("plan", path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    head = next(
        row
        for row in sheet.iter_rows()
        if row[0].value == "Id (locked)" or any(cell.value == "Id (locked)" for cell in row)
    )
    place = {cell.value: cell.column for cell in head}
    for row in sheet.iter_rows(min_row=head[0].row + 1):
        if row[place["Id (locked)"] - 1].value in rows[:2]:
            sheet.cell(row[0].row, place["Status"]).value = "in progress"
            sheet.cell(row[0].row, place["Deadline"]).value = "2032"
    book.save(path)

    seen = linker.acting(JOY).compare_plan(path)
    assert [(one.record_id, one.field) for one in seen.changes] == [(rows[0], "status")]
    done = linker.acting(JOY).import_plan(path, reviewer="Joy")
    assert [(c.record_id, c.field) for c in done.written] == [(rows[0], "status")]
    told = [note for note in done.comparison.notes if note.kind == "not theirs to fill in"]
    assert len(told) == 3
    assert done.refused
    assert all(note.remedy for note in told)
    assert sum(rows[1] in note.reason and "Ministry of Health" in note.reason for note in told) == 2

    whole = linker.compare_plan(path)
    assert len(whole.changes) == 3, "a lead may write the rest"
