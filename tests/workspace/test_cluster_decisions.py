"""People confirm, reject and change clusters; builds obey, ids stay, nothing is lost."""

import csv
import io

import pytest
from click.testing import CliRunner

from linker.cli import main
from linker.errors import Invalid, UsageError
from linker.review.agreement import MEMBER, agreements, disagreements
from linker.workspace.clustering import edited_clusters, find_cluster
from linker.workspace.workspace import Linker

ROWS = {
    "d1": "Abolish the death penalty for all crimes",
    "d2": "Abolish the death penalty",
    "d3": "Consider abolishing the death penalty",
    "s1": "Build schools for girls in rural areas",
    "s2": "Build more schools for girls in rural areas",
    "t1": "Plant trees along the coast",
}
LATER = {"d4": "Abolish capital punishment and the death penalty without exception"}


def table(folder, name, rows):
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["id", "state", "mechanism", "body", "cycle", "paragraph", "text"])
        for number, (key, text) in enumerate(rows.items()):
            writer.writerow([key, "XVM", "UPR", "UPR", "3", number + 1, text])
    return path


@pytest.fixture
def linker(tmp_path, encoder):
    with Linker.open(tmp_path / "ws", create=True, encoder=encoder) as opened:
        opened.add([table(tmp_path, "first.csv", ROWS)])
        opened.build()
        yield opened


def of(linker, record_id):
    (cluster,) = linker.clusters.all().of(record_id)
    return cluster


def ids(cluster):
    return sorted(record.id for record in cluster.records)


def test_a_record_that_joins_a_confirmed_cluster_is_a_proposal(linker, tmp_path):
    deaths = of(linker, "d1")
    assert ids(deaths) == ["d1", "d2", "d3"]
    decision = linker.decide(deaths.cluster_id, "confirm", "Ada")
    assert dict(decision.link)["members"] == '[["d1", 0, ""], ["d2", 0, ""], ["d3", 0, ""]]'
    assert not of(linker, "d1").new
    linker.add([table(tmp_path, "later.csv", LATER)])
    linker.build()
    grown = of(linker, "d4")
    assert grown.cluster_id == deaths.cluster_id
    assert [member.record.id for member in grown.new] == ["d4"]
    said = {row["record_id"]: row["decision"] for row in grown.member_rows()}
    assert said == {"d1": "confirm", "d2": "confirm", "d3": "confirm", "d4": ""}
    assert grown.to_row()["new"] == 1
    linker.decide(deaths.cluster_id, "undo", "Ada")
    assert of(linker, "d1").decision is None


def test_what_people_said_ties_the_next_build(linker):
    schools, trees = of(linker, "s1"), of(linker, "t1")
    linker.decide(schools.cluster_id, "reject", "Ada")
    linker.clusters.merge(trees.cluster_id, of(linker, "d1").cluster_id, "Ada")
    whole = of(linker, "t1")
    linker.decide(whole.cluster_id, "confirm", "Ada")
    assert linker.build().built == ()
    assert ids(of(linker, "s1")) == ["s1"]
    engine = {c.cluster_id: c for c in linker.store.clusters("XVM")}
    assert set(engine[whole.cluster_id].records) == {"d1", "d2", "d3", "t1"}
    linker.decide(schools.cluster_id, "undo", "Ada")
    linker.build()
    assert ids(of(linker, "s1")) == ["s1", "s2"]
    assert of(linker, "s1").cluster_id == schools.cluster_id


def test_a_rejected_link_parts_and_a_member_tied_both_ways_is_asked_about(
    linker, tmp_path, encoder
):
    rows = {"x1": "Build schools for girls in rural areas"}
    path = table(tmp_path, "other.csv", rows)
    path.write_text(path.read_text().replace(",UPR,UPR,3,", ",UPR,UPR,4,"))
    linker.add([path])
    linker.build()
    link = next(
        i.link for i in linker.convergences() if {i.link.left_id, i.link.right_id} == {"s1", "x1"}
    )
    together = of(linker, "x1")
    assert "s1" in ids(together)
    linker.decide(link.link_id, "reject", "Ada")
    linker.build()
    assert "s1" not in ids(of(linker, "x1"))
    linker.decide(link.link_id, "undo", "Ada")
    linker.build()
    linker.decide(of(linker, "x1").cluster_id, "confirm", "Ada")
    linker.decide(link.link_id, "reject", "Ada")
    linker.build()
    torn = [m.record.id for m in of(linker, "x1").members if m.member.torn]
    assert sorted(torn) == ["s1", "x1"]


def test_edits_are_replayed_and_undone(linker):
    deaths, schools = of(linker, "d1"), of(linker, "s1")
    before = [c.cluster for c in linker.clusters.all()]
    linker.clusters.rename(deaths.cluster_id, "End executions", "Ada")
    split = linker.clusters.split(deaths.cluster_id, ["d3"], "Ada")
    linker.clusters.move(["t1"], schools.cluster_id, "Ada")
    assert of(linker, "d1").title == "End executions"
    assert ids(of(linker, "d1")) == ["d1", "d2"]
    assert of(linker, "d3").cluster_id == split.into
    assert ids(of(linker, "t1")) == ["s1", "s2", "t1"]
    row = next(r for r in of(linker, "t1").member_rows() if r["record_id"] == "t1")
    assert (row["band"], row["probability"]) == ("by hand", None)
    every = [m.member.key for m in linker.clusters.all().members]
    assert len(every) == len(set(every)) == len(ROWS)
    for _ in range(3):
        linker.clusters.undo("Ada")
    assert [c.cluster for c in linker.clusters.all()] == before
    assert [one.status for one in linker.clusters.edits()] == ["undone by Ada"] * 3
    assert not linker.theme_edits()


def test_edits_outlive_a_build(linker, tmp_path):
    deaths = of(linker, "d1")
    linker.clusters.take_out(deaths.cluster_id, ["d3"], "Ada")
    linker.clusters.rename(deaths.cluster_id, "End executions", "Ada")
    linker.add([table(tmp_path, "later.csv", LATER)])
    linker.build()
    assert ids(of(linker, "d1")) == ["d1", "d2", "d4"]
    assert of(linker, "d1").title == "End executions"
    assert ids(of(linker, "d3")) == ["d3"]


@pytest.mark.parametrize(
    ("verb", "args", "said"),
    [
        ("rename", ("CL-none", "Title", "Ada"), "no such cluster"),
        ("rename", ("{d1}", " ", "Ada"), "needs a title"),
        ("rename", ("{d1}", "Title", " "), "needs a reviewer"),
        ("merge", ("{d1}", "{d1}", "Ada"), "two clusters"),
        ("split", ("{d1}", ["t1"], "Ada"), "not in"),
        ("split", ("{d1}", [], "Ada"), "at least one record"),
        ("take_out", ("{d1}", ["d1", "d2", "d3"], "Ada"), "reject it"),
        ("move", (["d1"], "{d1}", "Ada"), "already"),
        ("undo", ("Ada",), "No edit of clusters by Ada stands"),
    ],
)
def test_what_cannot_be_done_is_refused(linker, verb, args, said):
    here = of(linker, "d1").cluster_id
    given = [arg.format(d1=here) if isinstance(arg, str) else arg for arg in args]
    with pytest.raises(UsageError, match=said):
        getattr(linker.clusters, verb)(*given)
    assert not linker.store.decisions()


def test_reviewers_agree_record_by_record(linker):
    deaths = of(linker, "d1")
    linker.decide(deaths.cluster_id, "confirm", "Ada")
    linker.clusters.take_out(deaths.cluster_id, ["d3"], "Ben")
    linker.decide(deaths.cluster_id, "confirm", "Ben")
    (found,) = agreements(linker.store.decisions())
    assert (found.kind, found.both, found.agreed) == (MEMBER, 3, 2)
    (differing,) = disagreements(linker.store.decisions())
    assert differing.link_id == f"{deaths.cluster_id}:1:d3"
    assert {word.reviewer: word.verdict for word in differing.words} == {
        "Ada": "confirm", "Ben": "reject",
    }  # fmt: skip


def test_the_command_line_does_the_same(linker):
    def run(*args):
        command = ["--workspace", str(linker.folder), *args]
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 0, result.output
        return result.stdout

    here, there = of(linker, "d1").cluster_id, of(linker, "s1").cluster_id
    by = ("--reviewer", "Ada")
    assert "confirm" in run("decide", here, "confirm", *by)
    run("clusters", "rename", here, "--title", "End executions", *by)
    run("clusters", "take-out", here, "d3", *by)
    run("clusters", "split", there, "s2", "--title", "More schools", *by)
    run("clusters", "move", "d3", "--to", there, *by)
    run("clusters", "merge", of(linker, "t1").cluster_id, there, *by)
    run("clusters", "undo", *by)
    rows = list(csv.DictReader(io.StringIO(run("clusters", "log"))))
    assert [row["edit"] for row in rows] == ["rename", "split", "split", "move", "merge"]
    assert [row["status"] for row in rows] == ["stands"] * 4 + ["undone by Ada"]
    listed = {row["cluster_id"]: row for row in csv.DictReader(io.StringIO(run("clusters")))}
    assert listed[here]["title"] == "End executions"
    assert listed[here]["decision"] == "confirm"
    assert listed[there]["records"] == "2"


def test_an_undo_of_several_is_refused_whole_where_nothing_stands_on_one(linker):
    first, second = (one.link.link_id for one in linker.sdg()[:2])
    linker.decide(first, "confirm", "Ada")
    before = len(linker.store.decisions())
    with pytest.raises(Invalid, match=f"{second}: no decision of Ada stands here"):
        linker.decide_many([first, second], "undo", "Ada")
    assert len(linker.store.decisions()) == before


def test_a_decision_reads_its_cluster_alone_unless_an_edit_concerns_it(linker, monkeypatch):
    deaths, schools = of(linker, "d1").cluster_id, of(linker, "s1").cluster_id
    apart = linker.clusters.split(deaths, ["d3"], "Ada").into
    linker.clusters.rename(apart, "Moratorium", "Ada")
    linker.clusters.move(["d2"], apart, "Ada")
    clusters = edited_clusters(linker.store, "XVM").clusters
    for cluster in clusters:
        assert find_cluster(linker.store, cluster.cluster_id) == ("XVM", cluster)
    assert {deaths, apart, schools} <= {cluster.cluster_id for cluster in clusters}

    monkeypatch.setattr(linker.store, "clusters", lambda state: pytest.fail("all were read"))
    linker.decide(schools, "confirm", "Ada")
    with pytest.raises(pytest.fail.Exception):
        linker.decide(deaths, "confirm", "Ada")
