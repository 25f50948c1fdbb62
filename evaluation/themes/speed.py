"""How long clustering takes beside what people usually run: ``python -m evaluation.themes.speed``.

The same vectors go to average linkage and, in the same run, to UMAP + HDBSCAN with BERTopic's
settings (5 dimensions, 15 neighbours, cosine; clusters of 10 and more). Neither is part of the
product: where ``umap`` is not installed, PCA to 5 dimensions and scikit-learn's HDBSCAN take its
place, and the rows say so. 25,000 records are the real ones, ten times, with noise.
"""

from __future__ import annotations

import importlib
import importlib.util
import random
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evaluation.tables import plain
from linker.encoding.encoder import Encoder

DIMENSIONS, NEIGHBOURS, SMALLEST = 5, 15, 10
LINKED = 0.6
"""Where the tree of plain cosines is cut, in distance: about as many themes as the x-ray has."""
Vectors = NDArray[np.float32]


def speed(
    encoder: Encoder, texts: list[str], sizes: tuple[int, ...] = (2500, 25000)
) -> list[dict[str, Any]]:
    """Return for each size and method seconds, clusters, share left out and shuffle ARI.

    Args:
        encoder: for the texts.
        texts: at least as many as the smallest size.
        sizes: numbers of records.
    """
    real = encoder.encode(texts[: sizes[0]]).astype(np.float32)
    rows = []
    for size in sizes:
        vectors = _grown(real, size)
        for name, way in (("average linkage", linked), (other_name(), other)):
            started = time.perf_counter()
            labels = way(vectors)
            seconds = time.perf_counter() - started
            row = {"records": size, "method": name, "seconds": seconds}
            row |= {"clusters": int(labels.max()) + 1, "left out": float((labels < 0).mean())}
            if size == sizes[0]:
                row["shuffle"] = _shuffled(way, vectors, labels)
            rows.append(row)
    return rows


def linked(vectors: Vectors) -> NDArray[np.intp]:
    """Cluster by average linkage on cosines; shape (records,)."""
    from scipy.cluster.hierarchy import fcluster, linkage

    count = len(vectors)
    distance = np.empty(count * (count - 1) // 2)
    start = 0
    for row in range(count - 1):
        end = start + count - row - 1
        distance[start:end] = 1.0 - vectors[row + 1 :] @ vectors[row]
        start = end
    tree = linkage(np.maximum(distance, 0.0), "average")
    return np.asarray(fcluster(tree, LINKED, "distance") - 1, dtype=np.intp)


def other_name() -> str:
    """Return what stands beside average linkage on this machine."""
    return "UMAP + HDBSCAN" if _has_umap() else "PCA + HDBSCAN (umap is not installed)"


def other(vectors: Vectors) -> NDArray[np.intp]:
    """Cluster by density in few dimensions; -1 for what is left out."""
    from sklearn.cluster import HDBSCAN

    if _has_umap():
        settings = {"n_neighbors": NEIGHBOURS, "n_components": DIMENSIONS, "min_dist": 0.0}
        umap = importlib.import_module("umap")
        reducer = umap.UMAP(**settings, metric="cosine", random_state=0)
    else:
        from sklearn.decomposition import PCA

        reducer = PCA(DIMENSIONS, random_state=0)
    reduced = reducer.fit_transform(vectors)
    return np.asarray(HDBSCAN(min_cluster_size=SMALLEST, copy=True).fit_predict(reduced))


def _has_umap() -> bool:
    return importlib.util.find_spec("umap") is not None


def _grown(real: Vectors, size: int) -> Vectors:
    times = -(-size // len(real))
    many = np.tile(real, (times, 1))[:size]
    if times > 1:
        many = many + np.random.default_rng(0).normal(0, 0.02, many.shape).astype(np.float32)
    return np.asarray(many / np.linalg.norm(many, axis=1, keepdims=True), dtype=np.float32)


def _shuffled(
    way: Callable[[Vectors], NDArray[np.intp]], vectors: Vectors, labels: NDArray[np.intp]
) -> float:
    from sklearn.metrics import adjusted_rand_score

    order = random.Random(0).sample(range(len(vectors)), len(vectors))  # noqa: S311
    return float(adjusted_rand_score(labels[order], way(vectors[order])))


def main() -> None:
    """Print the rows."""
    from evaluation.themes.xray import upr_info
    from linker.encoding.default import default_encoder

    texts = [record.text for corpus in upr_info() for record in corpus.records]
    print(plain(speed(default_encoder(), texts)))


if __name__ == "__main__":
    main()
