"""The pages of a workspace on a PostgreSQL server."""

from linker.store.location import Folder
from linker.store.moving import fill_server

SECRET = "S3cr3t"


def everything(app):
    elements = [*app.warning, *app.error, *app.info, *app.caption, *app.markdown, *app.text_input]
    return " ".join(str(one.value) for one in elements)


def test_pages_show_what_the_server_holds(show, demo, postgres):
    place = postgres()
    fill_server(Folder(demo[0]), place)
    app = show("start", workspace=place.address)
    assert not app.error
    assert place.address in everything(app)
    page = show("search", workspace=place.address, q="prison")
    assert not page.error


def test_a_page_whose_address_holds_a_password_does_not_repeat_it(show, tmp_path, monkeypatch):
    monkeypatch.setenv("LINKER_WORKSPACE", str(tmp_path / "mine"))
    app = show("start", workspace=f"postgresql://ana:{SECRET}@host/db", opened=False)
    assert "no folder and no address" in everything(app)
    assert SECRET not in everything(app)


def test_a_password_typed_on_start_is_refused_without_repeating_it(show, tmp_path):
    app = show("start", workspace=tmp_path / "mine")
    field = next(one for one in app.text_input if one.label == "Name of the workspace")
    field.set_value(f"postgresql://ana:{SECRET}@host/db")
    next(one for one in app.button if one.label == "Open or create").click()
    app.run()
    assert "holds a password" in app.error[0].value
    assert SECRET not in app.error[0].value


def test_a_server_that_does_not_answer_is_said_on_the_page(show):
    app = show("start", workspace="postgresql://ana@127.0.0.1:1/db")
    assert "See that the server runs" in app.error[0].value
