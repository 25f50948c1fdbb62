"""What lets `re` find things sooner: expressions written so, and what a text must hold."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from re import _parser  # type: ignore[attr-defined]
from typing import Any

ASCII = 128


def one_of(words: Iterable[str]) -> str:
    """Return an expression for the longest of some words, parted by letters: ``a(?:dopt|llow)``.

    `re` tries alternatives one by one: of hundreds of words it so tries those of one letter.
    """
    endings: dict[str, set[str]] = defaultdict(set)
    for word in words:
        endings[word[:1]].add(word[1:])
    return "|".join(
        re.escape(first + "".join(rest))
        if len(rest) == 1
        else f"{re.escape(first)}(?:{one_of(rest)})"
        for first, rest in sorted(endings.items(), reverse=True)
    )


def folded(text: str) -> str:
    """Return a text in small letters such that what `re.IGNORECASE` takes for a-z is a-z."""
    if not text.isascii():
        text = text.replace("İ", "i").replace("ı", "i").replace("ſ", "s")
    return text.lower()


def required_literals(expression: str) -> tuple[tuple[str, ...], ...]:
    """Return what every text that an expression matches holds, the most telling first.

    Each entry is alternatives, at least one of which stands in the `folded` text. Of
    ``paris (?:agreement|accords?)`` they are ``("paris a",)`` and ``("ccord", "greement")``.

    Raises:
        re.error: it is not an expression.
    """
    found = {tuple(sorted(entry)) for entry in _required(_parser.parse(expression))}
    return tuple(sorted(found, key=lambda entry: (-min(map(len, entry)), entry)))


def _required(items: Iterable[tuple[Any, Any]]) -> list[frozenset[str]]:
    """Return the same of an expression as `re` itself takes it apart."""
    found, letters = [], ""
    for kind, value in [*items, (None, None)]:
        if kind is _parser.LITERAL and value < ASCII:
            letters += chr(value).lower()
            continue
        if letters:
            found.append(frozenset({letters}))
            letters = ""
        if kind is _parser.SUBPATTERN:
            found += _required(value[-1])
        elif kind in (_parser.MAX_REPEAT, _parser.MIN_REPEAT) and value[0] > 0:
            found += _required(value[2])
        elif kind is _parser.BRANCH:
            ways = [_required(way) for way in value[1]]
            if all(ways):
                found.append(frozenset().union(*(max(way, key=_telling) for way in ways)))
    return found


def _telling(entry: frozenset[str]) -> tuple[int, int]:
    """Return how long an entry's shortest alternative is, and how few it has."""
    return min(map(len, entry)), -len(entry)


def has_required_literals(text: str, entries: tuple[tuple[str, ...], ...]) -> bool:
    """Whether a folded text holds one alternative of each of the `required_literals`."""
    for entry in entries:
        for alternative in entry:
            if alternative in text:
                break
        else:
            return False
    return True
