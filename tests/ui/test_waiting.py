"""Nobody who looks waits for who works, and nobody's explanation is given up under them."""

import statistics
import threading
import time

import pytest

from linker.ui import explainer
from linker.ui.explainer import Explainer
from linker.ui.workbench import Workbench


@pytest.fixture
def bench(valmora):
    bench = Workbench(valmora)
    bench.snapshot("XVM").read()
    yield bench
    bench.linker.close()


def in_thread(work):
    thread = threading.Thread(target=work)
    thread.start()
    return thread


def seconds(act, times=5):
    took = []
    for _ in range(times):
        started = time.perf_counter()
        act()
        took.append(time.perf_counter() - started)
    return statistics.median(took)


def test_pages_and_exports_do_not_wait_for_exclusive_work(bench, tmp_path):
    begun, done = threading.Event(), threading.Event()

    def work():
        with bench.exclusive(None):
            begun.set()
            done.wait(30)

    worker = in_thread(work)
    begun.wait(10)
    assert seconds(lambda: bench.snapshot("XVM")) < 0.05
    assert seconds(lambda: bench.linker.search("torture", limit=3), 1) < 10
    with bench.exporting(None) as linker:
        linker.export("matrix", tmp_path / "matrix.csv")
    assert not done.is_set()
    done.set()
    worker.join()


@pytest.mark.long
def test_pages_are_served_while_a_state_is_built(bench):
    def build():
        with bench.exclusive(None) as linker:
            linker.build(anew=True)

    before = bench.snapshot("XVM")
    builder, took = in_thread(build), []
    while builder.is_alive():
        took.append(seconds(lambda: bench.snapshot("XVM").convergences, 1))
        time.sleep(0.05)
    assert len(took) > 10
    assert statistics.median(took) < 0.1
    assert bench.snapshot("XVM").convergences == before.convergences


@pytest.fixture
def explained():
    """An explainer whose one worker is busy until the event is set, and that event."""
    made, free = Explainer(), threading.Event()
    made.ask("C-busy", lambda: free.wait(30))
    yield made, free
    free.set()


def test_who_waits_for_an_explanation_gets_it_whatever_others_ask(explained):
    made, free = explained
    got = []
    reader = in_thread(lambda: got.append(made.wait("S-one", lambda: "one")))
    time.sleep(0.05)
    others = [made.ask(f"S-{n}", lambda n=n: n) for n in range(3)]
    free.set()
    reader.join(10)
    assert got == ["one"]
    assert [other.result(10) for other in others] == [0, 1, 2]


def test_what_was_forgotten_while_somebody_waits_is_still_told(explained):
    made, free = explained
    got = []
    reader = in_thread(lambda: got.append(made.wait("S-one", lambda: "one")))
    time.sleep(0.05)
    made.forget()
    free.set()
    reader.join(10)
    assert got == ["one"]


def test_what_nobody_waits_for_is_given_up(explained, monkeypatch):
    made, free = explained
    ahead = made.ask("C-ahead", lambda: "ahead", ahead=True)
    left = made.ask("C-left", lambda: "left")
    assert ahead.cancelled()
    assert not left.cancelled()
    monkeypatch.setattr(explainer, "PATIENCE", 0.0)
    shown = made.ask("C-shown", lambda: "shown")
    assert left.cancelled()
    free.set()
    assert shown.result(10) == "shown"
