"""What the processes of one server tell each other of their work."""

import os
import signal
import subprocess
import sys
import time
from threading import Event

import pytest

from linker.ui import board
from linker.ui.background import Work, Works
from linker.ui.board import Board

KEY = "/srv/kenya"


def waits(held):
    """Work that reports steps until it is let go."""

    def make(report):
        while not held.wait(0.02):
            report("KEN: links", 1, 4)
        return "made"

    return make


@pytest.fixture
def two(tmp_path, monkeypatch):
    """The work of two processes; they differ in nothing but in who they say they are."""
    monkeypatch.setattr(board, "TOLD_EVERY", 0.05)
    return Works(Board(tmp_path)), Works(Board(tmp_path))


def until(condition, seconds=10):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_one_process_builds_and_all_see_it(two):
    here, there = two
    held = Event()
    work = here.start(KEY, lambda: Work("Building", waits(held)))
    (far,) = there.running()
    until(lambda: far.share == 0.25)
    assert far.words.startswith("Building · ")
    assert there.of(KEY) is far
    assert there.running() == [far]  # the same one at each look: its end is told once
    held.set()
    until(lambda: not far.running)
    assert (far.words, far.error, far.result) == ("Building: done", "", None)
    assert (work.result, there.running(), here.of(KEY)) == ("made", [], work)


def test_only_one_process_works_for_a_workspace_at_a_time(two):
    here, there = two
    held, begun = Event(), []
    here.start(KEY, lambda: Work("Building", waits(held)))
    far = there.start(KEY, lambda: begun.append("twice"))
    assert not begun
    assert far.running
    other = there.start("/srv/nepal", lambda: Work("Building", waits(held)))
    held.set()
    until(lambda: not far.running)
    work = None
    while not isinstance(work, Work):  # the first lets go a moment after its end
        work = there.start(KEY, lambda: Work("Building", waits(held)))
    for one in (work, other):
        one.join()
        assert one.result == "made"


def test_what_has_ended_can_be_begun_again_at_once(two):
    here, _ = two
    held = Event()
    held.set()
    for _ in range(5):
        work = here.start(KEY, lambda: Work("Building", waits(held)))
        work.join()
        assert work.result == "made"


def test_a_reader_of_another_process_stops_it(two):
    here, there = two
    work = here.start(KEY, lambda: Work("Building", waits(Event())))
    (far,) = there.running()
    far.stop()
    until(lambda: not work.running)
    until(lambda: not far.running)
    assert far.words == work.words
    assert "stopped" in far.words


def test_what_must_not_be_stopped_is_not(two):
    here, there = two
    held = Event()
    here.start(KEY, lambda: Work("Making", waits(held), stoppable=False))
    (far,) = there.running()
    assert not far.stoppable
    far.stop()
    time.sleep(0.3)
    assert far.running
    held.set()


def test_a_piece_of_work_ends_for_who_looks_on_when_the_next_has_begun(two):
    here, there = two
    first, second = Event(), Event()
    here.start(KEY, lambda: Work("Building", waits(first)))
    (far,) = there.running()
    first.set()
    here.of(KEY).join()
    here.start(KEY, lambda: Work("Building", waits(second)))
    assert not far.running
    (next_one,) = there.running()
    assert next_one is not far
    second.set()


@pytest.mark.skipif(os.name != "posix", reason="kills a process as Linux does")
def test_work_of_a_process_that_was_killed_has_broken_off_and_can_be_begun(tmp_path, monkeypatch):
    script = f"""
from pathlib import Path
from threading import Event
from linker.ui.background import Work, Works
from linker.ui.board import Board
works = Works(Board(Path({str(tmp_path)!r})))
works.start({KEY!r}, lambda: Work("Building", lambda report: Event().wait()))
print("begun", flush=True)
Event().wait()
"""
    monkeypatch.setattr(board, "SILENT", 2.0)
    works = Works(Board(tmp_path))
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"begun\n"
        (far,) = works.running()
        process.send_signal(signal.SIGKILL)
    until(lambda: not far.running)
    assert "broke off" in far.words
    held = Event()
    held.set()
    work = works.start(KEY, lambda: Work("Building", waits(held)))
    work.join()
    assert work.result == "made"
