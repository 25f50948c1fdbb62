"""What goes out in the shape of another program comes back as it was."""

import json
from datetime import datetime

import openpyxl
import pytest

from linker.records.importers import Options, read_file, recognise
from linker.workspace.workspace import Linker

SAME = ("text", "state", "position", "recommending_states", "themes", "groups", "cycle", "body")
WHOLE = (*SAME, "id", "mechanism", "symbol", "paragraph", "year", "sdgs")


@pytest.fixture(scope="module")
def linker(demo):
    with Linker.open(demo[0]) as opened:
        yield opened


def values(record, fields):
    found = {field: getattr(record, field) for field in fields}
    return {k: tuple(sorted(v)) if isinstance(v, tuple) else v for k, v in found.items()}


def back(path, **options):
    records, notes = read_file(path, options=Options(**options))
    return {record.id: record for record in records}, notes


@pytest.mark.parametrize(
    ("kind", "suffix", "importer", "fields"),
    [
        ("uhri", "json", "uhri_json", WHOLE),
        ("uhri", "xlsx", "uhri_xlsx", WHOLE),
        ("uwazi", "csv", "uwazi", WHOLE),
        ("impactoss", "csv", "impactoss", SAME),
    ],
)
def test_round_trip(linker, tmp_path, kind, suffix, importer, fields):
    (path,) = linker.export(kind, tmp_path / f"out.{suffix}")
    assert recognise(path).name == importer
    found, notes = back(path, state="XVM")
    assert notes.refused_count == 0
    there = {record.id: record for record in linker.records()}
    assert found.keys() == there.keys()
    for record_id, record in there.items():
        assert values(found[record_id], fields) == values(record, fields)


def test_uhri_has_the_keys_of_its_export(linker, tmp_path):
    (path,) = linker.export("uhri", tmp_path / "out.json")
    rows = json.loads(path.read_text("utf-8"))
    upr = next(row for row in rows if row["Text"].startswith("127.41 "))
    assert upr["Countries"] == ["Valmora"]
    assert upr["Body"] == "- UPR"
    assert upr["UprPositions"] == ["Supported"]
    assert upr["Text"].endswith(");")
    assert len({row["AnnotationId"] for row in rows}) == len(rows)
    (again,) = linker.export("uhri", tmp_path / "again.json")
    assert again.read_bytes() == path.read_bytes()


def test_the_workbook_has_the_headings_of_uhri_as_it_spells_them_and_dates_of_excel(
    linker, tmp_path
):
    (path,) = linker.export("uhri", tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(path).active
    headings, *rows = sheet.iter_rows(values_only=True)
    assert {"Countries Concerned", "Reccomending Body", "UPR Reccomending States"} <= {*headings}
    found = [dict(zip(headings, row, strict=True)) for row in rows]
    upr = next(row for row in found if row["Text"].startswith("127.41 "))
    assert (upr["Countries Concerned"], upr["UPR Position"]) == ("- Valmora", "- Supported")
    several = next(row for row in found if "\n" in (row["Themes"] or ""))
    assert all(line.startswith("- ") for line in several["Themes"].split("\n"))
    whole = [row["Document Publication Date"] for row in found]
    assert any(isinstance(day, datetime) for day in whole)
    (again,) = linker.export("uhri", tmp_path / "again.xlsx")
    assert again.read_bytes() == path.read_bytes()


def test_both_shapes_of_uhri_say_the_same(linker, tmp_path):
    (book,) = linker.export("uhri", tmp_path / "out.xlsx")
    (listed,) = linker.export("uhri", tmp_path / "out.json")
    (there, _), (here, _) = back(listed), back(book)
    assert {k: r.date for k, r in here.items()} == {k: r.date for k, r in there.items()}
    assert {k: r.kind for k, r in here.items()} == {k: r.kind for k, r in there.items()}


def test_a_table_of_another_program_may_hold_columns_of_its_own(tmp_path):
    path = tmp_path / "impact.csv"
    path.write_text(
        "reference,title,support_level,country,cycle,owner\n"
        "7,Build a dyke,supportedInPart,Chile; Fiji,UPR-3,Ada\n"
        "8,Plant trees,null,,,\n",
        "utf-8",
    )
    found, _ = back(path, state="Kenya")
    dyke = found["7"]
    assert (dyke.text, dyke.position, dyke.cycle) == ("Build a dyke", "partly supported", "3")
    assert dyke.recommending_states == ("CHL", "FJI")
    assert dyke.extra == (("owner", "Ada"),)
    assert found["8"].position == ""
