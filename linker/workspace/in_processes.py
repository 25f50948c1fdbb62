"""Building many States at once: each in one of several processes, which open the same workspace.

A State is a task: it reads its own records and writes its own result whole, so that the processes
need not speak with one another, and what they make is the same however many there are. A process
that ends is replaced and its State made again; when this process ends, however it ends, so do they.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from itertools import count
from queue import SimpleQueue
from threading import Lock
from typing import TYPE_CHECKING

from linker.errors import Invalid, LinkerError
from linker.worker import Worker, WorkerFailed, reached_by
from linker.workspace.build_report import BuildProgress, BuildReport, StateReport
from linker.workspace.building import Builder, Crew

if TYPE_CHECKING:
    from linker.workspace.workspace import Linker

ATTEMPTS = 2
IN_A_ROW = 8
"""States that one process builds before another takes its place: what it keeps of texts grows with
them, to two gigabytes after a hundred, and a new one is ready within two seconds."""
UNLIMITED = 1 << 46
"""Bytes of address space: a process may use what the machine gives."""
LONGEST = 10_000_000
"""Seconds of processor time for a State."""
Said = tuple[str, dict[str, str], str, bool]
"""What every process is told: address of the workspace, the variables by which its database is
reached, checksum of the encoder, whether to build without what the last build left."""


def in_processes(number: int) -> Crew:
    """Return so many processes of this machine, each of which builds a State at a time."""
    return Crew(2, partial(build_at_once, number))


def build_at_once(
    processes: int,
    builder: Builder,
    states: Sequence[str],
    anew: bool,
    progress: BuildProgress | None,
) -> dict[str, StateReport | None]:
    """Return the report of each State; None where somebody else had built it meanwhile.

    No further one is begun after one failed; those under way are finished.

    Args:
        processes: how many at once.
        builder: of the workspace.
        states: in the order in which they are begun.
        anew: without what the last build left.
        progress: called as work goes on, from one thread at a time.

    Raises:
        LinkerError: a State could not be built, or its processes ended; the others are kept.
    """
    said = (builder.store.location.address, reached_by(), builder.encoder.checksum, anew)
    number = min(processes, len(states))
    work = _Work(said, deque(states), progress)
    workers = [Worker() for _ in range(number)]
    with ThreadPoolExecutor(number, "building") as pool:
        try:
            for one in [pool.submit(work.through, worker) for worker in workers]:
                one.result()
        except BaseException as error:  # Ctrl-C: nobody is waited for
            work.failed.append(error)
            raise
        finally:
            for worker in workers:
                worker.close()
    if work.failed:
        raise work.failed[0]
    return work.reports


class _Work:
    """The States that wait, and what became of the others; shared by the threads that wait."""

    def __init__(self, said: Said, waiting: deque[str], progress: BuildProgress | None) -> None:
        self.said, self.waiting, self.progress = said, waiting, progress
        self.reports: dict[str, StateReport | None] = {}
        self.failed: list[BaseException] = []
        self._telling = Lock()

    def through(self, worker: Worker) -> None:
        """Let a process build States as long as some wait and none failed."""
        for number in count():
            if self.failed:
                return
            if number and number % IN_A_ROW == 0:
                worker.close()  # the next State begins another
            try:
                state = self.waiting.popleft()
            except IndexError:
                return
            try:
                self.reports[state] = self._built(worker, state)
            except Exception as error:
                self.failed.append(error)

    def _built(self, worker: Worker, state: str) -> StateReport | None:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._told(worker, state)
            except WorkerFailed as error:
                if attempt == ATTEMPTS or self.failed:
                    raise LinkerError(
                        f"{state}: the process that builds it ended {attempt} times ({error}). "
                        "What was finished is kept. Run it again; where memory is short, with "
                        "fewer --processes."
                    ) from error
        return None

    def _told(self, worker: Worker, state: str) -> StateReport | None:
        steps = worker.run(
            build_state, *self.said, state,
            memory=UNLIMITED, seconds=LONGEST, classes=(StateReport,), at_once=1,
        )  # fmt: skip
        while True:
            try:
                step = next(steps)
            except StopIteration as end:
                report: StateReport | None = end.value
                return report
            with self._telling:
                if self.progress:
                    self.progress(*step)


def build_state(
    address: str, reached_by: dict[str, str], checksum: str, anew: bool, state: str
) -> Generator[tuple[str, int, int], None, StateReport | None]:
    """Build a State in this process; yield how far it has come.

    Raises:
        Invalid: another encoder is in use here.
    """
    os.environ.update(reached_by)  # processes that read files start without these
    linker = _opened(address)
    if linker.encoder.checksum != checksum:
        raise Invalid(
            "An encoder that was given in Python cannot be handed to other processes. Build "
            "with one process, or name the model in LINKER_ENCODER."
        )
    steps: SimpleQueue[tuple[str, int, int] | None] = SimpleQueue()

    def told(stage: str, done: int, total: int) -> None:
        steps.put((stage, done, total))

    def work() -> BuildReport:
        try:
            return linker.build(told, [state], anew)
        finally:
            steps.put(None)

    with ThreadPoolExecutor(1) as pool:
        building = pool.submit(work)
        while (step := steps.get()) is not None:
            yield step
        return building.result().of(state)


@cache
def _opened(address: str) -> Linker:
    """Return the workspace, opened once for all States that a process builds."""
    from linker import Linker

    return Linker.open(address)
