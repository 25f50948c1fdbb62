"""The whole workspace as one file: out, in, out again the same; nothing altered is believed."""

import json
import os
import stat
import zipfile

import pytest

from linker.errors import LinkerError
from linker.labels.labeller import Labels
from linker.links import Convergence, SdgLink
from linker.plan.entries import Measure
from linker.records.record import Record
from linker.review.decisions import Decision
from linker.store import archive
from linker.store.archive import MANIFEST, read_archive, write_archive
from linker.store.plan_log import plan_changes, save_measures
from linker.store.store import Store
from linker.themes.theme import Member, Theme
from linker.workspace.planning import set_plan
from linker.workspace.workspace import Linker

LEFT = Record("CRC/C/XVM/CO/3#12", "حظر العقاب البدني", state="XVM", mechanism="TB", year=2020)
RIGHT = Record(
    "A/HRC/41/XVM#132.4", "=Ban it\x7f", state="XVM", mechanism="UPR", extra=(("é", "1"),)
)
THEME = Theme("T-1", "Torture", "Corporal punishment", "Ban it", (Member(LEFT.id, 0.5),))
LINK = Convergence(LEFT.id, RIGHT.id, 0, 0, 0.1 + 0.2, 0.95, "convergence", False, "propose")


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "ws", create=True)
    store.save_records([LEFT, RIGHT])
    store.log_import("table.csv", "table", {"rows": 2})
    sdg = SdgLink(LEFT.id, 0, "16.2", "16.2.1", "direct", 0.7, "propose")
    store.save_build("XVM", "digest", [LINK], [sdg], [THEME.to_dict()], {})
    store.append_decision(Decision(0, LINK.link_id, "confirm", "Ada", "ü", "", (("left_id", "a"),)))
    set_plan(store, [LEFT.id], "Ada", {"status": "in progress", "comment": "yes"})
    save_measures(store, [Measure("M1", "Shelters")])
    yield store
    store.close()


@pytest.fixture
def packed(store, tmp_path):
    path = tmp_path / "out" / "ws.zip"
    write_archive(store, path)
    return path


def altered(path, change):
    """Write the archive again with its members as ``change`` makes them: name -> content."""
    with zipfile.ZipFile(path) as old:
        members = {name: old.read(name) for name in old.namelist()}
    change(members)
    with zipfile.ZipFile(path, "w") as new:
        for name, content in members.items():
            new.writestr(name, content)
    return path


def with_manifest(members, change):
    about = json.loads(members[MANIFEST])
    change(about)
    members[MANIFEST] = json.dumps(about).encode()


def forged(path, table, lines):
    """Put other rows into a table, with a manifest that fits them."""
    import hashlib

    content = b"".join(json.dumps(line).encode() + b"\n" for line in lines)

    def change(members):
        members[f"{table}.jsonl"] = content

        def fit(about):
            entry = next(e for e in about["tables"] if e["table"] == table)
            digest = hashlib.sha256(content).hexdigest()
            entry.update(rows=len(lines), bytes=len(content), sha256=digest)

        with_manifest(members, fit)

    return altered(path, change)


def test_out_in_out_is_the_same_file(store, packed, tmp_path):
    counts = read_archive(packed, tmp_path / "again")
    assert (counts["records"], counts["decisions"], counts["plan_changes"]) == (2, 1, 2)
    again = Store(tmp_path / "again")
    try:
        write_archive(again, tmp_path / "again.zip")
        assert (tmp_path / "again.zip").read_bytes() == packed.read_bytes()
        assert again.records() == store.records()
        assert again.convergences() == [LINK]
        assert again.decisions() == store.decisions()
        assert plan_changes(again) == plan_changes(store)
        assert again.import_log() == store.import_log()
        written = again.append_decision(Decision(0, LINK.link_id, "undo", "Ada", "", ""))
        assert written.seq == 2
    finally:
        again.close()


def test_it_can_be_read_without_linker(packed):
    with zipfile.ZipFile(packed) as file:
        about = json.loads(file.read(MANIFEST))
        rows = [json.loads(line) for line in file.read("records.jsonl").decode().splitlines()]
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert about["format"] == "linker-archive"
    assert {row["record"]["text"] for row in rows} == {LEFT.text, RIGHT.text}


def test_every_table_is_in_it(packed):
    with zipfile.ZipFile(packed) as file:
        names = {name.removesuffix(".jsonl") for name in file.namelist()} - {MANIFEST}
    assert names == set(archive.tables())
    assert {"records", "decisions", "plan_changes", "themes", "imports"} <= names


def flip(members):
    members["decisions.jsonl"] = members["decisions.jsonl"].replace(b"confirm", b"reject")


def add(members):
    members["../../evil.txt"] = b"x"


def drop(members):
    del members["plan_changes.jsonl"]


def newer(members):
    with_manifest(members, lambda about: about.update(schema=10_000))


def no_manifest(members):
    members[MANIFEST] = b"[1]"


def path_in_manifest(members):
    with_manifest(members, lambda about: about["tables"][0].update(file="../../evil.jsonl"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (flip, "altered: decisions.jsonl"),
        (add, r"does not hold what its manifest says \('../../evil.txt'\)"),
        (drop, "does not hold what its manifest says"),
        (newer, "newer Linker"),
        (no_manifest, "no readable manifest"),
        (path_in_manifest, "does not describe"),
    ],
)
def test_what_was_altered_is_refused_whole(packed, tmp_path, change, said):
    with pytest.raises(LinkerError, match=said):
        read_archive(altered(packed, change), tmp_path / "new")
    assert not (tmp_path / "new").exists()
    assert not (tmp_path / "evil.txt").exists()
    assert not list(tmp_path.glob(".linker-part-*"))


@pytest.mark.parametrize(
    ("table", "row", "said"),
    [
        ("measures", {"id": "M1"}, "other columns"),
        ("measures", {"id": 5, "position": 0, "title": "", "responsible": "", "deadline": ""},
         "wrong"),
        ("builds", {"state": "XVM", "digest": "d", "summary": "text"}, "wrong"),
        ("records", {"id": "a", "state": "", "mechanism": "", "body": "", "year": None, "text": "t",
                     "record": {"id": "a", "text": ""}}, "is no record"),
        ("records", {"id": "a", "state": "", "mechanism": "", "body": "", "year": True, "text": "t",
                     "record": {"id": "a", "text": "t"}}, "wrong"),
        ("records", {"id": "a", "state": "", "mechanism": "", "body": "", "year": None, "text": "t",
                     "record": {"id": "b", "text": "t"}}, "another id"),
        ("records", {"id": "a", "state": "", "mechanism": "", "body": "", "year": None, "text": "t",
                     "record": {"id": "a", "text": "t"}}, "no record of the archive"),
    ],
)  # fmt: skip
def test_rows_that_do_not_fit_are_refused_though_the_checksum_does(
    packed, tmp_path, table, row, said
):
    with pytest.raises(LinkerError, match=said):
        read_archive(forged(packed, table, [row]), tmp_path / "new")
    assert not (tmp_path / "new").exists()


def row_of(path, table):
    with zipfile.ZipFile(path) as archive_file:
        return json.loads(archive_file.read(f"{table}.jsonl").splitlines()[0])


HUGE = 2**63 - 1
WRONG = [
    ("decisions", {"seq": HUGE}), ("decisions", {"seq": 2**70}), ("decisions", {"seq": -1}),
    ("decisions", {"seq": 0}), ("decisions", {"seq": True}), ("decisions", {"seq": 1.0}),
    ("decisions", {"verdict": "perhaps"}), ("decisions", {"kind": "rumour"}),
    ("decisions", {"link": ["a"]}), ("decisions", {"link": {"left_id": 5}}),
    ("decisions", {"link": {"probability": "abc"}}), ("decisions", {"link": {"left_ask": "x"}}),
    ("decisions", {"link": {"probability": "nan"}}), ("decisions", {"note": "\ud800"}),
    ("decisions", {"reviewer": None}),
    ("convergences", {"probability": float("nan")}), ("convergences", {"probability": 7.5}),
    ("convergences", {"probability": float("inf")}), ("convergences", {"probability": "abc"}),
    ("convergences", {"probability_related": -0.1}), ("convergences", {"band": "maybe"}),
    ("convergences", {"relation": "cousin"}), ("convergences", {"left_ask": -1}),
    ("convergences", {"left_id": "lost"}), ("convergences", {"link_id": "C-000000000000"}),
    ("convergences", {"reiteration": 1}),
    ("sdg_links", {"record_id": "lost"}), ("sdg_links", {"target": "99.9"}),
    ("sdg_links", {"indicator": "x"}), ("sdg_links", {"role": "friend"}),
    ("sdg_links", {"band": ""}), ("sdg_links", {"probability": 2}),
    ("themes", {"theme": {}}), ("themes", {"theme": ["a"]}),
    ("themes", {"theme": {**THEME.to_dict(), "members": 5}}),
    ("themes", {"theme": {**THEME.to_dict(), "members": [{"record_id": "lost", "strength": 1}]}}),
    ("themes", {"theme": {**THEME.to_dict(), "members": [{"record_id": LEFT.id}]}}),
    ("themes", {"theme": {**THEME.to_dict(), "label": 7}}),
    ("themes", {"theme": {**THEME.to_dict(), "theme_id": "T-2"}}),
    ("themes", {"theme": {**THEME.to_dict(), "also": [5]}}),
    ("plan_changes", {"field": "salary"}), ("plan_changes", {"seq": HUGE}),
    ("plan_changes", {"value": 5}),
    ("imports", {"seq": HUGE}), ("imports", {"summary": None}),
    ("measures", {"position": HUGE}),
    ("records", {"year": 10**9}), ("records", {"state": "KEN"}), ("records", {"text": "other"}),
    ("records", {"record": {**RIGHT.to_dict(), "year": "soon"}}),
    ("records", {"record": {**RIGHT.to_dict(), "themes": 5}}),
    ("records", {"record": {**RIGHT.to_dict(), "themes": [5]}}),
    ("builds", {"summary": []}),
]  # fmt: skip


@pytest.mark.parametrize(("table", "change"), WRONG)
def test_no_value_passes_that_a_page_would_stumble_over(packed, tmp_path, table, change):
    row = row_of(packed, table)
    (tmp_path / "new").mkdir()
    with pytest.raises(LinkerError, match=rf"ws.zip: {table}.jsonl, line 1"):
        archive.fill(forged(packed, table, [{**row, **change}]), tmp_path / "new")


def test_a_row_that_stands_there_twice_is_refused(packed, tmp_path):
    row = row_of(packed, "decisions")
    with pytest.raises(LinkerError, match=r"decisions.jsonl, line 2: '1' stands there twice"):
        read_archive(forged(packed, "decisions", [row, row]), tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_labels_and_exemplars_are_checked(packed, tmp_path):
    labels = Labels(LEFT.id, (("Torture", 0.5),), (), (), 5, 0.5).to_dict()
    good = {"record_id": LEFT.id, "state": "XVM", "labels": labels}
    archive.fill(forged(packed, "labels", [good]), tmp_path / "good")
    wrong = ({"issues": 5}, {"action": "much"}, {"record_id": RIGHT.id}, {"themes": [1]})
    for number, change in enumerate(wrong):
        bad = {**good, "labels": {**labels, **change}}
        with pytest.raises(LinkerError, match=r"labels.jsonl, line 1"):
            archive.fill(forged(packed, "labels", [bad]), tmp_path / f"bad-{number}")
    for target in ("5.99", "", "five"):
        row = {"seq": 1, "text": "t", "target": target, "accepted": True, "source": "s"}
        with pytest.raises(LinkerError, match="no SDG target"):
            archive.fill(forged(packed, "exemplars", [row]), tmp_path / f"at-{target}")


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
@pytest.mark.parametrize("mask", [0o022, 0o077, 0o027])
def test_the_folder_is_as_open_as_the_system_makes_folders(packed, tmp_path, mask):
    before = os.umask(mask)
    try:
        read_archive(packed, tmp_path / "new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o777 & ~mask


def test_the_demonstration_goes_out_and_comes_in(demo, tmp_path):
    folder, _ = demo
    with Linker.open(folder) as linker:
        counts = write_archive(linker.store, tmp_path / "demo.zip")
    assert read_archive(tmp_path / "demo.zip", tmp_path / "again") == counts


def test_limits(packed, tmp_path, monkeypatch):
    for name, limit, said in (
        ("MOST_BYTES", 100, "more than the limit"),
        ("LONGEST_LINE", 50, "a row of more than"),
        ("MANIFEST_BYTES", 10, "manifest is too large"),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(archive, name, limit)
            with pytest.raises(LinkerError, match=said):
                archive.fill(packed, tmp_path / "new")


def test_what_is_no_archive_and_where_it_cannot_go(packed, tmp_path):
    (tmp_path / "text.zip").write_text("no zip")
    with pytest.raises(LinkerError, match="no zip file"):
        read_archive(tmp_path / "text.zip", tmp_path / "new")
    with pytest.raises(LinkerError, match="cannot be unpacked"):
        read_archive(tmp_path / "nothing.zip", tmp_path / "new")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").write_text("mine")
    with pytest.raises(LinkerError, match="is not empty"):
        read_archive(packed, tmp_path / "full")
    whole = packed.read_bytes()
    packed.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(LinkerError, match="damaged"):
        read_archive(packed, tmp_path / "new")
    (tmp_path / "a-folder.zip").mkdir()
    with pytest.raises(LinkerError):
        write_archive(Store(tmp_path / "x", create=True), tmp_path / "a-folder.zip")


def test_a_folder_that_cannot_be_made_is_said_plainly(packed, tmp_path):
    (tmp_path / "file").write_text("in the way")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(LinkerError, match=r"file.*: cannot be made \("):
            read_archive(packed, folder)
    assert (tmp_path / "file").read_text() == "in the way"
