"""All of the Universal Human Rights Index, made up: imported, killed, built State by State.

``python -m evaluation.speed.uhri [--output FILE]``; LINKER_UHRI_RECORDS says how many records
(default 270,000, which takes hours), spread over 190 States. Made from real texts where this
machine has them, by repeating and perturbing them.
"""

from __future__ import annotations

import argparse
import os
import resource
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
SIZE = "UHRI's size"
MEMORY = "≤1500"
BUILDING = "--building"
Passed = tuple[float, float, str]
"""When (seconds since the build began), the memory held until then in MiB, and the State begun."""


@dataclass(frozen=True, slots=True)
class Built:
    """One run of a build, State by State."""

    passed: list[Passed]
    seconds: float
    mebibytes: float


def main() -> None:
    """Measure, print and write where told; or be the process that builds."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--output", type=Path)
    arguments.add_argument(BUILDING, type=Path, help=argparse.SUPPRESS)
    options = arguments.parse_args()
    if options.building:
        build(options.building)
        return
    from evaluation.speed.report import as_text, write

    found = measured()
    print(as_text(found))
    if options.output:
        write(found, options.output)


def measured() -> dict[str, list[Row]]:
    """Return the rows, by a title that says how many records it was."""
    count = int(os.environ.get("LINKER_UHRI_RECORDS", RECORDS))
    title = f"A corpus of {SIZE}" if count >= RECORDS else f"A short form of a corpus of {SIZE}"
    return {f"{title}: {count:,} records": uhri(count, max(3, STATES * count // RECORDS))}


def uhri(count: int, states: int) -> list[Row]:
    """Return what importing and building so many records takes."""
    with tempfile.TemporaryDirectory() as place:
        folder, file = Path(place) / "workspace", Path(place) / "uhri.json"
        writing = "from evaluation.speed.corpus import write_uhri; from pathlib import Path; "
        run("-c", f"{writing} write_uhri(Path({str(file)!r}), {count}, {states})")
        imported = linker(folder, "import", file)
        killed = _built(folder, until=states // 3)
        resumed = _built(folder)
        again = linker(folder, "build")
        asked = linker(folder, "convergence", "--state", resumed.passed[0][2])
        sizes = [_mebibytes(folder / "workspace.db"), _mebibytes(folder / "embeddings")]
    per_state = count / states
    first, last = (_per_thousand(passed, per_state) for passed in _ends(resumed.passed))
    return [
        Row("import, per 1,000 records", imported.seconds / count * 1000, "s"),
        Row("  peak memory", imported.mebibytes, "MiB", MEMORY),
        Row(f"build, per 1,000 records, of {states} States", _rate(killed, resumed, count), "s"),
        Row(
            f"  peak memory of building {count:,} records, State by State",
            max(killed.mebibytes, resumed.mebibytes), "MiB", MEMORY, quoted=True,
        ),
        Row(
            "  how it grows: the last third of the States beside the first", last / first, "×",
            beside=f"{first:.2f} s and {last:.2f} s per 1,000 records",
        ),
        Row(
            "  States finished before the build was killed that were built again",
            len({state for *_, state in killed.passed[:-1]} & {s for *_, s in resumed.passed}),
            aim="≤0", beside=f"killed at State {len(killed.passed)} of {states}",
        ),
        Row("build again, nothing changed, per 1,000 records", again.seconds / count * 1000, "s"),
        Row("  peak memory", again.mebibytes, "MiB", MEMORY),
        Row("list the convergences of one State", asked.seconds, "s"),
        Row("  peak memory", asked.mebibytes, "MiB", MEMORY),
        Row("database", sizes[0], "MiB"),
        Row("embeddings", sizes[1], "MiB"),
    ]  # fmt: skip


def build(folder: Path) -> None:
    """Build a workspace, telling each State that is begun: when, and the most memory so far."""
    from linker.workspace.workspace import Linker

    started, begun = time.perf_counter(), set()

    def progress(stage: str, _: int, __: int) -> None:
        state = stage.partition(":")[0]
        if state not in begun:
            begun.add(state)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB
            print(f"{time.perf_counter() - started:.3f}\t{peak:.1f}\t{state}", flush=True)

    with Linker.open(folder) as opened:
        opened.build(progress)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB
    print(f"{time.perf_counter() - started:.3f}\t{peak:.1f}\t", flush=True)


def _built(folder: Path, until: int | None = None) -> Built:
    """Build in a process of its own; kill it when it has begun so many States."""
    command = [sys.executable, "-m", "evaluation.speed.uhri", BUILDING, str(folder)]
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
    return Built(passed, passed[-1][0], passed[-1][1])


def _rate(killed: Built, resumed: Built, count: int) -> float:
    """Return seconds per 1,000 records, what the killed run finished included."""
    return (killed.seconds + resumed.seconds - resumed.passed[0][0]) / count * 1000


def _ends(passed: list[Passed]) -> tuple[list[Passed], list[Passed]]:
    """Return the first and the last third, but for the first State: models load with it."""
    steady = passed[1:] if len(passed) > 2 else passed
    third = max(1, (len(steady) - 1) // 3)
    return steady[: third + 1], steady[-third - 1 :]


def _per_thousand(passed: list[Passed], per_state: float) -> float:
    return (passed[-1][0] - passed[0][0]) / ((len(passed) - 1) * per_state) * 1000


def _mebibytes(path: Path) -> float:
    files = [path] if path.is_file() else list(path.iterdir())
    return sum(file.stat().st_size for file in files) / KIB**2


if __name__ == "__main__":
    main()
