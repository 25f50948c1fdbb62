"""Themes that stay put: what an earlier x-ray decided, kept when records come and go."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence

import numpy as np

from linker.themes.likeness import Likeness
from linker.themes.theme import Theme
from linker.themes.theme_clusters import CUT, Homes, bounds, cut_at

NEW = -1
KEPT = 0.5
"""A theme keeps its label while at least this share of old and new members together is in both."""


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


def carry_ids(homes: Homes, ids: Sequence[str], previous: Sequence[Theme]) -> list[str]:
    """Return for each theme the id of the previous theme with which it shares most members.

    Pairs are taken greedily, most shared members first, ties by previous id and then by theme;
    a theme that shares members with none left gets an empty string.

    Args:
        homes: the theme of each record, from 0.
        ids: of the records.
        previous: the earlier themes.
    """
    place = {record_id: int(home) for record_id, home in zip(ids, homes, strict=True)}
    shared: dict[tuple[int, str], int] = {}
    for theme in previous:
        for member in theme.members:
            if member.record_id in place:
                pair = (place[member.record_id], theme.theme_id)
                shared[pair] = shared.get(pair, 0) + 1
    carried = [""] * (int(homes.max()) + 1)
    used: set[str] = set()
    for home, theme_id in sorted(shared, key=lambda pair: (-shared[pair], pair[1], pair[0])):
        if not carried[home] and theme_id not in used:
            carried[home] = theme_id
            used.add(theme_id)
    return carried


def new_id(state: str, record_id: str, taken: Collection[str]) -> str:
    """Return the id of a theme born around a record: ``T-`` and 10 hexadecimal digits.

    Args:
        state: ISO 3166-1 alpha-3.
        record_id: its most central member at birth.
        taken: ids in use; another is made from the same record where the first is among them.
    """
    number = 0
    while True:
        born = f"{state}|{record_id}" + (f"|{number}" if number else "")
        theme_id = f"T-{hashlib.sha256(born.encode()).hexdigest()[:10]}"
        if theme_id not in taken:
            return theme_id
        number += 1


def much_changed(old: Collection[str], now: Collection[str]) -> bool:
    """Whether more than half of a theme's old and new members together differ."""
    before, after = set(old), set(now)
    return len(before & after) < KEPT * len(before | after)


def _found(likeness: Likeness, homes: Homes, left: Homes, count: int, room: int) -> None:
    """Found at most ``room`` themes, the largest clusters first, from records that fit none."""
    clusters = cut_at(likeness.between(left, left))
    sizes = np.bincount(clusters)
    founding = sorted(np.flatnonzero(sizes > 1), key=lambda c: (-sizes[c], c))[:room]
    for number, founder in enumerate(founding):
        homes[left[clusters == founder]] = count + number
