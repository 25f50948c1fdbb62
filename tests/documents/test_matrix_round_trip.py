"""The matrix as a document: chosen columns, and the same records when it is imported again."""

import csv
import html
import re
from dataclasses import replace

import docx
import openpyxl
import pytest
from made_up_state import (
    CEDAW,
    CONVERGENCES,
    FILLED,
    MARRIAGE_4,
    PRISONS,
    RECORDS,
    SDG,
    convergence,
    made_up,
)

from linker.documents.inputs import Options
from linker.documents.kinds import COLUMNS
from linker.documents.matrix import matrix
from linker.documents.writers import write
from linker.errors import UsageError
from linker.records.importers import read_file, recognise
from linker.records.record import Record

SAID = (
    "text", "state", "mechanism", "body", "symbol", "paragraph", "year", "cycle", "session",
    "themes", "groups", "sdgs", "recommending_states", "position",
)  # fmt: skip


def read_back(source, tmp_path, options=None):
    path = write("matrix", tmp_path / "matrix.docx", source, options)[0]
    records, notes = read_file(path)
    found = {record.id: record for record in records}
    assert notes.refused_count == 0, list(notes)
    return found


def differences(source, found, options=None):
    heads = {row.record.id: row.record for _, row in matrix(source, options).rows()}
    assert set(found) == set(heads)
    return [
        (key, name, getattr(heads[key], name), getattr(found[key], name))
        for key in heads
        for name in SAID
        if getattr(heads[key], name) != getattr(found[key], name)
    ]


def test_every_record_comes_back_as_it_was(tmp_path):
    source = made_up(entries=FILLED)
    found = read_back(source, tmp_path)
    assert differences(source, found) == []
    assert "Amend the Family Act" not in found[MARRIAGE_4.id].text
    assert not any("↔" in record.text or "Source:" in record.text for record in found.values())
    assert {record.heading for record in found.values()} == {""}


def test_asks_for_the_contrary_are_printed_beneath_and_stay_out_of_the_text(tmp_path):
    never = replace(MARRIAGE_4, id="R-never", paragraph="98.9", text="Leave the age as it is")
    records = [*RECORDS, never]
    for decision, mark in (("", "proposal"), ("confirm", "confirmed"), ("reject", "")):
        link = convergence(never, MARRIAGE_4, 0.01, decision, 0, "opposite")
        source = made_up(records=records, convergences=[link])
        rows = {row.record.id: row for _, row in matrix(source).rows()}
        shown = [
            (one.record.id, one.mark.text.split()[0].strip(","))
            for one in rows[MARRIAGE_4.id].contrary
        ]
        assert shown == ([(never.id, mark)] if mark else [])
        assert bool(rows[never.id].contrary) == bool(mark)
        found = read_back(source, tmp_path)
        assert "contrary" not in found[MARRIAGE_4.id].text
        lines = "\n".join(
            cell.text
            for table in docx.Document(tmp_path / "matrix.docx").tables
            for row in table.rows
            for cell in row.cells
        )
        assert ("Asks the contrary: " in lines) == bool(mark)
        write("matrix", tmp_path / "matrix.xlsx", source)
        book = openpyxl.load_workbook(tmp_path / "matrix.xlsx").active
        cells = [str(cell.value) for row in book.iter_rows() for cell in row]
        assert any("Asks the contrary: " in text for text in cells) == bool(mark)


def test_the_demonstration_comes_back(demo, tmp_path):
    from linker import Linker

    with Linker.open(demo[0]) as linker:
        source = linker.source("XVM")
    assert differences(source, read_back(source, tmp_path)) == []


def test_odd_records_come_back(tmp_path):
    odd = [
        Record(id="own-id, with comma", text="Ratify it\nand report (2030)", state="XVM",
               mechanism="UPR", body="UPR", paragraph="12", cycle="2",
               recommending_states=("IRN", "Palestine Observers")),
        Record(id="CAT/C/XVM/CO/1#9 (a)", text="The State party should act; now", state="XVM",
               mechanism="TB", body="CAT", symbol="CAT/C/XVM/CO/1", paragraph="9 (a)", year=2020),
        Record(id="SP/1", text="12. Open a shelter", state="XVM", mechanism="SP", body="SP"),
        Record(id="x", text="نص عربي للتوصية", state="XVM", mechanism="UPR", body="UPR",
               symbol="A/HRC/1/2", session="47", cycle="4", year=2024,
               recommending_states=("JOR",)),
    ]  # fmt: skip
    source = made_up(records=odd, convergences=[], sdg=[])
    assert differences(source, read_back(source, tmp_path)) == []


@pytest.mark.parametrize("columns", [("position",), ("themes", "status"), COLUMNS])
def test_columns_can_be_chosen(columns, tmp_path):
    options = Options(columns=columns)
    titles = {"position": "Position", "themes": "Themes and groups of persons", "status": "Status"}
    path = write("matrix", tmp_path / "m.docx", made_up(), options)[0]
    table = docx.Document(str(path)).tables[0]
    heads = [cell.text for cell in table.rows[0].cells]
    assert len(heads) == 1 + len(columns)
    grid = [int(w) for w in re.findall(r'<w:gridCol w:w="(\d+)"', table._tbl.xml)]
    assert abs(sum(grid) - 277 * 56.6929) < 20
    for name, title in titles.items():
        assert (title in heads) == (name in columns)
    found = read_back(made_up(), tmp_path, options)
    assert {key: r.text for key, r in found.items()} == {
        row.record.id: row.record.text for _, row in matrix(made_up()).rows()
    }
    sheet = openpyxl.load_workbook(write("matrix", tmp_path / "m.xlsx", made_up(), options)[0])
    cells = {cell.value for row in sheet.active.iter_rows() for cell in row}
    assert ("Linked SDG targets" in cells) == ("targets" in columns)
    page = write("matrix", tmp_path / "m.html", made_up(), options)[0].read_text("utf-8")
    assert page.count('<th scope="col"') == 1 + len(columns)


def test_only_some_bodies(tmp_path):
    rows = [row for _, row in matrix(made_up(), Options(bodies=("CEDAW",))).rows()]
    shown = {r.record.body for r in rows} | {c.record.body for r in rows for c in r.converging}
    assert shown == {"UPR", "CEDAW", "SP"}
    for wrong in ("UPR", "NGO"):
        with pytest.raises(UsageError, match="is no body"):
            Options(bodies=(wrong,))
    with pytest.raises(UsageError, match="column 'colour' is not known"):
        Options(columns=("colour",))


def test_the_plan_fills_the_matrix(tmp_path):
    path = write("matrix", tmp_path / "m.html", made_up(entries=FILLED))[0]
    page = html.unescape(path.read_text("utf-8"))
    assert "Ministry of Justice" in page
    assert "In progress" in page


def test_a_midterm_report_counts_supported_and_noted(tmp_path):
    source = made_up(entries=FILLED, convergences=CONVERGENCES, sdg=SDG)
    path = write("midterm", tmp_path / "m.csv", source)[0]
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["record_id"] for row in rows} == {
        r.id for r in RECORDS if r.mechanism == "UPR" and r.cycle == "4"
    }
    assert {row["position"] for row in rows} >= {"supported", "noted", "partly supported"}
    both = write("midterm", tmp_path / "b.csv", source, Options(cycles=("3", "4")))[0]
    assert len(both.read_text("utf-8").splitlines()) > len(path.read_text("utf-8").splitlines())
    document = docx.Document(str(write("midterm", tmp_path / "m.docx", source)[0]))
    summary, *_, main = document.tables
    assert summary.rows[1].cells[0].text == "Supported"
    lights = [row.cells[2].text for row in main.rows if len(set(row.cells)) > 1]
    assert "● In progress" in lights
    assert lights.count("● No status yet") == 9
    assert main._tbl.xml.count("<w:tblHeader/>") == 1
    assert PRISONS[1].text[:20] in main._tbl.xml
    assert CEDAW.text[:20] not in main._tbl.xml


def test_a_workbook_comes_back_as_it_went_out(tmp_path):
    source = made_up(entries=FILLED)
    path = write("matrix", tmp_path / "matrix.xlsx", source, None)[0]
    records, notes = read_file(path)
    found = {record.id: record for record in records}
    assert recognise(path).name == "own_matrix_xlsx"
    assert (notes.refused_count, notes.incomplete_count) == (0, 0)
    assert differences(source, found) == []
    assert {record.heading for record in found.values()} == {""}
    assert notes.counts["told", "filled in for the plan"] > 0


def test_what_people_change_in_a_workbook_is_read(tmp_path):
    path = write("matrix", tmp_path / "matrix.xlsx", made_up(), None)[0]
    book = openpyxl.load_workbook(path)
    sheet = book["Matrix"]
    head = next(row for row in sheet.iter_rows() if any(c.value == "Record id" for c in row))
    places = {cell.value: cell.column for cell in head}
    line = head[0].row + 1
    changed = sheet.cell(line, places["Record id"]).value
    sheet.cell(line, places["Recommendation"]).value += " without delay"
    sheet.cell(line, places["Position"]).value = "Noted"
    book.save(path)
    found = {record.id: record for record in read_file(path)[0]}
    assert found[changed].text.endswith(" without delay")
    assert found[changed].position == "noted"
