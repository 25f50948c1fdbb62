"""Words for the contrary of one another: data/vocabularies/antonyms.yaml with every form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from linker.vocabulary.files import read_yaml, remembered, vocabulary_file
from linker.vocabulary.polarity import Expression, parted, polarity, verb_forms
from linker.vocabulary.tokens import words

FILE = "antonyms.yaml"
VERB = "to "
"""What a verb stands after."""
SIDES = (1, -1)
"""The pole that stands first on a line, and the other."""


@dataclass(frozen=True, slots=True)
class Antonym:
    """A word of a pole.

    Attributes:
        expression: the word or words, and of a verb the form.
        poles: the axes on which it stands, each with its side, 1 or -1.
    """

    expression: Expression
    poles: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Antonyms:
    """The vocabulary.

    Attributes:
        by_first: words of poles by their first word, the longest first.
        prefixes: with which a word says the contrary.
    """

    by_first: Mapping[str, tuple[Antonym, ...]]
    prefixes: tuple[str, ...]


@remembered()
def antonyms() -> Antonyms:
    """Return the vocabulary.

    Raises:
        LinkerError: the file is missing.
    """
    lists, odd = read_yaml(vocabulary_file(FILE)), polarity().irregular
    found: dict[Expression, list[tuple[int, int]]] = defaultdict(list)
    for axis, poles in enumerate(lists["axes"]):
        for side, pole in zip(SIDES, poles, strict=True):
            for said in map(str, pole):
                for expression in dict.fromkeys(_written(said, odd)):
                    found[expression].append((axis, side))
    by_first: dict[str, list[Antonym]] = defaultdict(list)
    for expression, poles in found.items():
        by_first[expression.words[0]].append(Antonym(expression, tuple(poles)))
    return Antonyms(
        {first: tuple(sorted(some, key=_longest)) for first, some in by_first.items()},
        tuple(map(str, lists["prefixes"])),
    )


def _written(said: str, odd: Mapping[str, tuple[str, ...]]) -> Iterator[Expression]:
    """Yield an entry as texts may write it."""
    verb = said.removeprefix(VERB)
    if verb == said:
        yield Expression(words(said), "plain")
    else:
        yield from verb_forms(verb, odd)


def at(tokens: Sequence[str], place: int) -> Iterator[Antonym]:
    """Yield the words of the vocabulary that stand at a place, the longest first."""
    for antonym in antonyms().by_first.get(tokens[place], ()):
        said = antonym.expression.words
        if tuple(tokens[place : place + len(said)]) == said:
            yield antonym
        elif antonym.expression.form and parted(said, tokens, place):
            yield replace(antonym, expression=replace(antonym.expression, words=said[:1]))


def _longest(antonym: Antonym) -> int:
    return -len(antonym.expression.words)
