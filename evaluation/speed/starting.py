"""How long the command line takes to answer.

The first start after an installation also reads the files from the disk and, without compiled
modules (``*.pyc``), compiles them: that one is told apart from the ones that follow.
"""

from __future__ import annotations

import tempfile

from evaluation.speed.measure import REPEATS, Row, run, tell

TEXT = "End child marriage and female genital mutilation"


def rows() -> list[Row]:
    """Return seconds and memory of two commands, and of the first one without compiled modules."""
    with tempfile.TemporaryDirectory() as place:
        first = run("-m", "linker", "--help", PYTHONPYCACHEPREFIX=place)
    helped = [run("-m", "linker", "--help") for _ in range(REPEATS)]
    asked = [run("-m", "linker", "suggest", TEXT) for _ in range(REPEATS)]
    return [
        Row("`linker --help`", min(one.seconds for one in helped), "s", quoted=True),
        Row("  peak memory", helped[0].mebibytes, "MiB"),
        Row("  before python has compiled its modules", first.seconds, "s", "",
            "as after an installation; files in the machine's cache all the same"),
        Row("`linker suggest TEXT`, a new process each time", min(one.seconds for one in asked),
            "s", quoted=True),
        Row("  peak memory", asked[0].mebibytes, "MiB"),
    ]  # fmt: skip


if __name__ == "__main__":
    tell(rows())
