"""The command line as processes of their own, to be killed and starved."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing

from linker.store.location import Server, locate
from linker.store.store import Store


def intact(place):
    place = locate(place)
    if isinstance(place, Server):  # which the server sees to; what it holds can be read
        with closing(Store(place)) as store:
            return len(store.records()) == store.counts()["records"]
    with sqlite3.connect(place.database) as db:
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


def steps(folder, source, links=None):
    links = links or folder.parent / "links.csv"
    return {
        "import": linker(folder, "import", source),
        "build": linker(folder, "build"),
        "export": linker(folder, "export", "links", "--output", links),
    }
