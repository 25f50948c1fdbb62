"""A package of IMPACT OSS comes back as the same records and the same plan."""

import csv
import json
import zipfile

import pytest

from linker.records.importers import Options, read_file, recognise
from linker.records.importers.impactoss_package import as_file
from linker.records.importers.safe_open import kind_of
from linker.records.record import TABLE_COLUMNS
from linker.workspace.workspace import Linker

PLANNED = {
    "responsible": "Ministry of Justice\nOmbudsman",
    "partners": "Bar Association; Women's Forum",
    "person": "A. Officer",
    "actions": "Draft a bill",
    "strategy": "Campaign; court case",
    "result": "A draft was tabled.",
    "evidence": "Bill 12, https://example.org/bill-12",
    "indicators": "5.3.1\nShare of courts with an interpreter",
    "baseline": "12 % (2024)",
    "target": "0 % (2030)",
    "current": "9 % (2026)",
    "verification": "Court statistics,\nonce a year",
    "deadline": "2027-12",
    "budget": "Line 4",
    "status": "in progress",
    "law": "partly implemented",
    "policy": "not needed",
    "practice": "not started",
}


@pytest.fixture
def planned(linker):
    first, second, third = sorted(record.id for record in linker.records())[:3]
    linker.set_plan(first, reviewer="Ada", **PLANNED)
    linker.set_plan(second, reviewer="Ada", indicators="5.3.1", current="9 %", status="in progress")
    linker.set_plan(third, reviewer="Ada", evidence="Report 7")
    return linker, first, second, third


def table(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rewrite(folder, name, rows):
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def same(record):
    """What a record says, lists in any order."""
    found = {name: getattr(record, name) for name in (*TABLE_COLUMNS, "kind", "heading")}
    return {k: tuple(sorted(v)) if isinstance(v, tuple) else v for k, v in found.items()}


@pytest.mark.parametrize("form", ["folder", "zip"])
def test_records_come_back_as_they_were(planned, tmp_path, form):
    linker, first, *_ = planned
    linker.correct(first, "position", "pending", "Ada")
    compiled = next(r.id for r in linker.records() if r.mechanism == "TB")
    linker.correct(compiled, "cycle", "3", "Ada")
    path = tmp_path / ("package" if form == "folder" else "package.zip")
    linker.export("impactoss", path)
    file = as_file(path)
    assert recognise(file).name == "impactoss_package"
    records, notes = read_file(file, options=Options())
    found = {record.id: record for record in records}
    there = {record.id: record for record in linker.records()}
    assert (notes.refused_count, notes.incomplete_count) == (0, 0)
    assert notes.rows_read == len(there)
    assert {key: same(one) for key, one in found.items()} == {k: same(v) for k, v in there.items()}


def test_the_plan_comes_back_without_a_change(planned, tmp_path):
    linker, *_ = planned
    linker.export("impactoss", tmp_path / "package")
    back = linker.import_plans(tmp_path / "package", reviewer="Ben")
    assert not back.refused
    assert [report.written for report in back.reports] == [()]
    assert back.open == ()


def test_another_workspace_gets_the_whole_plan(planned, tmp_path):
    linker, first, second, third = planned
    linker.import_measures(measures(tmp_path))
    linker.set_plan(first, reviewer="Ada", measure="M1; M2")
    path = tmp_path / "package.zip"
    linker.export("impactoss", path)
    with Linker.open(tmp_path / "other", create=True) as other:
        (report,) = other.add([path])
        assert report.refused == 0
        assert len(other.records()) == len(linker.records())
        back = other.import_plans(path, reviewer="Ben")
        assert not back.refused
        there = linker.source().entries
        here = entries(other)
    expected = {
        "responsible": "Ministry of Justice; Ombudsman",
        "measure": "M1; M2",
    }
    for name, value in {**PLANNED, **expected}.items():
        assert here[first].value(name) == value, name
    assert here[second].indicators == there[second].indicators
    assert here[second].current == "9 %"
    assert here[third].evidence == "Report 7"
    assert here[third].indicators == here[third].current == here[third].actions == ""


def entries(linker):
    from linker.plan.entries import standing_entries

    return standing_entries(linker.plan_log())


def measures(folder):
    path = folder / "measures.csv"
    path.write_text(
        "id,title,responsible,deadline\n"
        "M1,Open a shelter,Ministry of Health,2027\nM2,Train judges,,\n",
        "utf-8",
    )
    return path


def test_the_measures_come_along_and_differences_are_told(linker, tmp_path):
    linker.import_measures(measures(tmp_path))
    linker.export("impactoss", tmp_path / "package")
    rows = table(tmp_path / "package", "measures")
    rows[0]["title"] = "Open two shelters"
    rows.append({**rows[0], "id": "9", "reference": "M9", "title": "Plant trees"})
    rewrite(tmp_path / "package", "measures", rows)
    told = str(linker.import_plans(tmp_path / "package", reviewer="Ben"))
    assert "M1, title: the file says 'Open two shelters'; here it is 'Open a shelter'" in told
    from linker.store.plan_log import measures as listed

    assert [one.title for one in listed(linker.store)] == [
        "Open a shelter", "Train judges", "Plant trees",
    ]  # fmt: skip
    linker.import_plans(tmp_path / "package", reviewer="Ben", keep="theirs")
    assert listed(linker.store)[0].title == "Open two shelters"


def test_what_was_changed_on_both_sides_is_a_conflict(planned, tmp_path):
    linker, first, *_ = planned
    folder = tmp_path / "package"
    linker.export("impactoss", folder)
    rows = table(folder, "measures")
    (action,) = [row for row in rows if row["reference"] == first]
    action["outcome"] = "The bill was adopted."
    action["target_date"] = "2028-06-30"
    rewrite(folder, "measures", rows)
    linker.set_plan(first, reviewer="Cem", result="The bill was withdrawn.")
    back = linker.import_plans(folder, reviewer="Ben")
    assert [(c.field, c.value) for c in back.reports[0].written] == [("deadline", "2028-06-30")]
    (conflict,) = back.open
    assert (conflict.field, conflict.theirs, conflict.ours) == (
        "result", "The bill was adopted.", "The bill was withdrawn.",
    )  # fmt: skip


def test_the_tables_have_the_columns_of_impact_oss_and_ids_that_are_there(planned, tmp_path):
    linker, first, *_ = planned
    folder = tmp_path / "package"
    linker.export("impactoss", folder)
    targets = {line["id"]: line["title"] for line in table(folder, "indicators")}
    related = [row["indicator_id"] for row in table(folder, "measure_indicators")]
    assert {*related} <= {*targets}
    assert sum(title.startswith("Proportion of women") for title in targets.values()) == 1
    reports = table(folder, "progress_reports")
    assert {row["title"] for row in reports} >= {"9 % (2026)", "9 %"}
    assert len({row["indicator_id"] for row in reports}) == len(reports)
    assert [r["document_url"] for r in reports if r["title"] == "9 % (2026)"] == [
        "https://example.org/bill-12"
    ]
    about = json.loads((folder / "linker.json").read_text("utf-8"))
    assert about["plan"][first]["status"] == "in progress"
    linker.export("impactoss", tmp_path / "one.zip")
    linker.export("impactoss", tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_a_confirmed_target_is_in_the_package_and_no_tag_of_the_source(linker, tmp_path):
    link = next(iter(linker.sdg()))
    linker.decide(link.link.link_id, "confirm", reviewer="Ada")
    linker.export("impactoss", tmp_path / "package")
    rows = table(tmp_path / "package", "sdgtarget_recommendations")
    assert sum(row["confirmed_by_review"] == "true" for row in rows) == 1
    records, _ = read_file(as_file(tmp_path / "package"), options=Options())
    there = {record.id: {*record.sdgs} for record in linker.records()}
    assert {record.id: {*record.sdgs} for record in records} == there


def of_others(folder, **tables):
    """A package as another program writes it: fewer columns, its own ids."""
    folder.mkdir()
    for name, text in tables.items():
        (folder / f"{name}_2026-11-30.csv").write_text(text, "utf-8")
    return folder


THEIRS = {
    "recommendations": "id,title,reference,accepted,response\n"
    "71,Build a dyke,R-7,true,Will be done\n72,Plant trees,R-8,false,\n",
    "taxonomies": "id,title\n1,Human rights bodies\n2,Cycle\n3,Government agencies\n4,Colour\n"
    "5,Progress status\n",
    "categories": "id,taxonomy_id,title,short_title,date\n1,1,Human rights council (UPR),UPR,\n"
    "2,1,International Covenant on Civil and Political Rights,ICCPR,\n3,2,UPR,UPR-2024,2024-05-01\n"
    "4,3,Ministry of Water,MoW,\n5,4,Blue,,\n6,5,Completed,,\n",
    "recommendation_categories": "id,recommendation_id,category_id\n1,71,1\n2,71,3\n3,72,2\n"
    "4,71,5\n5,99,1\n",
    "measures": "id,title,target_date,outcome\n5,Dyke programme,2028-01-31,Half is built\n",
    "measure_categories": "measure_id,category_id\n5,4\n5,6\n",
    "recommendation_measures": "recommendation_id,measure_id\n71,5\n72,5\n",
    "indicators": "id,title,reference\n3,Kilometres of dyke,\n",
    "measure_indicators": "measure_id,indicator_id\n5,3\n",
    "progress_reports": "id,indicator_id,title,document_url\n1,3,4 km,\n2,3,9 km,https://x.org/9\n",
    "due_dates": "id,indicator_id,due_date\n1,3,2027-01-01\n",
}


def test_a_package_of_another_program_is_read(tmp_path):
    path = of_others(tmp_path / "theirs", **THEIRS)
    with Linker.open(tmp_path / "workspace", create=True) as linker:
        (report,) = linker.add([path], Options(state="Kenya"))
        found = {record.id: record for record in linker.records()}
        assert (found["R-7"].position, found["R-8"].position) == ("supported", "noted")
        assert (found["R-7"].body, found["R-8"].body) == ("UPR", "CCPR")
        assert (found["R-7"].date, found["R-7"].year) == ("2024-05-01", 2024)
        assert dict(found["R-7"].extra) == {"Colour": "Blue", "response": "Will be done"}
        text = str(report)
        assert "recommendation_id '99' names a row that is not there" in text
        assert "actions (1), indicators (1), progress reports (2) belong to the plan" in text
        assert "due_dates_2026-11-30.csv is no table that Linker reads" in text
        back = linker.import_plans(path, reviewer="Ben")
        assert not back.refused
        entry = entries(linker)["R-7"]
    assert entry.measure == "5"
    assert (entry.responsible, entry.status) == ("Ministry of Water", "fully implemented")
    assert (entry.result, entry.deadline) == ("Half is built", "2028-01-31")
    assert (entry.indicators, entry.current) == ("Kilometres of dyke", "9 km")
    assert entry.evidence == "https://x.org/9"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"recommendations": "id,title\n1,Build\n"}, "no column 'reference'"),
        ({"recommendations": "\n"}, "no column"),
        ({"recommendations-2025": THEIRS["recommendations"]}, "two of its files hold the table"),
    ],
)
def test_a_package_without_what_is_needed_is_refused_in_words(tmp_path, change, why):
    path = of_others(tmp_path / "theirs", **{**THEIRS, **change})
    with Linker.open(tmp_path / "workspace", create=True) as linker:
        (report,) = linker.add([path], Options(state="Kenya"))
        assert linker.records() == []
    assert why in str(report)


def test_a_status_nobody_knows_is_refused_and_the_rest_read(tmp_path):
    words = THEIRS["categories"].replace("Completed", "Somewhat done")
    path = of_others(tmp_path / "theirs", **{**THEIRS, "categories": words})
    with Linker.open(tmp_path / "workspace", create=True) as linker:
        linker.add([path], Options(state="Kenya"))
        back = linker.import_plans(path, reviewer="Ben")
        assert back.refused
        assert "Somewhat done" in str(back)
        assert entries(linker)["R-7"].current == "9 km"


def test_a_package_that_somebody_spoilt_is_read_as_one_of_others(planned, tmp_path):
    linker, first, *_ = planned
    folder = tmp_path / "package"
    linker.export("impactoss", folder)
    for spoilt in ("[", '{"plan": {"x": 3}, "workspace": []}'):
        (folder / "linker.json").write_text(spoilt, "utf-8")
        back = linker.import_plans(folder, reviewer="Ben", dry_run=True)
        (report,) = back.reports
        assert report.comparison.file.base is None
        assert [d.field for d in report.comparison.conflicts if d.record_id == first] == [
            "responsible"
        ]


def test_other_zip_files_are_none(tmp_path):
    from linker.records.import_notes import ImportRefused

    path = tmp_path / "some.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("recommendations.csv", "text\nBuild\n")
    with pytest.raises(ImportRefused, match="nor a package of IMPACT OSS"):
        kind_of(path, Options().limits)
