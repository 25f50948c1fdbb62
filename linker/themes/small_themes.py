"""Where records go that are too few for a theme, or that fit no one name: under their umbrella."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from math import sqrt

import numpy as np

from linker.themes.theme_clusters import NORMAL, SMALLEST, Homes

REST = "Other in this area"
REST_DESCRIPTION = "What is too small for a theme of its own, or fits no one name."


def with_rest(labels: Sequence[str], umbrellas: Sequence[str]) -> list[str]:
    """Return labels, each once, with one that says the umbrella where nothing names a theme."""
    said, times = [], Counter[str]()
    for label, umbrella in zip(labels, umbrellas, strict=True):
        rest = f"{REST}: {umbrella}"
        times[rest] += not label
        said.append(label or (rest if times[rest] == 1 else f"{rest} ({times[rest]})"))
    return said


def smallest(records: int) -> int:
    """Return the fewest records of a theme that stands by itself, in a State with so many."""
    return round(SMALLEST * min(1.0, sqrt(records / NORMAL)))


def gather_small(
    homes: Homes,
    umbrellas: Sequence[str],
    fresh: Collection[int],
    named: Sequence[bool],
    gathered: Mapping[str, int],
) -> tuple[Homes, list[int], frozenset[int]]:
    """Gather new themes that are too small, or that nothing names, under their umbrella.

    Args:
        homes: the theme of each record, from 0.
        umbrellas: of each theme.
        fresh: themes that were cut or founded just now; earlier ones stay as they are.
        named: for each theme whether a label is borne out by its records.
        gathered: the theme that gathered the rest of an umbrella before.

    Returns:
        The theme of each record, numbered from 0 again; for each of these the number that it had;
        and which of these gather a rest.
    """
    least, sizes = smallest(len(homes)), np.bincount(homes)
    into, target = dict(gathered), np.arange(len(sizes))
    for theme in sorted(fresh):
        if sizes[theme] < least or not named[theme]:
            target[theme] = into.setdefault(umbrellas[theme], theme)
    kept, moved = np.unique(target[homes], return_inverse=True)
    rest = frozenset(int(place) for place in np.flatnonzero(np.isin(kept, list(into.values()))))
    return np.asarray(moved, dtype=np.intp), [int(theme) for theme in kept], rest
