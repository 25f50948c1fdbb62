"""The matrix by cluster: every recommendation in one measure, each quotation once, and back."""

import csv
import json

import docx
import openpyxl
import pytest
from made_up_state import (
    CEDAW,
    CONVERGENCES,
    CRC,
    MARRIAGE_3,
    MARRIAGE_4,
    PRISONS,
    RECORDS,
    SP,
    convergence,
    decided,
    made_up,
    upr,
)

from linker.convergence.cluster import Cluster
from linker.convergence.cluster import Member as Asked
from linker.documents.inputs import Options
from linker.documents.matrix import matrix
from linker.documents.matrix_reading import read_matrix
from linker.documents.measures import measures
from linker.documents.writers import write
from linker.documents.writers.letters import width_of
from linker.plan.entries import Measure, PlanEntry
from linker.records.importers import read_file
from linker.records.importers.base import Limits
from linker.review.cluster_results import ShownCluster, ShownMember
from linker.workspace.workspace import Linker

AGAIN = upr("110.3", "4", "Ban the marriage of anybody under 18", ("CHL",), "noted")


def cluster(number, title, *records, verdict="", bands=()):
    bands = bands or ["propose"] * len(records)
    key = f"CL-{number:010d}"
    asked = [Asked(r.id, 0, "", 0.9, band) for r, band in zip(records, bands, strict=True)]
    said = decided(key, verdict)
    shown = tuple(ShownMember(m, r, said) for m, r in zip(asked, records, strict=True))
    return ShownCluster(Cluster(key, title, tuple(asked)), "XVM", shown, said)


MARRIAGE = cluster(1, "End child marriage", MARRIAGE_4, AGAIN, MARRIAGE_3, CEDAW, CRC)
ENTRIES = {
    MARRIAGE_4.id: PlanEntry(responsible="Ministry of Justice", deadline="2027", measure="4.2",
                             status="in progress"),
    AGAIN.id: PlanEntry(responsible="Ministry of Justice"),
}  # fmt: skip


def source(**changes):
    values = {
        "records": [*RECORDS, AGAIN], "clusters": (MARRIAGE,), "entries": ENTRIES,
        "measures": [Measure("4.2", "Reform of family law")],
    }  # fmt: skip
    return made_up(**{**values, **changes})


def row_of(made, record):
    return next(m for _, m in made.rows() if record.id in {r.record.id for r in m.rows})


@pytest.mark.parametrize(
    "options", [Options(), Options(cycles=("4",)), Options(mechanisms=("TB",)),
                Options(positions=("noted",)), Options(min_band="ask")],
)  # fmt: skip
def test_it_holds_the_recommendations_of_the_matrix_each_once(options):
    by_recommendation = [row.record.id for _, row in matrix(source(), options).rows()]
    by_cluster = [record.id for record in measures(source(), options).records()]
    assert sorted(by_cluster) == sorted(by_recommendation)


def test_a_measure_names_all_that_ask_for_it_in_its_first_column():
    row = row_of(measures(source(), Options(cycles=("4",))), MARRIAGE_4)
    assert [r.record.id for r in row.rows] == [MARRIAGE_4.id, AGAIN.id]
    assert row.title == "End child marriage"
    assert row.numbers == [
        "110.2, 110.3 (cycle 4)", "98.4 (cycle 3)", "CEDAW/C/XVM/CO/5, para. 21 (b)",
        "CRC/C/XVM/CO/5, para. 34",
    ]  # fmt: skip
    assert row.positions == {"noted": 1, "supported": 1}


def test_what_was_filled_in_stands_once_or_by_number():
    row = row_of(measures(source(), Options(cycles=("4",))), MARRIAGE_4)
    assert row.responsible == ["Ministry of Justice"]
    assert row.timeline == ["110.2 (cycle 4): 2027; plan: 4.2 Reform of family law"]
    assert row.status == ["110.2 (cycle 4): in progress"]


def test_each_quotation_is_printed_once():
    made = measures(source())
    quoted = [c.quote for _, row in made.rows() for several in row.quotations for c in several[:1]]
    own = [record.text for record in made.records()]
    assert len(set(quoted)) == len(quoted)
    assert not set(quoted) & set(own)
    elsewhere = [b.place for _, row in made.rows() for b in row.quoted_before]
    assert set(elsewhere) <= {row.place for _, row in made.rows()}


def test_a_rejected_cluster_and_a_member_below_the_line_join_nothing():
    rejected = cluster(1, "End child marriage", MARRIAGE_4, AGAIN, verdict="reject")
    unsure = cluster(1, "End child marriage", MARRIAGE_4, AGAIN, bands=["propose", "ask"])
    for one in (rejected, unsure):
        made = measures(source(clusters=(one,)))
        assert len(row_of(made, AGAIN).rows) == 1
    assert (
        len(row_of(measures(source(clusters=(unsure,)), Options(min_band="ask")), AGAIN).rows) == 2
    )


def test_only_what_was_confirmed():
    confirmed = cluster(1, "End child marriage", MARRIAGE_4, AGAIN, SP, verdict="confirm")
    made = measures(source(clusters=(confirmed,)), Options(only_confirmed=True))
    row = row_of(made, MARRIAGE_4)
    assert [r.record for r in row.rows] == [MARRIAGE_4, AGAIN, SP]
    assert {c.record.id for c in row.converging} == {CEDAW.id}
    assert all(c.mark.confirmed for _, m in made.rows() for c in m.converging)


def test_totals_count_every_recommendation():
    made = measures(source())
    for _, counts in made.totals():
        assert sum(own for _, _, own in counts) >= len(made.records())
    positions = {name: own for name, _, own in made.totals()[0][1]}
    assert positions["noted"] == sum(r.position == "noted" for r in made.records() if r.is_cyclic)
    assert ("Ministry of Justice", 1, 2) in made.totals()[2][1]


SAID = ("text", "state", "mechanism", "body", "symbol", "paragraph", "year", "cycle", "session",
        "recommending_states", "position")  # fmt: skip


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_the_same_records_come_back(suffix, tmp_path):
    made = measures(source(), Options(by="cluster"))
    path = write("matrix", tmp_path / f"m.{suffix}", source(), Options(by="cluster"))[0]
    records, notes = read_file(path)
    assert notes.refused_count == 0
    found = {record.id: record for record in records}
    assert set(found) == {record.id for record in made.records()}
    for record in made.records():
        for name in SAID:
            assert getattr(found[record.id], name) == getattr(record, name), (record.id, name)


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_the_demonstration_comes_back(suffix, demo, tmp_path):
    with Linker.open(demo[0]) as linker:
        known = linker.source("XVM")
    path = write("matrix", tmp_path / f"m.{suffix}", known, Options(by="cluster"))[0]
    found = {record.id: record for record in read_file(path)[0]}
    made = measures(known).records()
    assert set(found) == {record.id for record in made}
    wrong = [
        (record.id, name)
        for record in made
        for name in SAID
        if getattr(found[record.id], name) != getattr(record, name)
    ]
    assert wrong == []


def test_what_a_person_changes_in_a_text_is_read(tmp_path):
    path = write("matrix", tmp_path / "m.xlsx", source(), Options(by="cluster"))[0]
    book = openpyxl.load_workbook(path)
    cell = next(
        cell for row in book.active.iter_rows() for cell in row
        if str(cell.value or "").startswith("110.2 (cycle 4): Raise")
    )  # fmt: skip
    cell.value = cell.value.replace("Ban the marriage", "Forbid the marriage")
    book.save(path)
    found = {record.id: record for record in read_file(path)[0]}
    assert found[AGAIN.id].text == "Forbid the marriage of anybody under 18"
    assert found[AGAIN.id].recommending_states == ("CHL",)
    assert found[MARRIAGE_4.id].text == MARRIAGE_4.text


def test_word_has_a_cover_with_totals_and_every_number(tmp_path):
    path = write("matrix", tmp_path / "m.docx", source(), Options(by="cluster"))[0]
    tables = docx.Document(str(path)).tables
    assert [table.rows[0].cells[0].text for table in tables[:3]] == [
        "Position of the State", "Umbrella", "Responsible body",
    ]  # fmt: skip
    heads = [cell.text for cell in tables[3].rows[0].cells]
    assert heads == [
        "Numbers and paragraphs", "What is asked, and by whom", "Position", "Indicators",
        "Responsible body", "Timeline", "Status",
    ]  # fmt: skip


def test_all_formats_say_the_same_and_the_same_bytes(tmp_path):
    options = Options(by="cluster")
    for suffix in ("docx", "xlsx", "html", "csv", "json"):
        one, two = (
            write("matrix", tmp_path / f"{n}.{suffix}", known, options)[0].read_bytes()
            for n, known in ((1, source()), (2, source(records=[AGAIN, *reversed(RECORDS)])))
        )
        assert one == two, suffix
    rows = json.loads((tmp_path / "1.json").read_text("utf-8"))["rows"]
    with (tmp_path / "1.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(rows) == len(list(measures(source()).rows()))
    assert (tmp_path / "1.html").read_text("utf-8").count('<tr id="m') == len(rows)
    first = next(row for row in rows if AGAIN.id in row["record_ids"])
    assert first["title"] == "End child marriage"
    assert PRISONS[0].id not in first["record_ids"]


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_what_was_filled_in_comes_back_for_the_plan_record_by_record(suffix, tmp_path):
    path = write("matrix", tmp_path / f"m.{suffix}", source(), Options(by="cluster"))[0]
    filed = {row.record_id: dict(row.values) for row in read_matrix(path, Limits()).rows}
    assert filed[MARRIAGE_4.id] == {
        "responsible": "Ministry of Justice", "deadline": "2027", "status": "in progress",
    }  # fmt: skip
    assert filed[AGAIN.id] == {"responsible": "Ministry of Justice"}
    assert SP.id not in filed


def test_the_sheet_says_what_asks_for_the_contrary(tmp_path):
    against = convergence(PRISONS[0], MARRIAGE_4, 0.9, relation="opposite")
    made = source(convergences=[*CONVERGENCES, against])
    path = write("matrix", tmp_path / "m.xlsx", made, Options(by="cluster"))[0]
    rows = openpyxl.load_workbook(path)["Matrix"].iter_rows(values_only=True)
    (row,) = [row for row in rows if MARRIAGE_4.id in str(row[-1])]
    (said,) = [cell for cell in row if "Asks the contrary: " in str(cell)]
    assert PRISONS[0].text[:40] in said


def widths(path):
    """Millimetres of the columns of the table with the measures."""
    (grid,) = [
        table._tbl.tblGrid
        for table in docx.Document(str(path)).tables
        if "Timeline" in "".join(cell.text for cell in table.rows[0].cells)
    ]
    return [round(column.w.mm) for column in grid.gridCol_lst]


@pytest.mark.parametrize("by", ["cluster", "recommendation"])
def test_no_word_that_people_filled_in_breaks(tmp_path, by):
    path = tmp_path / "m.docx"
    options = Options(by=by)
    short = widths(write("matrix", path, source(), options)[0])
    title = "Institutionalisation of counter-trafficking"
    plan = [Measure("4.2", title)]
    wide = widths(write("matrix", path, source(measures=plan), options)[0])
    assert sum(wide) == sum(short)
    longest = width_of("Institutionalisation", 9) * 25.4 / 72
    assert short[-2] < longest < wide[-2] < longest + 6
    assert wide[-1] == short[-1]
    endless = [Measure("4.2", "Un" * 60)]
    assert widths(write("matrix", path, source(measures=endless), options)[0])[-2] == 32
