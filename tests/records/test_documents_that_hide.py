"""What a Word document shows otherwise than it is read is told; what is not read too."""

import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from linker.records.import_notes import ImportRefused
from linker.records.importers import read_file

TEXTS = (("Light the harbour", "Peru"), ("Mend the pier", "Fiji"), ("Build a ferry", "Chad"))
LIST = ("Recommendations to Kenya", *(f"120.{n} {t} ({s})." for n, (t, s) in enumerate(TEXTS, 1)))


def xml(tag, inside, attributes=""):
    return parse_xml(f"<w:{tag} {nsdecls('w')} {attributes}>{inside}</w:{tag}>")


@pytest.fixture
def document():
    return docx.Document()


def with_table(document):
    table = document.add_table(rows=1, cols=3)
    rows = [("Recommendation", "Recommending State", "Position")]
    rows += [(text, state, "Supported") for text, state in TEXTS]
    for row, cells in zip((table.rows[0], *(table.add_row() for _ in TEXTS)), rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    return table


def with_list(document):
    return [document.add_paragraph(text) for text in LIST][1:]


def read(document, path):
    document.save(path)
    records, notes = read_file(path)
    texts = [one.text for one in records]
    told = {}
    for note in notes:
        told.setdefault(note.kind, []).append(note.reason)
    return texts, told


def with_footnote(path, behind, text):
    """Put a footnote behind a text of a document that was saved."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    mark = b'</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
    end = behind.encode() + b"</w:t></w:r>"
    assert end in parts["word/document.xml"]
    parts["word/document.xml"] = parts["word/document.xml"].replace(end, behind.encode() + mark, 1)
    parts["word/footnotes.xml"] = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:id="2"><w:p><w:r><w:t>{text}</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    ).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    records, notes = read_file(path)
    assert len(list(records)) == len(TEXTS)
    return [note.reason for note in notes if note.kind == "footnotes"]


def test_struck_out_and_hidden_words_of_tables(tmp_path, document):
    table = with_table(document)
    for cell in table.rows[2].cells:
        cell.paragraphs[0].runs[0].font.strike = True
    table.rows[3].cells[0].paragraphs[0].add_run(" soon").font.double_strike = True
    table.rows[1].cells[0].paragraphs[0].add_run(" now").font.hidden = True
    texts, told = read(document, tmp_path / "table.docx")
    assert texts == ["Light the harbour now", "Mend the pier", "Build a ferry soon"]
    assert told["struck out"] == ["1 row is struck out, and read as any other (table 1, row 3)"]
    assert told["struck out in part"] == [
        "'soon' in table 1, row 4 is struck out, and read as the rest of it"
    ]
    assert told["hidden words"] == ["'now' in table 1, row 2 is hidden, and read as the rest of it"]


def test_struck_out_words_and_comments_of_lists(tmp_path, document):
    first, second, third = with_list(document)
    first.runs[0].font.strike = True
    second.add_run(" Soon.").font.strike = True
    document.add_comment(third.runs, text="noted since", author="somebody")
    texts, told = read(document, tmp_path / "list.docx")
    assert len(texts) == len(TEXTS)
    assert told["struck out"] == ["1 paragraph is struck out, and read as any other (paragraph 2)"]
    assert told["struck out in part"] == [
        "'Soon.' in paragraph 3 is struck out, and read as the rest of it"
    ]
    assert told["comments"] == ["a comment in paragraph 4 is not read: 'noted since'"]


def test_comments_and_tracked_changes_of_tables(tmp_path, document):
    table = with_table(document)
    paragraph = table.rows[2].cells[0].paragraphs[0]
    document.add_comment(paragraph.runs, text="noted since", author="somebody")
    gone = "<w:r><w:delText> of wood</w:delText></w:r>"
    paragraph._p.append(xml("del", gone, 'w:id="1" w:author="a"'))
    paragraph._p.append(xml("ins", "<w:r><w:t> of stone</w:t></w:r>", 'w:id="2" w:author="a"'))
    texts, told = read(document, tmp_path / "table.docx")
    assert texts[1] == "Mend the pier of stone"
    assert told["comments"] == ["a comment in table 1, row 3 is not read: 'noted since'"]
    assert told["tracked changes"] == [
        "tracked changes are taken as accepted: 1 place inserted, which is read, and 1 place "
        "deleted, which is not"
    ]


def test_footnotes_of_tables_and_lists(tmp_path, document):
    with_table(document)
    document.save(tmp_path / "table.docx")
    assert with_footnote(tmp_path / "table.docx", "Mend the pier", "Supported in part.") == [
        "a footnote in table 1, row 3 is not read: 'Supported in part.'"
    ]
    other = docx.Document()
    with_list(other)
    other.save(tmp_path / "list.docx")
    assert with_footnote(tmp_path / "list.docx", "Mend the pier (Fiji).", "In part.") == [
        "a footnote in paragraph 3 is not read: 'In part.'"
    ]


def test_a_text_box_in_a_cell_is_a_line_of_its_own(tmp_path, document):
    box = "<w:pict><w:txbxContent><w:p><w:r><w:t>NEW</w:t></w:r></w:p></w:txbxContent></w:pict>"
    with_table(document).rows[2].cells[0].paragraphs[0]._p.append(xml("r", box))
    assert read(document, tmp_path / "box.docx")[0][1] == "Mend the pier\nNEW"


def test_recommendations_outside_the_tables_are_refused_each(tmp_path, document):
    document.add_paragraph("120.4 Paint the lighthouse.")
    document.add_paragraph("1. Introduction")
    with_table(document)
    document.add_paragraph("- Dredge the channel (Cuba).")
    texts, told = read(document, tmp_path / "both.docx")
    assert len(texts) == len(TEXTS)
    said = "this looks like a recommendation, and only the tables of the file are read: "
    assert told["outside the tables"] == [
        f"{said}'120.4 Paint the lighthouse.'", f"{said}'- Dredge the channel (Cuba).'",
    ]  # fmt: skip


def test_recommendations_outside_the_tables_of_a_page_are_refused_too(tmp_path):
    row = "<tr><td>{}</td><td>{}</td></tr>"
    page = tmp_path / "page.html"
    page.write_text(
        "<html><body><table><tr><th>Recommendation</th><th>Recommending State</th></tr>"
        + "".join(row.format(*one) for one in TEXTS)
        + "</table><ul><li>Dredge the channel (Cuba).</li></ul></body></html>",
        encoding="utf-8",
    )
    records, notes = read_file(page)
    assert len(list(records)) == len(TEXTS)
    assert [note.value for note in notes.refusals] == ["Dredge the channel (Cuba)."]


def test_a_table_in_a_list_is_told_and_joins_no_item(tmp_path, document):
    with_list(document)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Ministry", "2027"
    document.add_paragraph("Made by the office.")
    texts, told = read(document, tmp_path / "list.docx")
    assert texts == [
        "Light the harbour",
        "Mend the pier",
        "Build a ferry (Chad).\nMade by the office.",
    ]
    assert told["table beside the list"] == [
        "the list stands in paragraphs; what stands in tables is not read (Ministry | 2027)"
    ]
    assert told["joined paragraphs"] == [
        "1 paragraph is without a number, and read with the item above (paragraph 7: "
        "'Made by the office.')"
    ]


def test_a_list_in_the_cell_of_a_table_is_read(tmp_path, document):
    cell = document.add_table(rows=1, cols=1).rows[0].cells[0]
    for text in LIST:
        cell.add_paragraph(text)
    texts, told = read(document, tmp_path / "cell.docx")
    assert texts == [text for text, _ in TEXTS]
    assert "table beside the list" not in told


def test_a_document_without_tables_or_a_list_is_refused_as_such(tmp_path, document):
    document.add_paragraph("Dear colleagues, we thank you for the harbour.")
    document.save(tmp_path / "letter.docx")
    with pytest.raises(ImportRefused) as refused:
        read_file(tmp_path / "letter.docx")
    assert refused.value.note.reason == (
        "this DOCX file holds no table and no list of recommendations in numbered paragraphs"
    )
    assert "OCR" in refused.value.note.remedy
