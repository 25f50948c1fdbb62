"""A child process that runs generators for this one, within limits of memory and time.

What reads files from elsewhere runs here: whatever a file does to a parser (a crash of a C
library, memory without end, a loop), this process goes on and can say what happened. One child
serves one call after another, and a new one takes the place of one that died.

Between the two go messages behind their length. In goes a pickle, (memory, seconds, function,
arguments, classes, at_once), which this program alone wrote. Out comes JSON (`linker.wire`),
bounded in length and in what it can be made into: ["items", list], then one of ["done", value],
["raised", error], ["failed", text]. A child that a file took over can lie, and cannot make this
process run anything.
"""

from __future__ import annotations

import math
import os
import pickle  # nosec B403
import queue
import signal
import struct
import subprocess  # nosec B404
import sys
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from threading import Thread, Timer
from time import monotonic, process_time
from typing import IO, Any, Literal

from linker.errors import AccessError, Invalid, LinkerError, NotFound, UsageError
from linker.wire import NotCarried, Wire

BATCH = 200
"""Items that are handed on together."""
PATIENCE = 5
"""Times the processor time allowed that the parent waits: other programs may be at work."""
GRACE = 2.0
"""Seconds in which an idle child ends by itself; one that does not is ended."""
LONGEST = 1 << 28
"""Bytes of one answer; items are handed on `BATCH` at a time."""
_LENGTH = struct.Struct("<Q")
_NEARLY_ALL = 0.75
"""Of the memory limit: who failed above it failed for want of memory."""

Cause = Literal["memory", "time", "crash", "error"]


class WorkerFailed(LinkerError):  # noqa: N818 - reads as what happened
    """A call that did not end well; ``cause`` says in which way."""

    def __init__(self, message: str, cause: Cause) -> None:
        """Keep message and cause."""
        super().__init__(message)
        self.cause = cause

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (str(self), self.cause)


ERRORS = (LinkerError, UsageError, NotFound, Invalid, AccessError, WorkerFailed)
"""Errors that come back whatever is called."""


class Worker:
    """Runs generator functions in a child process.

    The child is started at once, so that it gets ready while this process does something else.

    Example:
        >>> with Worker() as worker:
        ...     list(worker.run(_letters, "abc", memory=1 << 30, seconds=60))
        ['a', 'b', 'c']
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = _started()

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the child."""
        process, self._process = self._process, None
        if not process:
            return
        try:
            assert process.stdin is not None
            process.stdin.close()  # the child ends when nobody can ask it for anything
            process.wait(GRACE)
        except (subprocess.TimeoutExpired, OSError):
            process.kill()
            process.wait()
        finally:
            assert process.stdout is not None
            process.stdout.close()

    def run(
        self,
        function: Callable[..., Generator[Any, None, Any]],
        *arguments: Any,
        memory: int,
        seconds: float,
        classes: Sequence[type] = (),
        at_once: int = BATCH,
    ) -> Generator[Any, None, Any]:
        """Yield what ``function(*arguments)`` yields in the child, and return what it returns.

        Args:
            function: a generator function of a module.
            arguments: for it.
            memory: address space the child may use, in bytes, where the system holds it to that
                (Linux; elsewhere there is no limit).
            seconds: processor time the child may use, where the system counts it; everywhere this
                process waits for it at most `PATIENCE` times as long, for others may be at work.
            classes: of the objects, in items and result, and of the errors that may come back.
            at_once: items that are handed on together; 1 where each is waited for.

        Raises:
            WorkerFailed: out of memory or time, crashed, or ended by an unexpected error.
            LinkerError: whatever the function raised of these.
        """
        process = self._process = self._process or _started()
        left, whole, wire = PATIENCE * seconds, False, Wire(*ERRORS, *classes)
        try:
            _order(process.stdin, (memory, seconds, function, arguments, tuple(classes), at_once))
            while True:
                began = monotonic()
                kind, value = _received(process, left, wire)
                left -= monotonic() - began
                if kind == "items":
                    yield from value
                    continue
                whole = kind == "done" or (kind == "raised" and isinstance(value, LinkerError))
                break
        except BrokenPipeError as error:
            raise _died(process) from error
        finally:
            if not whole:
                self.close()
        if kind == "done":
            return value
        if whole:
            raise value
        raise _failure(str(value))


def _started() -> subprocess.Popen[bytes]:
    paths = os.pathsep.join(path for path in sys.path if path)
    # -P: a file beside the one that is read must never be taken for a module.
    return subprocess.Popen(  # nosec B603
        [sys.executable, "-P", "-c", "from linker.worker import serve; serve()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**_harmless(), "PYTHONPATH": paths, "OPENBLAS_NUM_THREADS": "1"},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def reached_by() -> dict[str, str]:
    """Return the variables of the environment by which libpq finds a database and a password."""
    return {name: value for name, value in os.environ.items() if name.startswith("PG")}


def _harmless() -> dict[str, str]:
    """Return the environment without those: a file may take the child over."""
    told = reached_by()
    return {name: value for name, value in os.environ.items() if name not in told}


def _received(process: subprocess.Popen[bytes], left: float, wire: Wire) -> tuple[str, Any]:
    """Return the next message; a child that takes longer than ``left`` is ended."""
    late: list[bool] = []

    def end() -> None:
        late.append(True)
        process.kill()

    timer = Timer(max(left, 0.0), end)
    timer.daemon = True
    timer.start()
    try:
        content = _read(process.stdout, LONGEST)
        if content is not None:
            kind, value = wire.loads(content)
            return kind, value
    except (NotCarried, ValueError, TypeError) as error:
        raise WorkerFailed(f"its answer makes no sense ({error})", "crash") from error
    finally:
        timer.cancel()
    if late:
        raise _late()
    raise _died(process)


def _late() -> WorkerFailed:
    return WorkerFailed("it takes too long", "time")


def _died(process: subprocess.Popen[bytes]) -> WorkerFailed:
    code = process.wait()
    if code == -getattr(signal, "SIGXCPU", 0) != 0:
        return _late()
    try:
        how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
    except ValueError:
        how = f"signal {-code}"
    return WorkerFailed(f"the program that read it crashed ({how})", "crash")


def _failure(text: str) -> WorkerFailed:
    if text.startswith(MemoryError.__name__):
        return WorkerFailed("it needs more memory than may be used", "memory")
    return WorkerFailed(f"an error that nobody foresaw ({text})", "error")


def _order(pipe: IO[bytes] | None, job: tuple[Any, ...]) -> None:
    _write(pipe, pickle.dumps(job, pickle.HIGHEST_PROTOCOL))


def _write(pipe: IO[bytes] | None, content: bytes) -> None:
    assert pipe is not None
    pipe.write(_LENGTH.pack(len(content)) + content)
    pipe.flush()


def _read(pipe: IO[bytes] | None, longest: int = sys.maxsize) -> bytes | None:
    """Return the next message, None at the end of the pipe.

    Raises:
        ValueError: it is longer than the longest.
    """
    assert pipe is not None
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > longest:
        raise ValueError(f"{length:,} bytes")
    content = pipe.read(length)
    return content if len(content) == length else None


# In the child ---------------------------------------------------------------------------------


def serve() -> None:
    """Run what is asked for on standard input, until it closes."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not come between the messages
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent to answer
    jobs: queue.Queue[tuple[Any, ...]] = queue.Queue()
    Thread(target=_listen, args=(jobs,), daemon=True).start()
    while True:
        memory, seconds, function, arguments, classes, at_once = jobs.get()
        wire = Wire(*ERRORS, *classes)
        _limit(memory, seconds)

        def send(*answer: Any, wire: Wire = wire) -> None:
            _write(out, wire.dumps(list(answer)))

        answer = _answer(function, arguments, send, at_once)
        if answer[0] != "done" and _peak() > _NEARLY_ALL * memory:
            # A C library that got no memory says anything, or nothing, of the cause.
            answer = "failed", MemoryError.__name__
        try:
            send(*answer)
        except NotCarried as error:
            send("failed", f"{type(error).__name__}: {error}")


def _listen(jobs: queue.Queue[tuple[Any, ...]]) -> None:
    """Take orders; end the process, whatever it is doing, when the parent is gone."""
    while (job := _read(sys.stdin.buffer)) is not None:
        jobs.put(pickle.loads(job))  # noqa: S301  # nosec B301 - from our own parent
    os._exit(0)


def _answer(
    function: Any, arguments: tuple[Any, ...], send: Callable[..., None], at_once: int
) -> tuple[str, Any]:
    try:
        return "done", _run(function(*arguments), send, at_once)
    except LinkerError as error:
        return "raised", error
    except Exception as error:
        return "failed", f"{type(error).__name__}: {str(error)[:200]}"


def _run(items: Generator[Any, None, Any], send: Callable[..., None], at_once: int) -> Any:
    batch: list[Any] = []
    while True:
        try:
            batch.append(next(items))
        except StopIteration as end:
            if batch:
                send("items", batch)
            return end.value
        except BaseException:
            if batch:
                send("items", batch)
            raise
        if len(batch) == at_once:
            send("items", batch)
            batch = []


def _limit(memory: int, seconds: float) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = memory if most == resource.RLIM_INFINITY else min(memory, most)
    _, longest = resource.getrlimit(resource.RLIMIT_CPU)
    until = math.ceil(process_time() + seconds) + 1
    until = until if longest == resource.RLIM_INFINITY else min(until, longest)
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (until, longest))
        resource.setrlimit(resource.RLIMIT_AS, (wanted, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ValueError, OSError):  # macOS knows the limit and does not take it
        return


def _peak() -> int:
    """Return the largest address space this process had, in bytes; 0 where nobody tells."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return int(status.partition("VmPeak:")[2].split(maxsplit=1)[0]) << 10
    except MemoryError:  # no memory to ask with is an answer
        return sys.maxsize
    except (OSError, ValueError, IndexError):
        return 0


def _letters(text: str) -> Generator[str, None, None]:
    yield from text
