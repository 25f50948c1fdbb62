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


def retyped(folder, old, new):
    """A document whose main part says it is of another type."""
    docx.Document().save(str(folder / "plain.docx"))
    path = folder / "retyped.docx"
    with zipfile.ZipFile(folder / "plain.docx") as plain, zipfile.ZipFile(path, "w") as made:
        for name in plain.namelist():
            made.writestr(name, plain.read(name).replace(old, new))
    return path


MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


@pytest.mark.parametrize(
    ("new", "why"),
    [
        (b"application/vnd.ms-word.document.macroEnabled.main+xml", "holds macros"),
        (MAIN.replace(b"document.main", b"template.main"), "save it as .docx"),
    ],
)
def test_other_kinds_of_word_are_told_with_what_to_do(new, why, tmp_path):
    with pytest.raises(Invalid, match=why):
        opened(retyped(tmp_path, MAIN, new))


def test_a_file_with_a_password_is_told(tmp_path):
    content = b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage\0".encode("utf-16-le")
    (tmp_path / "locked.docx").write_bytes(content)
    with pytest.raises(Invalid, match="without a password"):
        opened(tmp_path / "locked.docx")


def test_a_placeholder_that_nothing_fills_is_told(tmp_path):
    document = docx.Document()
    document.sections[0].first_page_footer.paragraphs[0].text = "By {{ author }}"
    document.sections[0].different_first_page_header_footer = True
    document.save(str(tmp_path / "ours.docx"))
    with pytest.raises(Invalid, match=r"nothing fills \{\{ author \}\}. Use \{\{title\}\}"):
        opened(tmp_path / "ours.docx")


def test_placeholders_are_filled_however_word_has_parted_them(tmp_path):
    document = docx.Document()
    paragraph = document.add_paragraph("On ")
    for piece in ("{", "{", "sta", "te}", "}", " and {{ Title", " }}, {{date}}", "."):
        paragraph.add_run(piece)
    table = document.add_table(1, 1)
    table.cell(0, 0).text = "{{state}}"
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "Cover of {{state}}"
    document.save(str(tmp_path / "ours.docx"))
    options = Options(template=str(tmp_path / "ours.docx"))
    made = docx.Document(str(write("matrix", tmp_path / "m.docx", made_up(), options)[0]))
    assert made.paragraphs[0].text.startswith("On Valmora and ")
    assert made.paragraphs[0].text.endswith(", 2026-03-05.")
    assert made.tables[0].cell(0, 0).text == "Valmora"
    assert made.sections[0].first_page_header.paragraphs[0].text == "Cover of Valmora"


def test_a_template_without_our_styles_gets_them_and_keeps_its_logo(tmp_path):
    document = docx.Document()
    for name in ("Title", "Subtitle", "Heading 1", "Heading 2", "Table Grid"):
        document.styles[name].delete()
    logo = document.sections[0].header.paragraphs[0].add_run()
    logo.add_picture(str(picture(tmp_path)))
    document.save(str(tmp_path / "ours.docx"))
    options = Options(template=str(tmp_path / "ours.docx"))
    made = docx.Document(str(write("matrix", tmp_path / "m.docx", made_up(), options)[0]))
    styles = {style.name for style in made.styles}
    assert {p.style.name for p in made.paragraphs} <= styles
    assert "Heading 1" in styles
    header = made.sections[-1].header.paragraphs[0]._p
    assert header.findall(".//{*}blip")


def picture(folder):
    from PIL import Image

    Image.new("RGB", (20, 10), "navy").save(folder / "logo.png")
    return folder / "logo.png"


def test_a_template_that_would_fill_a_server_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("[Content_Types].xml", "<Types/>")
        bomb.writestr("word/document.xml", b" " * (LIMITS.max_unzipped_bytes + 1))
    with pytest.raises(Invalid, match="no Word document"):
        opened(tmp_path / "bomb.docx")
