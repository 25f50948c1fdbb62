"""Which of two contrary words an ask uses, and what beside: voluntary or compulsory, merge or split.

What turns an ask round turns its poles too: "do not make it compulsory" reads as "voluntary" does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from linker.reading.scope import Word
from linker.reading.scope_reader import ScopeReader
from linker.vocabulary.antonyms import Antonym, at
from linker.vocabulary.tokens import carries_meaning, stem

NEAR = 4
"""Telling words before and after a pole of which it may be said."""


@dataclass(frozen=True, slots=True)
class Pole:
    """What an ask says on one axis.

    Attributes:
        axis: its number in the vocabulary.
        side: the pole whose words it uses, 1 or -1; 0 where both.
        value: the pole that it wants, negations read: 1 or -1.
        beside: stems of the telling words near by.
    """

    axis: int
    side: int
    value: int
    beside: frozenset[str]


def poles(reader: ScopeReader, words: Sequence[Word]) -> tuple[Pole, ...]:
    """Return what a text says on each axis, in order; none where it says both or leaves it open.

    Args:
        reader: of the text.
        words: what it read.
    """
    signs = {word.token.start: word.sign * word.held for word in words}
    said: dict[int, list[tuple[int, int]]] = defaultdict(list)
    beside: dict[int, frozenset[str]] = defaultdict(frozenset)
    for place, antonym in _found(reader):
        sign = signs.get(reader.tokens[place].start, 0)
        near = _near(reader, place, len(antonym.expression.words))
        for axis, side in antonym.poles:
            said[axis].append((side, side * sign))
            beside[axis] |= near
    found = []
    for axis in sorted(said):
        sides, values = (set(column) for column in zip(*said[axis], strict=True))
        if len(values) == 1 and 0 not in values:
            found.append(Pole(axis, sum(sides), *values, beside[axis]))
    return tuple(found)


def _found(reader: ScopeReader) -> Iterator[tuple[int, Antonym]]:
    place = 0
    while place < len(reader.plain):
        known = next((a for a in at(reader.plain, place) if _stands(reader, a, place)), None)
        length = len(known.expression.words) if known else 0
        whole = max((len(e.words) for e in reader.vocabulary.at(reader.plain, place)), default=1)
        if known and length >= whole:
            yield place, known
        place += max(length, whole)


def _stands(reader: ScopeReader, antonym: Antonym, place: int) -> bool:
    return not antonym.expression.form or reader.is_verb(antonym.expression, place)


def _near(reader: ScopeReader, place: int, length: int) -> frozenset[str]:
    sides = reversed(reader.plain[:place]), reader.plain[place + length :]
    found: list[str] = []
    for side in sides:
        found += [stem(word) for word in side if carries_meaning(word)][:NEAR]
    return frozenset(found)
