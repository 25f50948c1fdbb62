"""Submissions as people hand them in: prose, lists and tables."""

import docx
import pytest

from linker.paths import data_dir
from linker.records.import_notes import ImportRefused
from linker.records.importers import Options
from linker.records.importers.submission import read_submission
from tests.records.made_documents import pdf, scanned


@pytest.fixture
def read():
    def reading(path, **options):
        return read_submission(path, Options(**options))

    return reading


def texts(submission):
    return [item.text for item in submission.items]


def test_the_made_submission_gives_its_asks_and_counts_the_rest(read):
    found = read(data_dir() / "sample" / "submission.md", state="XVM")
    assert [item.id for item in found.items] == [str(number) for number in range(1, 12)]
    assert found.items[0].row == "para. 2"
    assert found.items[2].text.startswith("Prohibit corporal punishment")
    assert {item.mechanism for item in found.items} == {"SUB"}
    assert "Prisons hold" not in " ".join(texts(found))
    assert "founded in 2001" not in " ".join(texts(found))
    assert found.silent == 4


def test_what_stands_under_recommendations_is_asked_whatever_its_form(read, tmp_path):
    path = tmp_path / "text.txt"
    path.write_text(
        "Our association writes from the coast.\n\nRecommendations\n\n"
        "The creation of shelters with trained staff.\n\nMore nurses in island schools.\n\n"
        "References\n\nReport of the ombudsman, 2020, page 14.\n",
        encoding="utf-8",
    )
    found = read(path)
    assert texts(found) == [
        "The creation of shelters with trained staff.", "More nurses in island schools.",
    ]  # fmt: skip
    assert {item.heading for item in found.items} == {"Recommendations"}


def test_a_list_behind_a_sentence_that_asks_is_asked(read, tmp_path):
    path = tmp_path / "submission.docx"
    document = docx.Document()
    document.add_heading("Women of the islands", 1)
    document.add_paragraph("Ferries stopped in March and midwives left.")
    document.add_paragraph("We urge the Government to:")
    for text in ("Midwives on every island", "A ferry each day"):
        document.add_paragraph(text, style="List Bullet")
    document.add_paragraph("Our members met twice.")
    document.save(path)
    found = read(path)
    assert texts(found) == ["Midwives on every island", "A ferry each day"]
    assert found.silent == 2


def test_imperatives_without_any_heading_are_asked(read, tmp_path):
    path = tmp_path / "asks.md"
    path.write_text("- Ratify the Convention on the islands\n- Open two clinics\n", "utf-8")
    assert texts(read(path)) == ["Ratify the Convention on the islands", "Open two clinics"]


def test_a_pdf_says_on_which_page(read, tmp_path):
    lines = [
        ("Recommendations", {"bold": True, "size": 14}),
        ("Build a dyke round the harbour of Port Selenne.", {"gap": 30}),
    ]
    found = read(pdf(tmp_path / "handed-in.pdf", [lines]))
    assert texts(found) == ["Build a dyke round the harbour of Port Selenne."]
    assert found.items[0].row == "page 1"


def test_what_cites_a_un_document_is_none_itself(read, tmp_path):
    lines = [
        ("The Coast Alliance on the fourth review of Kenya", {"bold": True, "size": 14}),
        ("What we said in A/HRC/WG.6/35/KEN/3 still holds.", {"gap": 30}),
        ("The Government should build a dyke round the harbour of Lamu.", {"gap": 30}),
    ]
    found = read(pdf(tmp_path / "handed-in.pdf", [lines]))
    assert found.format == "submission"
    assert texts(found) == ["The Government should build a dyke round the harbour of Lamu."]
    assert found.cycle == ""


def test_a_table_keeps_its_ids_and_every_row(read, tmp_path):
    path = tmp_path / "asks.csv"
    path.write_text(
        'id,text\nhealth:1,"Two clinics, on the islands"\nroads:1,Better roads\n', "utf-8"
    )
    found = read(path, state="XVM")
    assert [(item.id, item.text) for item in found.items] == [
        ("health:1", "Two clinics, on the islands"), ("roads:1", "Better roads"),
    ]  # fmt: skip


def test_what_asks_nothing_or_cannot_be_read_is_refused_with_a_remedy(read, tmp_path):
    path = tmp_path / "minutes.txt"
    path.write_text("We met on Monday. The weather was fine.\n", "utf-8")
    with pytest.raises(ImportRefused, match="columns id and text"):
        read(path)
    with pytest.raises(ImportRefused, match="scan"):
        read(scanned(tmp_path / "scan.pdf"))
    with pytest.raises(ImportRefused, match="cannot be opened"):
        read(tmp_path / "nowhere.docx")
