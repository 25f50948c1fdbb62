"""A workspace as one file: saved on one machine, opened on the page Start of another."""

import pytest
from test_pages import texts

from linker.store.archive import write_archive
from linker.workspace.workspace import Linker


@pytest.fixture
def packed(valmora, tmp_path):
    """An archive of a workspace in which somebody decided."""
    with Linker.open(valmora) as linker:
        link_id = next(iter(linker.convergences())).link.link_id
        linker.decide(link_id, "confirm", "Ada")
        write_archive(linker.store, tmp_path / "from-ada.zip")
    return (tmp_path / "from-ada.zip").read_bytes()


def dropped_in(app, content, name="from-ada.zip"):
    app.file_uploader(key="archive-upload").upload(name, content, "application/zip").run()
    return app


def field(app):
    return next(f for f in app.text_input if f.label.startswith("Folder to put it in"))


def test_an_archive_becomes_a_workspace_of_its_own(show, tmp_path, packed, log):
    app = dropped_in(show("start", tmp_path / "nothing"), packed, "../../from-ada.zip")
    assert field(app).value == str(tmp_path / "from-ada")
    app.button(key="archive-open").click().run()
    assert not app.exception
    assert app.query_params["workspace"] == str(tmp_path / "from-ada")
    assert "451" in texts(app)
    assert [d.reviewer for d in log(tmp_path / "from-ada")] == ["Ada"]


def test_another_one_can_be_opened_beside_the_open_workspace(show, valmora, packed):
    app = dropped_in(show("start", valmora), packed)
    app.button(key="archive-open").click().run()
    assert not app.exception
    assert app.query_params["workspace"] == str(valmora.parent / "from-ada")


def test_what_is_there_is_never_overwritten(show, tmp_path, valmora, packed, log):
    app = dropped_in(show("start", tmp_path / "nothing"), packed)
    field(app).set_value(str(valmora)).run()
    app.button(key="archive-open").click().run()
    assert "is not empty. Name a new folder" in texts(app)
    assert len(log(valmora)) == 1
    assert app.query_params["workspace"] == str(tmp_path / "nothing")


@pytest.mark.parametrize("name", ["from-ada.zip", "<b>odd</b>.zip"])
def test_what_is_no_archive_is_refused_in_words(show, tmp_path, name):
    app = dropped_in(show("start", tmp_path / "nothing"), b"no zip", name)
    app.button(key="archive-open").click().run()
    assert not app.exception
    assert "is damaged or no zip file" in texts(app)
    assert not (tmp_path / "from-ada").exists()
    assert list(tmp_path.glob(".unarchiving-*")) == []
