"""A small workspace, made by the command line once for all who disturb it."""

from __future__ import annotations

import csv
import time

import pytest
from commands import start, steps

from linker.paths import data_dir

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
