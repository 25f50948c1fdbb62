"""The importers on the real files, where this machine has them (LINKER_CORPORA)."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from record_files import read, write_json

from linker.records.citing import upr_text
from linker.records.importers import recognise
from linker.records.markup import without_furniture
from linker.vocabulary.states import state_code
from linker.vocabulary.text import clean_text

LISTS = {
    "UPR20__Slovenia_ThematicListRecommendations_E.docx": (163, "A/HRC/28/15", "2", "20", 2014),
    "UPR34_Slovenia_Thematic_list_of_Recommendations.docx": (215, "A/HRC/43/15", "3", "34", 2019),
    "upr48-slovenia-thematic-list-of-recommendatio.docx": (254, "A/HRC/59/15", "4", "48", 2025),
}


def real(folder: Path, name: str) -> Path:
    if not (folder / name).exists():
        pytest.skip(f"{folder / name} not present")
    return folder / name


@pytest.mark.parametrize("name", LISTS)
def test_thematic_lists_of_slovenia(corpora, name):
    count, symbol, cycle, session, year = LISTS[name]
    records, notes = read(real(corpora, f"slovenia/{name}"))
    assert len(records) == len({r.id for r in records}) == count == notes.rows_read
    assert notes.refused_count == notes.repaired_count == 0
    assert {(r.state, r.symbol, r.cycle, r.session, r.year) for r in records} == {
        ("SVN", symbol, cycle, session, year)
    }
    parsed = json.loads(
        real(corpora, "slovenia/slovenia_upr_thematic_lists_parsed.json").read_text("utf-8")
    )
    check = {f"{item['document']}#{item['paragraph']}": item for item in parsed}
    for record in records:
        item = check[record.id]
        assert record.position == item["position"].lower()
        assert record.themes == tuple(item["themes"])
        assert record.groups == tuple(item["affected_persons"] or ())
        assert record.heading == item["theme_cluster"]
        assert record.sdgs == tuple(dict.fromkeys(tag.split(" ")[0] for tag in item["sdgs"]))
        # The check misses States before a final stop and inside, and takes "(No. 29)" for one.
        named = {code for name in item["recommending_states"] or () if (code := state_code(name))}
        assert named <= set(record.recommending_states)
        assert record.recommending_states
        assert record.text.startswith(item["text"].split("(")[0].strip())


def test_gold_records(corpora):
    path = real(corpora.parent, "gold/records.csv")
    records, notes = read(path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [r.id for r in records] == [row["id"] for row in rows]
    for record, row in zip(records, rows, strict=True):
        # Recommending States in brackets at the end are taken off a text.
        text = clean_text(without_furniture(row["text"]))
        assert text == record.text or upr_text(text).text == record.text
    assert (len(records), notes.refused_count) == (2775, 0)
    assert all(len(r.state) == 3 and r.mechanism and r.body for r in records)
    assert not any(r.session.endswith(".0") for r in records)


def test_un_compilations_have_the_ids_of_the_gold_labels(corpora):
    records, _ = read(real(corpora, "un_compilations/tb_sp_recommendations_summarised.csv"))
    with real(corpora.parent, "gold/records.csv").open(encoding="utf-8", newline="") as file:
        gold = {row["id"] for row in csv.DictReader(file)}
    assert len(records) == 176
    assert {r.id for r in records} <= gold


def test_uhri_annotations(corpora, tmp_path):
    (record,), _ = read(real(corpora, "uhri/uhri_export_raw_json_record_sample.json"))
    assert (record.id, record.state, record.body) == ("CRC/C/PER/CO/6-7#4", "PER", "CRC")
    assert (record.date, record.sdgs) == ("2025-02-12", ("16.2", "5.2", "16.9"))
    samples = sorted(real(corpora, "uhri/sample").glob("*.json"))
    array = [json.loads(path.read_text("utf-8")) for path in samples]
    records, notes = read(write_json(tmp_path / "all.json", array))
    assert len(records) == len({r.id for r in records}) == 15
    assert {r.paragraph for r in records} == {str(number) for number in range(3, 18)}
    assert all(r.heading and r.state == "AUS" and r.body == "CESCR" for r in records)
    assert not any(" ," in r.text or " ’" in r.text for r in records)
    assert notes.counts["repaired", "stray spaces"] > 5


def test_upr_info_exports(corpora):
    rows = kept = 0
    for path in sorted(real(corpora, "upr_info").glob("*.csv")):
        assert recognise(path).name == "upr_info"
        records, notes = read(path)
        assert notes.refused_count == 0
        assert notes.kept + notes.merged == notes.rows_read
        assert len({r.id for r in records}) == len(records) == notes.kept
        rows, kept = rows + notes.rows_read, kept + notes.kept
    assert (rows, kept) == (61014, 58682)


@pytest.mark.long
def test_upr_info_in_one_file_with_ids(corpora):
    records, notes = read(real(corpora, "upr_info/recommendations.csv.gz"))
    merged = sum(value.count(";") + 1 for r in records for k, value in r.extra if k == "merged_ids")
    assert (notes.rows_read, len(records), merged) == (61014, 58682, 2332)
    assert all(r.id.startswith("UPRINFO#") for r in records)
    assert sum(not r.cycle for r in records) == 1
