"""All of the Universal Human Rights Index, made up: imported, killed, built on, searched.

``python -m evaluation.speed.uhri [--records N] [--processes N] [--output FILE]``: by default
270,000 records, which takes hours, over 190 States, fewer in proportion. Made from real texts where
this machine has them, by repeating and perturbing them. Growth is told in processor time: that of
the clock says more about what else the machine does.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from evaluation.speed.measure import KIB, Row, linker, run

RECORDS = 270_000
STATES = 190
PROCESSES = 2
SIZE = "UHRI's size"
MEMORY = "≤1500"
QUERY = "minimum age of marriage"
BUILDING = "--building"
Passed = tuple[float, float, str]
"""When (seconds of processor time of all processes), the memory of the largest of them until then
in MiB, and the State begun."""


@dataclass(frozen=True, slots=True)
class Built:
    """One run of a build, State by State."""

    passed: list[Passed]
    seconds: float

    @property
    def mebibytes(self) -> float:
        """The most memory that one of its processes held when a State was begun."""
        return max(memory for _, memory, _ in self.passed)


def main() -> None:
    """Measure, print and write where told; or be the process that builds."""
    arguments = argparse.ArgumentParser(description=__doc__)
    default = int(os.environ.get("LINKER_UHRI_RECORDS", RECORDS))
    arguments.add_argument("--records", type=int, default=default)
    arguments.add_argument("--processes", type=int, default=PROCESSES)
    arguments.add_argument("--output", type=Path)
    arguments.add_argument(BUILDING, type=Path, help=argparse.SUPPRESS)
    options = arguments.parse_args()
    if options.building:
        build(options.building, options.processes)
        return
    from evaluation.speed.report import as_text, write

    found = measured(options.records, options.processes)
    print(as_text(found))
    if options.output:
        write(found, options.output)


def measured(count: int, processes: int = PROCESSES) -> dict[str, list[Row]]:
    """Return the rows, by a title that says how many records it was."""
    title = f"A corpus of {SIZE}" if count >= RECORDS else f"A short form of a corpus of {SIZE}"
    states = max(3, STATES * count // RECORDS)
    return {f"{title}: {count:,} records": uhri(count, states, processes)}


def uhri(count: int, states: int, processes: int) -> list[Row]:
    """Return what importing, building and searching so many records takes."""
    with tempfile.TemporaryDirectory() as place:
        folder, file = Path(place) / "workspace", Path(place) / "uhri.json"
        writing = "from evaluation.speed.corpus import write_uhri; from pathlib import Path; "
        run("-c", f"{writing} write_uhri(Path({str(file)!r}), {count}, {states})")
        imported = linker(folder, "import", file)
        killed = _built(folder, processes, until=states // 3)
        resumed = _built(folder, processes)
        again = linker(folder, "build")
        asked = linker(folder, "convergence", "--state", resumed.passed[0][2])
        return [
            Row("import, per 1,000 records", imported.seconds / count * 1000, "s"),
            Row("  peak memory", imported.mebibytes, "MiB", MEMORY),
            *_of_building(killed, resumed, count, states, processes),
            Row("build again, nothing changed, per 1,000 records",
                again.seconds / count * 1000, "s"),
            Row("  peak memory", again.mebibytes, "MiB", MEMORY),
            Row("list the convergences of one State", asked.seconds, "s"),
            Row("  peak memory", asked.mebibytes, "MiB", MEMORY),
            *searches(folder),
            *(Row(f"on disk: {name}", _mebibytes(folder / name), "MiB") for name in
              ("workspace.db", "embeddings", "indices")),
        ]  # fmt: skip


def _of_building(
    killed: Built, resumed: Built, count: int, states: int, processes: int
) -> list[Row]:
    per_state = count / states
    ends = _ends(resumed.passed, processes)
    first, last = (_per_thousand(passed, per_state) for passed in ends)
    built = (len(resumed.passed) - 1) * per_state
    done = {state for *_, state in killed.passed[:-processes]}
    return [
        Row(
            f"build, per 1,000 records, of {states} States with --processes {processes}",
            resumed.seconds / built * 1000, "s",
            beside=f"{resumed.passed[-1][0] / built * 1000:.2f} s of processor time",
        ),
        Row(
            f"  most memory of one process, building {count:,} records State by State",
            max(killed.mebibytes, resumed.mebibytes), "MiB", MEMORY, quoted=True,
        ),
        Row(
            "  how it grows: the last third of the States beside the first", last / first, "×",
            "≤1.1", f"{first:.2f} s and {last:.2f} s of processor time per 1,000 records",
        ),
        Row(
            "  States finished before the build was killed that were built again",
            len(done & {state for *_, state in resumed.passed}),
            aim="≤0", beside=f"killed at State {len(killed.passed)} of {states}",
        ),
    ]  # fmt: skip


def searches(folder: Path) -> list[Row]:
    """Return what searching over everything takes, in a process that is warm and from nothing."""
    import json

    warm = json.loads(run("-m", "evaluation.speed.searching_all", folder).output.splitlines()[-1])
    cold = linker(folder, "search", QUERY)
    again = linker(folder, "search", QUERY)
    return [
        *map(Row.from_dict, warm),
        Row("`linker search`, a new process", min(cold.cpu, again.cpu), "s", "≤1.5",
            f"of processor time; {min(cold.seconds, again.seconds):.2f} s by the clock"),
        Row("  peak memory", again.mebibytes, "MiB", MEMORY),
    ]  # fmt: skip


def build(folder: Path, processes: int) -> None:
    """Build a workspace, telling each State that is begun: when, and the most memory so far."""
    import psutil

    from linker.workspace.workspace import Linker

    whole, begun, most, lost = psutil.Process(), set(), 0.0, 0.0

    def tell(state: str) -> None:
        nonlocal most
        mine = [whole, *whole.children(recursive=True)]
        most = max(most, *(one.memory_info().rss / KIB**2 for one in mine))
        spent = sum(sum(one.cpu_times()[:2]) for one in mine) + lost
        print(f"{spent:.3f}\t{most:.1f}\t{state}", flush=True)

    def progress(stage: str, _: int, __: int) -> None:
        state = stage.partition(":")[0]
        if state not in begun:
            begun.add(state)
            tell(state)

    with Linker.open(folder) as opened:
        opened.build(progress, processes=processes)
    lost = sum(whole.cpu_times()[2:4])  # of processes that have ended
    tell("")


def _built(folder: Path, processes: int, until: int | None = None) -> Built:
    """Build in a process of its own; kill it when it has begun so many States."""
    command = [sys.executable, "-m", "evaluation.speed.uhri", BUILDING, str(folder)]
    command += ["--processes", str(processes)]
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603
    passed: list[Passed] = []
    for line in process.stdout or ():
        when, memory, state = line.rstrip("\n").split("\t")
        passed.append((float(when), float(memory), state))
        if until is not None and len(passed) > until:
            process.send_signal(signal.SIGKILL)
            break
    process.wait()
    if until is None and process.returncode:
        raise RuntimeError(f"the build failed with exit code {process.returncode}")
    return Built(passed, time.perf_counter() - started)


def _ends(passed: list[Passed], at_once: int = 1) -> tuple[list[Passed], list[Passed]]:
    """Return the first and the last third, but for the first States: models load with them.

    So many States are begun nearly at one moment: a third is a multiple of them.
    """
    steady = passed[at_once:] if len(passed) > 2 * at_once else passed
    third = max(at_once, (len(steady) - 1) // 3 // at_once * at_once)
    return steady[: third + 1], steady[-third - 1 :]


def _per_thousand(passed: list[Passed], per_state: float) -> float:
    return (passed[-1][0] - passed[0][0]) / ((len(passed) - 1) * per_state) * 1000


def _mebibytes(path: Path) -> float:
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files) / KIB**2


if __name__ == "__main__":
    main()
