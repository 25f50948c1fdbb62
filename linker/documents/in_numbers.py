"""Counts of positions and statuses in words, alike in every document."""

from __future__ import annotations

from collections.abc import Mapping

from linker.i18n.messages import tr
from linker.vocabulary.official import official_name


def in_numbers(counts: Mapping[str, int]) -> str:
    """Return counts in words, in their order: "3 supported, 1 noted"; what is 0 is left out."""
    return ", ".join(
        tr("{number} {name}", number=number, name=official_name(name))
        for name, number in counts.items()
        if number
    )
