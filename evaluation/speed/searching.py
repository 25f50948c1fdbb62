"""Exact search among as many vectors as UHRI has records."""

from __future__ import annotations

import numpy as np

from evaluation.speed.corpus import recommendations, source
from evaluation.speed.measure import Row, peak, seconds, tell
from linker.encoding.default import default_encoder
from linker.encoding.encoder import Vectors
from linker.index import VectorIndex

VECTORS, QUERIES, NEAREST = 270_000, 200, 20
TEXTS = 1_000
"""Texts that are encoded; every vector is that of one of them, moved at random."""
MOVED = 0.02
"""Standard deviation in each dimension: what is moved has a cosine of some 0.93 with its text."""
MIB = 1024**2


def rows() -> list[Row]:
    """Return the 95th percentile of a search, the memory of the index and how exact it is."""
    vectors = _vectors()
    before = peak()
    index = VectorIndex(vectors.shape[1], "bench")
    adding = seconds(lambda: index.add([f"{n:06d}" for n in range(VECTORS)], vectors))
    making = peak() - before
    queries = vectors[np.random.default_rng(1).integers(0, VECTORS, QUERIES)]
    times = [
        seconds(lambda query=query: index.search(query[None, :], NEAREST))  # type: ignore[misc]
        for query in queries
    ]
    recall, moved = _exactness(index, vectors, queries)
    return [
        Row(f"exact search among {VECTORS:,} vectors, 95th percentile",
            1000 * float(np.percentile(times, 95)), "ms", "≤50", quoted=True),
        Row("  median", 1000 * float(np.median(times)), "ms"),
        Row("  the index, held in half precision", index.nbytes / MIB, "MiB",
            beside=f"the vectors as given: {vectors.nbytes / MIB:.0f} MiB"),
        Row(f"  share of the {NEAREST} nearest that single precision finds too", recall,
            aim="≥0.99", beside=f"{TEXTS:,} {source()}, each moved at random"),
        Row("  the most that a cosine of theirs moves", 1000 * moved, "thousandths"),
        Row("  memory of making the index, the given vectors aside", making, "MiB"),
        Row("  making the index", adding, "s"),
    ]  # fmt: skip


def _vectors() -> Vectors:
    """Return unit vectors around those of real texts, shape (VECTORS, dimension)."""
    centres = default_encoder().encode(recommendations()[:TEXTS])
    shape = VECTORS, centres.shape[1]
    vectors = np.random.default_rng(0).standard_normal(shape, dtype=np.float32)
    vectors *= MOVED
    for start in range(0, VECTORS, len(centres)):
        some = vectors[start : start + len(centres)]
        some += centres[: len(some)]
        some /= np.linalg.norm(some, axis=1, keepdims=True)
    return vectors


def _exactness(index: VectorIndex, vectors: Vectors, queries: Vectors) -> tuple[float, float]:
    """Return the share of the nearest that are right, and how far their cosines are moved."""
    right, moved = 0, 0.0
    for query in queries:
        cosines = vectors @ query
        hits = index.search(query[None, :], NEAREST)[0]
        nearest = np.argpartition(-cosines, NEAREST)[:NEAREST]
        right += len({int(hit.id) for hit in hits} & set(nearest.tolist()))
        moved = max(moved, *(abs(hit.score - float(cosines[int(hit.id)])) for hit in hits))
    return right / (NEAREST * len(queries)), moved


if __name__ == "__main__":
    tell(rows())
