"""Building States at once: one result for any number of processes, whatever ends one."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from many_states import STATES, archived

from linker import worker
from linker.errors import Invalid, LinkerError
from linker.store.location import Folder, locate
from linker.store.moving import fill_server
from linker.workspace import in_processes
from linker.workspace.workspace import Linker
from tests.conftest import CHECKOUT


@pytest.mark.parametrize("processes", [2, pytest.param(3, marks=pytest.mark.long)])
def test_the_bytes_are_the_same_for_any_number_of_processes(copied, alone, tmp_path, processes):
    told = []
    with copied("work") as linker:
        report = linker.build(lambda *step: told.append(step), processes=processes)
        assert [one.state for one in report.built] == sorted(STATES)
        assert archived(linker, tmp_path) == alone
        again = linker.build(processes=processes)
        assert (again.built, again.up_to_date) == ((), tuple(sorted(STATES)))
    assert {stage.partition(":")[0] for stage, _, _ in told} == set(STATES)


@pytest.mark.long
def test_processes_find_a_server_as_the_program_does(
    imported, alone, tmp_path, postgres, monkeypatch
):
    monkeypatch.setenv("PGHOST", str(postgres.socket))
    monkeypatch.setenv("PGUSER", "postgres")
    place = locate("postgresql:///postgres?workspace=at-once")
    fill_server(Folder(imported), place)
    with Linker.open(place) as linker:
        report = linker.build(processes=2)
        assert [one.state for one in report.built] == sorted(STATES)
        assert archived(linker, tmp_path) == alone


@pytest.fixture
def children(monkeypatch):
    """The processes that were started, as they are started."""
    started, made = worker._started, []

    def starting():
        made.append(started())
        return made[-1]

    monkeypatch.setattr(worker, "_started", starting)
    return made


def test_another_process_takes_over_after_so_many_states(
    copied, alone, tmp_path, children, monkeypatch
):
    monkeypatch.setattr(in_processes, "IN_A_ROW", 1)
    with copied("work") as linker:
        assert len(linker.build(processes=2).built) == len(STATES)
        assert archived(linker, tmp_path) == alone
    assert len(children) > 2
    assert all(child.poll() is not None for child in children)


def test_a_process_that_ends_is_replaced_and_its_state_made_again(
    copied, alone, tmp_path, children
):
    with copied("work") as linker:

        def end_the_first(stage, *_):
            if stage.endswith("SDG links") and len(children) == 2:
                children[0].kill()

        report = linker.build(end_the_first, processes=2)
        assert len(report.built) == len(STATES)
        assert len(children) == 3
        assert archived(linker, tmp_path) == alone


@pytest.mark.long
def test_a_state_whose_processes_always_end_is_told_and_the_rest_is_kept(
    copied, alone, tmp_path, children
):
    with copied("work") as linker:

        def end(stage, *_):
            if stage == "CHL: themes":
                for child in children:
                    child.kill()

        with pytest.raises(LinkerError, match=r"ended 2 times .*Run it again"):
            linker.build(end, processes=2)
        report = linker.build(processes=2)
        assert "CHL" in {one.state for one in report.built}
        assert archived(linker, tmp_path) == alone
    assert all(child.poll() is not None for child in children)


@pytest.fixture
def heard():
    """Heed Ctrl-C, which a shell that runs the tests in the background has them ignore."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.long
def test_ctrl_c_ends_all_of_them_and_the_next_build_goes_on(
    copied, alone, tmp_path, children, heard
):
    with copied("work") as linker:

        def interrupt(stage, *_):
            if stage.endswith("themes"):
                os.kill(os.getpid(), signal.SIGINT)

        with pytest.raises(KeyboardInterrupt):
            linker.build(interrupt, processes=2)
        assert all(child.poll() is not None for child in children)
        linker.build(processes=2)
        assert archived(linker, tmp_path) == alone


def test_an_encoder_that_cannot_be_handed_on_is_refused(imported, tmp_path, encoder):
    class Another:
        name, checksum, dimension = "another", "0" * 16, encoder.dimension
        encode = staticmethod(encoder.encode)

    folder = shutil.copytree(imported, tmp_path / "work")
    with Linker.open(folder, encoder=Another()) as linker, pytest.raises(Invalid, match="encoder"):
        linker.build(processes=2)


def is_gone(pid):
    """Whether a process has ended, waited for or not."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return True
    return status.rpartition(")")[2].split()[0] == "Z"


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc tells of processes")
def test_when_the_build_is_killed_its_processes_end_and_the_next_one_goes_on(
    imported, alone, tmp_path
):
    folder = shutil.copytree(imported, tmp_path / "work")
    code = (
        "import sys\n"
        "from linker import Linker, worker\n"
        "started = worker._started\n"
        "def starting():\n"
        "    child = started(); print(child.pid, flush=True); return child\n"
        "worker._started = starting\n"
        "told = lambda stage, *_: print(stage, flush=True)\n"
        f"Linker.open({str(folder)!r}).build(told, processes=2)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=CHECKOUT
    )
    children = [int(process.stdout.readline()) for _ in range(2)]
    while not process.stdout.readline().strip().endswith("themes"):
        assert process.poll() is None
    process.kill()
    process.communicate()
    until = time.monotonic() + 30
    while not all(map(is_gone, children)):
        assert time.monotonic() < until, "a process goes on that nobody waits for"
        time.sleep(0.1)
    with Linker.open(folder) as linker:
        linker.build(processes=2)
        assert archived(linker, tmp_path) == alone
