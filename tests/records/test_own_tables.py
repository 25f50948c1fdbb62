"""Tables with headings of one's own: found, named and read as a person would read them."""

import subprocess

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from record_files import read, write_csv, write_json, write_xlsx

from linker.records.import_notes import ImportRefused
from linker.records.importers import Options
from linker.vocabulary.headings import fields_of_heading
from linker.vocabulary.positions import position_said
from linker.vocabulary.state_lists import state_of_symbol, states_in_title, states_listed
from linker.vocabulary.states import state_name

ROWS = [
    ["150.1", "Open a shelter in every district", "Norway", "Supported"],
    ["150.10", "Publish the budget of the courts", "Chile, Peru and Spain", "Noted"],
]


def by_number(records):
    return {record.paragraph: record for record in records}


@pytest.mark.parametrize(
    "headings",
    [
        ["No.", "Recommendation", "Recommending State", "Response"],
        ["N°", "Recommandation", "État auteur", "Position de l'État"],
        ["N.º", "Recomendación", "Estado recomendante", "Posición"],
        ["Nº", "Recomendação", "Estado autor", "Posição"],
        ["№", "Рекомендация", "Рекомендующее государство", "Позиция"],
        ["الرقم", "التوصية", "الدولة الموصية", "الموقف"],
        ["编号", "建议", "提出建议的国家", "立场"],
        ["Ref.", "Recomendación / Recommendation", "Recommended by", "Status"],
    ],
)
def test_headings_in_the_languages_of_the_un(tmp_path, headings):
    records, notes = read(write_csv(tmp_path / "x.csv", [headings, *ROWS]), Options(state="Kenya"))
    found = by_number(records)
    assert {r.state for r in records} == {"KEN"}
    assert {r.mechanism for r in records} == {"UPR"}
    assert found["150.1"].recommending_states == ("NOR",)
    assert found["150.10"].recommending_states == ("CHL", "PER", "ESP")
    assert [found[number].position for number in ("150.1", "150.10")] == ["supported", "noted"]
    assert (notes.incomplete_count, notes.refused_count) == (0, 0)


def test_rows_without_a_state_are_kept_apart_and_told(tmp_path):
    path = write_csv(tmp_path / "x.csv", [["text"], ["Open a shelter"], ["Open a shelter"]])
    records, notes = read(path)
    assert [r.state for r in records] == ["", ""]
    assert records[0].id != records[1].id, "nobody knows whether they are of one State"
    assert notes.incomplete_count == notes.counts["incomplete", "no State"] == 2
    named, notes = read(path, Options(state="Peru"))
    assert ({r.state for r in named}, notes.incomplete_count) == ({"PER"}, 0)


def test_state_mechanism_and_cycle_from_the_symbol(tmp_path):
    rows = [["Document", "Paragraph", "Text"],
            ["CEDAW/C/PER/CO/9", "12", "Open a shelter"],
            ["A/HRC/53/8", "120.4", "Open a shelter (Chile);"],
            ["CRC/C/CHL/CO/7, para. 21", "", "Open a shelter"]]  # fmt: skip
    records, notes = read(write_csv(tmp_path / "x.csv", rows))
    assert [(r.state, r.mechanism, r.body, r.cycle, r.paragraph) for r in records] == [
        ("PER", "TB", "CEDAW", "", "12"), ("", "UPR", "UPR", "4", "120.4"),
        ("CHL", "TB", "CRC", "", "21"),
    ]  # fmt: skip
    assert notes.counts["incomplete", "no State"] == 1


def test_titles_cover_sheets_bands_totals_and_notes(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "About"
    book.active.append(["Prepared by", "Ana Peru"])
    sheet = book.create_sheet("Matrix")
    for row in [
        ["Recommendations to Chile, third cycle", None, None, "Version 2"],
        ["Prepared by:", "Department of Justice"],
        [],
        ["No.", "Recommendation", "Recommending State", "Position"],
        ["A. ACCESS TO JUSTICE"],
        *ROWS[:1],
        ["No.", "Recommendation", "Recommending State", "Position"],
        ["B. BUDGETS"],
        *ROWS[1:],
        ["Total", "2", None, None],
        ["* As of 1 May"],
    ]:
        sheet.append(row)
    book.save(tmp_path / "x.xlsx")
    records, notes = read(tmp_path / "x.xlsx")
    assert [(r.paragraph, r.state, r.cycle, r.heading) for r in records] == [
        ("150.1", "CHL", "3", "A. ACCESS TO JUSTICE"), ("150.10", "CHL", "3", "B. BUDGETS"),
    ]  # fmt: skip
    assert notes.counts["told", "no table of recommendations"] == 1
    assert notes.counts["told", "rows that are no recommendations"] == 3
    assert notes.rows_read == 2


def test_every_sheet_is_read_and_may_be_chosen(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "UPR"
    book.active.append(["State", "Recommendation"])
    book.active.append(["Peru", "Open a shelter"])
    bodies = book.create_sheet("CEDAW")
    bodies.append(["State", "Recommendation"])
    bodies.append(["Peru", "Publish the budget"])
    book.save(tmp_path / "x.xlsx")
    records, _ = read(tmp_path / "x.xlsx")
    assert [(r.mechanism, r.body) for r in records] == [("UPR", "UPR"), ("TB", "CEDAW")]
    one, notes = read(tmp_path / "x.xlsx", Options(sheets=("cedaw",)))
    assert [r.body for r in one] == ["CEDAW"]
    assert notes.counts["told", "sheet not asked for"] == 1
    with pytest.raises(ImportRefused, match="'CEDAW'"):
        read(tmp_path / "x.xlsx", Options(sheets=("CRC",)))


def test_merged_cells_hold_in_all_their_rows(tmp_path):
    path = write_xlsx(tmp_path / "x.xlsx", [
        ["State", "Symbol", "Para", "Text", "Action"],
        ["Peru", "CRC/C/PER/CO/6", "9", "Open a shelter", "Draft a bill"],
        [None, None, None, None, "Find a house"],
        [None, None, "10", "Publish the budget", "Print it"],
    ])  # fmt: skip
    book = openpyxl.load_workbook(path)
    for merged in ("A2:A4", "B2:B4", "C2:C3", "D2:D3"):
        book.active.merge_cells(merged)
    book.save(path)
    records, notes = read(path)
    assert [(r.state, r.paragraph) for r in records] == [("PER", "9"), ("PER", "10")]
    assert dict(records[0].extra)["Action"] == "Draft a bill\nFind a house"
    assert notes.refused_count == 0


def test_headers_of_two_rows(tmp_path):
    rows = [["Source", "", "", "Follow-up", ""],
            ["State", "Document", "Text", "Responsible", "Deadline"],
            ["Peru", "CRC/C/PER/CO/6", "Open a shelter", "Interior", "2027"]]  # fmt: skip
    (record,), _ = read(write_xlsx(tmp_path / "x.xlsx", rows))
    assert (record.state, record.text) == ("PER", "Open a shelter")
    assert dict(record.extra) == {"Responsible": "Interior", "Deadline": "2027"}


def test_one_country_column_may_hold_those_who_recommend(tmp_path):
    rows = [["#", "Recommendation", "Country", "Response"],
            ["9.1", "Open a shelter (Chile);", "Chile", "Accepted"],
            ["9.2", "Publish the budget (Peru) (Fiji);", "Peru; Fiji", "Noted"]]  # fmt: skip
    records, _ = read(write_csv(tmp_path / "x.csv", rows), Options(state="Kenya"))
    assert {r.state for r in records} == {"KEN"}
    assert [r.recommending_states for r in records] == [("CHL",), ("PER", "FJI")]


def test_what_is_not_understood_is_kept_and_listed(tmp_path):
    rows = [["state", "text", "position", "date", "source_url"],
            ["Peru", "Open a shelter", "perhaps", "soon", "on paper"]]  # fmt: skip
    (record,), notes = read(write_csv(tmp_path / "x.csv", rows))
    kept = {"position": "perhaps", "date": "soon", "source_url": "on paper"}
    assert dict(record.extra) == kept
    listed = {note.column: note.value for note in notes if note.severity == "incomplete"}
    assert listed == kept
    assert notes.incomplete_count == 1


def test_two_positions_in_one_file_are_told_with_both_places(tmp_path):
    rows = [["state", "symbol", "paragraph", "text", "position"],
            ["Peru", "A/HRC/53/8", "9.1", "Open a shelter", "supported"],
            ["Peru", "A/HRC/53/8", "9.1", "Open a shelter", "noted"]]  # fmt: skip
    _, notes = read(write_csv(tmp_path / "x.csv", rows))
    (told,) = [note for note in notes if note.kind == "two positions"]
    assert "9.1" in told.reason
    assert (told.row, "row 2" in told.reason) == ("row 3", True)


def test_a_column_may_be_said_and_is_asked_for(tmp_path):
    rows = [["Código", "Cuerpo"], ["a", "Open a shelter"], ["b", "Publish the budget"]]
    path = write_csv(tmp_path / "x.csv", rows)
    with pytest.raises(ImportRefused, match="--column text="):
        read(path)
    records, _ = read(path, Options(columns=(("text", "cuerpo"), ("id", "Código"))))
    assert [(r.id, r.text) for r in records] == [
        ("a", "Open a shelter"), ("b", "Publish the budget"),
    ]  # fmt: skip


def test_only_one_state_of_an_export_of_many(tmp_path):
    rows = [["state", "text"], ["Peru", "Open a shelter"], ["Chile", "Open a shelter"]]
    records, notes = read(write_csv(tmp_path / "x.csv", rows), Options(only="CHL"))
    assert [r.state for r in records] == ["CHL"]
    assert (notes.left_out, notes.kept) == (1, 1)


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("mac_roman", "Mac Roman"), ("cp1252", "Windows-1252"), ("cp1251", "Cyrillic"),
     ("cp1256", "Arabic"), ("utf-16", None), ("cp850", "DOS")],
)  # fmt: skip
def test_encodings_are_told_by_the_words(tmp_path, encoding, told):
    texts = {
        "cp1251": "Создать независимый орган по жалобам",
        "cp1256": "إنشاء هيئة مستقلة لشكاوى الشرطة",
        "cp850": "L'État garantit l'accès à l'éducation à São Tomé",
    }
    text = texts.get(encoding, "L’État garantit l’accès à l’éducation à São Tomé")
    path = write_csv(
        tmp_path / "x.csv", [["state", "text"], ["Peru", text]], delimiter="\t", encoding=encoding
    )
    (record,), notes = read(path)
    assert (record.state, record.text) == ("PER", text)
    assert told is None or told in str(notes.repairs[0])


@pytest.mark.parametrize("encoding", ["mac_roman", "cp1252", "cp850"])
def test_a_mark_within_a_word_tells_another_encoding(tmp_path, encoding):
    (tmp_path / "x.csv").write_bytes("state,text\nEspaña,Niños del Perú\n".encode(encoding))
    (record,), _ = read(tmp_path / "x.csv")
    assert (record.state, record.text) == ("ESP", "Niños del Perú")


def test_sep_lines_and_titles_above_a_csv(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("sep=;\nstate;text\nPeru;Open a shelter, soon\n", encoding="utf-8")
    assert [r.text for r in read(path)[0]] == ["Open a shelter, soon"]
    path.write_text(
        "Recommendations to Peru\n\nNo.;Recommendation\n9.1;Open a shelter, soon\n", "utf-8"
    )
    assert [(r.state, r.text) for r in read(path)[0]] == [("PER", "Open a shelter, soon")]


@pytest.mark.parametrize(
    "content",
    [
        '{"state": "Peru", "text": "A"}\n{"state": "Peru", "text": "B"}\n',
        '{"total": 2, "records": [{"state": "Peru", "text": "A"}, {"state": "Peru", "text": "B"}]}',
        '{"meta": [{"a": 1}], "data": {"rows": [{"state": "Peru", "text": "A"},'
        '{"state": "Peru", "text": "B"}]}}',
        '[{"title": "A", "metadata": {"state_under_review": [{"value": "x", "label": "Peru"}]}},'
        '{"title": "B", "metadata": {"state_under_review": [{"value": "x", "label": "Peru"}]}}]',
    ],
)
def test_json_however_it_is_wrapped(tmp_path, content):
    path = tmp_path / "x.json"
    path.write_text(content, encoding="utf-8")
    records, _ = read(path)
    assert [(r.state, r.text) for r in records] == [("PER", "A"), ("PER", "B")]


def test_linkers_own_files_know_themselves(tmp_path):
    with pytest.raises(ImportRefused, match="linker plan import"):
        read(write_json(tmp_path / "x.json", {"kind": "plan", "linker": "1", "rows": [{"a": "b"}]}))
    book = openpyxl.Workbook()
    book.active.title = "Plan"
    book.active.append(["State", "Text"])
    hidden = book.create_sheet("Linker")
    hidden.append(["format", "linker-plan-1"])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "plan.xlsx")
    with pytest.raises(ImportRefused, match="linker plan import"):
        read(tmp_path / "plan.xlsx")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 60 + "WordDocument".encode("utf-16-le") + b"\0\0", ".doc"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 60 + "Workbook".encode("utf-16-le") + b"\0\0", ".xls"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le") + b"\0\0", "password"),
        (b"{\\rtf1 Open a shelter}", ".rtf"),
    ],
)
def test_old_files_are_told_as_what_they_are(tmp_path, monkeypatch, content, said):
    monkeypatch.setenv("PATH", str(tmp_path))
    path = tmp_path / "list"
    path.write_bytes(content)
    with pytest.raises(ImportRefused, match=said):
        read(path)


def test_old_files_are_converted_where_an_office_is_there(tmp_path, monkeypatch):
    office = tmp_path / "bin" / "soffice"
    office.parent.mkdir()
    made = write_xlsx(tmp_path / "made.xlsx", [["state", "text"], ["Peru", "Open a shelter"]])
    office.write_text(
        "#!/bin/sh\n"
        'while [ "$1" != --outdir ]; do shift; done\n'
        f'test "$http_proxy" && /bin/cp {made} "$2/list.xlsx"\n'
    )
    office.chmod(0o755)
    monkeypatch.setenv("PATH", str(office.parent))
    old = tmp_path / "list.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 60 + "Workbook".encode("utf-16-le") + b"\0\0")
    records, notes = read(old)
    assert [(r.state, r.text) for r in records] == [("PER", "Open a shelter")]
    assert notes.counts["told", "converted"] == 1
    assert subprocess.run([office, "--outdir", tmp_path], check=False, env={}).returncode == 1


@pytest.mark.parametrize(
    ("said", "position", "note"),
    [("Enjoys the support of Kenya", "supported", ""), ("Does not enjoy the support", "noted", ""),
     ("Already implemented", "supported", "already implemented"),
     ("Accepted (already implemented)", "supported", "already implemented"),
     ("Supported in principle", "partly supported", "in principle"),
     ("Accepted/Noted", "partly supported", ""), ("Parcialmente aceptada", "partly supported", ""),
     ("Prise en note", "noted", ""), ("Поддержана", "supported", ""), ("Aceita", "supported", ""),
     ("مقبولة", "supported", ""), ("部分接受", "partly supported", ""),
     ("Pendiente", "pending", "")],
)  # fmt: skip
def test_positions_in_the_words_of_lists_and_addenda(said, position, note):
    found = position_said(said)
    assert found
    assert (found.position, found.note) == (position, note)


@given(st.lists(st.sampled_from(["NOR", "BOL", "BIH", "TTO", "KOR", "CIV", "GBR", "PSE"]),
                min_size=1, max_size=6, unique=True))  # fmt: skip
def test_states_are_listed_in_any_number_and_whatever_their_names_hold(codes):
    names = [state_name(code) for code in codes]
    told = " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
    assert states_listed(told) == tuple(codes)


@given(st.text(max_size=80))
def test_any_heading_and_cell_is_read_without_a_fault(text):
    assert isinstance(fields_of_heading(text), tuple)
    assert position_said(text) is None or position_said(text).position
    assert isinstance(states_listed(text), tuple)
    assert state_of_symbol(text) == "" or len(state_of_symbol(text)) == 3
    assert isinstance(states_in_title(text), tuple)
