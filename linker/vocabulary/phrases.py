"""Finds the terms of a vocabulary in a text: concepts, kinds of measure, groups.

A term is words; ``*`` at the end of a word stands for any ending, ``...`` for up to four words
between, and a blank matches a hyphen too. Terms are looked up by their first word, so that a
thousand of them cost no more than the words of the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from linker.errors import LinkerError
from linker.vocabulary.files import read_yaml, remembered, vocabulary_file
from linker.vocabulary.tokens import TEXTS_KEPT, tokenise, words

GAP = "..."
WIDEST_GAP = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A term in a text: the entry it belongs to and the characters it covers."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Term:
    """A term without its first word.

    Attributes:
        place: its place among the terms of the vocabulary: exact ones, then by length of prefix.
        name: the entry it belongs to.
        rest: its other words.
        needed: what these words are; a text that lacks one need not be tried.
    """

    place: tuple[int, int]
    name: str
    rest: tuple[str, ...]
    needed: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Word:
    """What a word can be in the terms of a vocabulary.

    Attributes:
        by_next: terms that it begins and that want a certain word next, by that word.
        others: other terms that it begins.
        fits: the words of terms, past their first, that it fits: ``child*``.
    """

    by_next: dict[str, list[_Term]]
    others: list[_Term]
    fits: tuple[str, ...]


class Phrases:
    """The terms of one vocabulary.

    Args:
        terms: for each entry (``corporal punishment``) its terms.
    """

    def __init__(self, terms: Mapping[str, Iterable[str]]) -> None:
        self.names = tuple(terms)
        self._first: dict[str, list[_Term]] = defaultdict(list)
        for name, texts in terms.items():
            for text in texts:
                self._add(name, _split(text))
        every = [term for terms in self._first.values() for term in terms]
        self._later = frozenset[str]().union(*(term.needed for term in every))
        wanted = [word for word in (*self._first, *self._later) if word.endswith("*")]
        self._prefix_lengths = sorted({len(word) - 1 for word in wanted})
        self._known: dict[str, _Word] = {}

    def _add(self, name: str, words: tuple[str, ...]) -> None:
        if not words or words[0] in (GAP, "*"):
            raise LinkerError(f"vocabulary entry {name!r}: a term must begin with a word")
        first, rest = words[0], words[1:]
        place = (len(first) if first.endswith("*") else 0, len(self._first[first]))
        self._first[first].append(_Term(place, name, rest, frozenset(rest) - {GAP}))

    def find(self, text: str) -> list[Found]:
        """Return every term found, in order of place; terms of one entry may overlap."""
        tokens = tokenise(text)
        found = sorted(
            (first, term.place, last, term.name)
            for term, first, last in self._found([token.word for token in tokens])
        )
        return [
            Found(name, tokens[first].start, tokens[last].end) for first, _, last, name in found
        ]

    def names_in(self, text: str) -> frozenset[str]:
        """Return the entries that a text names."""
        return frozenset(term.name for term, _, _ in self._found(words(text)))

    def _found(self, words: Sequence[str]) -> Iterator[tuple[_Term, int, int]]:
        """Yield the terms found with the places of their first and last word."""
        known = [self._known.get(word) or self._learn(word) for word in words]
        present = {wanted for word in known for wanted in word.fits}
        for first, word in enumerate(known):
            if word.by_next and first + 1 < len(words):
                for term in word.by_next.get(words[first + 1], ()):
                    last = _match(words, first + 1, term.rest)
                    if last is not None:
                        yield term, first, last
            for term in word.others:
                if term.needed <= present:
                    last = _match(words, first + 1, term.rest)
                    if last is not None:
                        yield term, first, last

    def _learn(self, word: str) -> _Word:
        spellings = [word]
        spellings += [f"{word[:n]}*" for n in self._prefix_lengths if n <= len(word)]
        by_next: dict[str, list[_Term]] = defaultdict(list)
        others = []
        for term in (term for spelling in spellings for term in self._first.get(spelling, ())):
            if term.rest and term.rest[0] != GAP and not term.rest[0].endswith("*"):
                by_next[term.rest[0]].append(term)
            else:
                others.append(term)
        fits = tuple(spelling for spelling in spellings if spelling in self._later)
        self._known[word] = _Word(dict(by_next), others, fits)
        return self._known[word]


def _match(words: Sequence[str], position: int, rest: tuple[str, ...]) -> int | None:
    """Return the place of the last word of a term whose other words are ``rest``, or None."""
    for number, wanted in enumerate(rest):
        if wanted == GAP:
            return _match_after_gap(words, position, rest[number + 1 :])
        if position >= len(words) or not _fits(words[position], wanted):
            return None
        position += 1
    return position - 1


def _match_after_gap(words: Sequence[str], position: int, rest: tuple[str, ...]) -> int | None:
    for skipped in range(WIDEST_GAP + 1):
        last = _match(words, position + skipped, rest)
        if last is not None:
            return last
    return None


def _fits(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted


def _split(term: str) -> tuple[str, ...]:
    return tuple(_words(term))


def _words(term: str) -> Iterator[str]:
    for piece in term.split():
        if piece == GAP:
            yield GAP
            continue
        found = words(piece)
        yield from found[:-1]
        if found:
            yield found[-1] + ("*" if piece.endswith("*") else "")


@remembered()
def vocabulary(name: str) -> Phrases:
    """Return data/vocabularies/NAME.yaml: entries with terms, or headings with such entries.

    Raises:
        LinkerError: the file is missing or an entry is not a list of terms.
    """
    terms: dict[str, list[str]] = {}
    for key, value in _read(name).items():
        entries = value if isinstance(value, dict) else {key: value}
        for entry, texts in entries.items():
            if not isinstance(texts, list):
                raise LinkerError(f"{name}.yaml: {entry!r} must hold a list of terms")
            terms[str(entry)] = [str(text) for text in texts]
    return Phrases(terms)


@remembered(TEXTS_KEPT)
def names_in(kind: str, text: str) -> frozenset[str]:
    """Return the entries of a vocabulary (``concepts``, ``measures``) that a text names."""
    return vocabulary(kind).names_in(text)


@remembered()
def headings(name: str) -> dict[str, str]:
    """Return the heading of each entry of a vocabulary that has headings, such as concepts."""
    return {
        str(entry): str(heading)
        for heading, entries in _read(name).items()
        if isinstance(entries, dict)
        for entry in entries
    }


@remembered()
def _read(name: str) -> dict[str, object]:
    path = vocabulary_file(f"{name}.yaml")
    content = read_yaml(path)
    if not isinstance(content, dict):
        raise LinkerError(f"{path}: expected entries with lists of terms")
    return content
