"""A State of 2,500 records from its files to links, themes and SDG proposals; then 100 more."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from evaluation.speed.corpus import source, write_state
from evaluation.speed.measure import REPEATS, Row, linker, seconds, tell

RECORDS, MORE = 2500, 100


def rows() -> list[Row]:
    """Return seconds and memory of every step."""
    with tempfile.TemporaryDirectory() as place:
        folder, (first, more) = Path(place), write_state(Path(place), RECORDS, MORE)
        cold = folder / "cold"
        read, built = linker(cold, "import", first), linker(cold, "build")
        later = shutil.copytree(cold, folder / "later")
        grown = [linker(later, "import", more), linker(later, "build")]
        return [
            Row(
                f"{RECORDS:,} records ({source()}) from file to links, themes and SDG, cold",
                read.seconds + built.seconds, "s", "≤10",
                "`linker import` and `linker build` in an empty folder", quoted=True,
            ),
            Row("  of it reading the file", read.seconds, "s"),
            Row("  peak memory of `linker import`", read.mebibytes, "MiB"),
            Row("  peak memory of `linker build`", built.mebibytes, "MiB"),
            *_warm(cold, first, more),
            Row(f"{MORE} records added by the command line: `linker import`, `linker build`",
                sum(step.seconds for step in grown), "s"),
        ]  # fmt: skip


def _warm(folder: Path, first: Path, more: Path) -> list[Row]:
    """Return what a process that is running already takes, such as the application."""
    from linker.workspace.workspace import Linker

    with Linker.open(folder) as opened:
        _forget(opened)
        everything = seconds(opened.build)
        again = seconds(opened.build, REPEATS)
        whole = seconds(lambda: (opened.add([first]), opened.build()), REPEATS)
        added = seconds(lambda: opened.add([more]))
        grown = seconds(opened.build)
        asked = seconds(lambda: (opened.convergences(), opened.sdg(), opened.xray()), REPEATS)
    return [
        Row("the same again: the file read, nothing to build", whole, "s", "≤1", quoted=True),
        Row("  of it seeing that nothing has to be built", again, "s"),
        Row("everything made again from known embeddings", everything, "s"),
        Row(f"{MORE} records added to it", added + grown, "s", "≤1", quoted=True),
        Row("  of it reading their file", added, "s"),
        Row("all links and themes read back", asked, "s"),
    ]  # fmt: skip


def _forget(opened: object) -> None:
    """Make the next build do everything but encode."""
    from sqlalchemy import update

    from linker.store import schema
    from linker.workspace.workspace import Linker

    assert isinstance(opened, Linker)
    with opened.store.engine.begin() as db:
        db.execute(update(schema.builds).values(digest="", summary={}))


if __name__ == "__main__":
    tell(rows())
