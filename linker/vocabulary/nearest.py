"""Names that are written most like one that is not there: what somebody may have meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from linker.vocabulary.text import fold_name

ALIKE = 0.6
"""Least likeness (`difflib`) of a name, or of as many words of it, to be worth naming."""
LISTED = 8
"""Names that are listed where none is alike."""
LONGEST = 80
"""Characters that are compared of a name."""


def nearest(wanted: str, names: Iterable[str], most: int = 3) -> list[str]:
    """Return the names most like this one, or that hold words most like it, the nearest first."""
    folded = fold_name(wanted)[:LONGEST]
    likeness = {name: _likeness(folded, fold_name(name)[:LONGEST]) for name in set(names) if name}
    alike = [name for name, share in likeness.items() if share >= ALIKE]
    return sorted(alike, key=lambda name: (-likeness[name], name))[:most]


def none_such(what: str, wanted: str, names: Iterable[str]) -> str:
    """Say that nothing here has this name, and which names are nearest, or there at all.

    Args:
        what: what the name is of, such as "responsible".
        wanted: the name.
        names: those there are.
    """
    known = sorted({name for name in names if name})
    if alike := nearest(wanted, known):
        return f"{what} {wanted!r}: nothing here has it. Nearest: {', '.join(alike)}."
    if not known:
        return f"{what} {wanted!r}: nothing here has it, nor any other."
    more = f" and {len(known) - LISTED} more" if len(known) > LISTED else ""
    return f"{what} {wanted!r}: nothing here has it. There are: {', '.join(known[:LISTED])}{more}."


def _likeness(wanted: str, name: str) -> float:
    """Return the likeness of the whole name, or of the words in it that are most like."""
    words, count = name.split(), max(1, len(wanted.split()))
    parts = {" ".join(words[at : at + count]) for at in range(max(1, len(words) - count + 1))}
    matcher = difflib.SequenceMatcher(b=wanted, autojunk=False)
    best = 0.0
    for part in sorted({name, *parts}):
        matcher.set_seq1(part)
        if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best:
            best = max(best, matcher.ratio())
    return best
