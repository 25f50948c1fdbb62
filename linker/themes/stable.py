"""Themes that stay put: what an earlier x-ray decided, kept when records come and go."""

from __future__ import annotations

import numpy as np

from linker.themes.likeness import Likeness
from linker.themes.theme_clusters import CUT, Homes, bounds, cut_at

NEW = -1


def grow(likeness: Likeness, known: Homes, count: int, found_new: bool = True) -> Homes:
    """Give homes to new records without moving the others.

    A new record joins the nearest theme when it is as similar to it as themes are cut at; what
    is left is clustered by itself. A cluster of at least two founds a theme while the bounds
    allow it; a record that is left alone joins the nearest theme all the same, weakly.

    Args:
        likeness: of all records.
        known: the theme of each record, from 0; ``NEW`` where it has none yet.
        count: number of themes known.
        found_new: whether new themes may be founded.

    Returns:
        The theme of each record; founded themes are numbered from ``count``.
    """
    homes = known.copy()
    new = np.flatnonzero(known == NEW)
    if not len(new):
        return homes
    nearness = likeness.to_groups(known[:, None] == np.arange(count), new)
    homes[new] = nearness.argmax(axis=1)
    fits = nearness.max(axis=1) >= 1 - CUT
    left = new[~fits]
    if found_new and len(left) > 1:
        room = max(0, bounds(len(known))[1] - count)
        _found(likeness, homes, left, count, room)
    return homes


def _found(likeness: Likeness, homes: Homes, left: Homes, count: int, room: int) -> None:
    """Found at most ``room`` themes, the largest clusters first, from records that fit none."""
    clusters = cut_at(likeness.between(left, left))
    sizes = np.bincount(clusters)
    founding = sorted(np.flatnonzero(sizes > 1), key=lambda c: (-sizes[c], c))[:room]
    for number, founder in enumerate(founding):
        homes[left[clusters == founder]] = count + number
