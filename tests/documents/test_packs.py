"""Ministry packs: each body its own rows, urgent first; a folder of them comes back in one go."""

import zipfile

import docx
import openpyxl
import pytest
from click.testing import CliRunner
from made_up_state import MARRIAGE_3, MARRIAGE_4, PRISONS, RECORDS, made_up

from linker.cli import main
from linker.documents.inputs import Options
from linker.documents.packs import is_overdue, packs
from linker.documents.plan import plan_rows
from linker.documents.plan_reading import read_plan
from linker.documents.writers import write
from linker.errors import Invalid
from linker.plan.entries import NOBODY, PlanEntry, checked_value
from linker.workspace.workspace import Linker

JUSTICE, FAMILY = "Ministry of Justice", "Ministry of Family & Youth"
ENTRIES = {
    PRISONS[0].id: PlanEntry(responsible=JUSTICE, status="in progress", deadline="2027"),
    PRISONS[1].id: PlanEntry(responsible=f"{JUSTICE}; {FAMILY}", deadline="2025-12-31"),
    MARRIAGE_4.id: PlanEntry(responsible="ministry of justice"),
    MARRIAGE_3.id: PlanEntry(responsible=FAMILY, deadline="2026-02", status="fully implemented"),
}


def source(**changes):
    return made_up(**{"entries": ENTRIES, **changes})


def test_each_body_gets_its_rows_the_overdue_and_the_empty_in_front():
    made = {pack.body: pack for pack in packs(source())}
    assert list(made) == [FAMILY, JUSTICE, NOBODY]
    rows = [row.plan_id for row in made[JUSTICE].rows]
    assert rows == [PRISONS[1].id, MARRIAGE_4.id, PRISONS[0].id]
    assert (made[JUSTICE].overdue, made[JUSTICE].empty) == (1, 1)
    assert not any(is_overdue(row.entry, "2026-03-05") for row in made[FAMILY].rows[1:])
    everywhere = {row.plan_id for pack in made.values() for row in pack.rows}
    assert everywhere == {row.plan_id for row in plan_rows(source())}


@pytest.mark.parametrize(
    ("deadline", "today", "late"),
    [("2025", "2026-03-05", True), ("2026", "2026-03-05", False), ("2026-02", "2026-03-05", True),
     ("2026-03-05", "2026-03-05", False), ("", "2026-03-05", False), ("2025", "", False)],
)  # fmt: skip
def test_overdue_is_what_was_due_before_today(deadline, today, late):
    assert is_overdue(PlanEntry(deadline=deadline), today) is late
    assert not is_overdue(PlanEntry(deadline=deadline, status="fully implemented"), today)


def test_a_folder_holds_a_workbook_and_a_letter_each(tmp_path):
    files = write("packs", tmp_path / "out", source())
    assert sorted(file.name for file in files) == [
        "ministry-of-family-youth.docx", "ministry-of-family-youth.xlsx",
        "ministry-of-justice.docx", "ministry-of-justice.xlsx", "nobody-yet.xlsx",
    ]  # fmt: skip
    letter = docx.Document(str(tmp_path / "out" / "ministry-of-justice.docx"))
    said = "\n".join(p.text for p in letter.paragraphs)
    assert "3 recommendations, of which 1 overdue and 1 without any answer" in said
    assert letter.tables[0].rows[1].cells[2].text == "overdue since 2025-12-31"
    read = read_plan(tmp_path / "out" / "ministry-of-justice.xlsx")
    assert read.rows[0].record_id == PRISONS[1].id


def test_the_same_bytes_as_a_folder_and_as_an_archive(tmp_path):
    one = write("packs", tmp_path / "1.zip", source())[0].read_bytes()
    two = write("packs", tmp_path / "2.zip", source(records=list(reversed(RECORDS))))[
        0
    ].read_bytes()
    assert one == two
    with zipfile.ZipFile(tmp_path / "1.zip") as archive:
        assert "ministry-of-justice.xlsx" in archive.namelist()


def test_only_one_body(tmp_path):
    made = packs(source(), Options(responsible=(FAMILY,)))
    assert [pack.body for pack in made] == [FAMILY]


@pytest.fixture
def workspace(encoder, tmp_path):
    table = tmp_path / "t.csv"
    table.write_text(
        "id,state,mechanism,symbol,paragraph,cycle,year,text\n"
        "a,XVM,UPR,A/HRC/40/7,1.1,3,2019,Abolish the death penalty by law\n"
        "b,XVM,UPR,A/HRC/40/7,1.2,3,2019,Build schools in all rural districts\n",
        encoding="utf-8",
    )
    with Linker.open(tmp_path / "w", create=True, encoder=encoder) as linker:
        linker.add([table])
        linker.build()
        linker.set_plan("a", reviewer="Ada", responsible=f"{JUSTICE}; {FAMILY}")
        linker.set_plan("b", reviewer="Ada", responsible=FAMILY)
        linker.export("packs", tmp_path / "out")
    return tmp_path / "w"


def fill(path, record_id, heading, value):
    book = openpyxl.load_workbook(path)
    sheet = book["Plan"]
    head = next(row for row in sheet.iter_rows() if row[0].value == "Id (locked)")
    place = next(cell.column for cell in head if cell.value == heading)
    row = next(row[0].row for row in sheet.iter_rows() if row[0].value == record_id)
    sheet.cell(row=row, column=place).value = value
    book.save(path)


def test_returned_packs_are_read_in_one_go_and_conflicts_listed(workspace, tmp_path):
    out = tmp_path / "out"
    fill(out / "ministry-of-justice.xlsx", "a", "Status", "ongoing")
    fill(out / "ministry-of-family-youth.xlsx", "a", "Status", "Partially implemented")
    fill(out / "ministry-of-family-youth.xlsx", "b", "Status", "yes")
    openpyxl.Workbook().save(out / "other.xlsx")
    command = ["-w", str(workspace), "plan", "import", str(out), "--reviewer", "Ada"]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 3, done.output
    assert "conflict: row" in done.output
    assert "other.xlsx" in done.output
    with Linker.open(workspace) as linker:
        rows = {row.plan_id: row.entry.status for row in linker.plan()}
    assert rows == {"a": "partly implemented", "b": "fully implemented"}
    listed = CliRunner().invoke(main, [*command, "--format", "csv"])
    assert "ministry-of-justice.xlsx" in listed.output
    (workspace / "nothing").mkdir()
    nothing = [*command[:4], str(workspace / "nothing"), "--reviewer", "Ada"]
    assert CliRunner().invoke(main, nothing).exit_code == 2


@pytest.mark.parametrize(
    ("said", "kept"),
    [("Ongoing", "in progress"), ("yes", "fully implemented"), ("Not started", "not started"),
     ("Partially  implemented.", "partly implemented")],
)  # fmt: skip
def test_usual_words_for_a_status_are_understood(said, kept):
    assert checked_value("status", said) == kept
    with pytest.raises(Invalid):
        checked_value("status", "purple")
    with pytest.raises(Invalid):
        checked_value("status", "not needed")
    assert checked_value("law", "n/a") == "not needed"
