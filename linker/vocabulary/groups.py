"""Groups of people an ask speaks of, and which lie within which (girls: women, children)."""

from __future__ import annotations

from linker.vocabulary.files import read_rows, remembered, vocabulary_file
from linker.vocabulary.phrases import Phrases
from linker.vocabulary.tokens import TEXTS_KEPT


@remembered(TEXTS_KEPT)
def groups_in(text: str) -> frozenset[str]:
    """Return the groups a text speaks of."""
    return _phrases().names_in(text)


def known_group(name: str) -> str:
    """Return the group that a name or one of its terms stands for, or an empty string."""
    return _names().get(name.strip().casefold(), "")


@remembered()
def _names() -> dict[str, str]:
    names = {row["group"].casefold(): row["group"] for row in _rows()}
    for row in _rows():
        for term in row["terms"].split(";"):
            names.setdefault(term.strip().casefold(), row["group"])
    return {name: group for name, group in names.items() if name}


@remembered()
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


@remembered()
def _rows() -> tuple[dict[str, str], ...]:
    return read_rows(vocabulary_file("groups.csv"), ("group", "within", "terms"))


@remembered()
def _within() -> dict[str, tuple[str, ...]]:
    return {r["group"]: tuple(p for p in r["within"].split(";") if p) for r in _rows()}


@remembered()
def _phrases() -> Phrases:
    return Phrases({row["group"]: [t for t in row["terms"].split(";") if t] for row in _rows()})
