"""Narrow columns of a matrix as wide as their longest word: no name or symbol breaks inside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from math import ceil

from linker.documents.writers import word
from linker.documents.writers.letters import width_of
from linker.documents.writers.wordparts import Cell

FITTED = ("numbers", "responsible", "strategy", "timeline", "status")
"""Columns of symbols, and of words that people filled in; the others are clipped to theirs."""
WIDEST = 32.0
"""Millimetres beyond which a column takes no more from what is asked."""
_POINT, _OTHER_FONTS = 25.4 / 72, 1.08
"""Millimetres of a point; how much wider the letters of a template may be than Arial's."""
_BREAKS = re.compile(r"\s+|(?<=-)")


def fitted(
    usual: Mapping[str, float], rows: Iterable[Mapping[str, Cell]], beside: int
) -> dict[str, float]:
    """Return the width of each column in millimetres.

    Args:
        usual: column -> its width where words are short.
        rows: column -> cell, of each row.
        beside: what the table leaves at each side of a cell's text, in twentieths of a point.
    """
    widest = {name: 0.0 for name in usual if name in FITTED}
    for cells in rows:
        widest = {name: max(wide, _widest_word(cells[name])) for name, wide in widest.items()}
    sides = 2 * beside / 20
    needed = {name: ceil((wide * _OTHER_FONTS + sides) * _POINT) for name, wide in widest.items()}
    return {
        name: min(max(width, needed.get(name, 0)), max(width, WIDEST))
        for name, width in usual.items()
    }


def _widest_word(cell: Cell) -> float:
    """Return how wide the longest word of a cell is, in points."""
    texts = (run.text for paragraph in cell[0] for run in paragraph.runs)
    words = (part for text in texts for part in _BREAKS.split(text))
    return max((width_of(part, word.CELL_SIZE) for part in words), default=0.0)
