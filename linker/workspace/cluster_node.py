"""The processes of a cluster: a scheduler, and workers that build States.

Dask's own, but for two things: they open no HTTP server (Dask's opens one for all networks even
without its dashboard), and they listen to this machine alone or with certificates.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from linker.errors import LinkerError
from linker.workspace.cluster_address import Scheduler as Place
from linker.workspace.cluster_address import distributed
from linker.workspace.on_cluster import installed

if TYPE_CHECKING:
    from distributed import Scheduler as DaskScheduler
    from distributed import Worker as DaskWorker
else:
    DaskScheduler, DaskWorker = distributed().Scheduler, distributed().Worker

PATIENCE = 60
"""Seconds in which a worker waits for its scheduler before it ends."""


class QuietScheduler(DaskScheduler):
    """A scheduler without an HTTP server."""

    def start_http_server(self, *_: Any, **__: Any) -> None:
        """Open none."""


class QuietWorker(DaskWorker):
    """A worker without an HTTP server, which has loaded what it works with before it is there."""

    async def start_unsafe(self) -> Any:
        """Join the cluster."""
        installed()
        return await super().start_unsafe()  # type: ignore[no-untyped-call]

    def start_http_server(self, *_: Any, **__: Any) -> None:
        """Open none."""


def run_scheduler(place: Place) -> None:
    """Run a scheduler until it is told to stop.

    Raises:
        LinkerError: it cannot listen there.
    """
    scheduler = partial(
        QuietScheduler,
        host=place.host,
        port=place.port,
        protocol=place.protocol,
        security=place.security(),
        dashboard=False,
    )
    _run(place, [scheduler])


def run_workers(place: Place, processes: int, host: str = "") -> None:
    """Run workers until they are told to stop, each in a process that is replaced when it ends.

    Args:
        place: of their scheduler.
        processes: how many; each builds one State at a time.
        host: address of this machine by which the others of the cluster reach it; the one by
            which it reaches the scheduler unless given.

    Raises:
        Invalid: others could reach them without a certificate.
        LinkerError: the scheduler does not answer.
    """
    library = distributed()
    if not host and place.protocol == "tcp":
        host = place.host
    host = host.strip("[]") or library.utils.get_ip(place.host, place.port)
    named = f"[{host}]" if ":" in host else host
    replace(place, address=f"{place.protocol}://{named}")  # refuses what others could reach
    nanny = partial(
        library.Nanny,
        place.address,
        nthreads=1,
        memory_limit=library.system.MEMORY_LIMIT // processes,
        host=host,
        protocol=place.protocol,
        security=place.security(),
        worker_class=QuietWorker,
        death_timeout=PATIENCE,
    )
    _run(place, [nanny] * processes)


def _run(place: Place, makers: Sequence[Callable[[], Any]]) -> None:
    try:
        asyncio.run(_until_told(makers))
    except (OSError, TimeoutError, RuntimeError) as error:
        said = " ".join(str(error.__cause__ or error).split())[:300]
        raise LinkerError(f"{place.address}: could not be served or reached ({said}).") from error


async def _until_told(makers: Sequence[Callable[[], Any]]) -> None:
    """Start servers and wait for their end; a signal to stop ends them in order."""
    loop, here = asyncio.get_running_loop(), asyncio.current_task()
    assert here is not None
    for told in (signal.SIGINT, signal.SIGTERM):
        signal.signal(told, lambda *_: loop.call_soon_threadsafe(here.cancel))
    nodes = [make() for make in makers]
    try:
        await asyncio.gather(*nodes)
        await asyncio.gather(*(node.finished() for node in nodes))
    except asyncio.CancelledError:
        here.uncancel()
    finally:
        await asyncio.gather(*(node.close() for node in nodes))
