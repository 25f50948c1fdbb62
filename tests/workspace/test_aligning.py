"""The actions of a national plan beside what the demonstration State was asked."""

import csv
import io
import json
import shutil

import pytest
from click.testing import CliRunner

from linker.cli import main
from linker.errors import LinkerError, NotFound
from linker.paths import data_dir
from linker.uptake.alignment import COLUMNS
from linker.workspace.workspace import Linker

ACTIONS = data_dir() / "sample" / "plan" / "actions.csv"


@pytest.fixture(scope="module")
def linker(demo, tmp_path_factory):
    folder = tmp_path_factory.mktemp("align") / "valmora"
    shutil.copytree(demo[0], folder)
    with Linker.open(folder) as opened:
        with pytest.raises(NotFound, match="plan measures FILE"):
            opened.align()
        opened.import_measures(ACTIONS)
        dust = next(r.id for r in opened.records() if r.paragraph == "127.125")
        opened.set_plan(dust, reviewer="Ada", measure="4.1")
        yield opened


@pytest.fixture(scope="module")
def aligned(linker):
    return linker.align().shown()


def test_each_action_finds_what_it_answers(aligned):
    best = {pair.action.id: pair for pair in reversed(aligned)}
    assert best["1.2"].record.paragraph in {"127.41", "24"}
    assert best["2.1"].record.paragraph == "127.49"
    assert best["2.2"].record.paragraph in {"110.57", "132.75", "127.97"}
    order = [pair.action.id for pair in aligned]
    assert order == sorted(order)


def test_what_the_plan_says_already_stands_whatever_its_probability(aligned):
    (linked,) = [pair for pair in aligned if pair.linked]
    assert (linked.action.id, linked.record.paragraph) == ("4.1", "127.125")
    assert linked in list(aligned.above(0.99))


def test_idle_actions_and_unanswered_records_are_listed(linker, aligned):
    assert not aligned.idle
    answered = {pair.record.id for pair in aligned}
    unanswered = {record.id for record in aligned.unanswered}
    assert answered | unanswered == {record.id for record in linker.records()}
    assert not answered & unanswered
    alone = linker.align().above(0.999999)
    assert {row["action"] for row in alone.to_rows()} == {a.id for a in alone.actions}


def test_the_command(linker, aligned):
    def run(*words):
        return CliRunner().invoke(
            main, ["-w", str(linker.folder), "plan", "align", "--format", "csv", *words]
        )

    listed = run()
    assert listed.exit_code == 0, listed.output
    rows = list(csv.DictReader(io.StringIO(listed.stdout)))
    assert tuple(rows[0]) == COLUMNS
    assert {row["action"] for row in rows} == {"1.1", "1.2", "2.1", "2.2", "3.1", "3.2", "4.1"}
    left = [row["id"] for row in csv.DictReader(io.StringIO(run("--unanswered").stdout))]
    assert left == [record.id for record in aligned.unanswered]


def pair_of(linker, action, paragraph):
    return next(
        p for p in linker.align() if (p.action.id, p.record.paragraph) == (action, paragraph)
    )


def planned_in_matrix(linker, tmp_path, record, by):
    (path,) = linker.export("matrix", tmp_path / f"{by}.json", by=by)
    rows = json.loads(path.read_text(encoding="utf-8"))["rows"]
    return next(
        row["national_plan"]
        for row in rows
        if record in (row.get("record_ids") or [row.get("record_id")])
    )


def test_a_verdict_stands_in_the_plan_and_the_matrix_and_is_undone_whole(linker, tmp_path):
    record = pair_of(linker, "1.2", "127.41").record.id
    assert planned_in_matrix(linker, tmp_path, record, "recommendation") == []
    made = linker.judge_action("1.2", record, "accept", reviewer="Ada")
    assert [(c.field, c.value, c.reviewer) for c in made] == [("measure", "1.2", "Ada")]
    assert pair_of(linker, "1.2", "127.41").standing == "confirm"
    assert linker.judge_action("1.2", record, "confirm", reviewer="Ada") == []
    for by in ("recommendation", "cluster"):
        assert "1.2" in planned_in_matrix(linker, tmp_path, record, by)
    turned = linker.judge_action("1.2", record, "reject", reviewer="Ben")
    rejected = pair_of(linker, "1.2", "127.41")
    assert (rejected.standing, rejected.shown) == ("reject", False)
    assert planned_in_matrix(linker, tmp_path, record, "recommendation") == []
    linker.take_back(turned, reviewer="Ben")
    assert pair_of(linker, "1.2", "127.41").standing == "confirm"
    with pytest.raises(LinkerError, match="changed since"):
        linker.take_back(made, reviewer="Ada")
    linker.judge_action("1.2", record, "undo", reviewer="Ada")
    assert pair_of(linker, "1.2", "127.41").standing == ""


@pytest.mark.parametrize("wrong", [("9.9", None, "confirm"), ("1.2", "X#1", "reject"),
                                   ("1.2", None, "perhaps")])  # fmt: skip
def test_a_verdict_on_what_is_not_there_is_refused(linker, wrong):
    action, record, verdict = wrong
    record = record or linker.records()[0].id
    with pytest.raises(LinkerError):
        linker.judge_action(action, record, verdict, reviewer="Ada")
    with pytest.raises(LinkerError, match="name"):
        linker.judge_action("1.2", linker.records()[0].id, "confirm", reviewer=" ")


def test_a_filled_list_is_read_back_by_id_with_conflicts_and_faults_told(linker, tmp_path):
    rows = linker.align().shown().to_rows()
    first, second, third, fourth = [row for row in rows if row["action"] == "2.1"][:4]
    linker.judge_action("2.1", second["record_id"], "reject", reviewer="Ben")
    for row, decision in ((first, "Accept"), (second, "confirm"), (third, "maybe"),
                          (fourth, "reject")):  # fmt: skip
        row["decision"] = decision
    fourth["title"] = "Another action, whose id a spreadsheet changed"
    path = tmp_path / "alignment.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    before = len(linker.plan_log())
    found = linker.import_verdicts(path, reviewer="Ada")
    assert [(c.record_id, c.field, c.value) for c in found.written] == [
        (first["record_id"], "measure", "2.1")
    ]
    (conflict,) = found.conflicts
    assert second["record_id"] in conflict
    assert "here it is reject" in conflict
    assert len(found.refused) == 2
    assert "'maybe'" in found.refused[0]
    assert "Another action" in found.refused[1]
    assert len(linker.plan_log()) == before + 1
    assert linker.import_verdicts(path, reviewer="Ada").written == ()
    taken = linker.import_verdicts(path, reviewer="Ada", theirs=True)
    assert [(c.field, c.value) for c in taken.written] == [("measure", "2.1"), ("declined", "")]
    for row in (first, second):
        linker.judge_action("2.1", row["record_id"], "undo", reviewer="Ada")
