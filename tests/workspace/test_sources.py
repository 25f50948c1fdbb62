"""Sources of a workspace: read, corrected, taken out, put back, erased; records merged, parted."""

from __future__ import annotations

import csv
import shutil
import sqlite3
from pathlib import Path

import pytest

from linker.errors import Invalid, NotFound
from linker.store.archive import read_archive, write_archive
from linker.store.backup import back_up
from linker.store.location import DATABASE
from linker.workspace.workspace import Linker

HEAD = ("id", "state", "cycle", "paragraph", "year", "position", "themes", "text")
ROWS = [
    ("R1", "Kenya", "4", "101.1", "2025", "supported", "Death penalty; Life",
     "Abolish the death penalty in law and in practice"),
    ("R2", "Kenya", "4", "101.2", "2025", "supported", "Torture",
     "Close the secret places of detention"),
    ("R3", "Uganda", "4", "101.3", "2025", "supported", "Women",
     "Adopt a law against violence in the family"),
]  # fmt: skip


@pytest.fixture
def linker(tmp_path):
    with Linker.open(tmp_path / "ws", create=True) as made:
        yield made


def write(path, rows, head=HEAD):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return path


def values(linker, *names):
    return [tuple(getattr(record, name) for name in names) for record in linker.records()]


def everything(linker):
    return {record.id: record for record in linker.records()}


@pytest.mark.parametrize("with_ids", [True, False], ids=["ids", "no ids"])
def test_a_corrected_file_corrects_the_records(linker, tmp_path, with_ids):
    head, first = (HEAD, 0) if with_ids else (HEAD[1:], 1)
    linker.add([write(tmp_path / "1" / "list.csv", [row[first:] for row in ROWS], head)])
    ids = set(everything(linker))
    corrected = [
        ("R1", "Kenya", "4", "100.1", "2020", "noted", "Death penalty",
         "Abolish the death penalty in law"),
        ("R2", "Kenya", "3", "101.2", "2025", "noted", "Torture", ROWS[1][7]),
        ("R3", "Kenya", "4", "101.3", "2025", "supported", "Women", ROWS[2][7]),
    ]  # fmt: skip
    (report,) = linker.add(
        [write(tmp_path / "2" / "list.csv", [r[first:] for r in corrected], head)]
    )
    assert (report.new, report.changed) == (0, 3)
    assert "position supported → noted" in str(report)
    assert set(everything(linker)) == ids
    assert sorted(values(linker, "state", "cycle", "paragraph", "year", "position")) == [
        ("KEN", "3", "101.2", 2025, "noted"),
        ("KEN", "4", "100.1", 2020, "noted"),
        ("KEN", "4", "101.3", 2025, "supported"),
    ]
    assert {record.themes for record in linker.records()} == {
        ("Death penalty",), ("Torture",), ("Women",),
    }  # fmt: skip
    assert linker.contradictions() == []


def test_reading_the_same_again_keeps_nothing_and_says_so(linker, tmp_path):
    path = write(tmp_path / "list.csv", ROWS)
    linker.add([path])
    (report,) = linker.add([path])
    assert "source 1 says exactly this already" in str(report)
    assert len(linker.imports()) == 1


def test_unrelated_texts_under_the_same_ids_are_records_of_their_own(linker, tmp_path):
    head = ("id", "state", "text")
    linker.add([write(tmp_path / "a.csv", [("1", "Kenya", "Build schools in the hills")], head)])
    other = write(tmp_path / "b.csv", [("1", "Kenya", "Abolish the death penalty")], head)
    (report,) = linker.add([other])
    assert len(linker.records()) == 2
    assert "ids that stand for an unrelated text" in str(report)


def test_two_sources_that_contradict_each_other_are_told_with_both_places(linker, tmp_path):
    linker.add([write(tmp_path / "a.csv", ROWS)])
    noted = [(*ROWS[0][:5], "noted", *ROWS[0][6:], "x")]
    (report,) = linker.add([write(tmp_path / "b.csv", noted, (*HEAD, "colour"))])
    assert "noted (b.csv, row 2); supported (a.csv, row 2): counts as noted" in str(report)
    (line,) = linker.contradictions("KEN")
    assert "a.csv, row 2" in line
    finding = linker.audit("KEN").of_kind("contradiction")
    assert "b.csv, row 2" in str(finding)


def test_forgetting_a_source_gives_what_the_others_give_and_undo_gives_all_back(linker, tmp_path):
    linker.add([write(tmp_path / "a.csv", ROWS[:2])])
    only_first = everything(linker)
    changed = [(*ROWS[0][:5], "noted", *ROWS[0][6:])]
    linker.add([write(tmp_path / "b.csv", [*changed, ROWS[2]])])
    both = everything(linker)
    hanging = linker.depends_on(2)
    assert (hanging.lost, hanging.changed) == (("R3",), 1)
    assert linker.forget(2).gone == ["R3"]
    assert everything(linker) == only_first
    with pytest.raises(Invalid, match="forgotten already"):
        linker.forget(2)
    assert linker.unforget(2).new == ["R3"]
    assert everything(linker) == both
    assert [edit.kind for edit in linker.record_log()] == ["forget", "put back"]
    with pytest.raises(NotFound, match="no source with this number"):
        linker.forget(7)


def test_a_source_put_back_stands_in_its_old_place(linker, tmp_path):
    linker.add([write(tmp_path / "a.csv", ROWS[:1])])
    linker.add([write(tmp_path / "b.csv", [(*ROWS[0][:5], "noted", *ROWS[0][6:])])])
    linker.forget(1)
    linker.unforget(1)
    assert linker.records()[0].position == "noted"


def test_an_id_of_a_forgotten_source_stays_its_own(linker, tmp_path):
    head = ("id", "state", "text")
    linker.add([write(tmp_path / "a.csv", [("1", "Kenya", "Build schools in the hills")], head)])
    linker.forget(1)
    linker.add([write(tmp_path / "b.csv", [("1", "Kenya", "Abolish the death penalty")], head)])
    linker.unforget(1)
    assert sorted(record.text for record in linker.records()) == [
        "Abolish the death penalty", "Build schools in the hills",
    ]  # fmt: skip


def test_a_correction_stands_above_every_source_and_can_be_undone(linker, tmp_path):
    linker.add([write(tmp_path / "a.csv", ROWS)])
    linker.correct("R1", "position", "noted", "Ada", "see the addendum")
    linker.correct("R1", "themes", "Life; Law", "Ada")
    linker.correct("R1", "state", "Nepal", "Ada")
    linker.add([write(tmp_path / "c.csv", [(*ROWS[0][:5], "partly supported", *ROWS[0][6:])])])
    record = everything(linker)["R1"]
    assert (record.position, record.themes, record.state) == ("noted", ("Life", "Law"), "NPL")
    linker.undo_correction("R1", "position", "Grace")
    assert everything(linker)["R1"].position == "partly supported"
    with pytest.raises(NotFound, match="no correction of position stands"):
        linker.undo_correction("R1", "position", "Grace")
    assert [(e.kind, e.reviewer) for e in linker.record_log("R1")][-1] == ("undo", "Grace")


@pytest.mark.parametrize(
    ("field", "value", "what"),
    [
        ("position", "perhaps", "position"),
        ("state", "Atlantis", "no State"),
        ("text", " ", "cannot be empty"),
        ("year", "soon", "year"),
        ("id", "R9", "no such field"),
    ],
)
def test_a_correction_is_held_to_what_a_table_is(linker, tmp_path, field, value, what):
    linker.add([write(tmp_path / "a.csv", ROWS)])
    before = everything(linker)
    with pytest.raises((Invalid, NotFound), match=what):
        linker.correct("R1", field, value, "Ada")
    with pytest.raises(Invalid, match="reviewer's name"):
        linker.correct("R1", "position", "noted", " ")
    assert everything(linker) == before


def test_records_are_merged_and_parted_again(linker, tmp_path):
    linker.add([write(tmp_path / "a.csv", ROWS)])
    before = everything(linker)
    linker.merge_records("R1", "R2", "Ada")
    assert set(everything(linker)) == {"R1", "R3"}
    assert everything(linker)["R1"].themes == ("Death penalty", "Life", "Torture")
    with pytest.raises(NotFound):
        linker.merge_records("R1", "R2", "Ada")
    linker.undo_merge("R1", "R2", "Ada")
    assert everything(linker) == before
    with pytest.raises(NotFound, match="was not merged"):
        linker.undo_merge("R1", "R2", "Ada")


def test_what_an_import_joined_can_be_parted_and_stays_parted(linker, tmp_path):
    head = ("symbol", "state", "cycle", "mechanism", "paragraph", "text", "position")
    text = "Set up an independent body that looks into complaints"
    numbered = ("A/HRC/60/9", "Kenya", "4", "UPR", "150.1", text, "supported")
    linker.add([write(tmp_path / "a.csv", [numbered], head)])
    own = ("mine", "Kenya", "4", "UPR", text, "noted")
    path = write(tmp_path / "b.csv", [own], ("id", *head[1:4], *head[5:]))
    (report,) = linker.add([path])
    assert "joined with the record of another source" in str(report)
    assert set(everything(linker)) == {"A/HRC/60/9#150.1"}
    linker.undo_merge("A/HRC/60/9#150.1", "mine", "Ada")
    assert {i: r.position for i, r in everything(linker).items()} == {
        "A/HRC/60/9#150.1": "supported", "mine": "noted",
    }  # fmt: skip
    longer = write(tmp_path / "c.csv", [(*own, "x")], ("id", *head[1:4], *head[5:], "colour"))
    linker.add([longer])
    assert len(linker.records()) == 2


def test_purging_leaves_nothing_of_a_source_in_file_backup_and_archive(linker, tmp_path):
    secret = "Release the defender called Quetzalina at once"
    linker.add([write(tmp_path / "a.csv", ROWS)])
    bad = ("Q1", "Kenya", "4", "102.1", "2025", "maybe Quetzalina", "Defenders", secret)
    linker.add([write(tmp_path / "b.csv", [bad, ROWS[0]])])
    linker.set_plan("Q1", reviewer="Ada", comment="call Quetzalina")
    linker.correct("Q1", "heading", "Quetzalina", "Ada")
    assert "Quetzalina" in held_in(linker.folder)
    changes = linker.purge(2)
    assert changes.gone == ["Q1"]
    assert set(everything(linker)) == {"R1", "R2", "R3"}
    told = [(row["file"], row["format"]) for row in linker.store.import_log()]
    # A format says of which document it is: symbol, State and date.
    assert told[1:] == [("erased with its source",) * 2]
    assert told[0][0] == "a.csv"
    back_up(linker.store.location.database, tmp_path / "kept.db")
    write_archive(linker.store, tmp_path / "kept.zip")
    read_archive(tmp_path / "kept.zip", tmp_path / "again")
    linker.close()
    for place in (linker.folder, tmp_path / "again"):
        assert "Quetzalina" not in held_in(place)
    assert b"Quetzalina" not in (tmp_path / "kept.db").read_bytes()
    with Linker.open(linker.folder) as again:
        assert [one.source.number for one in again.imports()] == [1]


def held_in(folder):
    return "".join(
        path.read_bytes().decode("utf-8", "replace") for path in folder.rglob("*") if path.is_file()
    )


def test_an_archive_carries_sources_corrections_and_merges(linker, tmp_path):
    linker.add([write(tmp_path / "a.csv", ROWS)])
    linker.add([write(tmp_path / "b.csv", [(*ROWS[0][:5], "noted", *ROWS[0][6:])])])
    linker.forget(2)
    linker.correct("R2", "position", "noted", "Ada")
    linker.merge_records("R1", "R3", "Ada")
    write_archive(linker.store, tmp_path / "a.zip")
    read_archive(tmp_path / "a.zip", tmp_path / "again")
    with Linker.open(tmp_path / "again") as again:
        assert again.imports() == linker.imports()
        assert again.record_log() == linker.record_log()
        again.unforget(2)
        again.undo_merge("R1", "R3", "Ada")
        assert everything(again)["R1"].position == "noted"
        assert set(everything(again)) == {"R1", "R2", "R3"}


def test_a_workspace_from_before_has_one_source_of_what_it_held(tmp_path):
    dump = Path(__file__).parents[1] / "store" / "workspace_of_version_1.sql"
    (tmp_path / "old").mkdir()
    with sqlite3.connect(tmp_path / "old" / DATABASE) as db:
        db.executescript(dump.read_text(encoding="utf-8"))
    db.close()
    with Linker.open(tmp_path / "old") as linker:
        before = everything(linker)
        (one,) = linker.imports()
        assert (one.source.number, one.records) == (1, len(before))
        linker.forget(1)
        assert linker.records() == []
        linker.unforget(1)
        assert everything(linker) == before


@pytest.mark.long
def test_links_of_a_source_go_with_it_and_come_back_as_if_nothing_had_been(demo, tmp_path):
    folder = tmp_path / "valmora"
    shutil.copytree(demo[0], folder)
    with Linker.open(folder) as linker:
        before = links(linker)
        number = linker.imports()[-1].source.number
        gone = set(linker.forget(number).gone)
        assert gone
        kept = {row for row in before if not gone & set(row[1:3])}
        assert links(linker) == kept
        assert gone.isdisjoint(m.record_id for theme in linker.xray() for m in theme.members)
        assert len(linker.sdg()) > 0
        linker.unforget(number)
        assert linker.build().built
        assert links(linker) == before
        assert not linker.build().built


def links(linker):
    return {(i.link.link_id, i.link.left_id, i.link.right_id) for i in linker.convergences()}


def test_what_was_read_may_be_taken_away_before_a_build(linker, tmp_path):
    linker.add([write(tmp_path / "a.csv", ROWS[:2])])
    (made,) = linker.documents.write("records", tmp_path / "records.csv")
    assert "Close the secret places" in made.read_text(encoding="utf-8")
    with pytest.raises(NotFound, match="linker build"):
        linker.documents.write("themes", tmp_path / "themes.csv")
