"""Tables that lie on their side, crowd a cell, or say by letters and by what stands beside it."""

import datetime

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from record_files import read, write_csv, write_json, write_xlsx

from linker.records.importers import Options
from linker.records.importers.crowded import recommendations_in
from linker.vocabulary.positions import position_in_cell, position_said
from linker.vocabulary.state_lists import states_listed

POLICE, PRISONS, COURTS = "Train the police", "Close the old prisons", "Publish the court budget"
GEORGIA = Options(state="Georgia")


def told(records, *fields):
    return sorted(tuple(getattr(record, field) for field in fields) for record in records)


def test_a_table_on_its_side_is_stood_up_and_told(tmp_path):
    rows = [["Number", "1.1", "1.2", "1.3"], ["Recommendation", POLICE, PRISONS, COURTS],
            ["Recommending State", "Chile", "Peru", "Mali"],
            ["Position", "Supported", "Noted", "Supported"]]  # fmt: skip
    records, notes = read(write_csv(tmp_path / "x.csv", rows), GEORGIA)
    assert told(records, "paragraph", "text", "recommending_states", "position") == [
        ("1.1", POLICE, ("CHL",), "supported"), ("1.2", PRISONS, ("PER",), "noted"),
        ("1.3", COURTS, ("MLI",), "supported"),
    ]  # fmt: skip
    assert notes.counts["told", "table on its side"] == 1


def test_a_standing_table_with_headings_in_its_cells_stays_as_it_is(tmp_path):
    rows = [["Text", "Position", "Themes"], [POLICE, "Supported", "Text"], [PRISONS, "Noted", ""]]
    records, notes = read(write_csv(tmp_path / "x.csv", rows), GEORGIA)
    assert told(records, "text", "position") == [(PRISONS, "noted"), (POLICE, "supported")]
    assert ("told", "table on its side") not in notes.counts


def test_several_numbered_recommendations_in_a_cell_are_records_each(tmp_path):
    rows = [["Theme", "Recommendations", "Position"],
            ["Police", f"6.9 {POLICE} (Chile);\n6.10 {COURTS} (Mali, Peru)", "Supported"],
            ["Prisons", f"6.11 {PRISONS} (Togo)", "Noted"]]  # fmt: skip
    records, notes = read(write_xlsx(tmp_path / "x.xlsx", rows), GEORGIA)
    assert told(records, "paragraph", "text", "recommending_states", "position", "themes") == [
        ("6.10", COURTS, ("MLI", "PER"), "supported", ("Police",)),
        ("6.11", PRISONS, ("TGO",), "noted", ("Prisons",)),
        ("6.9", POLICE, ("CHL",), "supported", ("Police",)),
    ]
    assert notes.counts["repaired", "several recommendations in a cell"] == 1


@pytest.mark.parametrize(
    "text",
    [
        f"{POLICE}:\n1.1 in towns\n1.2 in villages",
        f"6.2 {POLICE}\n6.1 {PRISONS}",
        f"6.2 {POLICE}, as\n12.4 asks",
        f"6.1 {POLICE}",
        "",
    ],
)
def test_other_numbers_in_a_text_part_nothing(text):
    assert recommendations_in(text) == (text,)


@given(st.lists(st.text("ab \n.1", max_size=12), max_size=6))
def test_nothing_of_a_crowded_cell_is_lost(lines):
    text = "\n".join(f"7.{number} x{line}" for number, line in enumerate(lines, 1))
    kept = "".join("".join(part.split()) for part in recommendations_in(text))
    assert kept == "".join(text.split())


@pytest.mark.parametrize(
    "said",
    [
        datetime.datetime(2026, 1, 12),
        "12-Jan",
        "Jan-12",
        "12/1/2026",
        "12-сен",
        "12. Okt",
        "déc.-12",
    ],
)
def test_a_number_that_became_a_date_is_told_and_not_taken(tmp_path, said):
    rows = [["Paragraph", "Recommendation", "Position"], [said, POLICE, "Supported"],
            ["12.2", PRISONS, "Noted"]]  # fmt: skip
    records, notes = read(write_xlsx(tmp_path / "x.xlsx", rows), GEORGIA)
    assert told(records, "paragraph", "text") == [("", POLICE), ("12.2", PRISONS)]
    assert notes.counts["incomplete", "date for a paragraph"] == 1
    assert dict(next(r for r in records if r.text == POLICE).extra)["paragraph"]


@pytest.mark.parametrize(
    "said", ["Decision 12", "Marginal 3", "12 decisions", "Octavo 2", "Annex 4"]
)
def test_words_that_begin_as_a_month_does_are_no_date(tmp_path, said):
    rows = [["Paragraph", "Recommendation", "Body"], [said, POLICE, "CERD"]]
    records, notes = read(write_xlsx(tmp_path / "x.xlsx", rows), GEORGIA)
    assert [one.paragraph for one in records] == [said]
    assert not notes.counts["incomplete", "date for a paragraph"]


@pytest.mark.parametrize(
    ("group", "first", "second"),
    [("Position", "Supported", "Noted"), ("Response of the State", "Accepted", "Not accepted"),
     ("Posición", "Aceptada", "Se toma nota"), ("Position de l'État", "Acceptée", "Notée")],
)  # fmt: skip
def test_columns_to_tick_below_one_heading_say_positions(tmp_path, group, first, second):
    rows = [["Recommendation", "State", group, None], [None, None, first, second],
            [POLICE, "Malta", "x", None], [PRISONS, "Chile", None, "X"]]  # fmt: skip
    records, _ = read(write_xlsx(tmp_path / "x.xlsx", rows), GEORGIA)
    assert told(records, "text", "position") == [(PRISONS, "noted"), (POLICE, "supported")]


def test_a_column_state_whose_rows_are_numbers_of_one_report_names_who_recommends(tmp_path):
    rows = [["No", "Recommendation", "State", "Supported", "Noted"],
            ["12.1", POLICE, "Malta", "x", None], ["12.2", PRISONS, "Chile", None, "x"],
            ["12.3", COURTS, "Kenya", None, None]]  # fmt: skip
    records, notes = read(write_xlsx(tmp_path / "x.xlsx", rows), GEORGIA)
    assert told(records, "paragraph", "state", "mechanism", "recommending_states", "position") == [
        ("12.1", "GEO", "UPR", ("MLT",), "supported"), ("12.2", "GEO", "UPR", ("CHL",), "noted"),
        ("12.3", "GEO", "UPR", ("KEN",), ""),
    ]  # fmt: skip
    assert notes.counts["told", "column known by what it holds"] == 1


def test_a_person_who_says_which_column_names_the_reviewed_is_believed(tmp_path):
    rows = [["No", "Recommendation", "State"], ["12.1", POLICE, "Malta"],
            ["12.2", PRISONS, "Chile"], ["12.3", COURTS, "Kenya"]]  # fmt: skip
    said = Options(state="Georgia", columns=(("state", "State"),))
    records, notes = read(write_csv(tmp_path / "x.csv", rows), said)
    assert told(records, "state") == [("CHL",), ("KEN",), ("MLT",)]
    assert ("told", "column known by what it holds") not in notes.counts


def test_a_column_state_of_several_reports_names_the_reviewed(tmp_path):
    rows = [["No", "Recommendation", "State"], ["12.1", POLICE, "Malta"],
            ["12.1", PRISONS, "Chile"], ["40.3", COURTS, "Kenya"]]  # fmt: skip
    records, _ = read(write_csv(tmp_path / "x.csv", rows), GEORGIA)
    assert told(records, "state", "recommending_states") == [
        ("CHL", ()), ("KEN", ()), ("MLT", ()),
    ]  # fmt: skip


@pytest.mark.parametrize("heading", ["Country making rec.", "Recs by", "Peer States (UPR)"])
def test_an_unknown_heading_over_states_that_recommend(tmp_path, heading):
    rows = [["Reco #", "Text of recommendation", heading, "Response"],
            ["140.1", POLICE, "France", "A"], ["140.2", PRISONS, "UK; Chile", "N"]]  # fmt: skip
    records, _ = read(write_csv(tmp_path / "x.csv", rows), GEORGIA)
    assert told(records, "recommending_states", "position") == [
        (("FRA",), "supported"), (("GBR", "CHL"), "noted"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "words"),
    [("A prendre en considération", "noted (anotada, notée)"), ("Examined", "pending (pendiente"),
     ("рассмотрено", "supported (поддержана)")],
)  # fmt: skip
def test_an_unknown_position_is_told_with_words_of_its_language(tmp_path, said, words):
    rows = [["Paragraph", "Recommendation", "Position"], ["12.1", POLICE, said]]
    records, notes = read(write_xlsx(tmp_path / "x.xlsx", rows), GEORGIA)
    [note] = [note for note in notes if note.kind == "unknown position"]
    assert [one.position for one in records] == [""]
    assert (said in note.reason, note.row) == (True, "row 2")
    assert words in note.remedy


@pytest.mark.parametrize("said", ["A considerar", "en análisis", "à l'examen", "Por considerar"])
def test_positions_that_are_still_to_come(tmp_path, said):
    rows = [["Paragraph", "Recommendation", "Position"], ["12.1", POLICE, said]]
    records, _ = read(write_xlsx(tmp_path / "x.xlsx", rows), GEORGIA)
    assert [one.position for one in records] == ["pending"]


def test_a_position_that_is_not_understood_still_tells_a_review(tmp_path):
    rows = [["No", "Recommendation", "Response"], ["9.1", POLICE, "Supported"],
            ["9.2", PRISONS, "Ask the minister"], ["9.3", COURTS, ""]]  # fmt: skip
    records, notes = read(write_csv(tmp_path / "x.csv", rows), GEORGIA)
    assert {record.mechanism for record in records} == {"UPR"}
    assert notes.counts["incomplete", "unknown position"] == 1


def test_rows_of_other_mechanisms_are_not_taken_for_a_review(tmp_path):
    rows = [["Mechanism", "Recommendation", "Position"], ["UPR", POLICE, "Supported"],
            ["", PRISONS, ""]]  # fmt: skip
    records, _ = read(write_csv(tmp_path / "x.csv", rows), GEORGIA)
    assert told(records, "text", "mechanism") == [(PRISONS, ""), (POLICE, "UPR")]


@pytest.mark.parametrize(
    ("letters", "position"),
    [("S", "supported"), ("A", "supported"), ("N", "noted"), ("R", "noted"),
     ("A/N", "partly supported"), ("S/N", "partly supported")],
)  # fmt: skip
def test_letters_are_positions_in_cells_alone(letters, position):
    assert position_in_cell(letters).position == position
    assert position_said(letters) is None


@pytest.mark.parametrize(
    "content",
    [
        {"paragraph": {"0": "1.1", "1": "1.2"}, "text": {"0": POLICE, "1": PRISONS}},
        {"paragraph": ["1.1", "1.2"], "text": [POLICE, PRISONS]},
        {"paragraph": ["1.1", "1.2"], "recommending_states": [["Chile", "Mali"], ["Peru"]],
         "text": [POLICE, PRISONS]},
    ],
)  # fmt: skip
def test_json_of_columns(tmp_path, content):
    records, _ = read(write_json(tmp_path / "x.json", content), GEORGIA)
    assert told(records, "paragraph", "text") == [("1.1", POLICE), ("1.2", PRISONS)]
    if "recommending_states" in content:
        assert told(records, "recommending_states") == [(("CHL", "MLI"),), (("PER",),)]


def test_json_of_columns_that_differ_in_length_keeps_every_row(tmp_path):
    content = {"paragraph": ["1.1"], "text": [POLICE, PRISONS]}
    records, _ = read(write_json(tmp_path / "x.json", content), GEORGIA)
    assert told(records, "paragraph", "text") == [("", PRISONS), ("1.1", POLICE)]


def test_a_paragraph_as_a_number_is_told_on_its_side_too(tmp_path):
    book = openpyxl.Workbook()
    for row in (["Number", 1.1, 1.2, 1.3], ["Recommendation", POLICE, PRISONS, COURTS],
                ["Position", "Noted", "Noted", "Noted"]):  # fmt: skip
        book.active.append(row)
    book.save(tmp_path / "x.xlsx")
    _, notes = read(tmp_path / "x.xlsx", GEORGIA)
    assert notes.counts["repaired", "doubtful paragraph"] == 3


def test_a_text_file_of_headings_and_items_is_a_list(tmp_path):
    path = tmp_path / "x.txt"
    path.write_text(
        f"Recommendations supported by Georgia\n109.1 {POLICE} (Chile);\n109.2 {COURTS} (Peru);\n"
        f"Recommendations noted\n109.3 {PRISONS}, now (Norway).\n"
    )
    records, _ = read(path, GEORGIA)
    assert told(records, "paragraph", "position", "recommending_states") == [
        ("109.1", "supported", ("CHL",)), ("109.2", "supported", ("PER",)),
        ("109.3", "noted", ("NOR",)),
    ]  # fmt: skip


def test_a_column_with_positions_between_its_rows(tmp_path):
    rows = [["Recommendation"], ["Supported recommendations"], [f"109.1 {POLICE} (Chile)"],
            ["Recommendations noted"], [f"109.2 {PRISONS} (Peru)"],
            ["Implement accepted recommendations"]]  # fmt: skip
    records, _ = read(write_xlsx(tmp_path / "x.xlsx", rows), GEORGIA)
    assert told(records, "paragraph", "position") == [
        ("", "noted"), ("109.1", "supported"), ("109.2", "noted"),
    ]  # fmt: skip


def test_headings_that_name_states_say_who_recommends_what_stands_below(tmp_path):
    document = docx.Document()
    document.add_heading("UPR of Georgia, third cycle", 0)
    for heading, texts in (("France", [POLICE]), ("Chile and Peru", [PRISONS, COURTS])):
        document.add_heading(heading, 2)
        for text in texts:
            document.add_paragraph(text, style="List Bullet")
    document.save(tmp_path / "x.docx")
    records, _ = read(tmp_path / "x.docx", GEORGIA)
    assert told(records, "text", "state", "recommending_states", "themes") == [
        (PRISONS, "GEO", ("CHL", "PER"), ()), (COURTS, "GEO", ("CHL", "PER"), ()),
        (POLICE, "GEO", ("FRA",), ()),
    ]  # fmt: skip


def test_the_line_below_a_header_in_markdown_is_no_refused_row(tmp_path):
    path = tmp_path / "x.md"
    path.write_text(f"| No | Recommendation |\n|:---|---:|\n| 1.1 | {POLICE} |\n")
    records, notes = read(path, GEORGIA)
    assert told(records, "text") == [(POLICE,)]
    assert notes.refused_count == 0


def test_formulas_that_were_never_computed_are_told(tmp_path):
    rows = [["No", "Recommendation", "Position"], ["1.1", POLICE, '=IF(1=1,"Noted","")'],
            ["1.2", '="Close "&"prisons"', "Noted"]]  # fmt: skip
    records, notes = read(write_xlsx(tmp_path / "x.xlsx", rows), GEORGIA)
    assert told(records, "text", "position") == [(POLICE, "")]
    (note,) = [note for note in notes if note.kind == "formulas without a value"]
    assert "(C2, B3)" in note.reason


@pytest.mark.parametrize(
    ("cell", "states"),
    [("Denmark (on behalf of the Nordic countries)", ("DNK",)),
     ("Chile and Peru, speaking on behalf of a group", ("CHL", "PER")),
     ("Venezuela (Bolivarian Rep. of)", ("VEN",)), ("Dem. Rep. of the Congo", ("COD",)),
     ("Solomon Is., Marshall Islands", ("SLB", "MHL")), ("Bosnia & Herz.", ("BIH",))],
)  # fmt: skip
def test_states_in_short_and_for_others(cell, states):
    assert states_listed(cell) == states


def test_who_recommends_and_is_no_state_is_told(tmp_path):
    rows = [["No", "Recommendation", "Recommending State"], ["1.1", POLICE, "European Union"],
            ["1.2", PRISONS, "Chile"]]  # fmt: skip
    records, notes = read(write_csv(tmp_path / "x.csv", rows), GEORGIA)
    assert told(records, "recommending_states") == [(("CHL",),), (("European Union",),)]
    assert notes.counts["told", "recommending State not known"] == 1
