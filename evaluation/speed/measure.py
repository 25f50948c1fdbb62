"""Measuring: seconds of a call, seconds and memory of a process, and the rows that are told.

This module and whatever starts processes stay light: on Linux a new process is booked with the
memory of the one that started it.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

REPEATS = 3
KIB = 1024


@dataclass(frozen=True, slots=True)
class Row:
    """One number.

    Attributes:
        what: what was measured.
        value: the number.
        unit: ``s``, ``ms``, ``MiB``, ``×`` (a ratio), ``1/s`` or empty.
        aim: what it should be, ``≤ 10`` or ``≥ 3``; empty where it is only told.
        beside: the alternative in the same run, or how it was measured, in words.
        quoted: whether README.md quotes it.
    """

    what: str
    value: float
    unit: str = ""
    aim: str = ""
    beside: str = ""
    quoted: bool = False

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None without one."""
        if not self.aim:
            return None
        bound = float(self.aim[1:].replace(",", ""))
        return self.value >= bound if self.aim.startswith("≥") else self.value <= bound

    @property
    def shown(self) -> str:
        """The number with its unit and as many digits as it deserves."""
        digits = 0 if abs(self.value) >= 100 else 1 if abs(self.value) >= 10 else 2
        if not self.unit:
            digits = 0 if self.value == round(self.value) else 4
        number = f"{self.value:,.{digits}f}"
        return f"{number}×" if self.unit == "×" else f"{number} {self.unit}".strip()

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {**asdict(self), "met": self.met}

    @classmethod
    def from_dict(cls, plain: dict[str, Any]) -> Row:
        """Make a row from `to_dict`'s result."""
        return cls(**{key: value for key, value in plain.items() if key != "met"})


@dataclass(frozen=True, slots=True)
class Ran:
    """What a process took.

    Attributes:
        seconds: from its start to its end.
        cpu: seconds of processor time.
        mebibytes: the most memory it held.
        output: what it printed.
    """

    seconds: float
    cpu: float
    mebibytes: float
    output: str


def seconds(call: Callable[[], object], repeats: int = 1) -> float:
    """Return how long a call takes: the least of some repeats."""
    best = float("inf")
    for _ in range(repeats):
        started = time.perf_counter()
        call()
        best = min(best, time.perf_counter() - started)
    return best


def processor(call: Callable[[], object]) -> float:
    """Return how many seconds of processor time a call takes, in all threads of this process."""
    started = time.process_time()
    call()
    return time.process_time() - started


def pace() -> float:
    """Return the seconds that ten million additions take in Python: what a second is worth here."""
    return seconds(lambda: sum(number + 1 for number in range(10_000_000)), REPEATS)


def peak() -> float:
    """Return the most memory that this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB


def run(*arguments: str | Path, **environment: str) -> Ran:
    """Run this Python with arguments and return what it took.

    Raises:
        RuntimeError: it failed.
    """
    command = [sys.executable, *map(str, arguments)]
    started = time.perf_counter()
    # Compiled modules are kept, as an installation keeps them.
    environment = {"PYTHONDONTWRITEBYTECODE": "", **environment}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ | environment)  # noqa: S603
    output = process.stdout.read().decode("utf-8") if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}: exit code {process.returncode}\n{output}")
    cpu = usage.ru_utime + usage.ru_stime
    return Ran(time.perf_counter() - started, cpu, usage.ru_maxrss / KIB, output)


def linker(workspace: Path, *arguments: str | Path) -> Ran:
    """Run a command of the command line on a workspace."""
    return run("-m", "linker", "--workspace", workspace, *arguments)


def part(name: str) -> list[Row]:
    """Run ``evaluation/speed/NAME.py`` in a process of its own and return its rows.

    Its peak memory becomes the last of them.
    """
    ran = run("-m", f"evaluation.speed.{name}")
    rows = [Row.from_dict(plain) for plain in json.loads(ran.output.splitlines()[-1])]
    return [*rows, Row("  peak memory of this part", ran.mebibytes, "MiB")]


def tell(rows: Sequence[Row]) -> None:
    """Print the rows for the process that asked, on one line."""
    print(json.dumps([row.to_dict() for row in rows], ensure_ascii=False))
