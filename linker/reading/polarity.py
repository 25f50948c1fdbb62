"""What an ask would have happen to what it names: a sign for each thing, with its scope read.

Words that turn (``data/vocabularies/polarity.yaml``) turn what follows them up to the next joint,
and two of them turn it back: "repeal the ban on X", "do not close X" and "keep X open" all want X.
A word reads + where the ask would have the thing be, be allowed or be more; - where it would not;
0 where it leaves that open ("amend the law on X"). What is only spoken about ("a law on X") is told
from what is acted on.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from linker.reading.poles import Pole, poles
from linker.reading.scope import Word
from linker.reading.scope_reader import ScopeReader
from linker.vocabulary.antonyms import antonyms, at
from linker.vocabulary.files import remembered
from linker.vocabulary.instruments import mentions
from linker.vocabulary.phrases import vocabulary
from linker.vocabulary.polarity import Expression, polarity
from linker.vocabulary.tokens import carries_meaning, stem, stems

_BEFORE_ACT = frozenset({"the", "a", "an", "non", "full", "immediate", "complete", "early"})
_BEFORE_VERB = frozenset({"to", "that", "also", "further", "then", "it", "and", "the"})
_ANY = frozenset({"form", "forms", "kind", "kinds", "type", "types"})
"""Words that name nothing themselves: "all forms of X"."""
KEPT = 20_000
"""Texts whose stances are kept."""


@dataclass(frozen=True, slots=True)
class Stance:
    """What an ask would have of one thing.

    Attributes:
        thing: a stem, or ``c:`` and a concept, or ``i:`` and the id of an instrument.
        sign: 1 that it be or be more, -1 that it not be or be less, 0 open.
        about: whether it is only spoken about.
        acting: whether it is itself a word of the vocabulary ("repeal"), not what is acted on.
    """

    thing: str
    sign: int
    about: bool
    acting: bool


@dataclass(frozen=True, slots=True)
class Polarity:
    """Which way an ask goes.

    Attributes:
        stances: on everything it names, each thing once, in order of name; a thing named twice
            with different signs is open.
        poles: which of two contrary words it uses.
        limits: its words such as "only" and "unless".
        turns: stems of its words that turn: "not", "abolish".
        unread: stem of the verb that it begins with, where no vocabulary holds it.
        strange: stems of its telling words that no vocabulary of polarity holds.
        stems: of all its telling words, but for examples: "including at home".
        examples: stems of the telling words of its examples.
        through_english: whether the text is an English reading of another language.
    """

    stances: tuple[Stance, ...] = ()
    poles: tuple[Pole, ...] = ()
    limits: frozenset[str] = frozenset()
    turns: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()
    strange: frozenset[str] = frozenset()
    stems: frozenset[str] = frozenset()
    examples: frozenset[str] = frozenset()
    through_english: bool = False


_EXAMPLES = re.compile(
    r"\b(?:including|such as|in particular|particularly|especially|notably|inter alia)\b[^.,;:]*",
    re.IGNORECASE,
)
UNREAD = Polarity()
"""Of what only implies something."""


@remembered(KEPT)
def polarity_of(text: str) -> Polarity:
    """Return which way an ask goes."""
    reader = ScopeReader(text)
    words = reader.read()
    limits = reader.vocabulary.limits.intersection(reader.plain)
    turns = frozenset(stem(w.token.word) for w in words if w.turns)
    said = frozenset(stems(_EXAMPLES.sub(" ", text)))
    return Polarity(
        _stances(reader, words), poles(reader, words), limits, turns,
        _unread(reader), said - _known_stems(), said, frozenset(stems(text)) - said,
    )  # fmt: skip


@remembered()
def _known_stems() -> frozenset[str]:
    """Return the stems of all single words of the vocabularies of polarity."""
    every = [e for some in polarity().by_first.values() for e in some]
    every += [a.expression for some in antonyms().by_first.values() for a in some]
    single = {expression.words[0] for expression in every if len(expression.words) == 1}
    return frozenset(stem(word) for word in single | polarity().efforts)


def _unread(reader: ScopeReader) -> frozenset[str]:
    """Return the stem of a first word that no vocabulary holds: "Regularize migrants"."""
    first = next((p for p, word in enumerate(reader.plain) if not _goes_before(word)), None)
    if first is None or not carries_meaning(reader.plain[first]):
        return frozenset()
    known = (*reader.vocabulary.at(reader.plain, first), *at(reader.plain, first))
    if known or reader.is_effort(first):
        return frozenset()
    return frozenset({stem(reader.plain[first])})


def _goes_before(word: str) -> bool:
    return word.endswith("ly") or word in _BEFORE_VERB


def _stances(reader: ScopeReader, words: Sequence[Word]) -> tuple[Stance, ...]:
    """Return what is said of each thing; the words of an instrument's title say nothing.

    Who asks to ratify the protocol "aiming at the abolition of the death penalty" asks nothing of
    that penalty by its name.
    """
    found: dict[tuple[str, bool], Stance] = {}
    outside = [word for word in words if not reader.is_named(word.token.start)]
    for stance in (*_of_words(outside), *_of_names(reader, words)):
        known = found.get((stance.thing, stance.about))
        sign = stance.sign if known is None or known.sign == stance.sign else 0
        acting = stance.acting and (known is None or known.acting)
        found[stance.thing, stance.about] = Stance(stance.thing, sign, stance.about, acting)
    return tuple(found[key] for key in sorted(found))


def asks_plainly(text: str) -> bool:
    """Whether a text asks though no word of asking is found: "The lifting of the curfew".

    It names an act, or begins with a verb of the vocabularies.
    """
    reader = ScopeReader(text)
    place = next((p for p, word in enumerate(reader.plain) if word not in _BEFORE_ACT), None)
    if place is None:
        return False
    known = [*reader.vocabulary.at(reader.plain, place)]
    known += [antonym.expression for antonym in at(reader.plain, place)]
    return any(
        said.form == "plain" or (_names(said) and _next(reader, place, said) == "of")
        for said in known
    )


def _names(said: Expression) -> bool:
    return said.form == "ing" or (not said.form and said.kind in ("plain", "turning noun"))


def _next(reader: ScopeReader, place: int, said: Expression) -> str:
    return "".join(reader.plain[place + len(said.words) :][:1])


def turning(text: str) -> tuple[tuple[int, int], ...]:
    """Return the characters of the words of an ask that say which way it goes."""
    return tuple(
        word.token[1:] for word in ScopeReader(text).read() if word.acting or word.deciding
    )


def _of_words(words: Sequence[Word]) -> Iterator[Stance]:
    for word in words:
        if carries_meaning(word.token.word) and word.token.word not in _ANY:
            yield Stance(stem(word.token.word), word.sign, word.about, word.acting)


def _of_names(reader: ScopeReader, words: Sequence[Word]) -> Iterator[Stance]:
    """Yield stances on concepts and instruments: that of the word that turns in them, or first."""
    text = reader.text
    spans = [
        (f"c:{found.name}", found.start, found.end)
        for found in vocabulary("concepts").find(text)
        if not reader.is_named(found.start)
    ]
    spans += [(f"i:{m.id}", m.start, m.end) for m in mentions(text)]
    starts = [word.token.start for word in words]
    for thing, start, end in spans:
        inside = words[bisect_left(starts, start) : bisect_left(starts, end)]
        if inside:
            head = next((w for w in inside if w.turning), inside[0])
            yield Stance(thing, head.sign, head.about, False)
