"""What was acknowledged is there, whenever the power goes.

Processes are killed (SIGKILL) at random points of deciding, importing, building and exporting.
LINKER_KILLS says how often: three times in `make test`, twelve in `make test-long`, and two hundred
in `make robust`.
"""

import csv
import os
import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from linker.paths import data_dir
from linker.store.schema import DATABASE
from linker.workspace.workspace import Linker

KILLS = int(os.environ.get("LINKER_KILLS", "12"))
ROWS = 45
DECIDING = Path(__file__).with_name("deciding.py")


def intact(folder):
    with sqlite3.connect(folder / DATABASE) as db:
        return db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def start(*arguments):
    return subprocess.Popen(
        [sys.executable, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def linker(folder, *arguments):
    return "-m", "linker", "--workspace", folder, *arguments


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """A file with a few records of the demonstration State, to keep each turn short."""
    path = tmp_path_factory.mktemp("source") / "few.csv"
    rows = []
    for name in ("treaty-bodies.csv", "upr-cycle-4.csv"):
        with (data_dir() / "sample" / name).open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            rows += list(reader)[:ROWS]
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture(scope="module")
def whole(source, tmp_path_factory):
    """The workspace that nobody disturbed, and how long its steps took."""
    folder = tmp_path_factory.mktemp("whole") / "workspace"
    took = {}
    for name, step in steps(folder, source).items():
        began = time.perf_counter()
        assert start(*step).wait() == 0
        took[name] = time.perf_counter() - began
    return folder, took


def steps(folder, source):
    return {
        "import": linker(folder, "import", source),
        "build": linker(folder, "build"),
        "export": linker(folder, "export", "links", "--output", folder.parent / "links.csv"),
    }


@pytest.mark.parametrize("kills", [3, pytest.param(KILLS, marks=pytest.mark.long)])
def test_no_acknowledged_decision_is_lost(kills, whole):
    folder, _ = whole
    random.seed(kills)
    with Linker.open(folder) as opened:
        link_ids = [item.link.link_id for item in opened.convergences()[:20]]
        acknowledged = {decision.seq for decision in opened.store.decisions()}
    for _ in range(kills):
        process = start(DECIDING, folder, *link_ids)
        assert process.stdout.readline() == "ready\n"
        time.sleep(random.uniform(0.0, 0.25))
        process.kill()
        acknowledged |= {int(line) for line in process.stdout.read().split("\n")[:-1]}
        process.wait()
        assert intact(folder)
    with Linker.open(folder) as opened:
        written = {decision.seq for decision in opened.store.decisions()}
    assert len(acknowledged) > kills
    assert acknowledged <= written
    assert len(written - acknowledged) <= kills  # at most the one under way at each kill


@pytest.mark.long
@pytest.mark.parametrize("turn", range(max(1, KILLS // 8)))
def test_interrupted_steps_complete_at_the_next_run(turn, whole, source, tmp_path):
    undisturbed, took = whole
    random.seed(turn)
    folder = tmp_path / "workspace"
    for name, step in steps(folder, source).items():
        for _ in range(2):
            process = start(*step)
            time.sleep(random.uniform(0.0, took[name]))
            process.kill()
            process.wait()
            assert not (folder / DATABASE).exists() or intact(folder)
        assert start(*step).wait() == 0, name
    with Linker.open(folder) as one, Linker.open(undisturbed) as other:
        assert one.records() == other.records()
        assert [i.link for i in one.convergences()] == [i.link for i in other.convergences()]
        assert [i.link for i in one.sdg()] == [i.link for i in other.sdg()]
        assert one.xray() == other.xray()
