"""The importers on made-up files of every shape."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace

import pytest
from record_files import UHRI, annotation, read, write_csv, write_json, write_list, write_xlsx

from linker.records.importers import Options, recognise

HEADER = "UPR of Valmora (3rd Cycle – 34th Session)\t\tThematic list of recommendations"
ROWS = [
    ["Theme: Death penalty"],
    [
        "121.10 Abolish it (Peru) (Chad);\nSource of Position: A/HRC/43/15/Add.1 - Para.3",
        "Supported",
        "- Death penalty\n- Right to life\nSDGs: \n- 16 - PEACE\nAffected persons: \n- Prisoners",
        "",
    ],
    [
        "121.1 Suspend it (Fiji); review it (Mali).\nSource of Position: A/HRC/43/15 - Para 121",
        "Noted", "Death penalty", "",
    ],
    ["No number here (Peru)", "Noted", "", ""],
    ["Theme: Health"],
    ["122.3 Treat the sick (Holy See)\nSource of position: A/HRC/43/15/Add.1", "Pending", "Health"],
]  # fmt: skip


def test_uhri_json(tmp_path):
    records, notes = read(write_json(tmp_path / "anything.txt", [UHRI]))
    (record,) = records
    assert record.id == "CRC/C/XVM/CO/3-4#12"
    assert record.text == "The Committee recommends that the State party ban corporal punishment."
    assert (record.state, record.mechanism, record.body) == ("XVM", "TB", "CRC")
    assert (record.date, record.year, record.kind) == ("2024-02-12", 2024, "recommendation")
    assert record.sdgs == ("5.2", "16", "16.a")
    assert record.themes == (
        "Right to health", "Children: definition; general principles; protection",
    )  # fmt: skip
    assert dict(record.extra)["annotation_id"] == UHRI["AnnotationId"]
    assert (notes.rows_read, notes.kept, notes.refused_count) == (1, 1, 0)


def test_uhri_upr_annotation(tmp_path):
    upr = annotation(
        Body="- UPR", Symbol="A/HRC/43/15/Add.1", UprSession=["34"], UprCycle="3rd cycle",
        UprPositions=["- Supported"], AnnotationType="- Recommendations",
        Text="<p>121.10 Abolish the death penalty &amp; commute sentences (Peru, Chad);</p>",
    )  # fmt: skip
    records, notes = read(write_json(tmp_path / "a.json", [upr]))
    (record,) = records
    assert record.id == "A/HRC/43/15#121.10"
    assert record.text == "Abolish the death penalty & commute sentences"
    assert (record.cycle, record.session, record.position) == ("3", "34", "supported")
    assert record.recommending_states == ("PER", "TCD")
    assert record.position_source == "A/HRC/43/15/Add.1"
    assert notes.counts["repaired", "HTML in the text"] == 1


def test_uhri_one_object_in_lower_case(tmp_path):
    small = {
        "_id": "x", "text": "Health\n7. Act , now", "date": "2026-03-23",
        "symbol": "E/C.12/XVM/CO/6",
        "body": "CESCR", "annotation_type": "Concerns/Observations", "countries": ["XV"],
        "themes": [], "sdgs": [], "affected_persons": [], "upr_cycle": None,
    }  # fmt: skip
    records, notes = read(write_json(tmp_path / "one.json", small))
    assert [(r.id, r.text, r.heading, r.kind, r.state) for r in records] == [
        ("E/C.12/XVM/CO/6#7", "Act, now", "Health", "observation", "XVM")
    ]
    assert notes.counts["repaired", "stray spaces"] == 1


def test_one_record_for_each_state_of_an_annotation(tmp_path):
    records, _ = read(write_json(tmp_path / "a.json", [annotation(Countries=["Kenya", "- PK"])]))
    assert [(r.id, r.state) for r in records] == [
        ("CRC/C/XVM/CO/3-4#12@KEN", "KEN"), ("CRC/C/XVM/CO/3-4#12@PAK", "PAK"),
    ]  # fmt: skip


def test_annotations_of_one_paragraph_are_told_apart_in_any_order(tmp_path):
    long = annotation(Text="12. The Committee recommends a long list of measures.")
    short = annotation(Text="12. It also asks for more.")
    one, _ = read(write_json(tmp_path / "a.json", [long, short]))
    other, _ = read(write_json(tmp_path / "a.json", [short, long]))
    assert sorted(r.id for r in one) == sorted(r.id for r in other)
    assert {r.text: r.id for r in one} == {r.text: r.id for r in other}
    assert next(r.id for r in one if "long" in r.text) == "CRC/C/XVM/CO/3-4#12"


def test_truncated_json_keeps_what_came_before(tmp_path):
    path = tmp_path / "cut.json"
    second = annotation(Symbol="CRC/C/XVM/CO/9")
    path.write_text(json.dumps([UHRI, second])[:-200], encoding="utf-8")
    records, notes = read(path)
    assert len(records) == 1
    assert notes.counts["refused", "broken JSON"] == 1
    assert "record 2" in str(notes.refusals[0])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_json_in_other_encodings(tmp_path, encoding):
    path = tmp_path / "a.json"
    path.write_text(json.dumps([UHRI], ensure_ascii=False), encoding=encoding)
    assert read(path)[0][0].id == "CRC/C/XVM/CO/3-4#12"


def test_json_with_things_that_are_no_records(tmp_path):
    odd = [
        UHRI,
        5,
        None,
        [1],
        {"Text": {"deep": []}, "AnnotationId": 3},
        annotation(Countries=["Mars"]),
    ]
    records, notes = read(write_json(tmp_path / "a.json", odd))
    assert (len(records), notes.rows_read, notes.refused_count) == (2, 6, 4)
    assert notes.counts["incomplete", "unknown State"] == 1


def test_uhri_xlsx(tmp_path):
    path = write_xlsx(
        tmp_path / "export.bin",
        [
            ["Countries Concerned", "Document Symbol", "Reccomending Body", "Text", "Themes",
             "Affected Persons", "Sdgs", "Document Publication Date", "UPR Reccomending States",
             "UPR Position", "Type", "OHCHR Annotation Id", "UPR Session"],
            ["- Valmora", "E/C.12/XVM/CO/6", "- CESCR", "=1+1", "- a\n- b; c", "- Women & girls",
             "- 1.4 - Equal rights\n- 16.3 - Law", 45334, "", "", "- Concerns/Observations", "u-1",
             ""],
            ["- XV", "A/HRC/43/15", "- UPR", "121.10 Abolish it", "- a", "", "", "45334",
             "- Peru\n- Chad", "- Supported", "- Recommendations", "u-2", 34.0],
        ],
    )  # fmt: skip
    records, notes = read(path)
    assert notes.counts["refused", "empty text"] == 1  # a formula without a stored result
    (record,) = records
    assert (record.id, record.session, record.position) == ("A/HRC/43/15#121.10", "34", "supported")
    assert (record.recommending_states, record.date) == (("PER", "TCD"), "2024-02-12")


def upr_info_rows():
    return [
        ["SuR", "Rgrp", "Org", "Recommendation", "RS", "Rgrp", "Org", "Response", "Action", "Issue",
         "Session"],
        ["Valmora", "Asia", "", 'Ratify "the treaty".', "Peru", "GRULAC", "OAS", "Supported", "5",
         "Justice,Women's rights", "13"],
        ["Valmora", "Asia", "", "Ratify “the  treaty” ", "Chad", "Africa", "AU", "Noted", "4",
        "", "13"],
        ["Valmora", "Asia", "", 'Ratify "the Treaty"', "Chad", "Africa", "AU", "Supported", "4",
        "", "13"],
        ["Valmora", "Asia", "", 'Ratify "the treaty"', "Fiji", "Asia", "", "Supported", "5", "",
        "27"],
        ["Valmora", "Asia", "", "Continue", "&#40;Unknown&#41;", "", "", "Supported", "2", "", ""],
        ["Valmorra", "Asia", "", "Continue", "Fiji", "Asia", "", "Supported", "2", "", "27"],
        ["Valmora", "Asia", "", " ", "Fiji", "Asia", "", "Supported", "2", "", "27"],
    ]  # fmt: skip


def test_upr_info_merges_co_sponsors(tmp_path):
    path = write_csv(tmp_path / "x.dat", upr_info_rows(), delimiter=";", encoding="utf-8-sig")
    records, notes = read(path)
    assert recognise(path).name == "upr_info"
    by_session = {record.session: record for record in records if record.state}
    merged = by_session["13"]
    assert (merged.recommending_states, merged.position) == (("TCD", "PER"), "")
    assert (merged.cycle, merged.year, merged.themes) == ("2", 2012, ("Justice", "Women's rights"))
    assert merged.extra == (("action", "4;5"), ("response", "Noted; Supported"))
    (differing,) = [note for note in notes if note.kind == "two positions"]
    assert "row 2: Supported" in differing.reason
    assert merged.id.startswith("UPR/XVM/13#")
    assert by_session["27"].cycle == "3"
    assert (by_session[""].cycle, by_session[""].recommending_states) == ("", ("(Unknown)",))
    assert (notes.rows_read, notes.kept, notes.merged, notes.refused_count) == (7, 4, 2, 1)
    assert notes.counts["repaired", "no session"] == 1
    (unknown,) = [record for record in records if not record.state]
    assert ("state", "Valmorra") in unknown.extra


def test_upr_info_keeps_the_first_id_whatever_the_order(tmp_path):
    head = ["id", "sur", "text", "recommending_state", "response", "action", "issues", "session"]
    rows = [["U#10", "Valmora", "Act", "Peru", "Noted", "5", "Justice", "5.0"],
            ["U#9", "Valmora", "Act.", "Chad", "Supported", "5", "Justice", "5.0"]]  # fmt: skip
    for order in (rows, rows[::-1]):
        path = tmp_path / "r.csv.gz"
        with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
            file.write("\n".join(",".join(row) for row in [head, *order]))
        (record,), notes = read(path)
        assert (record.id, record.position) == ("U#9", "")
        assert ("merged_ids", "U#10") in record.extra
        assert notes.counts["incomplete", "two positions"] == 1


@pytest.mark.parametrize("layout", [2014, 2019, 2025])
def test_thematic_list(tmp_path, layout):
    rows = [list(row) for row in ROWS]
    if layout == 2025:
        rows[1][2] = "- Death penalty\n- Right to life\nGroups of Persons: \n- Prisoners"
        rows[1][3] = "- 16 - PEACE"
    records, notes = read(write_list(tmp_path / "list.bin", layout, rows, HEADER))
    first, second, unnumbered, third = records
    assert first.id == "A/HRC/43/15#121.10"
    assert (first.text, first.recommending_states) == ("Abolish it", ("PER", "TCD"))
    assert (first.themes, first.groups) == (("Death penalty", "Right to life"), ("Prisoners",))
    assert (first.sdgs, first.heading, first.position) == (("16",), "Death penalty", "supported")
    assert (first.state, first.cycle, first.session, first.year) == ("XVM", "3", "34", 2019)
    assert first.position_source == "A/HRC/43/15/Add.1 - Para.3"
    assert (second.id, second.text) == ("A/HRC/43/15#121.1", "Suspend it (Fiji); review it")
    assert second.recommending_states == ("FJI", "MLI")
    assert (third.heading, third.position) == ("Health", "pending")
    assert (unnumbered.paragraph, unnumbered.state) == ("", "XVM")
    assert (notes.rows_read, notes.refused_count, notes.incomplete_count) == (4, 0, 0)
    assert notes.counts["told", "no paragraph number"] == 1


def test_thematic_list_asks_for_the_state(tmp_path):
    path = write_list(tmp_path / "list.docx", 2019, ROWS, "Thematic list")
    unsaid, notes = read(path)
    assert {record.state for record in unsaid} == {""}
    assert notes.counts["incomplete", "no State"] == len(unsaid) == notes.incomplete_count
    assert len({record.id for record in unsaid if not record.symbol}) > 0
    records, _ = read(path, Options(state="Valmora"))
    # Where no head says the cycle, the symbol of the report does.
    assert {(r.state, r.cycle, r.year) for r in records} <= {("XVM", "3", None), ("XVM", "", None)}


def test_the_same_paragraph_has_the_same_id_in_every_file(tmp_path):
    listed, _ = read(write_list(tmp_path / "l.docx", 2019, ROWS, HEADER))
    table, _ = read(write_csv(tmp_path / "t.csv", [
        ["Para", "Recommendation", "Document symbol"], ["121.10", "Abolish it.", "a/hrc/43/15"],
    ]))  # fmt: skip
    upr = annotation(Body="UPR", Symbol="A/HRC/43/15", Text="121.10 Abolish it (Peru);")
    indexed, _ = read(write_json(tmp_path / "u.json", [upr]))
    assert listed[0].id == table[0].id == indexed[0].id
    merged = listed[0].merged(replace(indexed[0], sources=("u.json",)))
    assert merged.sources == ("l.docx", "u.json")


def test_json_of_records_comes_back(tmp_path):
    records, _ = read(write_list(tmp_path / "l.docx", 2019, ROWS, HEADER))
    path = write_json(tmp_path / "records.json", [record.to_dict() for record in records])
    again, notes = read(path)
    assert recognise(path).name == "table_json"
    assert [replace(r, sources=("l.docx",)) for r in again] == records
    assert notes.repaired_count == notes.refused_count == 0
