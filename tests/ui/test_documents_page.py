"""The page Documents: an organisation's own template, several themes in one annex."""

import io

import docx
import pytest
from test_pages import texts

from linker.ui import downloads
from linker.workspace.workspace import Linker


@pytest.fixture
def ours():
    document = docx.Document()
    document.add_paragraph("Coalition for the Valleys: {{state}}", style="Title")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture
def made(monkeypatch):
    """Keep what the buttons of the page would hand over: file name -> what makes it."""
    kept = {}
    monkeypatch.setattr(
        downloads, "_button", lambda label, name, make, key: kept.update({name: make})
    )
    return kept


def test_word_documents_follow_the_template_that_was_handed_over(show, valmora, ours, made):
    app = show("documents", valmora)
    app.file_uploader(key="document-template").upload("../ours.docx", ours, "x").run()
    assert not app.exception
    assert "follow ../ours.docx" in texts(app).replace("ours.docx.", "ours.docx")
    with Linker.open(valmora) as linker:
        themes = [theme.theme_id for theme in linker.xray()][:2]
    app.multiselect(key="annex-themes").set_value(themes).run()
    assert not app.exception
    first = docx.Document(io.BytesIO(made["XVM-matrix.docx"]())).paragraphs[0]
    assert first.text == "Coalition for the Valleys: Valmora"
    assert not list(valmora.glob(".upload-*"))


def test_what_is_no_word_document_is_said_and_not_used(show, valmora, made):
    app = show("documents", valmora)
    app.file_uploader(key="document-template").upload("ours.docx", b"no", "x").run()
    assert not app.exception
    assert "no Word document" in texts(app)


def test_a_placeholder_that_nothing_fills_is_said_before_anything_is_made(show, valmora, made):
    document = docx.Document()
    document.add_paragraph("By {{author}}")
    out = io.BytesIO()
    document.save(out)
    app = show("documents", valmora)
    app.file_uploader(key="document-template").upload("ours.docx", out.getvalue(), "x").run()
    assert not app.exception
    assert "nothing fills {{author}}" in texts(app)
