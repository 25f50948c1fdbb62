"""What the processes of one server tell each other of the work that goes on in them.

One process does a piece of work and writes twice a second into a file how far it has come; the
others read it, and write there when a reader of theirs stops it. Only one of them works for a
workspace at a time: the system holds the lock for it, and lets go when the process ends.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from threading import Thread
from typing import Any, Protocol
from uuid import uuid4

from linker.i18n.messages import tr_later
from linker.store.scratch import taken

TOLD_EVERY = 0.5
"""Seconds between two reports of a piece of work."""
SILENT = 30.0
"""Seconds without a report after which the process that worked is taken for dead."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a piece of work, as JSON.

    Attributes:
        title: what is being done, in English.
        states: how many States it goes through at most; 0 where that means nothing.
        stoppable: whether it may be broken off.
        share: how much of it is done, from 0 to 1.
        done: the States it came to.
        stage: what it does now.
        told: seconds of the stage, steps done and to be done; None before the first report.
        stopping: whether somebody stopped it.
        ended: whether it has ended.
        error: why it broke off, in English; empty where it did not.
        work: which piece of work it is: another of the same workspace has another.
        process: in which process.
    """

    title: str
    states: int
    stoppable: bool
    share: float
    done: tuple[str, ...]
    stage: str
    told: tuple[float, int, int] | None
    stopping: bool
    ended: bool
    error: str
    work: str
    process: str


class Teller(Protocol):
    """A piece of work of this process."""

    @property
    def running(self) -> bool:
        """Whether it is under way."""

    def told(self, work: str, process: str) -> Told:
        """Return how far it has come."""

    def stop(self) -> None:
        """Break it off."""

    def join(self, seconds: float) -> None:
        """Wait until it has ended, at most so many seconds."""


class Board:
    """The folder in which the processes of one server tell each other what they do.

    Args:
        folder: only the account of the server may read and write it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder, self.process = folder, uuid4().hex
        self._locks: dict[str, int] = {}
        self._tellers: dict[str, Thread] = {}

    def take(self, name: str) -> bool:
        """Take the right to work for a workspace; False where another process has it.

        Args:
            name: of the workspace, as here in all that follows (`name_of`).
        """
        if name in self._tellers:  # of our own last work, which has ended: this takes a moment
            self._tellers.pop(name).join()
        file = os.open(self._path(name, "lock"), os.O_RDWR | os.O_CREAT, 0o600)
        if not taken(file):
            os.close(file)
            return False
        self._locks[name] = file
        return True

    def tell(self, name: str, work: Teller) -> None:
        """Tell the others of a piece of work, until it has ended; `take` comes before."""
        number = uuid4().hex
        self._path(name, "stop").unlink(missing_ok=True)
        self._write(name, work.told(number, self.process))
        telling = partial(self._telling, name, work, number)
        self._tellers[name] = Thread(target=telling, name="telling", daemon=True)
        self._tellers[name].start()

    def let_go(self, name: str) -> None:
        """Give the right back that `take` took."""
        os.close(self._locks.pop(name))

    def ask_to_stop(self, name: str, work: str) -> None:
        """Ask the process that works for a workspace to break a piece of work off."""
        self._path(name, "stop").write_text(work, encoding="utf-8")

    def others(self) -> dict[str, Told]:
        """Return what other processes told last, by the names of the workspaces."""
        found = {}
        with suppress(OSError):  # the folder goes with the server
            for path in sorted(self._folder.glob("*.json")):
                told = self.last(path.stem)
                if told is not None and told.process != self.process:
                    found[path.stem] = told
        return found

    def last(self, name: str) -> Told | None:
        """Return what was told last of the work for a workspace; None where nothing was.

        A process that fell silent is taken for dead: its work has broken off.
        """
        path = self._path(name, "json")
        try:
            held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            silent = time.time() - path.stat().st_mtime
        except (OSError, ValueError):
            return None
        stage = held["told"] and tuple(held["told"])
        told = Told(**{**held, "done": tuple(held["done"]), "told": stage})
        if told.ended or silent < SILENT:
            return told
        return Told(**{**asdict(told), "ended": True, "error": BROKE_OFF})

    @staticmethod
    def name_of(address: str) -> str:
        """Return what the workspace of an address is called here: a name for files."""
        return sha256(address.encode()).hexdigest()

    def _path(self, name: str, suffix: str) -> Path:
        return self._folder / f"{name}.{suffix}"

    def _telling(self, name: str, work: Teller, number: str) -> None:
        try:
            while work.running:
                if self._is_stopped(name, number):
                    work.stop()
                self._write(name, work.told(number, self.process))
                work.join(TOLD_EVERY)
            self._write(name, work.told(number, self.process))
        finally:
            self.let_go(name)

    def _is_stopped(self, name: str, number: str) -> bool:
        try:
            return self._path(name, "stop").read_text(encoding="utf-8") == number
        except OSError:
            return False

    def _write(self, name: str, told: Told) -> None:
        """Write what is told whole: nobody reads half of it."""
        path = self._path(name, "json")
        part = path.with_suffix(f".{self.process}")
        with suppress(OSError):  # the folder goes with the server
            part.write_text(json.dumps(asdict(told)), encoding="utf-8")
            part.replace(path)


BROKE_OFF = tr_later("it broke off. The log of the program says why.")
