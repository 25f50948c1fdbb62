"""Every path answers from a PostgreSQL server what it answers from a folder, reads and writes."""

import pytest

from linker.api.app import make_app
from linker.api.keys import OwnKey
from linker.api.served import Served
from linker.store.location import Folder, locate
from linker.store.moving import fill_server
from tests.api.conftest import TOKEN, client_of
from tests.api.test_every_path import call, known, operations, schema

__all__ = ["known", "schema"]
OWN = {"/v1/info"}
"""Tells where the workspace lies."""


@pytest.fixture(scope="module")
def on_server(folder, postgres):
    """A client of the same workspace on a server."""
    place = postgres()
    fill_server(Folder(folder), place)
    found = Served(locate(place.address))
    yield client_of(make_app(found, OwnKey(TOKEN), ("127.0.0.1", "localhost")))
    found.close()


@pytest.mark.long
def test_each_path_answers_the_same(client, on_server, schema, known):
    reading = [one for one in operations(schema) if one[0] == "get" and one[1] not in OWN]
    for method, path, told in reading:
        here = call(client, schema, method, path, told, known)
        there = call(on_server, schema, method, path, told, known)
        assert there.status_code == here.status_code == 200, (path, there.text)
        assert there.content == here.content, path
    for method, path, told in operations(schema):
        answer = call(on_server, schema, method, path, told, known)
        assert answer.status_code in (200, 202), (method, path, answer.text)
