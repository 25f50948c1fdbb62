"""The actions of a national plan beside what the demonstration State was asked."""

import csv
import io
import shutil

import pytest
from click.testing import CliRunner

from linker.cli import main
from linker.errors import NotFound
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
