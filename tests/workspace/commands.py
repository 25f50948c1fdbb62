"""The command line as processes of their own, to be killed and starved."""

from __future__ import annotations

import sqlite3
import subprocess
import sys

from linker.store.location import DATABASE


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


def steps(folder, source):
    return {
        "import": linker(folder, "import", source),
        "build": linker(folder, "build"),
        "export": linker(folder, "export", "links", "--output", folder.parent / "links.csv"),
    }
