"""Average-linkage clusters of records, and how many there should be."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from linker.themes.likeness import Matrix

Homes = NDArray[np.intp]

FEWEST, MOST = 15, 60
"""Themes of a normal State that a build makes by itself; people may ask for any number."""
SMALLEST = 4
"""Records of a theme that stands by itself; smaller ones are gathered under their umbrella."""
NORMAL = 200
"""Records from which a State is normal; below, the bounds shrink with the square root."""
CUT = 0.70
"""Two groups of records whose mean similarity is below 1 - CUT speak of different themes.

A fixed cut lets the data say how many themes there are, and moves less when records come or go
than the widest gap between merges or the best silhouette (measured: adjusted Rand after dropping
a tenth of Slovenia's records in 2019 0.94, against 0.88 for the widest gap near 0.75).
"""


def cluster(similarity: Matrix, themes: int | None = None) -> Homes:
    """Cut the average-linkage tree of the records.

    Where nobody says how many themes there are, the tree is cut at a fixed similarity, within the
    bounds for so many records; and a record left alone joins the theme that it is nearest to.

    Args:
        similarity: symmetric, at most 1; shape (records, records).
        themes: how many; as many as the data ask for where not given.

    Returns:
        The theme of each record, numbered from 0 in the order of their first record.

    Raises:
        ValueError: fewer than one theme wanted.
    """
    count = len(similarity)
    if themes is not None and themes < 1:
        raise ValueError(f"an x-ray has at least one theme, not {themes}")
    if count == 1:
        return np.zeros(1, dtype=np.intp)
    tree = _tree(similarity)
    if themes is not None:
        return _numbered(_cut(tree, min(themes, count)))
    fewest, most = bounds(count)
    homes = _cut(tree, _how_many(tree, fewest, most))
    return _numbered(join_loners(similarity, homes, fewest))


def cut_at(similarity: Matrix) -> Homes:
    """Cut the tree of the records at ``CUT``, whatever the number of clusters."""
    if len(similarity) == 1:
        return np.zeros(1, dtype=np.intp)
    tree = _tree(similarity)
    return _numbered(_cut(tree, int((tree[:, 2] > CUT).sum()) + 1))


def bounds(count: int) -> tuple[int, int]:
    """Return the fewest and the most themes of a State with so many records."""
    share = min(1.0, (count / NORMAL) ** 0.5)
    return max(1, min(count, round(FEWEST * share))), max(1, min(count, round(MOST * share)))


def theme_similarity(similarity: Matrix, homes: Homes) -> Matrix:
    """Return the mean similarity of each record to each theme's other members.

    A record alone in its theme has 1.0 there. Shape (records, themes).
    """
    member = homes[:, None] == np.arange(homes.max() + 1)[None, :]
    total = similarity @ member - np.where(member, np.diag(similarity)[:, None], 0.0)
    others = member.sum(axis=0)[None, :] - member
    mean = np.divide(total, others, out=np.ones_like(total), where=others > 0)
    return np.asarray(np.round(mean, 6))


def join_loners(similarity: Matrix, homes: Homes, fewest: int) -> Homes:
    """Let records that are a theme by themselves join the nearest one, nearest first.

    They stop when only ``fewest`` themes are left.
    """
    homes = _numbered(homes)
    sizes = np.bincount(homes)
    loners = np.flatnonzero(sizes[homes] == 1)
    if not len(loners) or (sizes > 1).sum() == 0:
        return homes
    nearness = theme_similarity(similarity, homes)
    nearness[:, sizes == 1] = -np.inf
    order = sorted(loners, key=lambda row: (-nearness[row].max(), row))
    for row in order[: max(0, len(sizes) - fewest)]:
        homes[row] = nearness[row].argmax()
    return _numbered(homes)


def _tree(similarity: Matrix) -> Matrix:
    from scipy.cluster.hierarchy import linkage

    above = np.triu_indices(len(similarity), 1)
    return np.asarray(linkage(np.maximum(1.0 - similarity[above], 0.0), "average"))


def _cut(tree: Matrix, themes: int) -> Homes:
    """Return the groups that all merges but the last few leave; equal merges in tree order."""
    count = len(tree) + 1
    group = np.arange(2 * count - 1)
    for merge in range(count - themes - 1, -1, -1):
        group[tree[merge, :2].astype(np.intp)] = group[count + merge]
    return np.asarray(group[:count], dtype=np.intp)


def _how_many(tree: Matrix, fewest: int, most: int) -> int:
    """Return how many groups a cut at ``CUT`` leaves, within the bounds.

    Only groups of ``SMALLEST`` records or more count towards ``most``: smaller ones are gathered
    afterwards, and counting them would move the cut, and with it themes that have nothing to do
    with them.
    """
    count = len(tree) + 1
    sizes = [1] * count
    large = [0]
    for left, right in tree[:, :2].astype(np.intp):
        sizes.append(sizes[left] + sizes[right])
        gone = (sizes[left] >= SMALLEST) + (sizes[right] >= SMALLEST)
        large.append(large[-1] + (sizes[-1] >= SMALLEST) - gone)
    merges = int((tree[:, 2] <= CUT).sum())
    while merges < count - fewest and large[merges] > most:
        merges += 1
    return max(count - merges, fewest)


def _numbered(homes: Homes) -> Homes:
    """Number themes from 0 in the order of their first record."""
    _, first, inverse = np.unique(homes, return_index=True, return_inverse=True)
    return np.asarray(np.argsort(np.argsort(first))[inverse], dtype=np.intp)
