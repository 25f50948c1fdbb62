"""All pages and the public portal of a workspace on a PostgreSQL server."""

from pathlib import Path

import pytest

from linker.store.location import Folder
from linker.store.moving import fill_server
from linker.ui.frame import TITLES
from linker.workspace.workspace import Linker


@pytest.fixture(scope="module")
def on_server(demo, postgres):
    place = postgres()
    fill_server(Folder(demo[0]), place)
    return place


def told(app):
    """What a page says, but for where the workspace lies."""
    bodies = [one.proto.body for one in app.get("html")]
    return [
        *(body for body in bodies if 'class="folder"' not in body),
        *(one.label for one in app.button),
    ]


@pytest.mark.long
@pytest.mark.parametrize("name", [name for name in TITLES if name != "start"])
def test_each_page_shows_the_same_as_from_a_folder(name, show, demo, on_server):
    there = show(name, workspace=on_server.address)
    here = show(name, workspace=demo[0])
    assert not there.error
    assert not there.exception
    assert told(there) == told(here)


@pytest.mark.long
def test_the_portal_is_the_same_to_the_byte(demo, on_server, tmp_path):
    written = {}
    for name, place in (("folder", demo[0]), ("server", on_server)):
        with Linker.open(place) as linker:
            linker.export("site", tmp_path / name)
        files = [file for file in sorted((tmp_path / name).rglob("*")) if file.is_file()]
        written[name] = {str(Path(f).relative_to(tmp_path / name)): f.read_bytes() for f in files}
    assert written["folder"] == written["server"]
    assert len(written["server"]) > 3
