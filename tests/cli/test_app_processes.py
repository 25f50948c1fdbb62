"""Several processes that serve one workspace: ``linker app --processes N``."""

import os
import shutil
import signal
import stat
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from click.testing import CliRunner

from evaluation.speed.sessions import Session
from linker.cli import main, serve
from linker.cli.office import _meeting_place, serve_together
from linker.errors import LinkerError
from linker.store.location import Folder
from linker.store.scratch import sweep
from linker.store.store import Store
from linker.workspace.sharing import OFFICE, PARENT
from tests.ui.browsing import free_ports, serving, wait_for

EACH = 6


def test_each_process_has_a_port_of_its_own(tmp_path, monkeypatch):
    begun = []
    monkeypatch.setattr("linker.cli.office.serve_together", lambda *given: begun.append(given))
    monkeypatch.setattr(serve, "_become", lambda *_: pytest.fail("one process only"))
    options = ["--workspace", str(tmp_path), "app", "--port", "8600", "--processes", "3"]
    answer = CliRunner().invoke(main, options, catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    ((commands, environment),) = begun
    ports = [one for command in commands for one in command if "server.port" in one]
    assert ports == [f"--server.port={port}" for port in (8600, 8601, 8602)]
    headless = [one for command in commands for one in command if "headless" in one]
    assert headless == ["--server.headless=false", *["--server.headless=true"] * 2]  # one browser
    assert environment["LINKER_WORKSPACE"] == str(tmp_path)


def test_ports_that_do_not_exist_are_refused(tmp_path):
    options = ["--workspace", str(tmp_path), "app", "--port", "65534", "--processes", "3"]
    answer = CliRunner().invoke(main, options)
    assert answer.exit_code == 2
    assert "there is no port 65536" in answer.output


def test_a_server_that_cannot_be_begun_ends_all():
    with pytest.raises(LinkerError, match=r"2 of 2 ended \(3\) as soon as"):
        serve_together([["sleep", "600"], ["sh", "-c", "exit 3"]], dict(os.environ))
    assert not [one for one in psutil.Process().children() if one.name() == "sleep"]


def test_where_nothing_can_be_kept_they_meet_among_temporary_files(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert _meeting_place() == tmp_path / "state" / "linker"
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert _meeting_place() == Path(tempfile.gettempdir())


def test_all_meet_in_one_folder_and_believe_one_another(tmp_path):
    said = f'echo "$STREAMLIT_SERVER_COOKIE_SECRET ${OFFICE} ${PARENT}" > "$0"; exit 3'
    commands = [["sh", "-c", said, str(tmp_path / name)] for name in ("one", "two")]
    with pytest.raises(LinkerError):
        serve_together(commands, {**os.environ})
    one, two = ((tmp_path / name).read_text().split() for name in ("one", "two"))
    assert one == two
    secret, folder, parent = one
    assert len(secret) == 64
    assert parent == str(os.getpid())
    assert not Path(folder).exists()


@pytest.fixture
def office(demo, tmp_path):
    """Serve a copy of the demonstration by two processes; lend folder and addresses."""
    folder = tmp_path / "office"
    shutil.copytree(demo[0], folder)
    port = free_ports(2)
    with serving(folder, port, "--processes", "2") as first:
        second = first.replace(str(port), str(port + 1))
        wait_for(f"{second}/_stcore/health", Alive())
        yield folder, (first, second)


class Alive:
    """Stands in for a process that is not ours to look at."""

    def poll(self):
        return None


def confirm(session):
    key = next(key for key in session.buttons if key.startswith("confirm-"))
    session.click(key)
    return key.removeprefix("confirm-")


def decisions(folder):
    store = Store(Folder(folder))
    try:
        return [(one.reviewer, one.link_id) for one in store.decisions()]
    finally:
        store.close()


def the_office(port):
    """The process that began the servers, and they."""
    for process in psutil.process_iter(["cmdline"]):
        words = process.info["cmdline"] or []
        if "app" in words and str(port) in words:
            return process, process.children()
    return None


@pytest.mark.long
def test_decisions_of_two_processes_are_neither_lost_nor_doubled_and_seen_by_both(office):
    folder, addresses = office
    before = Counter(decisions(folder))
    sessions = [Session(addresses[number % 2], "convergences", reviewer=f"R{number}")
                for number in range(4)]  # fmt: skip

    def review(number):
        sessions[number].show()
        return [(f"R{number}", confirm(sessions[number])) for _ in range(EACH)]

    with ThreadPoolExecutor(4) as pool:
        said = Counter(one for found in pool.map(review, range(4)) for one in found)
    assert Counter(decisions(folder)) - before == said
    assert said.total() == 4 * EACH
    judged = confirm(sessions[0])
    for address in addresses:
        with Session(address, "convergences", reviewer="Late") as late:
            began = time.monotonic()
            late.show()
            offered = {key for key in late.buttons if key.startswith("confirm-")}
            assert offered
            assert f"confirm-{judged}" not in offered
            assert time.monotonic() - began < 60
    # A page that was drawn before knows at its next click what was judged in the other process.
    confirm(sessions[1])
    assert any(key.startswith("confirm-") for key in sessions[1].buttons)
    assert f"confirm-{judged}" not in sessions[1].buttons
    for one in sessions:
        one.__exit__(None, None, None)


@pytest.mark.long
@pytest.mark.skipif(os.name != "posix", reason="kills processes as Linux does")
def test_a_server_that_was_killed_is_begun_again_and_all_end_with_the_office(office):
    _, addresses = office
    port = int(addresses[0].rpartition(":")[2])
    parent, servers = the_office(port)
    assert len(servers) == 2
    time.sleep(max(0.0, 11 - (time.time() - servers[0].create_time())))
    servers[1].send_signal(signal.SIGKILL)
    servers[1].wait(10)
    wait_for(f"{addresses[1]}/_stcore/health", Alive())
    with Session(addresses[1], "xray") as session:
        session.show()
        assert session.buttons
    again = parent.children()
    assert len(again) == 2
    place = Path(again[0].environ()[OFFICE])
    assert place.is_dir()
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    parent.send_signal(signal.SIGKILL)
    _, alive = psutil.wait_procs(again, 20)
    assert not alive
    sweep(place.parent)  # as whoever serves next does
    assert not place.exists()
