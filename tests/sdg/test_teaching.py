"""A workspace learns from its reviewers, and from what another workspace's reviewers taught."""

import csv
import json

import pytest
from click.testing import CliRunner

from linker.cli import main
from linker.sdg.exemplars import Exemplar, read_exemplars, write_exemplars
from linker.workspace.workspace import Linker

JUDGED = "Support fishing cooperatives of women on the barrier islands"
SIMILAR = "Help women's fishing cooperatives on the outer islands"
ROWS = [
    (JUDGED, "UPR"),
    (SIMILAR, "UPR"),
    ("End child marriage", "UPR"),
    ("The Committee recommends that the State party abolish the death penalty.", "TB"),
]


@pytest.fixture
def linker(tmp_path):
    table = tmp_path / "records.csv"
    with table.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["id", "state", "mechanism", "text"])
        writer.writerows([f"R{n}", "KEN", mech, text] for n, (text, mech) in enumerate(ROWS))
    with Linker.open(tmp_path / "workspace", create=True) as linker:
        linker.add([table])
        linker.build()
        yield linker


def chances(linker, text=SIMILAR):
    found = {link.record_id: link for link in linker.store.sdg_links()}
    assert found
    record = next(r.id for r in linker.records() if r.text == text)
    return {
        link.target: link
        for link in linker.store.sdg_links()
        if link.record_id == record and not link.indicator
    }


def probability(linker, target):
    link = chances(linker).get(target)
    return link.probability if link else 0.0


@pytest.mark.parametrize(("verdict", "rises"), [("confirm", True), ("reject", False)])
def test_a_decision_moves_similar_texts_at_the_next_build(linker, verdict, rises):
    before = chances(linker)
    target = next(t for t in before if t in chances(linker, JUDGED) and before[t].probability < 0.9)
    linker.decide(chances(linker, JUDGED)[target].link_id, verdict, "Amina Otieno")
    linker.build()
    after = probability(linker, target)
    assert (after > before[target].probability) is rises
    assert after != pytest.approx(before[target].probability, abs=0.01)


def test_what_one_workspace_taught_another_learns(linker, tmp_path):
    before = probability(linker, "14.b")
    assert before < 0.9
    file = tmp_path / "taught.csv"
    write_exemplars(file, [Exemplar(JUDGED, "14.b", True, "another office")])
    new, notes = linker.merge_exemplars(file)
    assert (new, notes.kept) == (1, 1)
    linker.build()
    assert probability(linker, "14.b") > before
    assert linker.merge_exemplars(file)[0] == 0


def test_the_last_merge_stands_and_a_decision_here_stands_above_it(linker, tmp_path):
    file, out = tmp_path / "taught.csv", tmp_path / "out.csv"
    for accepted in (True, False):
        write_exemplars(file, [Exemplar(JUDGED, "5.a", accepted)])
        assert linker.merge_exemplars(file)[0] == 1
    linker.export_exemplars(out)
    assert [e.accepted for e in read_exemplars(out)[0]] == [False]
    target, link = next(iter(chances(linker, JUDGED).items()))
    write_exemplars(file, [Exemplar(JUDGED, target, False, "another office")])
    linker.merge_exemplars(file)
    linker.decide(link.link_id, "confirm", "Amina Otieno")
    linker.export_exemplars(out)
    ours = next(e for e in read_exemplars(out)[0] if e.target == target)
    assert ours == Exemplar(JUDGED, target, True, link.record_id)


def test_the_commands_say_what_became_of_every_row(linker, tmp_path):
    linker.decide(chances(linker, JUDGED).popitem()[1].link_id, "confirm", "Amina Otieno")
    file = tmp_path / "taught.csv"
    folder = ["--workspace", str(linker.folder), "exemplars"]
    exported = CliRunner().invoke(main, [*folder, "export", str(file)])
    assert exported.output.strip().endswith("taught.csv: 1 exemplars")
    with file.open("a", encoding="utf-8") as out:
        out.write("Some text,5,yes,\nSome text,5.3,yes,\n")
    merged = CliRunner().invoke(main, [*folder, "merge", str(file)])
    assert "row 3, column target: refused: '5' is no SDG target" in merged.output
    assert "3 rows read, 2 exemplars, 2 of them new here, 1 rows refused" in merged.output
    missing = CliRunner().invoke(main, [*folder, "merge", str(tmp_path / "none.csv")])
    assert missing.exit_code == 1
    assert "no such file" in missing.output


def test_a_decision_teaches_its_own_state_only(linker, tmp_path):
    table = tmp_path / "other.csv"
    table.write_text(f"id,state,mechanism,text\nN1,NPL,UPR,{SIMILAR}\n", encoding="utf-8")
    linker.add([table])
    linker.build()
    before = linker.store.sdg_links("NPL")
    links = chances(linker, JUDGED)
    linker.decide(next(iter(links.values())).link_id, "reject", "Amina Otieno")
    report = linker.build()
    assert report.up_to_date == ("NPL",)
    assert linker.store.sdg_links("NPL") == before


def test_the_build_says_what_moved_and_why(linker):
    judged = next(t for t in chances(linker, JUDGED) if t in chances(linker))
    before = {link.link_id: link for link in linker.store.sdg_links()}
    linker.decide(chances(linker, JUDGED)[judged].link_id, "reject", "Amina Otieno")
    folder = ["--workspace", str(linker.folder), "build", "--explain-changes", "--format", "json"]
    run = CliRunner().invoke(main, folder)
    assert run.exit_code == 0, run.output
    assert "1 decision is new or gone since the last build" in run.stderr
    rows = json.loads(run.stdout)
    after = {link.link_id: link for link in linker.store.sdg_links()}
    moved = {
        (link.record_id, link.target, link.indicator)
        for key in before.keys() | after.keys()
        for link in [after.get(key) or before[key]]
        if abs(_chance(after, key) - _chance(before, key)) >= 0.01
    }
    assert moved
    assert {target for _, target, _ in moved} == {judged}
    assert {(r["record_id"], r["target"], r["indicator"]) for r in rows} == moved
    assert all(r["decisions"] == f"{judged} rejected for R0" for r in rows)
    again = CliRunner().invoke(main, folder)
    assert json.loads(again.stdout) == rows
    link_id = next(k for k in before if before[k].record_id == "R0" and before[k].target == judged)
    linker.decide(link_id, "undo", "Amina Otieno")
    undone = CliRunner().invoke(main, folder)
    assert "taken back" in undone.stdout
    assert {link.link_id: link for link in linker.store.sdg_links()} == before


def _chance(links, key):
    return links[key].probability if key in links else 0.0
