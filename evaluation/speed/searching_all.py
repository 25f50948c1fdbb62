"""Searching over all States of a workspace, from a process that is warm, with and without filters.

``python -m evaluation.speed.searching_all FOLDER``.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import numpy as np

from evaluation.speed.corpus import recommendations, source
from evaluation.speed.measure import Row, peak, processor, tell
from linker.records.filters import Filter
from linker.workspace.workspace import Linker

QUERIES = 60
WORDS = 6
FILTERS = (
    Filter(),
    Filter(mechanism="TB"),
    Filter(mechanism="UPR", cycle="3"),
    Filter(theme="violence", group="children"),
)
"""Each query is asked with one of them, turn by turn."""


def rows(folder: Path) -> list[Row]:
    """Return the 95th percentile of a search, the first one, and the memory they take."""
    chosen = random.Random(3)  # noqa: S311
    texts = [" ".join(text.split()[:WORDS]) for text in chosen.sample(recommendations(), QUERIES)]
    with Linker.open(folder) as linker:
        first = processor(lambda: linker.search(texts[0]))
        times = [
            processor(lambda n=n, text=text: linker.search(text, FILTERS[n % len(FILTERS)]))  # type: ignore[misc]
            for n, text in enumerate(texts)
        ]
        count = linker.store.counts(["records"])["records"]
    return [
        Row(f"search over all {count:,} records with filters, 95th percentile",
            1000 * float(np.percentile(times, 95)), "ms", "≤100",
            f"of processor time, {QUERIES} beginnings of {source()}"),
        Row("  median", 1000 * float(np.median(times)), "ms"),
        Row("  the first search of a process", first, "s"),
        Row("  peak memory", peak(), "MiB", "≤1500"),
    ]  # fmt: skip


if __name__ == "__main__":
    tell(rows(Path(sys.argv[1])))
