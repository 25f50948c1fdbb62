"""Whose role is for some States reads nothing of any other over HTTP, whatever the path."""

import re

import pytest

from linker.api.app import make_app
from linker.api.keys import PeoplesKeys, add_token
from tests.api.conftest import client_of

EXAMPLE = {"q": "torture", "what": "Abolish the death penalty", "text": "End child marriage"}


@pytest.fixture(scope="module")
def client(served, tmp_path_factory):
    """A client of a lead of Nepal, which has no records here."""
    place = tmp_path_factory.mktemp("states")
    tokens, roles = place / "tokens.csv", place / "roles.csv"
    roles.write_text("identity,role,states\nn@example.org,lead,NPL\n", "utf-8")
    app = make_app(served, PeoplesKeys(tokens, roles), ("127.0.0.1",))
    return client_of(app, add_token(tokens, "n@example.org"), raise_server_exceptions=False)


def paths(client, linker):
    """Every path that reads, with ids of what is here."""
    link = linker.convergences()[0].link
    known = {
        "record_id": link.left_id, "link_id": link.link_id, "kind": "records",
        "cluster_id": linker.clusters()[0].cluster_id,
    }  # fmt: skip
    for path, verbs in client.get("/openapi.json").json()["paths"].items():
        if "get" in verbs:
            yield re.sub(r"\{(\w+)\}", lambda found: known[found[1]], path)


def test_no_path_tells_anything_of_another_state(client, served):
    linker = served.linker
    state = linker.only_state()
    said = {record.text[:40] for record in linker.records()}
    said |= {cluster.title for cluster in linker.clusters()}
    for path in paths(client, linker):
        for where in ({}, {"state": state}, {"state": state, "format": "csv"}):
            answer = client.get(path, params={**EXAMPLE, **where})
            told = [one for one in said if one in answer.text and one not in EXAMPLE.values()]
            assert not told, (path, where)
            assert answer.status_code < 500, path


def test_what_others_asked_for_before_is_not_handed_on(client, people, served):
    clients, *_ = people
    state = served.linker.only_state()
    for path in ("/v1/convergences", "/v1/sdg", "/v1/clusters", "/v1/plan"):
        whole = clients["reader"].get(path, params={"state": state})
        assert whole.json()["rows"]
        again = client.get(path, params={"state": state})
        assert again.status_code == 404 or not again.json()["rows"]
