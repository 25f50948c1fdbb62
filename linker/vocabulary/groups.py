"""Groups of people an ask speaks of, and which lie within which (girls: women, children)."""

from __future__ import annotations

import csv
from functools import cache, lru_cache

from linker.paths import data_dir
from linker.vocabulary.phrases import Phrases
from linker.vocabulary.tokens import TEXTS_KEPT


@lru_cache(maxsize=TEXTS_KEPT)
def groups_in(text: str) -> frozenset[str]:
    """Return the groups a text speaks of."""
    return _phrases().names_in(text)


def known_group(name: str) -> str:
    """Return the group that a name or one of its terms stands for, or an empty string."""
    return _names().get(name.strip().casefold(), "")


@cache
def _names() -> dict[str, str]:
    names = {row["group"].casefold(): row["group"] for row in _rows()}
    for row in _rows():
        for term in row["terms"].split(";"):
            names.setdefault(term.strip().casefold(), row["group"])
    return {name: group for name, group in names.items() if name}


@cache
def wider(group: str) -> frozenset[str]:
    """Return the groups that a group lies within, at any distance, and the group itself."""
    found = {group}
    for parent in _within().get(group, ()):
        found |= wider(parent)
    return frozenset(found)


def kinship(left: frozenset[str], right: frozenset[str]) -> str:
    """Return how two sets of groups stand: ``same``, ``within``, ``one side``, ``apart`` or ``""``.

    ``""`` where neither names a group; ``one side`` where only one does.
    """
    if not left and not right:
        return ""
    if not left or not right:
        return "one side"
    if left & right:
        return "same"
    if any(wider(a) & right for a in left) or any(wider(b) & left for b in right):
        return "within"
    return "apart"


@cache
def _rows() -> tuple[dict[str, str], ...]:
    path = data_dir() / "vocabularies" / "groups.csv"
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8", newline="") as handle:
        return tuple(csv.DictReader(handle))


@cache
def _within() -> dict[str, tuple[str, ...]]:
    return {r["group"]: tuple(p for p in r["within"].split(";") if p) for r in _rows()}


@cache
def _phrases() -> Phrases:
    return Phrases({row["group"]: [t for t in row["terms"].split(";") if t] for row in _rows()})
