"""An organisation's own template: its cover, styles and header stay, what it lacks is added."""

import zipfile

import docx
import pytest
from docx.shared import Pt
from made_up_state import RECORDS, made_up

from linker.documents.inputs import Options
from linker.documents.kinds import KINDS
from linker.documents.writers import write
from linker.documents.writers.template import LIMITS, opened
from linker.errors import Invalid


@pytest.fixture
def template(tmp_path):
    document = docx.Document()
    document.add_paragraph("Coalition for the Valleys", style="Title")
    document.add_paragraph("{{title}} on {{state}}, {{date}}")
    document.sections[0].header.paragraphs[0].text = "Valley House, 12 Main Street"
    document.styles["Heading 1"].font.name = "Georgia"
    document.styles["Heading 1"].font.size = Pt(17)
    document.save(str(tmp_path / "ours.docx"))
    return tmp_path / "ours.docx"


@pytest.mark.parametrize("kind", [kind for kind, suffixes in KINDS.items() if "docx" in suffixes])
def test_cover_styles_and_header_are_the_organisations(kind, template, tmp_path):
    options = Options(template=str(template))
    made = docx.Document(str(write(kind, tmp_path / f"{kind}.docx", made_up(), options)[0]))
    plain = docx.Document(str(write(kind, tmp_path / f"{kind}2.docx", made_up())[0]))
    texts = [p.text for p in made.paragraphs]
    assert texts[0] == "Coalition for the Valleys"
    assert texts[1].endswith("on Valmora, 2026-03-05")
    assert "{{" not in "".join(texts)
    assert made.styles["Heading 1"].font.name == "Georgia"
    assert made.sections[-1].header.paragraphs[0].text == "Valley House, 12 Main Street"
    assert made.sections[-1].orientation == plain.sections[-1].orientation
    assert len(made.tables) == len(plain.tables)
    used = {p.style.name for p in made.paragraphs}
    assert used <= {style.name for style in made.styles}


def test_by_cluster_and_letters_too_and_the_same_bytes(template, tmp_path):
    options = Options(template=str(template), by="cluster")
    one = write("matrix", tmp_path / "1.docx", made_up(), options)[0].read_bytes()
    shuffled = made_up(records=list(reversed(RECORDS)))
    assert write("matrix", tmp_path / "2.docx", shuffled, options)[0].read_bytes() == one
    for file in write("packs", tmp_path / "packs", made_up(), options):
        assert file.suffix == ".xlsx" or docx.Document(str(file)).paragraphs[0].text.startswith("C")


def test_an_empty_template_adds_no_page(tmp_path):
    docx.Document().save(str(tmp_path / "empty.docx"))
    options = Options(template=str(tmp_path / "empty.docx"))
    made = docx.Document(str(write("matrix", tmp_path / "m.docx", made_up(), options)[0]))
    assert len(made.sections) == 1
    assert "Page" in made.sections[0].header.paragraphs[0].text


@pytest.mark.parametrize("name", ["missing.docx", "text.docx", "book.docx"])
def test_what_is_no_word_document_is_refused(name, tmp_path):
    import openpyxl

    (tmp_path / "text.docx").write_text("no", encoding="utf-8")
    openpyxl.Workbook().save(tmp_path / "book.docx")
    with pytest.raises(Invalid, match="no Word document"):
        write("matrix", tmp_path / "m.docx", made_up(), Options(template=str(tmp_path / name)))


def test_a_template_that_would_fill_a_server_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("[Content_Types].xml", "<Types/>")
        bomb.writestr("word/document.xml", b" " * (LIMITS.max_unzipped_bytes + 1))
    with pytest.raises(Invalid, match="no Word document"):
        opened(tmp_path / "bomb.docx")
