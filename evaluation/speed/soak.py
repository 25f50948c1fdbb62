"""An office at work: many reviewers at once on several workspaces of one server, during a build.

``python -m evaluation.speed.soak [--reviewers N] [--workspaces N] [--decisions N] [--think S]
[--reruns N] [--processes N] [--lists N] [--output FILE]``. With several processes each reviewer
stays at one of them, as a proxy sees to. Each reviewer is a session of its own over a WebSocket,
waits as people do, and confirms one link after the other. In the end each workspace must hold
exactly the decisions whose page came back. Memory is that of the servers, resident.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from threading import Event

import numpy as np
import psutil

from evaluation.speed.corpus import write_state
from evaluation.speed.measure import KIB, Row, linker
from evaluation.speed.sessions import Faulty, Session
from linker.store.location import Folder
from linker.store.store import Store
from linker.ui.queue import ACROSS, UNCERTAIN_FIRST
from linker.workspace.known import remember

RECORDS, MORE, IMPORTS = 400, 60, 20
"""Of a State: those built before, those of each import during the work, and imports at most."""
WARM = 50
"""Reruns before growth is looked at: caches fill first."""
SEEDED = 7
FILTERS = [
    {"order": order, "across": across}
    for across in ("", *ACROSS)
    for order in ("", UNCERTAIN_FIRST)
]
"""In the addresses of the pages, for each of the lists."""


@dataclass(frozen=True, slots=True)
class Office:
    """The people and their work.

    Attributes:
        reviewers: how many, spread over the workspaces.
        workspaces: how many.
        decisions: of each reviewer.
        think: seconds between two decisions of one, on average.
        reruns: of one session, in the end.
        processes: servers side by side.
        lists: of links, that the reviewers of a workspace go through, each with filters of its own;
            who goes through the same list shares what is explained. Six at most.
    """

    reviewers: int = 50
    workspaces: int = 5
    decisions: int = 10
    think: float = 15.0
    reruns: int = 1000
    processes: int = 1
    lists: int = 1


def main() -> None:
    """Measure, print, write where told; end with 1 where a decision was lost or doubled."""
    arguments = argparse.ArgumentParser(description=__doc__)
    for name, kind in Office.__annotations__.items():
        given = {"int": int, "float": float}[kind]
        arguments.add_argument(f"--{name}", type=given, default=getattr(Office(), name))
    arguments.add_argument("--output", type=Path)
    options = vars(arguments.parse_args())
    output = options.pop("output")
    found = soak(Office(**options))
    for row in found:
        print(f"{row.what:<70} {row.shown:>12}  {row.aim:>8}  {row.beside}")
    if output:
        plain = [row.to_dict() for row in found]
        output.write_text(json.dumps(plain, indent=1, ensure_ascii=False) + "\n", "utf-8")
    sys.exit(any(row.unit == "" and row.met is False for row in found))


def soak(office: Office) -> list[Row]:
    """Return what the reviewers met and what became of their decisions."""
    with tempfile.TemporaryDirectory() as place, ExitStack() as stack:
        os.environ["XDG_STATE_HOME"] = str(Path(place) / "state")  # of the processes begun here
        folders, more = _workspaces(Path(place), office.workspaces)
        addresses, server = stack.enter_context(_serving(folders[0], office.processes))
        at = cycle(addresses)
        first = stack.enter_context(_session(next(at), folders[0], 0, office))
        first.show()
        alone = _memory(server)
        sessions = [first]
        for number in range(1, office.reviewers):
            folder = folders[number % len(folders)]
            sessions.append(stack.enter_context(_session(next(at), folder, number, office)))
            sessions[-1].show()
        each = (_memory(server) - alone) / max(1, office.reviewers - 1)
        before = _seconds(server)
        times, clicked = _work(sessions, office, folders[0], more)
        spent = (_seconds(server) - before) / len(times)
        lost, doubled = _compared(folders, clicked, office.reviewers)
        growth = _growth(first, server, office.reruns)
        load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
        said = f"{office.reviewers} reviewers, {office.workspaces} workspaces, one being built"
        return [
            Row("decisions lost", lost, aim="≤0", beside=f"of {sum(map(len, clicked))}; {said}"),
            Row("decisions doubled", doubled, aim="≤0"),
            Row("from click to drawn page, 95th percentile", float(np.percentile(times, 95)), "s",
                "≤1", f"a click each {office.think:g} s; {load}"),
            Row("  median", float(np.median(times)), "s"),
            Row("processor time of the servers for a click", spent, "s",
                beside=f"{office.processes} of them"),
            Row("memory of a session above the first", each, "MiB", "≤30"),
            Row(f"growth of memory over {office.reruns:,} reruns of one session", growth, "MiB",
                "≤10"),
        ]  # fmt: skip


def _workspaces(place: Path, count: int) -> tuple[list[Path], list[Path]]:
    """Build a State, copy it, and return the copies, and files to import while people work."""
    rows, others = write_state(place, RECORDS, IMPORTS * MORE)
    folders = [place / f"office-{number}" for number in range(count)]
    linker(folders[0], "import", rows)
    linker(folders[0], "build")
    for folder in folders[1:]:
        shutil.copytree(folders[0], folder)
        remember(Folder(folder))  # what was opened on this machine, pages may open
    with others.open(encoding="utf-8", newline="") as file:
        head, *lines = csv.reader(file)
    more = []
    for number in range(IMPORTS):
        more.append(place / f"more-{number}.csv")
        with more[-1].open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows([head, *lines[number::IMPORTS]])
    return folders, more


@contextmanager
def _serving(folder: Path, processes: int) -> Iterator[tuple[list[str], psutil.Process]]:
    """Run the application and lend the addresses of its servers and the process that began them."""
    from tests.ui.browsing import free_ports, wait_for

    port = free_ports(processes)
    command = [sys.executable, "-m", "linker", "app", "--port", str(port), "--no-browser"]
    command += ["--processes", str(processes)]
    known = {**os.environ, "LINKER_WORKSPACE": str(folder)}
    addresses = [f"http://127.0.0.1:{port + number}" for number in range(processes)]
    with subprocess.Popen(command, env=known, stdout=subprocess.DEVNULL) as process:  # noqa: S603
        try:
            for address in addresses:
                wait_for(f"{address}/_stcore/health", process)
            yield addresses, psutil.Process(process.pid)
        finally:
            process.terminate()


def _session(address: str, folder: Path, number: int, office: Office) -> Session:
    chosen = FILTERS[number // office.workspaces % min(office.lists, len(FILTERS))]
    known = {"workspace": str(folder), "reviewer": f"R{number}", **chosen}
    said = {name: value for name, value in known.items() if value}
    return Session(address, "convergences", None, **said)


def _memory(server: psutil.Process) -> float:
    """Return the resident memory of the server and what it started, in MiB."""
    every = [server, *server.children(recursive=True)]
    return float(sum(one.memory_info().rss for one in every) / KIB**2)


def _seconds(server: psutil.Process) -> float:
    """Return the seconds of processor time that the server and what it started took so far."""
    every = [one.cpu_times() for one in [server, *server.children(recursive=True)]]
    return float(sum(one.user + one.system for one in every))


def _work(
    sessions: list[Session], office: Office, built: Path, more: list[Path]
) -> tuple[list[float], list[list[str]]]:
    """Let all review at once while one workspace is built; return times, and links confirmed."""
    done = Event()

    def review(number: int) -> list[tuple[float, str]]:
        chosen, found = random.Random(SEEDED + number), []  # noqa: S311
        for _ in range(office.decisions):
            time.sleep(chosen.uniform(0.5, 1.5) * office.think)
            session = sessions[number]
            key = next(key for key in session.buttons if key.startswith("confirm-"))
            found.append((session.click(key), key.removeprefix("confirm-")))
        return found

    def build() -> None:
        for file in more:
            if done.is_set():
                return
            linker(built, "import", file)
            linker(built, "build")

    with ThreadPoolExecutor(len(sessions) + 1) as pool:
        building = pool.submit(build)
        try:
            reviewed = list(pool.map(review, range(len(sessions))))
        finally:
            done.set()
        building.result()
    times = [seconds for one in reviewed for seconds, _ in one]
    return times, [[link for _, link in one] for one in reviewed]


def _compared(folders: list[Path], clicked: list[list[str]], reviewers: int) -> tuple[int, int]:
    """Return how many decisions that were acknowledged are not there, and how many are twice."""
    lost = doubled = 0
    for place, folder in enumerate(folders):
        store = Store(Folder(folder))
        try:
            held = Counter((one.reviewer, one.link_id) for one in store.decisions())
        finally:
            store.close()
        mine = range(place, reviewers, len(folders))
        said = Counter((f"R{number}", link) for number in mine for link in clicked[number])
        lost += sum((said - held).values())
        doubled += sum((held - said).values())
    return lost, doubled


def _growth(session: Session, server: psutil.Process, reruns: int) -> float:
    """Return by how many MiB the server grew over so many reruns of one page."""
    for _ in range(WARM):
        session.show()
    before = _memory(server)
    for _ in range(reruns):
        session.show()
    return _memory(server) - before


if __name__ == "__main__":
    try:
        main()
    except Faulty as error:
        sys.exit(f"A page could not be drawn: {error}")
