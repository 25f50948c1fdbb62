"""A small workspace, made by the command line once for all who disturb it."""

from __future__ import annotations

import csv
import shutil
import time

import pytest
from commands import start, steps
from many_states import ASKS, STATES, archived

from linker.paths import data_dir
from linker.workspace.workspace import Linker

ROWS = 45


@pytest.fixture(scope="session")
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


@pytest.fixture(scope="session")
def whole(source, tmp_path_factory):
    """The workspace that nobody disturbed, and how long its steps took."""
    folder = tmp_path_factory.mktemp("whole") / "workspace"
    took = {}
    for name, step in steps(folder, source).items():
        began = time.perf_counter()
        assert start(*step).wait() == 0
        took[name] = time.perf_counter() - began
    return folder, took


@pytest.fixture(scope="session")
def imported(tmp_path_factory):
    """A workspace of four States that was never built."""
    folder = tmp_path_factory.mktemp("many") / "imported"
    rows = ["state,mechanism,body,symbol,paragraph,cycle,text"]
    for place, state in enumerate(STATES):
        for number, ask in enumerate(ASKS[place:]):
            rows.append(f"{state},UPR,,A/HRC/1/{state},{number}.1,3,{ask} in {state}.")
            asked = f"The State should {ask[0].lower()}{ask[1:]}."
            rows.append(f"{state},TB,CAT,CAT/C/{state}/CO/1,{number},,{asked}")
    table = folder.parent / "list.csv"
    table.write_text("\n".join(rows) + "\n", encoding="utf-8")
    with Linker.open(folder, create=True) as linker:
        assert linker.add([table])[0].refused == 0
    return folder


@pytest.fixture
def copied(imported, tmp_path):
    def copy(name):
        return Linker.open(shutil.copytree(imported, tmp_path / name))

    return copy


@pytest.fixture(scope="session")
def alone(imported, tmp_path_factory):
    """What one process makes."""
    place = tmp_path_factory.mktemp("alone")
    with Linker.open(shutil.copytree(imported, place / "work")) as linker:
        report = linker.build()
        assert [one.state for one in report.built] == sorted(STATES)
        return archived(linker, place)
