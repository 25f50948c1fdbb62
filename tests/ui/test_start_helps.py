"""Start helps: a workspace has a name, the last ones are listed, one button reads and builds."""

import pytest

from linker.store.location import Folder, locate
from linker.ui.background import works
from linker.ui.which_workspace import placed
from linker.workspace.known import known, remember
from linker.workspace.workspace import Linker
from tests.ui.test_pages import button, texts

TABLE = (
    b"state,mechanism,symbol,paragraph,text\n"
    b"KEN,TB,CEDAW/C/KEN/CO/8,21,Raise the minimum age of marriage to 18 years\n"
    b"KEN,UPR,A/HRC/44/9,142.1,Set the minimum age of marriage at 18\n"
)


@pytest.fixture(autouse=True)
def own_list(tmp_path, monkeypatch):
    """A list of known workspaces that holds none of other tests."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def test_a_name_is_a_folder_beside_the_workspace_that_is_open(tmp_path):
    beside = Folder(tmp_path / "kenya")
    assert placed(" nepal ", beside) == str(tmp_path / "nepal")
    for path in (str(tmp_path / "else"), "~/nepal", "here/nepal", "C:\\nepal"):
        assert placed(path, beside) == path
    server = locate("postgresql://ada@db/rights?workspace=kenya")
    assert placed("nepal", server) == "nepal"
    assert placed("", server) == server.address


def test_a_workspace_is_made_by_its_name(show, tmp_path):
    app = show("start", tmp_path / "kenya")
    field = next(one for one in app.text_input if one.label == "Name of the workspace")
    assert field.value == "kenya"
    field.set_value("nepal")
    button(app, "Open or create").click().run()
    assert not app.exception
    assert (tmp_path / "nepal" / "workspace.db").is_file()
    assert known()[-1] == str(tmp_path / "nepal")


def test_the_last_ones_are_offered_and_opened(show, tmp_path):
    for name in ("kenya", "nepal", "gone"):
        Linker.open(tmp_path / name, create=True).close()
    Linker.open(tmp_path / "kenya").close()
    (tmp_path / "gone" / "workspace.db").unlink()
    app = show("start", tmp_path / "new")
    recent = [b for b in app.button if str(b.key).startswith("recent-")]
    assert [b.label for b in recent] == ["kenya", "nepal"]
    recent[1].click().run()
    assert not app.exception
    assert app.query_params["workspace"] == str(tmp_path / "nepal")


def test_what_is_opened_again_is_the_last_one(tmp_path):
    for name in ("a", "b", "a"):
        remember(Folder(tmp_path / name))
    assert known() == [str(tmp_path / "b"), str(tmp_path / "a")]


def test_one_button_reads_and_builds_and_leads_to_the_clusters(show, tmp_path):
    app = show("start", tmp_path / "w")
    button(app, "Open or create").click().run()
    assert "uhri.ohchr.org" in texts(app)
    app.file_uploader[0].upload("table.csv", TABLE, "text/csv")
    button(app, "Read and build").click().run()
    assert not app.exception
    works().of(str(tmp_path / "w")).join()
    app.run()
    with Linker.open(tmp_path / "w") as linker:
        assert linker.store.build_digest("KEN")
    button(app, "Review clusters").click().run()
    assert not app.exception
    assert "All asks for the same measure" in texts(app)


def test_nothing_is_built_while_a_table_waits_for_its_columns(show, tmp_path):
    app = show("start", tmp_path / "w")
    button(app, "Open or create").click().run()
    odd = b"Oznaka;Kraj\n1;Raise the minimum age of marriage\n2;Ratify the Convention\n"
    (tmp_path / "table.csv").write_bytes(TABLE)
    (tmp_path / "odd.csv").write_bytes(odd)
    app.text_area[0].set_value(f"{tmp_path}/table.csv\n{tmp_path}/odd.csv")
    button(app, "Read and build").click().run()
    assert not app.exception
    assert "table.csv" in texts(app)
    assert any(b.label == "Read it so" for b in app.button)
    assert works().of(str(tmp_path / "w")) is None


def test_nothing_is_built_of_what_was_refused(show, tmp_path):
    app = show("start", tmp_path / "w")
    button(app, "Open or create").click().run()
    app.file_uploader[0].upload("picture.json", b"no json", "application/json")
    button(app, "Read and build").click().run()
    assert not app.exception
    assert works().of(str(tmp_path / "w")) is None
