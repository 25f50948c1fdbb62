"""Exact search among as many vectors as UHRI has records."""

from __future__ import annotations

import numpy as np

from evaluation.bench.measure import Row, peak, seconds, tell

VECTORS, DIMENSION, QUERIES, NEAREST = 270_000, 384, 200, 20


def rows() -> list[Row]:
    """Return the 95th percentile of a search and the memory of the index."""
    from linker.index import VectorIndex

    chosen = np.random.default_rng(0)
    vectors = chosen.normal(size=(VECTORS, DIMENSION)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    before = peak()
    index = VectorIndex(DIMENSION, "bench")
    adding = seconds(lambda: index.add([f"{n:06d}" for n in range(VECTORS)], vectors))
    queries = vectors[chosen.integers(0, VECTORS, QUERIES)]
    times = [
        seconds(lambda query=query: index.search(query[None, :], NEAREST))  # type: ignore[misc]
        for query in queries
    ]
    return [
        Row(f"exact search among {VECTORS:,} vectors, 95th percentile",
            1000 * float(np.percentile(times, 95)), "ms", "≤50", quoted=True),
        Row("  median", 1000 * float(np.median(times)), "ms"),
        Row("  the vectors themselves", vectors.nbytes / 1024**2, "MiB"),
        Row("  memory of making the index, the given vectors aside", peak() - before, "MiB"),
        Row("  making the index", adding, "s"),
    ]  # fmt: skip


if __name__ == "__main__":
    tell(rows())
