"""Which of two contrary words an ask uses: voluntary or compulsory, to merge or to split.

What turns an ask round turns its poles too: "do not make it compulsory" reads as "voluntary" does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from linker.reading.scope import Word
from linker.reading.scope_reader import ScopeReader
from linker.vocabulary.antonyms import Antonym, antonyms, at
from linker.vocabulary.tokens import carries_meaning, stem

NEAR = 4
"""Telling words before and after a pole of which it may be said."""
_ENDING = frozenset({
    "for", "to", "in", "from", "by", "with", "on", "against", "that", "at", "about", "concerning",
    "regarding", "among", "towards",
})  # fmt: skip
"""Words with which what a verb acts on ends."""
SHORTEST = 5
"""Letters of a word without its prefix at least: "under" is not the contrary of "der"."""


@dataclass(frozen=True, slots=True)
class Pole:
    """What an ask says on one axis.

    Attributes:
        axis: its number in the vocabulary; of a word with a prefix that says the contrary, the
            stem of the rest.
        side: the pole whose words it uses, 1 or -1; 0 where both.
        value: the pole that it wants, negations read: 1 or -1.
        beside: stems of the telling words near by.
        turns: whether its words turn what they act on, which then reads so itself.
    """

    axis: int | str
    side: int
    value: int
    beside: frozenset[str]
    turns: bool = False


def poles(reader: ScopeReader, words: Sequence[Word]) -> tuple[Pole, ...]:
    """Return what a text says on each axis, in order; none where it says both or leaves it open.

    Args:
        reader: of the text.
        words: what it read.
    """
    found: list[Pole] = list(_prefixed(words))
    signs = {word.token.start: word.sign * word.held for word in words}
    said: dict[int, list[tuple[int, int]]] = defaultdict(list)
    beside: dict[int, frozenset[str]] = defaultdict(frozenset)
    turning = {word.token.start for word in words if word.turning}
    turned: set[int] = set()
    for place, antonym in _found(reader):
        sign = signs.get(reader.tokens[place].start, 0)
        near = _near(reader, place, antonym)
        if reader.tokens[place].start in turning:
            turned.update(axis for axis, _ in antonym.poles)
        for axis, side in antonym.poles:
            said[axis].append((side, side * sign))
            beside[axis] |= near
    for axis in sorted(said):
        sides, values = (set(column) for column in zip(*said[axis], strict=True))
        if len(values) == 1 and 0 not in values:
            found.append(Pole(axis, sum(sides), values.pop(), beside[axis], axis in turned))
    return tuple(found)


def _prefixed(words: Sequence[Word]) -> Iterator[Pole]:
    """Yield the contrary of the rest of words such as "unrecorded" and "disconnect"."""
    for word in words:
        plain = word.token.word
        rest = next((plain[len(p) :] for p in antonyms().prefixes if plain.startswith(p)), "")
        if len(rest) >= SHORTEST and word.sign:
            yield Pole(stem(rest), -1, -word.sign * word.held, frozenset())


def _found(reader: ScopeReader) -> Iterator[tuple[int, Antonym]]:
    place, named_until = 0, 0
    while place < len(reader.plain):
        start = reader.tokens[place].start
        named_until = max(named_until, reader.instruments.get(start, 0))
        if start < named_until:
            place += 1
            continue
        known = next((a for a in at(reader.plain, place) if _stands(reader, a, place)), None)
        length = len(known.expression.words) if known else 0
        whole = max((len(e.words) for e in reader.vocabulary.at(reader.plain, place)), default=1)
        if known and length >= whole:
            yield place, known
        place += max(length, whole)


def _stands(reader: ScopeReader, antonym: Antonym, place: int) -> bool:
    if not antonym.expression.form:
        return True
    after = place + len(antonym.expression.words) - 1
    if reader.plain[after + 1 : after + 2] == ("to",):
        return False  # "continue to address X" is said of an act, not of X
    return reader.is_verb(antonym.expression, place) and not reader.is_effort(after)


def _near(reader: ScopeReader, place: int, antonym: Antonym) -> frozenset[str]:
    """Return the stems of the telling words of the clause around an expression.

    Beside a verb these are what it acts on, up to the next preposition but "of": the penalties of
    "increase penalties for trafficking". Where nothing follows, what it is said of.
    """
    after = place + len(antonym.expression.words) - 1
    if antonym.expression.form:
        object_ = _stems(takewhile(lambda word: word not in _ENDING, reader.clause(after, 1)))
        if object_:
            return object_
    return _stems(reader.clause(after, 1)) | _stems(reader.clause(place, -1))


def _stems(clause: Iterator[str]) -> frozenset[str]:
    return frozenset([stem(word) for word in clause if carries_meaning(word)][:NEAR])
