"""The published JSON schemas fit what is exported, and refuse what is not."""

import copy
import json

import jsonschema
import pytest
from made_up_state import FILLED, made_up

from linker.documents.inputs import Options
from linker.documents.writers import write
from linker.records.importers import read_file
from tests.conftest import CHECKOUT

KINDS = (
    "records", "links", "clusters", "decisions", "themes", "plan", "matrix", "measures", "midterm",
    "followup", "annex", "claims", "xray",
)  # fmt: skip


def schema(kind):
    path = CHECKOUT / "docs" / "schemas" / f"{kind}.json"
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture
def exported(tmp_path):
    def export(kind):
        path = tmp_path / f"{kind}.json"
        named = ("matrix", Options(by="cluster")) if kind == "measures" else (kind, Options())
        write(named[0], path, made_up(entries=FILLED), named[1])
        return json.loads(path.read_text(encoding="utf-8"))

    return export


@pytest.mark.parametrize("kind", KINDS)
def test_exports_fit_their_schema(kind, exported):
    jsonschema.Draft202012Validator.check_schema(schema(kind))
    data = exported(kind)
    assert data["rows"]
    jsonschema.Draft202012Validator(schema(kind)).validate(data)


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_is_described_and_none_may_be_missing(kind, exported):
    data = exported(kind)
    described = schema(kind)["properties"]["rows"]["items"]["properties"]
    assert list(data["rows"][0]) == list(described)
    for column in described:
        cut = copy.deepcopy(data)
        del cut["rows"][0][column]
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft202012Validator(schema(kind)).validate(cut)


@pytest.mark.parametrize(
    ("kind", "column", "wrong"),
    [
        ("records", "position", "maybe"),
        ("links", "probability", 1.2),
        ("links", "indicator", "five"),
        ("decisions", "verdict", "perhaps"),
        ("clusters", "cluster_id", "7"),
        ("clusters", "records", 1),
        ("themes", "theme_id", "1"),
        ("plan", "deadline", "soon"),
        ("plan", "status", "done"),
        ("claims", "kind", "surely"),
        ("claims", "evidence", []),
        ("claims", "sentence", "New."),
        ("annex", "cluster_id", "T-1"),
        ("followup", "grade", "F"),
        ("midterm", "position", "maybe"),
        ("measures", "measure", 0),
        ("matrix", "status", "done"),
        ("xray", "strength", 2),
    ],
)
def test_wrong_values_are_refused(kind, column, wrong, exported):
    data = exported(kind)
    data["rows"][0][column] = wrong
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema(kind)).validate(data)


def test_the_demonstration_fits(demo, tmp_path):
    from linker import Linker

    with Linker.open(demo[0]) as linker:
        for kind in KINDS:
            named = ("matrix", {"by": "cluster"}) if kind == "measures" else (kind, {})
            path = linker.export(named[0], tmp_path / f"{kind}.json", **named[1])[0]
            data = json.loads(path.read_text(encoding="utf-8"))
            jsonschema.Draft202012Validator(schema(kind)).validate(data)


def test_decisions_on_themes_say_what_was_changed(exported):
    rows = exported("decisions")["rows"]
    assert [row["verdict"] for row in rows] == ["confirm", "reject", "rename"]
    assert "label: Reporting" in rows[2]["details"]


def test_a_column_a_tag_on_request(tmp_path):
    plain = json.loads(write("records", tmp_path / "r.json", made_up())[0].read_text("utf-8"))
    wide = write("records", tmp_path / "w.json", made_up(), Options(tags=True))[0]
    rows = json.loads(wide.read_text("utf-8"))["rows"]
    assert set(rows[0]) - set(plain["rows"][0]) == {
        "theme: Harmful practices", "theme: Discrimination against women", "group: Children",
        "group: Women & girls", "goal: 5",
    }  # fmt: skip
    for row in rows:
        assert row["theme: Harmful practices"] == int("Harmful practices" in row["themes"])
    csv_file = write("records", tmp_path / "w.csv", made_up(), Options(tags=True))[0]
    records, _ = read_file(csv_file)
    assert {r.id for r in records} == {row["id"] for row in rows}
