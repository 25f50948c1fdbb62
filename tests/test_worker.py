"""Whatever happens in the child process, this one goes on and can say what it was."""

import os
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from linker.errors import UsageError
from linker.worker import Worker, WorkerFailed

AMPLE = {"memory": 1 << 30, "seconds": 60}


def counted(most):
    yield from range(most)
    return "done"


def hungry():
    yield 1
    held = bytearray(1 << 30)
    yield len(held)


def endless():
    yield 1
    while True:
        pass


def crashing():
    yield 1
    os.kill(os.getpid(), signal.SIGSEGV)


def refusing():
    yield 1
    raise UsageError("not like this")


def clumsy():
    yield from ()
    raise KeyError("nobody foresaw it")


def loud():
    print("a library that prints")
    yield 1


def environment():
    yield sorted(os.environ)


def everything(calls):
    found = []
    while True:
        try:
            found.append(next(calls))
        except StopIteration as end:
            return found, end.value


def test_items_and_result_come_in_order():
    with Worker() as worker:
        for most in (0, 3, 1000):
            found = everything(worker.run(counted, most, **AMPLE))
            assert found == (list(range(most)), "done")


@pytest.mark.parametrize(
    ("function", "cause", "said"),
    [
        (hungry, "memory", "memory"),
        (endless, "time", "takes too long"),
        (crashing, "crash", "SIGSEGV"),
        (clumsy, "error", "KeyError: 'nobody foresaw it'"),
    ],
)
def test_a_bad_end_is_told_and_the_next_call_served(function, cause, said):
    if function is hungry and not sys.platform.startswith("linux"):
        pytest.skip("only Linux holds a process to its address space")
    with Worker() as worker:
        with pytest.raises(WorkerFailed, match=said) as failure:
            list(worker.run(function, memory=1 << 29, seconds=1))
        assert failure.value.cause == cause
        assert list(worker.run(counted, 2, **AMPLE)) == [0, 1]


def forging(content):
    yield 1
    opened = Path("/proc/self/fd").iterdir()
    pipes = [int(n.name) for n in opened if n.is_symlink() and "pipe" in str(n.readlink())]
    for number in sorted(set(pipes) - {0, 1, 2}):
        os.write(number, len(content).to_bytes(8, "little") + content)
    yield from range(400)


def exotic():
    yield complex(1)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="pipes are found under /proc")
@pytest.mark.parametrize("content", [pickle.dumps(Path("x")), b'["items", 1', b'["raised", "x"]'])
def test_a_child_that_lies_is_not_believed(content):
    with Worker() as worker:
        with pytest.raises(WorkerFailed):
            list(worker.run(forging, content, **AMPLE))
        assert list(worker.run(counted, 2, **AMPLE)) == [0, 1]


def test_an_answer_without_end_is_refused(monkeypatch):
    monkeypatch.setattr("linker.worker.LONGEST", 1000)
    with Worker() as worker, pytest.raises(WorkerFailed, match="makes no sense"):
        list(worker.run(counted, 1000, **AMPLE))


def test_what_cannot_be_carried_is_told():
    with Worker() as worker:
        with pytest.raises(WorkerFailed, match="complex is not among what may be carried"):
            list(worker.run(exotic, **AMPLE))
        assert list(worker.run(counted, 2, **AMPLE)) == [0, 1]


def test_errors_that_linker_raises_come_through_with_what_was_yielded_before():
    got = []
    with Worker() as worker:
        got.extend(worker.run(counted, 1, **AMPLE))
        calls = worker.run(refusing, **AMPLE)
        got.append(next(calls))
        with pytest.raises(UsageError, match="not like this"):
            next(calls)
    assert got == [0, 1]


def test_what_a_library_prints_does_not_come_between():
    with Worker() as worker:
        assert list(worker.run(loud, **AMPLE)) == [1]


def test_a_call_that_nobody_finishes_leaves_no_child_behind():
    with Worker() as worker:
        calls = worker.run(endless, **AMPLE)
        process = worker._process
        calls.close()
        assert worker._process is None or worker._process is process
    assert process.poll() is not None


def test_the_child_ends_with_its_parent():
    code = (
        "import sys, time; sys.path.insert(0, sys.argv[1])\n"
        "from linker.worker import Worker\nimport test_worker\n"
        "worker = Worker()\nprint(worker._process.pid, flush=True)\n"
        "list(worker.run(test_worker.endless, memory=1 << 30, seconds=60))\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code, str(Path(__file__).parent)], stdout=subprocess.PIPE, text=True
    )
    child = int(parent.stdout.readline())
    time.sleep(0.5)
    parent.kill()
    parent.wait()
    for _ in range(100):
        if not alive(child):
            return
        time.sleep(0.1)
    os.kill(child, signal.SIGKILL)
    pytest.fail("the child goes on without its parent")


def alive(pid):
    try:
        with Path(f"/proc/{pid}/stat").open() as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_a_child_is_not_told_how_to_reach_a_database(monkeypatch):
    for name in ("PGPASSWORD", "PGPASSFILE", "PGHOST"):
        monkeypatch.setenv(name, "secret")
    monkeypatch.setenv("LINKER_TOLD", "yes")
    with Worker() as worker:
        (names,) = worker.run(environment, **AMPLE)
    assert "LINKER_TOLD" in names
    assert not [name for name in names if name.startswith("PG")]
