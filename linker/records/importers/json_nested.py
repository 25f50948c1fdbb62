"""Recommendations that stand in arrays within other objects: a State, a session, its list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

_DEEPEST = 6
_OWN_TO_EACH = frozenset({"id", "_id", "uuid", "url"})
"""Keys of an object that name it alone, and none of those within it."""

Fits = Callable[[tuple[str, ...]], bool]
"""Says whether some of these keys holds the text of a recommendation."""


def outermost(prefix: str) -> str:
    """Return where the outermost objects stand of "data.item.items.item": at "data.item"."""
    head, item, _ = f"{prefix}.".partition("item.")
    return f"{head}item" if item and (not head or head.endswith(".")) else prefix


def parted(item: Mapping[str, Any], fits: Fits, place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (place, object) for each recommendation of an object, with what is said of all of them.

    One whose text stands in itself comes back as it is; one whose array is empty holds none.
    """
    key = _holding(item, fits)
    if not key:
        if not _is_empty(item, fits):
            yield place, dict(item)
        return
    said = {
        f"above: {name}" if name in _OWN_TO_EACH else name: value
        for name, value in item.items()
        if name != key
    }
    for at, one in enumerate(item[key], start=1):
        where = f"{place}, {key} {at}"
        if isinstance(one, Mapping):
            for below, found in parted(one, fits, where):
                yield below, {**said, **found}
        else:
            yield where, {**said, key: one}


def _holding(item: Mapping[str, Any], fits: Fits, depth: int = 0) -> str:
    """Return the key of the array of objects that hold the texts; empty where there is none.

    An object with a text of its own is a recommendation, whatever else is listed in it.
    """
    if fits(_own(item)):
        return ""
    for key, value in item.items():
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            first = value[0]
            if fits(_own(first)) or (depth < _DEEPEST and _holding(first, fits, depth + 1)):
                return key
    return ""


def _is_empty(item: Mapping[str, Any], fits: Fits) -> bool:
    """Say whether an object has an array for recommendations, and nothing in it."""
    return not fits(_own(item)) and any(value == [] for value in item.values())


def _own(item: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the keys of an object, and of those right in it, that hold no array."""
    inner = [value for value in item.values() if isinstance(value, Mapping)]
    return tuple(
        key for one in (item, *inner) for key, value in one.items() if not isinstance(value, list)
    )
