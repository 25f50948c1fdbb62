"""The product's own table format: any order, any delimiter, and every bad row told."""

from __future__ import annotations

import codecs
import io
import random
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from record_files import read, write_csv, write_xlsx

from linker.records.importers import ImportRefused, Limits, Options, recognise
from linker.records.importers.position_places import position_of_heading
from linker.vocabulary.text import clean_text

TEXTS = st.text(max_size=60).filter(
    lambda text: any(c.isalnum() for c in clean_text(text)) and not position_of_heading(text)
)
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_delimiters_and_encodings(tmp_path, delimiter, encoding):
    rows = [["Country", "Text"], ["Côte d’Ivoire", "Garantir l’accès, à tous; sans délai"]]
    path = write_csv(tmp_path / "x", rows, delimiter=delimiter, encoding=encoding)
    (record,), notes = read(path)
    assert (record.state, record.text) == ("CIV", "Garantir l’accès, à tous; sans délai")
    assert notes.repaired_count == 0


def test_a_text_with_half_a_character_is_refused_and_no_other(tmp_path):
    path = tmp_path / "x.json"
    path.write_text(
        r'[{"state": "Kenya", "text": "One \ud800"}, {"state": "Kenya", "text": "A \ud83c\udf33"}]'
    )
    (record,), notes = read(path)
    assert record.text == "A \U0001f333"
    assert notes.counts["refused", "damaged characters"] == 1


def test_windows_encoding_is_repaired_and_told(tmp_path):
    rows = [["state", "text"], ["Côte d’Ivoire", "Égalité"]]
    (record,), notes = read(write_csv(tmp_path / "x.csv", rows, encoding="cp1252"))
    assert (record.state, record.text) == ("CIV", "Égalité")
    assert notes.counts["repaired", "encoding"] == 1


def test_a_few_damaged_bytes_do_not_change_the_encoding(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes("text\nété à Genève\nêtre ".encode() + b"\xff ici\n")
    records, notes = read(path)
    assert [r.text for r in records] == ["été à Genève", "être \ufffd ici"]
    assert notes.counts["repaired", "encoding"] == 1


def test_every_column_under_usual_names(tmp_path):
    rows = [
        ["Recommending_States", " COUNTRY", "Para", "Document Symbol", "recommendation", "Colour",
         "UPR session", "Affected persons", "SDGs", "Date", "Response", "Lang", "URL", "Theme",
         "Type",
         "Colour"],
        ["Spain; Peru\nAtlantis", "ken", "Para. 21.", "a/hrc/43/15", " Ban\u200b it ", "red",
        "34.0",
         "- Women & girls\n- Children", "5.2, 16", "46078", "Accepted", "English",
         "https://example.org/x", "Health;Food", "Recommendation", "blue"],
    ]  # fmt: skip
    for path in (write_csv(tmp_path / "x.csv", rows), write_xlsx(tmp_path / "x.xlsx", rows)):
        (record,), notes = read(path, Options(mechanism="UPR"))
        assert record.id == "A/HRC/43/15#21"
        assert (record.text, record.state, record.session, record.cycle) == (
            "Ban it", "KEN", "34", "3",
        )  # fmt: skip
        assert record.recommending_states == ("ESP", "PER", "Atlantis")
        assert (record.groups, record.sdgs) == (("Women & girls", "Children"), ("5.2", "16"))
        assert (record.date, record.year, record.position) == ("2026-02-25", 2026, "supported")
        assert (record.language, record.source_url) == ("en", "https://example.org/x")
        assert (record.themes, record.kind) == (("Health", "Food"), "recommendation")
        assert record.extra == (("Colour", "red"), ("Colour (2)", "blue"))
        assert (record.mechanism, record.body) == ("UPR", "UPR")
        assert notes.refused_count == 0


def test_a_given_id_is_kept_and_defaults_fill_gaps(tmp_path):
    rows = [["id", "text", "state"], ["UPRINFO#12", "Act", ""], ["my own/id", "Act too", "Peru"]]
    options = Options(state="Kenya", body="CEDAW", symbol="CEDAW/C/KEN/CO/8")
    records, _ = read(write_csv(tmp_path / "x.csv", rows), options)
    assert [(r.id, r.state, r.mechanism) for r in records] == [
        ("UPRINFO#12", "KEN", "TB"), ("my own/id", "PER", "TB"),
    ]  # fmt: skip


def test_one_id_with_two_texts_loses_neither(tmp_path):
    rows = [["id", "text"], ["a", "Act"], ["a", "Act differently"]]
    records, _ = read(write_csv(tmp_path / "x.csv", rows))
    assert {r.text for r in records} == {"Act", "Act differently"}
    assert len({r.id for r in records}) == 2


def test_bad_rows_are_told_and_spoil_no_other(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text(
        "text,state,position,body,mechanism,sdgs,date,year,source_url\n"
        "Good,Kenya,,,,,,,\n"
        ",Kenya,,,,,,,\n"
        "Unknown State,Keniaa,,,,,,,\n"
        "Vague,Kenya,maybe,Parliament,court,99,03/04/2025,soon,javascript:alert(1)\n"
        "Too,many,cells,,,,,,,,here,as,well\n"
        "Short\n"
        "\n"
        "Last,Peru,noted,CRC,UPR,,2025,,\n",
        encoding="utf-8",
    )
    records, notes = read(path)
    assert [r.text for r in records] == ["Good", "Unknown State", "Vague", "Short", "Last"]
    assert (notes.rows_read, notes.kept, notes.refused_count) == (7, 5, 2)
    refusals = [str(note) for note in notes.refusals]
    assert any("row 3, column text" in line for line in refusals)
    assert records[1].state == ""
    assert ("state", "Keniaa") in records[1].extra
    (unknown,) = [note for note in notes if note.kind == "unknown State"]
    assert (unknown.row, unknown.value) == ("row 4", "Keniaa")
    assert "Kenya" in unknown.remedy
    assert any("row 6" in line and "double quotes" in line for line in refusals)
    kinds = {kind for severity, kind in notes.counts if severity in ("repaired", "incomplete")}
    assert kinds == {
        "no State", "unknown State", "unknown position", "unknown body", "unknown mechanism",
        "unknown SDG",
        "unclear date", "unclear year", "no web address", "short row",
        "mechanism does not fit the body",
    }  # fmt: skip
    vague = records[2]
    assert (vague.position, vague.sdgs, vague.date, vague.source_url) == ("", (), "", "")
    assert (records[4].mechanism, records[4].year) == ("TB", 2025)
    assert "7 rows read, 5 records kept" in str(notes)


def test_numbers_in_workbooks(tmp_path):
    path = write_xlsx(
        tmp_path / "x.xlsx",
        [["A title over the table"], ["text", "paragraph", "session", "symbol", "year"],
         ["One", 140.1, 34.0, "A/1", 2025], ["Two", "140.10", "34", "A/1", "2025"],
         ["Three", 7, None, "A/1", None]],
    )  # fmt: skip
    records, notes = read(path)
    assert [(r.paragraph, r.session, r.year) for r in records] == [
        ("140.1", "34", 2025), ("140.10", "34", 2025), ("7", "", None),
    ]  # fmt: skip
    assert notes.counts["repaired", "doubtful paragraph"] == 1
    assert "row 3, column paragraph" in str(notes.repairs[0])


def test_formulas_are_only_text(tmp_path):
    rows = [["text", "themes"], ["=HYPERLINK(1)", "@SUM(A1)"], ["+cmd|' /C calc'!A0", "-1"]]
    records, _ = read(write_csv(tmp_path / "x.csv", rows))
    assert [r.text for r in records] == ["=HYPERLINK(1)", "+cmd|' /C calc'!A0"]


def test_stray_quotes_and_open_quotes(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text(
        'state,text\nKenya,"The "Law" stands"\nPeru,"never closed\n'
        'Chad,Good\nFiji,"closed, well"\n',
        encoding="utf-8",
    )
    records, notes = read(path)
    assert {r.state for r in records} == {"KEN", "PER", "TCD", "FJI"}
    assert notes.counts["repaired", "stray quotes"] == 2


def test_nuls_and_blank_lines(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(b"\n\ntext,state\nO\0ne,Ken\0ya\n\n,,\nTwo,Peru")
    records, notes = read(path)
    assert [(r.text, r.state) for r in records] == [("One", "KEN"), ("Two", "PER")]
    assert notes.counts["repaired", "NUL characters"] == 2


@pytest.mark.parametrize(
    ("limits", "name"),
    [(Limits(max_bytes=10), "max_bytes"), (Limits(max_rows=1), "max_rows"),
     (Limits(max_cell_chars=50), "max_cell_chars")],
)  # fmt: skip
def test_limits_are_named(tmp_path, limits, name):
    rows = [["text", "x"], ["Fine", ""], ["y" * 60, ""], ["z" * 600, ""], ["Fine too", ""]]
    path = write_csv(tmp_path / "x.csv", rows)
    if name == "max_bytes":
        with pytest.raises(ImportRefused, match=name):
            read(path, Options(limits=limits))
        return
    records, notes = read(path, Options(limits=limits))
    assert records[0].text == "Fine"
    assert all(name in str(note) for note in notes.refusals)
    assert notes.refused_count >= 1


def test_one_endless_line(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("text\n" + "a" * 5_000_000 + "\nGood\n", encoding="utf-8")
    records, notes = read(path)
    assert [r.text for r in records] == ["Good"]
    assert "max_cell_chars" in str(notes.refusals[0])


def test_zip_bombs_entities_and_broken_archives(tmp_path):
    good = write_xlsx(tmp_path / "x.xlsx", [["text"], ["Fine"]])
    with pytest.raises(ImportRefused, match="max_unzipped_bytes"):
        read(good, Options(limits=Limits(max_unzipped_bytes=500)))
    evil = tmp_path / "evil.xlsx"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(evil, "w") as target:
        for item in source.infolist():
            data = source.read(item)
            if item.filename == "xl/workbook.xml":
                data = b'<!DOCTYPE x [<!ENTITY a "b">]>' + data
            target.writestr(item, data)
    with pytest.raises(ImportRefused, match="document type"):
        read(evil)
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(good.read_bytes()[:-30])
    with pytest.raises(ImportRefused, match="damaged"):
        read(cut)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "empty"), (b"%PDF-1.7", "PDF"), (b"\xd0\xcf\x11\xe0\xa1", "password"),
     (b"name,age\nx,3\n", "begins with name, age"), (b'{"a": 1}', "begins with a"),
     (b"PK\x03\x04garbage", "damaged"), (b"\x1f\x8bgarbage", "damaged"),
     (bytes(range(1, 32)) * 40, "no text"), (b"[", "JSON")],
)  # fmt: skip
def test_files_that_are_something_else(tmp_path, content, said):
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    with pytest.raises(ImportRefused, match=said):
        read(path)


def test_files_that_are_not_there(tmp_path):
    with pytest.raises(ImportRefused, match=r"gone\.csv"):
        recognise(tmp_path / "gone.csv")
    with pytest.raises(ImportRefused, match="no file"):
        recognise(tmp_path)


def test_an_archive_that_is_no_document(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(ImportRefused, match="neither XLSX, DOCX nor a package"):
        recognise(tmp_path / "x.zip")


@FEW
@given(st.lists(st.tuples(TEXTS, st.sampled_from(["Kenya", "PER", ""])), min_size=1, max_size=8))
def test_any_text_survives_a_round_trip(rows):
    with tempfile.TemporaryDirectory() as folder:
        path = write_csv(Path(folder) / "x.csv", [["text", "state"], *map(list, rows)])
        records, notes = read(path)
    assert [record.text for record in records] == [clean_text(text) for text, _ in rows]
    assert notes.rows_read == notes.kept == len(rows)


@FEW
@given(st.lists(st.tuples(TEXTS, st.sampled_from(["1", "2", ""])), max_size=8), st.randoms())
def test_the_order_of_rows_does_not_matter(rows, rng: random.Random):
    def as_set(rows):
        table = [["text", "paragraph", "symbol"], *([text, para, "A/1"] for text, para in rows)]
        with tempfile.TemporaryDirectory() as folder:
            records, _ = read(write_csv(Path(folder) / "x.csv", table))
        return {(record.id, record.text) for record in records}

    assert as_set(rows) == as_set(rng.sample(rows, len(rows)))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"text,state\n", b'[{"Text":"', b"PK\x03\x04",
       b"\x1f\x8b\x08", codecs.BOM_UTF16_LE + "text\n".encode("utf-16-le")]))  # fmt: skip
def test_no_bytes_break_the_importers(content, start):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x"
        path.write_bytes(start + content)
        try:
            records, notes = read(path)
        except ImportRefused:
            return
    assert all(record.text for record in records)
    assert io.StringIO(str(notes)).readline().startswith("x: ")


def test_what_to_cite_and_where_a_position_was_taken(tmp_path):
    rows = [
        ["text", "state", "Cites", "Position", "Source of position", "Position note", "Context"],
        ["Ban it", "KEN", "CAT/C/KEN/CO/2,\npara. 9", "supported", "A/HRC/44/9/Add.1",
         "already implemented", "It is  concerned.\nMuch is missing."],
    ]  # fmt: skip
    (record,), notes = read(write_csv(tmp_path / "x.csv", rows))
    assert (record.cites, record.label) == ("CAT/C/KEN/CO/2, para. 9",) * 2
    assert (record.position_source, record.position_note) == (
        "A/HRC/44/9/Add.1", "already implemented",
    )  # fmt: skip
    assert record.context == "It is concerned.\nMuch is missing."
    assert (record.extra, notes.repaired_count) == ((), 0)


def test_each_record_knows_its_row_while_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr("linker.records.ids.HELD", 1)
    rows = [["text"], ["Ban it"], [""], ["Free them"]]
    records, _ = read(write_csv(tmp_path / "x.csv", rows))
    assert [(record.text, record.row) for record in records] == [
        ("Ban it", "row 2"), ("Free them", "row 4"),
    ]  # fmt: skip
    assert "row" not in records[0].to_dict()
