"""Sources taken out, records corrected and merged, and the power goes: all of it or nothing."""

import os
import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from linker.store.location import DATABASE
from linker.store.settling import Changes, Settled
from linker.workspace.workspace import Linker

KILLS = int(os.environ.get("LINKER_KILLS", "12"))
CHANGING = Path(__file__).with_name("changing.py")
HEAD = "id,state,text,position,themes\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A workspace of two sources that speak of the same records, and more."""
    place = tmp_path_factory.mktemp("sources")
    for name, position, rows in (("a", "supported", 40), ("b", "noted", 60)):
        lines = [f"R{n},Kenya,Build school number {n} here,{position},{name}" for n in range(rows)]
        (place / f"{name}.csv").write_text(HEAD + "\n".join(lines), encoding="utf-8")
    with Linker.open(place / "ws", create=True) as linker:
        linker.add([place / "a.csv", place / "b.csv"])
    return place / "ws"


@pytest.mark.parametrize("kills", [2, pytest.param(KILLS, marks=pytest.mark.long)])
def test_what_was_acknowledged_stands_and_records_are_what_the_sources_say(kills, folder):
    chance = random.Random(kills)
    for _ in range(kills):
        process = subprocess.Popen(
            [sys.executable, CHANGING, folder], stdout=subprocess.PIPE, text=True
        )
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.5))
        process.kill()
        said, _ = process.communicate()
        acknowledged = [int(line) for line in said.split() if line.strip()]
        with Linker.open(folder) as linker:
            assert len(linker.record_log()) >= max(acknowledged, default=1)
            assert as_the_sources_say(linker)
        with sqlite3.connect(folder / DATABASE) as db:
            assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


@pytest.mark.parametrize("kills", [1, pytest.param(KILLS, marks=pytest.mark.long)])
def test_an_import_and_a_purge_are_whole_or_nothing(kills, folder):
    third = folder.parent / "c.csv"
    lines = [f"C{n},Kenya,Open clinic number {n} there,noted,c" for n in range(50)]
    third.write_text(HEAD + "\n".join(lines), encoding="utf-8")
    chance = random.Random(kills)
    for _ in range(kills):
        process = subprocess.Popen(
            [sys.executable, CHANGING, folder, third], stdout=subprocess.PIPE, text=True
        )
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.5))
        process.kill()
        process.communicate()
        with Linker.open(folder) as linker:
            assert as_the_sources_say(linker)
            held = [one for one in linker.imports() if one.source.name == "c.csv"]
            clinics = [one for one in linker.records() if one.id.startswith("C")]
            assert (len(held), len(clinics)) in ((0, 0), (1, 50))
            for one in held:
                linker.purge(one.source.number)
            assert not [one for one in linker.records() if one.id.startswith("C")]
        with sqlite3.connect(folder / DATABASE) as db:
            assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            lost = (
                "SELECT count(*) FROM statements WHERE source NOT IN (SELECT number FROM sources)"
            )
            assert db.execute(lost).fetchone()[0] == 0


def as_the_sources_say(linker):
    """Whether working everything out again would change nothing."""
    changes = Changes()
    with linker.store.engine.connect() as db:
        settled = Settled.of(db)
        sources = [one.source for one in linker.imports()]
        ids = set().union(*(settled.touched_by(db, source.number) for source in sources))
        settled.settle(db, ids, changes)
        db.rollback()
    return not (changes.new or changes.changed or changes.gone)
