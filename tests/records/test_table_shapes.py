"""Tables as people hold them: positions above rows or as ticks, web pages, JSON of every shape."""

import json

import openpyxl
import pytest
from record_files import read, write_json, write_xlsx

from linker.records.importers import Options

POLICE, PRISONS = "Set up a police complaints body", "Close the old prisons for good"


def told(records, *fields):
    return [tuple(getattr(record, field) for field in fields) for record in records]


def test_an_unknown_state_is_kept_beside_its_record_and_listed(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text(f"state,paragraph,text\nKenya,150.1,{POLICE}\nKorea,150.2,{PRISONS}\n")
    records, notes = read(path)
    assert told(records, "state", "paragraph") == [("KEN", "150.1"), ("", "150.2")]
    assert dict(records[1].extra)["state"] == "Korea"
    (note,) = [note for note in notes if note.severity == "incomplete"]
    assert (note.kind, note.value, note.row) == ("unknown State", "Korea", "row 3")
    assert notes.incomplete_count == 1
    assert notes.refused_count == 0
    only, _ = read(path, Options(only="KEN"))
    assert told(only, "paragraph") == [("150.1",)]


def test_ticks_under_headings_that_are_positions(tmp_path):
    rows = [["State", "No", "Recommendation", "Supported", "Noted"],
            ["Kenya", "150.1", POLICE, "x", None], ["Kenya", "150.2", PRISONS, None, "✓"],
            ["Kenya", "150.3", "Train the police in restraint", "x", "x"]]  # fmt: skip
    records, _notes = read(write_xlsx(tmp_path / "x.xlsx", rows))
    assert told(records, "position") == [("supported",), ("noted",), ("partly supported",)]


def test_bands_and_titles_that_say_the_position(tmp_path):
    rows = [["Recommendations to Kenya, third cycle"], ["Supported recommendations"],
            ["No", "Recommendation"], ["150.1", POLICE], ["Noted recommendations", None],
            ["150.2", PRISONS], ["Support for victims", None], ["150.3", "Pay them"]]  # fmt: skip
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for row in (2, 5, 7):
        book.active.merge_cells(f"A{row}:B{row}")
    book.save(tmp_path / "x.xlsx")
    records, _ = read(tmp_path / "x.xlsx")
    assert told(records, "position") == [("supported",), ("noted",), ("noted",)]
    assert told(records, "themes")[2] == (("Support for victims",),)


def test_each_table_of_a_document_has_the_position_above_it(tmp_path):
    import docx

    document = docx.Document()
    document.add_paragraph("UPR of Kenya, third cycle")
    for said, number, text in (
        ("Recommendations that enjoy the support of Kenya", "150.1", POLICE),
        ("Recommendations noted by Kenya", "151.1", PRISONS),
    ):
        document.add_heading(said)
        table = document.add_table(rows=2, cols=2)
        for cell, value in zip(table._cells, ("No", "Recommendation", number, text), strict=True):
            cell.text = value
    document.save(tmp_path / "x.docx")
    records, _ = read(tmp_path / "x.docx")
    assert told(records, "paragraph", "position") == [("150.1", "supported"), ("151.1", "noted")]


def test_a_number_is_read_as_its_cell_shows_it(tmp_path):
    book = openpyxl.Workbook()
    for number, shown in ((None, ""), (150.1, "General"), (150.1, "0.00"), (150.11, "0.00")):
        book.active.append(["Kenya", number, POLICE] if number else ["State", "No", "Text"])
        if number:
            book.active.cell(book.active.max_row, 2).number_format = shown
    book.save(tmp_path / "x.xlsx")
    records, notes = read(tmp_path / "x.xlsx")
    assert told(records, "paragraph") == [("150.1",), ("150.10",), ("150.11",)]
    assert notes.counts["repaired", "doubtful paragraph"] == 3


def test_a_row_beyond_the_end_of_any_sheet_is_refused(tmp_path):
    from hostile_files import cells, workbook

    records, notes = read(workbook(tmp_path / "x.xlsx", cells(2) + cells(2_000_000)))
    assert len(records) == 1
    assert notes.counts["refused", "no such row"] == 1


def test_one_column_under_a_title(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text(
        'Recommendations received by Kenya\n"142.6 Ratify the Optional Protocol (Chile, Fiji)"\n'
        '"142.7 Strengthen the rule of law in the whole country (Mali);"\n'
    )
    records, _ = read(path)
    assert told(records, "state", "paragraph", "recommending_states") == [
        ("KEN", "142.6", ("CHL", "FJI")), ("KEN", "142.7", ("MLI",)),
    ]  # fmt: skip


PAGE = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'><title>UPR of Kenya</title></head><body>"
    "<h2>Recommendations noted by Kenya</h2><table><tr><th>No</th><th>Recommendation</th>"
    "<th>Recommending State</th></tr><tr><td rowspan='2'>142.6</td><td>Ratify <b>it</b><br>now "
    "and here</td><td>Côte d’Ivoire</td></tr><tr><td>Ratify it now and here</td><td>Chile</td></tr>"
    "</table><script>var x = '<table>'</script></body></html>"
)


def test_a_web_page_under_the_name_of_a_spreadsheet(tmp_path):
    path = tmp_path / "export.xls"
    path.write_text(PAGE, encoding="utf-8")
    records, _ = read(path)
    assert told(records, "state", "paragraph", "position")[0] == ("KEN", "142.6", "noted")
    assert records[0].text == "Ratify it\nnow and here"
    assert records[0].recommending_states[:1] == ("CIV",)


ONE = {"number": "142.6", "recommendation": POLICE, "response": "Supported"}
TWO = {"number": "142.7", "recommendation": PRISONS, "response": "Noted"}
SHAPES = {
    "what all share around them": {"country": "Kenya", "cycle": 3, "recommendations": [ONE, TWO]},
    "in the title around them": {"title": "Recommendations to Kenya, cycle 3", "rows": [ONE, TWO]},
    "under their State": {"Kenya": [ONE, TWO], "Nepal": []},
    "under their position": {"state": "KEN", "supported": [{**ONE, "response": ""}],
                             "noted": [{**TWO, "response": ""}]},
    "as columns and rows": {"columns": ["state", "number", "recommendation", "response"],
                            "data": [["Kenya", *ONE.values()], ["Kenya", *TWO.values()]]},
    "as rows alone": [["State", "Number", "Recommendation", "Response"],
                      ["Kenya", *ONE.values()], ["Kenya", *TWO.values()]],
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_json_of_every_shape(shape, tmp_path):
    records, notes = read(write_json(tmp_path / "x.json", SHAPES[shape]))
    assert told(records, "state", "paragraph", "position") == [
        ("KEN", "142.6", "supported"), ("KEN", "142.7", "noted"),
    ]  # fmt: skip
    assert notes.refused_count == notes.incomplete_count == 0


def test_a_broken_line_spoils_no_other(tmp_path):
    path = tmp_path / "x.jsonl"
    lines = [json.dumps({"state": "Kenya", **one}) for one in (ONE, TWO)]
    path.write_text("\ufeff" + "\n\n".join([lines[0], lines[0][:40], lines[1]]) + "\n")
    records, notes = read(path)
    assert told(records, "paragraph") == [("142.6",), ("142.7",)]
    (note,) = notes.refusals
    assert (note.kind, note.row) == ("broken JSON", "line 3")
    assert (notes.rows_read, notes.kept) == (3, 2)


def test_a_table_without_a_header_loses_no_row(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text(
        f"Kenya,150.1,{POLICE},Supported\nKenya,150.2,{PRISONS},Noted\n", encoding="utf-8"
    )
    records, _ = read(path)
    assert told(records, "state", "paragraph", "position") == [
        ("KEN", "150.1", "supported"), ("KEN", "150.2", "noted"),
    ]  # fmt: skip


def test_a_heading_that_names_the_state_says_it_of_all_rows(tmp_path):
    rows = [["No.", "Recommendations", "Response of Kenya"],
            ["142.6", f"{POLICE} (Chile)", "Accepted – see addendum"],
            ["142.7", f"{PRISONS} (Fiji)", "Noted (para. 12 of the addendum)"]]  # fmt: skip
    records, _ = read(write_xlsx(tmp_path / "x.xlsx", rows))
    assert told(records, "state", "position", "recommending_states") == [
        ("KEN", "supported", ("CHL",)), ("KEN", "noted", ("FJI",)),
    ]  # fmt: skip
