"""What changed between two publications: told by page, table and feed, and read back in safety."""

import json
from dataclasses import replace

import pytest
from lxml import etree, html
from made_up_state import MARRIAGE_3, MARRIAGE_4, PRISONS, RECORDS, made_up

from linker.documents.inputs import Options
from linker.documents.site.addresses import address
from linker.documents.site.changes import NAME, read_published
from linker.documents.site.site import portal
from linker.errors import Invalid
from linker.plan.entries import PlanEntry

OPTIONS = Options(only_confirmed=True)
ATOM = "{http://www.w3.org/2005/Atom}"


def put(files, folder):
    folder.mkdir(exist_ok=True)
    (folder / NAME).write_bytes(files[NAME])
    return {"XVM": read_published(folder)}


@pytest.fixture
def two(tmp_path):
    """A publication and the next: a record gone, one new, one changed, one with a status."""
    first = made_up(records=RECORDS[1:], entries={})
    files = dict(portal([first], OPTIONS, {}))
    changed = [
        replace(r, position="noted") if r.id == MARRIAGE_3.id else r
        for r in RECORDS
        if r.id != PRISONS[0].id
    ]
    filled_in = PlanEntry(status="in progress", reported="2026-04-01", released=True)
    entries = {PRISONS[1].id: filled_in}
    second = made_up(records=changed, entries=entries, date="2026-04-02")
    return files, second, dict(portal([second], OPTIONS, put(files, tmp_path / "old")))


def test_what_changed(two):
    _, _, files = two
    rows = json.loads(files["data/changes.json"])["rows"]
    told = {(r["kind"], r["record_id"], r["what"], r["before"], r["after"]) for r in rows}
    assert told >= {
        ("new", MARRIAGE_4.id, "", "", ""),
        ("withdrawn", PRISONS[0].id, "", "", ""),
        ("changed", MARRIAGE_3.id, "Position of the State", "supported", "noted"),
        ("changed", PRISONS[1].id, "Status", "", "in progress"),
    }
    page = html.fromstring(files["changes.html"].decode()).text_content()
    assert "What changed since 2026-03-05" in page
    feed = etree.fromstring(files["feed.xml"])
    ids = [e.text for e in feed.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids)) == len(rows) + 3
    assert feed.find(f"{ATOM}updated").text == "2026-04-02T00:00:00Z"


def test_an_address_lasts_when_its_record_is_gone(two):
    _, _, files = two
    gone = address("records", PRISONS[0].id)
    assert "no longer" in html.fromstring(files[gone].decode()).text_content()
    assert gone not in json.loads(files[NAME])["pages"]


def test_published_again_it_is_the_same(two, tmp_path):
    _, second, files = two
    assert dict(portal([second], OPTIONS, put(files, tmp_path / "new"))) == files


def test_a_record_that_comes_back_has_its_page_again(two, tmp_path):
    _, _, files = two
    again = dict(portal([made_up(entries={})], OPTIONS, put(files, tmp_path / "new")))
    assert "said" in again[address("records", PRISONS[0].id)].decode()
    assert len(json.loads(again[NAME])["history"]) == 3


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["history"][0]["changes"].append(
            dict.fromkeys(("kind", "record_id", "record", "page", "what", "before", "after"), "")
            | {"page": "javascript:alert(1)"}
        ),
        lambda d: d.update(format="other"),
        lambda d: d.update(version=2),
        lambda d: d.pop("records"),
        lambda d: d.update(records=[1]),
        lambda d: d.update(history={"a": 1}),
        lambda d: d["history"].clear(),
    ],
)
def test_a_damaged_file_is_refused(two, tmp_path, change):
    data = json.loads(two[0][NAME])
    change(data)
    (tmp_path / NAME).write_text(json.dumps(data))
    with pytest.raises(Invalid, match="earlier portal"):
        read_published(tmp_path / NAME)


def test_addresses_of_an_altered_file_write_nowhere_else(two, tmp_path):
    data = json.loads(two[0][NAME])
    data["pages"]["../../evil.html"] = "x"
    data["withdrawn"]["/etc/x.html"] = "x"
    data["pages"]["index.html"] = "x"
    data["pages"]["records/gone-0123456789.html"] = "<script>alert(1)</script>"
    (tmp_path / NAME).write_text(json.dumps(data))
    files = dict(portal([made_up(entries={})], OPTIONS, {"XVM": read_published(tmp_path)}))
    assert not [name for name in files if ".." in name or name.startswith("/")]
    assert b"<script>alert" not in files["records/gone-0123456789.html"]


def test_no_file_at_all_is_said(tmp_path):
    with pytest.raises(Invalid, match=r"changes\.json"):
        read_published(tmp_path)
