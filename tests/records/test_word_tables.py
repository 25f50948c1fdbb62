"""Word as Word writes it: content controls, tracked changes, merged cells, strict files."""

import re
import zipfile

import docx
import pytest
from record_files import read

from linker.records.importers import recognise

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
HEAD = ["Recommendation and recommending State", "Position of the State under review",
        "Human rights themes and groups of persons"]  # fmt: skip


def cell(text: str, properties: str = "") -> str:
    lines = "".join(f"<w:r><w:t>{line}</w:t><w:br/></w:r>" for line in text.split("\n"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{lines}</w:p></w:tc>"


def row(*cells: str, properties: str = "") -> str:
    made = "".join(one if one.startswith("<") else cell(one) for one in cells)
    return f"<w:tr>{properties and f'<w:trPr>{properties}</w:trPr>'}{made}</w:tr>"


def control(content: str, properties: str = "") -> str:
    inside = f"<w:sdtContent>{content}</w:sdtContent>"
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr>{inside}</w:sdt>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def write_word(path, body: str, head: str = "UPR of Peru (4th Cycle - 42nd session)", numbering=""):
    """A document with this body and page header, its other parts as python-docx makes them."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = head
    document.save(str(path))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    xml = parts["word/document.xml"].decode()
    start = re.search(r"<w:body>", xml).end()
    parts["word/document.xml"] = (xml[:start] + body + xml[xml.index("<w:sectPr") :]).encode()
    if numbering:
        parts["word/numbering.xml"] = f"<w:numbering {W}>{numbering}</w:numbering>".encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def said(records):
    return [(r.paragraph, r.position, r.text) for r in records]


SHELTER = row("9.1 Open a shelter (Chile);", "Supported", "- Women")
BUDGET = row("9.2 Publish the budget (Fiji);", "Noted", "- Budgets")
BOTH = [("9.1", "supported", "Open a shelter"), ("9.2", "noted", "Publish the budget")]


@pytest.mark.parametrize(
    "body",
    [
        table(row(*HEAD), SHELTER, control(BUDGET)),
        control(control(table(row(*HEAD), SHELTER, BUDGET))),
        table(row(*HEAD), row("9.1 Open a shelter (Chile);", control(cell("Supported")), "- Women"),
              BUDGET),
        table(row("National Commission", "Draft")) + "<w:p/>" + table(row(*HEAD), SHELTER, BUDGET),
        table(row(cell("Matrix", '<w:gridSpan w:val="3"/>')), row(*HEAD), SHELTER, BUDGET),
        table(row(f"<w:tc>{table(row(*HEAD), SHELTER, BUDGET)}<w:p/></w:tc>")),
        table(row(*HEAD), SHELTER, row("9.8 Gone (Mali);", "Noted", "", properties="<w:del/>"),
              BUDGET),
        table(row(*HEAD), SHELTER, row(*HEAD), BUDGET),
    ],
)  # fmt: skip
def test_tables_however_word_holds_them(tmp_path, body):
    path = write_word(tmp_path / "list.docx", body)
    records, notes = read(path)
    assert said(records) == BOTH
    assert {(r.state, r.cycle, r.session, r.mechanism) for r in records} == {
        ("PER", "4", "42", "UPR")
    }
    assert (notes.incomplete_count, notes.refused_count) == (0, 0)
    assert recognise(path).name == "thematic_list"


def test_tracked_changes_are_taken(tmp_path):
    words = (
        "<w:tc><w:p><w:r><w:t>9.1 Open a </w:t></w:r>"
        "<w:del><w:r><w:delText>small </w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>large </w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t>in Lima </w:t></w:r></w:moveFrom><w:r><w:t>shelter </w:t></w:r>"
        "<w:moveTo><w:r><w:t>in Lima </w:t></w:r></w:moveTo>"
        "<w:r><w:t>(Chile);</w:t></w:r></w:p></w:tc>"
    )
    body = table(row(*HEAD), row(words, "Supported", ""))
    records, _ = read(write_word(tmp_path / "list.docx", body))
    assert said(records) == [("9.1", "supported", "Open a large shelter in Lima")]


def test_vertical_merges_and_placeholders(tmp_path):
    top, below = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    placeholder = control("<w:p><w:r><w:t>Choose an item.</w:t></w:r></w:p>", "<w:showingPlcHdr/>")
    body = table(
        row(*HEAD, "Action"),
        row(cell("9.1 Open a shelter (Chile);", top), cell("Supported", top), cell("- Women", top),
            "Draft a bill"),
        row(cell("", below), cell("", below), cell("", below), "Find a house"),
        row("9.2 Publish the budget (Fiji);", f"<w:tc>{placeholder}<w:p/></w:tc>", "", "Print it"),
    )  # fmt: skip
    records, notes = read(write_word(tmp_path / "list.docx", body))
    assert said(records) == [("9.1", "supported", "Open a shelter"), ("9.2", "", BOTH[1][2])]
    assert dict(records[0].extra)["Action"] == "Draft a bill\nFind a house"
    assert notes.incomplete_count == 0


def test_numbers_that_word_makes_itself(tmp_path):
    numbered = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    texts = ("Open a shelter (Chile);", "Publish the budget (Fiji);")
    rows = [
        row(f"<w:tc><w:p>{numbered}<w:r><w:t>{text}</w:t></w:r></w:p></w:tc>", "Supported", "")
        for text in texts
    ]
    level = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="4"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="120.%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    path = write_word(tmp_path / "list.docx", table(row(*HEAD), *rows), numbering=level)
    assert [(r.paragraph, r.text) for r in read(path)[0]] == [
        ("120.4", "Open a shelter"), ("120.5", "Publish the budget"),
    ]  # fmt: skip


def test_strict_files_read_alike(tmp_path):
    body = table(row(*HEAD), SHELTER, BUDGET)
    path = write_word(tmp_path / "list.docx", body)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    usual = rb"http://schemas\.openxmlformats\.org/(\w+)/2006/"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, re.sub(usual, rb"http://purl.oclc.org/ooxml/\1/", data))
    assert said(read(path)[0]) == BOTH


@pytest.mark.parametrize(
    ("band", "theme"),
    [("Theme: Right to food", "Right to food"), ("Right or area: 2.1. Water", "2.1. Water"),
     ("Thème : Eau", "Eau"), ("Tema: Agua", "Agua"), ("Тема: Вода", "Вода")],
)  # fmt: skip
def test_bands_are_themes(tmp_path, band, theme):
    merged = row(cell(band, '<w:gridSpan w:val="3"/>'))
    words = row("9.1 Open a shelter (Chile);\nSource of position: A/HRC/53/8/Add.1", "Noted", "")
    body = table(row(*HEAD), merged, words)
    (record,), _ = read(write_word(tmp_path / "list.docx", body, "UPR of Peru - Second Cycle"))
    assert (record.heading, record.themes, record.cycle) == (theme, (theme,), "2")
    assert (record.symbol, record.position_source) == ("A/HRC/53/8", "A/HRC/53/8/Add.1")


def test_page_furniture_and_spelt_out_entities_go(tmp_path):
    text = "9.1 Open&amp;nbsp;a shelter with health services. 4 GE.24-12345"
    body = table(row(*HEAD), row(text, "Noted", ""))
    (record,), _ = read(write_word(tmp_path / "list.docx", body))
    assert record.text == "Open a shelter with health services."
