"""The plan and the archive by command line."""

import csv
import io
import json
import shutil

import openpyxl
import pytest
from click.testing import CliRunner

from linker.cli import main
from linker.documents.kinds import KINDS
from linker.plan.entries import NOBODY


@pytest.fixture
def valmora(demo, tmp_path):
    folder = tmp_path / "valmora"
    shutil.copytree(demo[0], folder)
    return folder


def linker(workspace, *arguments, code=0):
    result = CliRunner().invoke(main, ["-w", str(workspace), *map(str, arguments)])
    assert result.exit_code == code, result.output
    return result


def test_fill_in_export_edit_import(valmora, tmp_path):
    rows = list(csv.DictReader(io.StringIO(linker(valmora, "plan", "show").stdout)))
    one = rows[3]["id"]
    said = linker(
        valmora, "plan", "set", one, "--status", "In progress", "--deadline", "2027",
        "--responsible", "Ministry of Justice", "--reviewer", "Ada",
    ).stdout  # fmt: skip
    assert said.count(one) == 3
    plan = tmp_path / "plan.xlsx"
    linker(valmora, "export", "plan", "--output", plan)
    book = openpyxl.load_workbook(plan)
    sheet = book["Plan"]
    head = next(row for row in sheet.iter_rows() if row[0].value == "Id (locked)")
    columns = {cell.value: cell.column for cell in head}
    row = next(c[0].row for c in sheet.iter_rows(min_row=head[0].row) if c[0].value == one)
    sheet.cell(row, columns["Deadline"]).value = "2028"
    sheet.cell(row, columns["Partners"]).value = "UNICEF"
    book.save(plan)
    linker(valmora, "plan", "set", one, "--deadline", "2029", "--reviewer", "Grace")
    dry = linker(valmora, "plan", "import", plan, "--reviewer", "CSO", "--dry-run", code=3)
    assert "1 of 1 conflicts" in dry.output
    conflicts = linker(
        valmora, "plan", "import", plan, "--reviewer", "CSO", "--format", "json", code=3
    ).stdout
    assert json.loads(conflicts)[0] | {"changed_at": ""} == {
        "file": "plan.xlsx", "place": f"row {row}", "record_id": one, "field": "deadline",
        "when_written": "2027", "in_the_file": "2028", "in_the_workspace": "2029",
        "changed_by": "Grace", "changed_at": "",
    }  # fmt: skip
    linker(valmora, "plan", "import", plan, "--reviewer", "CSO", "--keep", "theirs")
    log = list(csv.DictReader(io.StringIO(linker(valmora, "plan", "log", one).stdout)))
    assert [(r["reviewer"], r["value"]) for r in log if r["field"] == "deadline"] == [
        ("Ada", "2027"), ("Grace", "2029"), ("CSO", "2028"),
    ]  # fmt: skip
    shown = linker(valmora, "plan", "show", "--status", "in progress", "--format", "json").stdout
    assert [(r["id"], r["partners"]) for r in json.loads(shown)] == [(one, "UNICEF")]


def test_a_theme_is_filled_in_at_once(valmora):
    rows = list(csv.DictReader(io.StringIO(linker(valmora, "xray").stdout)))
    theme = rows[0]["theme_id"]
    members = {r["record_id"] for r in rows if r["theme_id"] == theme and r["home"] == "yes"}
    linker(valmora, "plan", "set", theme, "--responsible", "Parliament", "--reviewer", "Ada")
    log = list(csv.DictReader(io.StringIO(linker(valmora, "plan", "log").stdout)))
    assert {row["record_id"] for row in log} == members
    some = json.loads(linker(valmora, "records", "--responsible", "parli", "-f", "json").stdout)
    assert {row["id"] for row in some} == members
    rest = json.loads(linker(valmora, "records", "--responsible", NOBODY, "-f", "json").stdout)
    assert {row["id"] for row in rest}.isdisjoint(members)
    assert len(rest) + len(some) == 451
    found = json.loads(
        linker(valmora, "search", "children", "--responsible", "Parliament", "-f", "json").stdout
    )
    assert {row["id"] for row in found} <= members


def test_wrong_values_are_said_and_nothing_is_written(valmora):
    bad = linker(
        valmora, "plan", "set", "nobody", "--status", "in progress", "--reviewer", "A", code=2
    )
    assert "no such record" in bad.output
    assert (
        "Nothing to fill in"
        in linker(valmora, "plan", "set", "nobody", "--reviewer", "A", code=2).output
    )
    assert linker(valmora, "plan", "log", "--format", "json").stdout == "[]\n"


def test_measures_of_a_national_plan(valmora, tmp_path):
    table = tmp_path / "nap.csv"
    table.write_text("id,title,deadline\nM1,Shelters,31.12.2027\n")
    assert "2027-12-31" in linker(valmora, "plan", "measures", table).stdout
    assert "Shelters" in linker(valmora, "plan", "measures").stdout


def test_export_options(valmora, tmp_path):
    out = tmp_path / "m.json"
    linker(
        valmora, "export", "matrix", "--cycle", "4", "--mechanism", "upr", "--accepted-only",
        "-o", out,
    )  # fmt: skip
    rows = json.loads(out.read_text("utf-8"))["rows"]
    assert {row["cycle"] for row in rows} == {"4"}
    assert not any(row["converging"] for row in rows)
    wrong = linker(valmora, "export", "matrix", "--columns", "colour", "-o", out, code=2)
    assert "'colour' is not known. Use: position" in wrong.output
    for kind in KINDS:
        assert kind in linker(valmora, "export", "--help").output


def test_archive_and_back(valmora, tmp_path):
    first, again, second = tmp_path / "a.zip", tmp_path / "again", tmp_path / "b.zip"
    assert "451 records" in linker(valmora, "archive", first).stdout
    linker(valmora, "unarchive", first, again)
    linker(again, "archive", second)
    assert first.read_bytes() == second.read_bytes()
    for folder in (valmora, again):
        linker(folder, "export", "matrix", "-o", tmp_path / f"{folder.name}.docx")
    one, two = ((tmp_path / f"{f.name}.docx").read_bytes() for f in (valmora, again))
    assert one == two
    assert "is not empty" in linker(valmora, "unarchive", first, again, code=1).output
