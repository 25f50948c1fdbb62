"""A client made of the OpenAPI description alone: each path answers as it is declared."""

import json
import re

import jsonschema
import pytest

BODIES = {
    "/v1/import": b"state,mechanism,text\nVTM,UPR,Abolish the death penalty\n",
    "/v1/uptake": b"id,text\n1,Criminalize marital rape\n",
}


@pytest.fixture(scope="module")
def schema(client):
    return client.get("/openapi.json").json()


@pytest.fixture(scope="module")
def known(served):
    """Ids and values that stand in the workspace, by the name of a parameter."""
    linker = served.linker
    cluster = linker.clusters()[0]
    link = linker.convergences()[0].link
    return {
        "record_id": link.left_id,
        "cluster_id": cluster.cluster_id,
        "link_id": link.link_id,
        "q": "child marriage",
        "what": "Criminalize marital rape",
        "text": "End child marriage",
        "kind": "records",
        "name": "asks.csv",
        "ids": [linker.convergences()[1].link.link_id],
        "verdict": "confirm",
        "reviewer": "A. Officer",
        "fields": {"responsible": "Ministry of Justice"},
        "field": "position_note",
        "value": "As said in the hall",
    }


def operations(schema):
    order = ("get", "post")
    found = [
        (method, path, told)
        for path, methods in schema["paths"].items()
        for method, told in methods.items()
    ]
    return sorted(found, key=lambda one: (order.index(one[0]), one[1] == "/v1/undo"))


def resolved(schema, node):
    while "$ref" in node:
        node = schema["components"]["schemas"][node["$ref"].rsplit("/", 1)[1]]
    return node


def body_of(schema, path, told, known):
    content = told.get("requestBody", {}).get("content", {})
    if "application/octet-stream" in content:
        return {"content": BODIES[path]}
    if "application/json" not in content:
        return {}
    fields = resolved(schema, content["application/json"]["schema"])
    wanted = [*fields.get("required", ()), *({"reviewer"} & set(fields["properties"]))]
    return {"json": {name: known[name] for name in wanted}}


def call(client, schema, method, path, told, known):
    query = {}
    for one in told.get("parameters", ()):
        if one["in"] == "query" and one.get("required"):
            query[one["name"]] = known[one["name"]]
    filled = re.sub(r"\{(\w+)\}", lambda m: known[m[1]].replace("#", "%23"), path)
    given = body_of(schema, path, told, known)
    return client.request(method.upper(), filled, params=query, **given)


def test_each_path_answers_as_it_is_declared(client, schema, known):
    called = 0
    for method, path, told in operations(schema):
        answer = call(client, schema, method, path, told, known)
        assert answer.status_code in (200, 202), (method, path, answer.text)
        declared = told["responses"][str(answer.status_code)]["content"]
        if "application/json" in declared:
            whole = {**declared["application/json"]["schema"], "components": schema["components"]}
            assert set(whole) > {"components"}, f"{path} declares nothing"
            jsonschema.Draft202012Validator(whole).validate(answer.json())
        called += 1
    assert called >= 25


def test_the_description_is_valid_and_says_that_a_token_is_needed(schema):
    assert schema["openapi"].startswith("3.1")
    assert schema["security"] == [{"token": []}]
    for _, path, told in operations(schema):
        assert told["description"], path
        assert "4XX" in told["responses"], path
        for one in told.get("parameters", ()):
            assert one.get("description") or one["in"] == "path", (path, one["name"])


def test_rows_of_exported_kinds_have_the_schema_of_the_export(client, schema):
    from linker.paths import schemas_dir

    for kind in ("records", "clusters", "themes", "claims", "plan", "links", "xray", "decisions"):
        declared = schema["paths"][f"/v1/{kind}"]["get"]["responses"]["200"]
        items = declared["content"]["application/json"]["schema"]["properties"]["rows"]["items"]
        published = json.loads((schemas_dir() / f"{kind}.json").read_text("utf-8"))
        assert items == published["properties"]["rows"]["items"]
        answer = client.get(f"/v1/{kind}?limit=2").json()
        assert len(answer["rows"]) == min(2, answer["total"])


def test_pages_together_are_the_whole(client):
    whole = client.get("/v1/records", params={"limit": 1000}).json()
    found, address = [], "/v1/records?limit=17&mechanism="
    while address:
        page = client.get(address).json()
        assert len(page["rows"]) <= 17
        found += page["rows"]
        address = page["next"]
    assert found == whole["rows"]
    assert whole["total"] == len(found)


def test_filters_are_those_of_the_command_line(client, served):
    from linker.records.filters import Filter

    for given in ({"mechanism": "TB"}, {"cycle": "3", "position": "noted"}, {"sdg": "5"}):
        ids = [row["id"] for row in client.get("/v1/records", params=given).json()["rows"]]
        assert ids == [r.id for r in served.linker.records(Filter(**given))]
        assert ids


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/v1/records?postion=noted", 400, "postion"),
        ("/v1/records?state=Atlantis", 404, "no such State"),
        ("/v1/records?theme=zzzz", 404, "zzzz"),
        ("/v1/records?limit=0", 400, "limit"),
        ("/v1/records/none%23such", 404, "none#such"),
        ("/v1/explain/C-000000000000", 404, "no such link"),
        ("/v1/clusters/CL-0000000000/members", 404, "no such cluster"),
        ("/v1/export/records?format=docx", 400, "docx"),
        ("/v1/export/sonnet", 404, "sonnet"),
        ("/v1/sdg?min_probability=2", 400, "min_probability"),
        ("/v1/search?q=" + "a" * 20_001, 400, "q"),
        ("/v1/nothing", 404, "Not Found"),
    ],
)
def test_what_is_wrong_is_said_with_a_remedy(client, path, status, said):
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    problem = answer.json()
    assert set(problem) == {"kind", "message", "remedy"}
    assert said in problem["message"]
    assert problem["remedy"]
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/decisions", '{"ids": ["\\ud800"], "verdict": "confirm", "reviewer": "A"}'),
        ("/v1/plan", '{"record_id": "x", "fields": {"result": "\\ud800"}, "reviewer": "A"}'),
        ("/v1/plan", '{"record_id": "x", "fields": {"\\ud800": "a"}, "reviewer": "A"}'),
        ("/v1/build", '{"states": ["\\ud800"]}'),
    ],
)
def test_half_a_character_is_refused_and_nowhere_written(client, path, body):
    answer = client.post(path, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400, answer.text
    assert "Half a character" in answer.json()["message"]


def test_an_error_nobody_foresaw_shows_no_trace(app, served, monkeypatch):
    from tests.api.conftest import client_of

    def broken(*_):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(type(served.linker), "audit", broken)
    answer = client_of(app, raise_server_exceptions=False).get("/v1/audit")
    assert answer.status_code == 500
    assert answer.json()["remedy"]
    assert "secret" not in answer.text


@pytest.mark.parametrize("kind", ["clusters", "packs"])
def test_documents_are_handed_over(client, kind):
    answer = client.get(f"/v1/export/{kind}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"].startswith(f'attachment; filename="XVM-{kind}.')
    assert answer.content[:2] == b"PK"


def test_decisions_count_and_can_be_taken_back(client, served):
    link = client.get("/v1/convergences").json()["rows"][2]["link_id"]
    said = {"ids": [link], "verdict": "reject", "reviewer": "B. Officer", "note": "another ask"}
    row = client.post("/v1/decisions", json=said).json()["rows"][0]
    assert (row["link_id"], row["verdict"], row["reviewer"]) == (link, "reject", "B. Officer")
    by_id = {r["link_id"]: r for r in client.get("/v1/convergences?limit=1000").json()["rows"]}
    assert by_id[link]["decision"] == "reject"
    log = client.get("/v1/decisions").json()["rows"]
    assert not any("B. Officer" in str(r) or "another ask" in str(r) for r in log)
    log = client.get("/v1/decisions?with_names=true").json()["rows"]
    assert log[-1]["reviewer"] == "B. Officer"
    client.post("/v1/decisions", json={**said, "verdict": "undo"})
    by_id = {r["link_id"]: r for r in client.get("/v1/convergences?limit=1000").json()["rows"]}
    assert by_id[link]["decision"] == ""
    refused = client.post("/v1/decisions", json={**said, "ids": [link, "C-000000000000"]})
    assert refused.status_code == 404
    nameless = client.post("/v1/decisions", json={**said, "reviewer": " "})
    assert nameless.status_code == 400
    assert "name" in nameless.json()["message"]


def test_a_second_build_is_refused_while_one_goes_on(client, served, monkeypatch):
    monkeypatch.setattr(type(served.building), "start", lambda *_: False)
    answer = client.post("/v1/build", json={"anew": True})
    assert answer.status_code == 409
    assert "GET /v1/build" in answer.json()["message"]


def test_a_file_is_imported_built_and_found(client, served):
    import time

    table = "state,mechanism,body,symbol,paragraph,text\nXVM,TB,CAT,CAT/C/XVM/CO/9,7,Train guards\n"
    report = client.post("/v1/import?name=more.csv", content=table.encode()).json()
    assert (report["kept"], report["new"]) == (1, 1)
    assert client.post("/v1/build", json={"states": ["XVM"]}).status_code == 202
    until = time.monotonic() + 120
    while (now := client.get("/v1/build").json())["status"] == "running":
        assert time.monotonic() < until
        time.sleep(0.2)
    assert now["status"] == "done", now
    assert client.get("/v1/records?text=Train+guards").json()["total"] == 1
    bad = client.post("/v1/import?name=x.docx", content=b"PK\x03\x04 nothing").json()
    assert (bad["kept"], bad["refused"]) == (0, 1)
    assert bad["notes"][0]["remedy"]
    left = [path.name for path in served.linker.folder.iterdir() if ".upload" in path.name]
    assert left == []
