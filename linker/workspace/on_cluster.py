"""Building many States at once on a Dask cluster: a State is a task.

Workers reach no workspace: each gets a State as a parcel, and what it makes is written here as soon
as it is done. Dask gives the State of a worker that is lost to another; a build that was killed
goes on where it was, for what was written is there. Only as many parcels as the workers can take
are under way.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from queue import Empty, SimpleQueue
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any
from uuid import uuid4

from linker.encoding.cache import CachedEncoder
from linker.encoding.default import default_encoder
from linker.encoding.encoder import Encoder
from linker.errors import Invalid, LinkerError
from linker.reading.reader import Reader
from linker.store.builds import Overtaken
from linker.vocabulary.files import reading
from linker.workspace.build_report import BuildProgress, StateReport
from linker.workspace.building import ENGINE, TRIES, Builder, Crew
from linker.workspace.cluster_address import Scheduler, distributed
from linker.workspace.parcel import Parcel, built_apart, packed, taken_in

PATIENCE = 30
"""Seconds in which a scheduler answers."""
LONGER = 90
"""Seconds in which it has a worker: one that starts loads its models first."""
AHEAD = 2
"""Parcels under way for each that is being built, so that no worker waits for the next."""
OFTEN = 0.5
"""Seconds between two steps of a State that are told, the first and the last of a stage aside."""
Built = tuple[Parcel, StateReport] | None


def on_cluster(scheduler: Scheduler) -> Crew:
    """Return the workers of a Dask cluster, each of which builds a State at a time."""
    return Crew(1, partial(build_on_cluster, scheduler))


def build_on_cluster(
    scheduler: Scheduler,
    builder: Builder,
    states: Sequence[str],
    anew: bool,
    progress: BuildProgress | None,
) -> dict[str, StateReport | None]:
    """Return the report of each State; None where somebody else had built it meanwhile.

    No further one is begun after one failed; those under way are finished.

    Args:
        scheduler: of the cluster.
        builder: of the workspace.
        states: in the order in which they are begun.
        anew: without what the last build left.
        progress: called as work goes on, from one thread at a time.

    Raises:
        Invalid: workers would make something else than this program.
        LinkerError: the cluster cannot be reached or has no workers, or a State could not be
            built; the others are kept.
    """
    with _connected(scheduler) as client:
        _check(client, installed(builder.encoder))
        return _Work(builder, client, deque(states), anew, progress).done()


class _Work:
    """The States that wait, those under way and what became of the others."""

    def __init__(
        self,
        builder: Builder,
        client: Any,
        waiting: deque[str],
        anew: bool,
        progress: BuildProgress | None,
    ) -> None:
        self.builder, self.client, self.waiting, self.anew = builder, client, waiting, anew
        self.engine = installed(builder.encoder)
        self.reports: dict[str, StateReport | None] = {}
        self.failed: list[Exception] = []
        self._sent: dict[Any, tuple[str, str]] = {}
        """State, and digest of its parcel: the parcel itself is with the cluster."""
        self._finished: SimpleQueue[Any] = SimpleQueue()
        self._tries: dict[str, int] = {}
        self._topic = f"linker-{uuid4().hex}"
        if progress:
            client.subscribe_topic(self._topic, lambda event: progress(*event[1]))

    def done(self) -> dict[str, StateReport | None]:
        """Build all States; return their reports."""
        self._send()
        while self._sent:
            try:
                future = self._finished.get(timeout=PATIENCE)
            except Empty:
                _see_workers(self.client)
                continue
            state, since = self._sent.pop(future)
            try:
                self._take(state, since, future)
            except Exception as error:
                self.failed.append(error)
            self._send()
        if self.failed:
            raise self.failed[0]
        return self.reports

    def _send(self) -> None:
        """Send so many parcels that every worker has work; workers come and go."""
        room = AHEAD * max(1, sum(self.client.nthreads().values()))
        while self.waiting and not self.failed and len(self._sent) < room:
            parcel = packed(self.builder, self.waiting.popleft())
            future = self.client.submit(
                build_parcel, parcel, self.engine, self.anew, self._topic,
                key=f"{parcel.state}-{uuid4().hex}", pure=False,
            )  # fmt: skip
            self._sent[future] = parcel.state, parcel.digest
            future.add_done_callback(self._finished.put)

    def _take(self, state: str, since: str, future: Any) -> None:
        """Write what was made of a State; make it again where somebody wrote meanwhile."""
        built = _result(state, future)
        future.release()
        if built is None:
            self.reports[state] = None
            return
        made, report = built
        try:
            taken_in(self.builder, made, since)
        except Overtaken as error:
            tries = self._tries[state] = self._tries.get(state, 1) + 1
            if tries > TRIES:
                raise LinkerError(
                    f"{state}: others build it at the same time, {TRIES} times now. Wait until "
                    "they are done, then build again."
                ) from error
            self.waiting.appendleft(state)
            return
        self.reports[state] = report


def _result(state: str, future: Any) -> Built:
    from concurrent.futures import CancelledError

    try:
        result: Built = future.result()
        return result
    except distributed().KilledWorker as error:
        raise LinkerError(
            f"{state}: each worker that began it was lost. What was finished is kept. Run it "
            "again; where memory is short, start the workers with fewer --processes."
        ) from error
    except (CancelledError, OSError) as error:
        raise LinkerError(
            f"{state}: the scheduler was lost ({_said(error)}). What was finished is kept. Start "
            "it and its workers again, then build again."
        ) from error


# What runs on workers ------------------------------------------------------------------------


def build_parcel(parcel: Parcel, engine: Mapping[str, str], anew: bool, topic: str) -> Built:
    """Build a State on a worker, which tells under a topic how far it has come.

    Raises:
        Invalid: this worker would make something else than the program that sent the parcel.
    """
    worker = distributed().get_worker()
    encoder = _encoder(worker.local_directory)
    if differing := _differing(installed(encoder), engine):
        raise _refused({worker.address: differing})
    last: dict[str, float] = {}

    def told(stage: str, done: int, total: int) -> None:
        if done in (0, total) or monotonic() - last.get(stage, 0.0) >= OFTEN:
            last[stage] = monotonic()
            worker.log_event(topic, (stage, done, total))

    with TemporaryDirectory(prefix="state-", dir=worker.local_directory) as folder:
        return built_apart(parcel, encoder, Path(folder), anew, told)


def installed(encoder: Encoder | None = None) -> dict[str, str]:
    """Return what besides its records decides what a State is made into, each by its name."""
    return {
        "Linker": version("linker"),
        "engine": str(ENGINE),
        "encoder": (encoder or default_encoder()).checksum,
        "vocabularies": reading().digest,
        "other languages": Reader().digest or "not prepared",
    }


@cache
def _encoder(folder: str) -> Encoder:
    """Return the encoder of a worker, which remembers what it encoded for any State."""
    return CachedEncoder(default_encoder(), Path(folder) / "embeddings")


# Reaching a cluster --------------------------------------------------------------------------


@contextmanager
def _connected(scheduler: Scheduler) -> Iterator[Any]:
    """Connect to a cluster; what is under way for this program is dropped at the end.

    Raises:
        LinkerError: it does not answer, or has no workers.
    """
    import dask

    library, security = distributed(), scheduler.security()
    with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"}):
        try:
            client = library.Client(
                scheduler.address, security=security, timeout=PATIENCE, set_as_default=False
            )
        except (OSError, RuntimeError) as error:
            raise LinkerError(
                f"{scheduler.address}: no scheduler answers ({_said(error)}). Start one with "
                "`linker cluster scheduler`, and see that address and certificates are its own."
            ) from error
        with client:
            _see_workers(client)
            yield client


def _see_workers(client: Any) -> None:
    """See that a scheduler has workers; those that are being replaced are waited for.

    Raises:
        LinkerError: it has none.
    """
    try:
        client.wait_for_workers(1, timeout=LONGER)
    except TimeoutError as error:
        raise LinkerError(
            "The scheduler has no workers. What was finished is kept. Start some with `linker "
            "cluster worker ADDRESS`, and build again."
        ) from error


def _check(client: Any, engine: Mapping[str, str]) -> None:
    """See that every worker makes what this program would.

    Raises:
        Invalid: one does not.
    """
    found = client.run(installed, on_error="return")
    differing = {where: _differing(one, engine) for where, one in found.items()}
    if wrong := {where: said for where, said in differing.items() if said}:
        raise _refused(wrong)


def _differing(found: Any, wanted: Mapping[str, str]) -> list[str]:
    """Return in words what a worker has otherwise."""
    if not isinstance(found, Mapping):
        return [f"cannot say what it has ({_said(found)})"]
    return [
        f"{name} is {found.get(name, 'missing')}, here {value}"
        for name, value in wanted.items()
        if found.get(name) != value
    ]


def _refused(differing: Mapping[str, Sequence[str]]) -> Invalid:
    said = "; ".join(f"{where}: {', '.join(what)}" for where, what in sorted(differing.items()))
    return Invalid(
        f"Workers would make something else than this program. {said}. Install the same Linker "
        "with the same models, vocabularies and languages there, and start them again; an encoder "
        "that was given in Python cannot be handed to them (name a model in LINKER_ENCODER)."
    )


def _said(error: object) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]
