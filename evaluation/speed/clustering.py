"""Clustering beside UMAP and HDBSCAN, the same vectors in the same process.

`make bench` installs UMAP for this alone; where it is not, as in `make test`, PCA stands in for it,
which is much faster and worse.
"""

from __future__ import annotations

from evaluation.speed.corpus import recommendations, source
from evaluation.speed.measure import Row, tell

RECORDS, FEW = 2500, 100


def rows() -> list[Row]:
    """Return how many times faster average linkage is, and what shuffling does to each."""
    from evaluation.themes.speed import speed
    from linker.encoding.default import default_encoder

    texts, encoder = list(recommendations()[:RECORDS]), default_encoder()
    speed(encoder, texts[:FEW], (FEW,))  # numba compiles UMAP at its first use
    ours, other = speed(encoder, texts, (len(texts),))
    beside = f"{ours['seconds']:.2f} s against {other['seconds']:.2f} s"
    return [
        Row(f"clustering {len(texts):,} records ({source()}), beside {other['method']}",
            other["seconds"] / ours["seconds"], "×", "", beside, quoted=True),
        Row("  adjusted Rand when they are shuffled", ours["shuffle"], "", "≥1",
            f"{other['shuffle']:.2f}"),
        Row("  share left out of every cluster", ours["left out"], "", "≤0",
            f"{other['left out']:.2f}"),
    ]  # fmt: skip


if __name__ == "__main__":
    tell(rows())
