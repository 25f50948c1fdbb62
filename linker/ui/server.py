"""Runs Streamlit's server and loads engine and workspace meanwhile.

Whoever opens the application first would otherwise wait for that: the server is there a second
before its first page is.
"""

from __future__ import annotations

import gc
import os
import signal
import time
from collections.abc import Iterable
from itertools import islice
from socket import socket
from threading import Thread, Timer

from starlette.middleware import Middleware
from streamlit import net_util
from streamlit.web.cli import main as streamlit
from streamlit.web.server import Server
from streamlit.web.server.starlette import starlette_app, starlette_server

from linker.ui.door import Door
from linker.ui.shell import Shell
from linker.workspace.listening import at_once
from linker.workspace.sharing import HOSTS, PARENT, THIS_MACHINE

PATIENCE = 10
"""Seconds after which a server that was told to stop ends, whatever it still computes."""
SWEPT_EVERY = 30.0
"""Seconds between two searches for memory that nobody uses any more."""


def main() -> None:
    """Serve as ``streamlit`` does, with the same arguments."""
    ask_nobody()
    end_in_time()
    if PARENT in os.environ:
        watched = int(os.environ[PARENT])
        Thread(target=end_with, args=(watched,), name="parent", daemon=True).start()
    answer_at_once()
    guard(os.environ.get(HOSTS, "").split() or THIS_MACHINE)
    Thread(target=load, name="loading", daemon=True).start()
    Thread(target=sweep, name="sweeping", daemon=True).start()
    streamlit(prog_name="streamlit")


def sweep() -> None:
    """Give back, now and then, what nobody uses any more.

    Streamlit would look through all that is held after each page and each part of one that draws
    itself: with the records of several workspaces that took longer than drawing the page.
    """
    while True:
        time.sleep(SWEPT_EVERY)
        gc.collect()


def ask_nobody() -> None:
    """Keep Streamlit from asking a web service for this machine's address.

    It would, whenever a page from elsewhere tries to connect; the page is turned away as well.
    """
    net_util.get_external_ip = lambda: None


def end_in_time() -> None:
    """Have a server that is told to stop end soon, though a page or a build is still computed.

    Streamlit waits for both, and closes its connections without a limit. What is under way is lost
    as when the program is killed: nothing half done is kept.
    """
    streamlits_own = Server.stop

    def stop(server: Server) -> None:
        ending = Timer(PATIENCE, os._exit, (0,))
        ending.daemon = True
        ending.start()
        streamlits_own(server)

    Server.stop = stop  # type: ignore[assignment, method-assign]


def answer_at_once() -> None:
    """Have Streamlit's socket send what is answered when it is there."""
    streamlits_own = starlette_server._bind_socket

    def bind(address: str, port: int, backlog: int) -> socket:
        return at_once(streamlits_own(address, port, backlog))

    starlette_server._bind_socket = bind


def end_with(parent: int) -> None:
    """End when the process that began this one is gone, however it ended.

    Args:
        parent: its number.
    """
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


def guard(hosts: Iterable[str]) -> None:
    """Put the door before all that Streamlit answers, and our script into its document.

    Args:
        hosts: names by which browsers may know the application.
    """
    streamlits_own = starlette_app.create_streamlit_middleware

    def with_door() -> list[Middleware]:
        # The shell stands behind what compresses: it has to read the document.
        return [Middleware(Door, hosts=tuple(hosts)), *streamlits_own(), Middleware(Shell)]

    starlette_app.create_streamlit_middleware = with_door


def load() -> None:
    """Import what the pages need, and read what they show first of the workspace named."""
    from linker.documents.writers import charts  # noqa: F401
    from linker.errors import LinkerError
    from linker.ui.opened import bench_if_any
    from linker.ui.queue import ORDERS, Wanted, asked
    from linker.ui.workbench import SHOWN
    from linker.workspace.workspace import default_workspace

    try:
        if bench := bench_if_any(default_workspace()):
            for state in bench.largest()[:1]:
                snapshot = bench.snapshot(state)
                snapshot.read()
                # The first explanation brings encoder and vocabularies, which takes seconds.
                for link in islice(asked(snapshot, Wanted(SHOWN), ORDERS[0], False).values(), 1):
                    bench.explaining(snapshot, link, ahead=True)
    except LinkerError:
        # The page that meets it says so; here nobody would see it.
        return
    finally:
        # Programs and vocabularies stay as long as the server: no search looks through them again.
        gc.collect()
        gc.freeze()


if __name__ == "__main__":
    main()
