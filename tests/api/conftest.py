"""A workspace of one's own, served, and clients of it."""

import shutil

import pytest

pytest.importorskip("fastapi", reason="the server extra is not installed")
from starlette.testclient import TestClient

from linker.api.app import make_app
from linker.api.keys import OwnKey, PeoplesKeys, add_token
from linker.api.served import Served
from linker.store.location import locate

TOKEN = "0123456789abcdef0123456789abcdef"
LOCAL = "http://127.0.0.1:8502"


def client_of(app, token=TOKEN, **options):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return TestClient(app, base_url=LOCAL, headers=headers, **options)


@pytest.fixture(scope="module")
def folder(demo, tmp_path_factory):
    """A copy of the demonstration that may be changed."""
    copy = tmp_path_factory.mktemp("api") / "valmora"
    shutil.copytree(demo[0], copy)
    return copy


@pytest.fixture(scope="module")
def served(folder):
    found = Served(locate(folder))
    yield found
    found.close()


@pytest.fixture(scope="module")
def app(served):
    """The application as who started it uses it."""
    return make_app(served, OwnKey(TOKEN), ("127.0.0.1", "localhost"))


@pytest.fixture(scope="module")
def client(app):
    return client_of(app)


@pytest.fixture(scope="module")
def people(served, tmp_path_factory):
    """A client for each role, on the same workspace, and the files that let them in."""
    place = tmp_path_factory.mktemp("people")
    tokens, roles = place / "tokens.csv", place / "roles.csv"
    roles.write_text(
        "identity,role\nr@example.org,reader\nv@example.org,reviewer\nl@example.org,lead\n", "utf-8"
    )
    app = make_app(served, PeoplesKeys(tokens, roles), ("127.0.0.1",))
    named = {"reader": "r@example.org", "reviewer": "v@example.org", "lead": "l@example.org"}
    clients = {role: client_of(app, add_token(tokens, who)) for role, who in named.items()}
    return clients, tokens, roles
