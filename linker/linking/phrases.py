"""Finds the terms of a vocabulary in a text: concepts, kinds of measure, groups.

A term is words; ``*`` at the end of a word stands for any ending, ``...`` for up to four words
between, and a blank matches a hyphen too. Terms are looked up by their first word, so that a
thousand of them cost no more than the words of the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from linker.errors import LinkerError
from linker.linking.tokens import TEXTS_KEPT, Token, tokenise
from linker.paths import data_dir

GAP = "..."
WIDEST_GAP = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A term in a text: the entry it belongs to and the characters it covers."""

    name: str
    start: int
    end: int


class Phrases:
    """The terms of one vocabulary.

    Args:
        terms: for each entry (``corporal punishment``) its terms.
    """

    def __init__(self, terms: Mapping[str, Iterable[str]]) -> None:
        self.names = tuple(terms)
        self._exact: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        self._prefix: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        for name, texts in terms.items():
            for text in texts:
                self._add(name, _split(text))
        self._lengths = sorted({len(prefix) for prefix in self._prefix})
        self._starts: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {}

    def _add(self, name: str, words: tuple[str, ...]) -> None:
        if not words or words[0] in (GAP, "*"):
            raise LinkerError(f"vocabulary entry {name!r}: a term must begin with a word")
        first, rest = words[0], words[1:]
        if first.endswith("*"):
            self._prefix[first[:-1]].append((name, rest))
        else:
            self._exact[first].append((name, rest))

    def find(self, text: str) -> list[Found]:
        """Return every term found, in order of place; terms of one entry may overlap."""
        tokens = tokenise(text)
        return [
            Found(name, token.start, tokens[last].end)
            for position, token in enumerate(tokens)
            for name, rest in self._beginning_with(token.word)
            if (last := _match(tokens, position + 1, rest)) is not None
        ]

    def names_in(self, text: str) -> frozenset[str]:
        """Return the entries that a text names."""
        return frozenset(found.name for found in self.find(text))

    def _beginning_with(self, word: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        known = self._starts.get(word)
        if known is None:
            matching = list(self._exact.get(word, ()))
            for length in self._lengths:
                if length > len(word):
                    break
                matching += self._prefix.get(word[:length], ())
            known = self._starts[word] = tuple(matching)
        return known


def _match(tokens: Sequence[Token], position: int, rest: tuple[str, ...]) -> int | None:
    """Return the place of the last word of a term whose other words are ``rest``, or None."""
    for number, wanted in enumerate(rest):
        if wanted == GAP:
            return _match_after_gap(tokens, position, rest[number + 1 :])
        if position >= len(tokens) or not _fits(tokens[position].word, wanted):
            return None
        position += 1
    return position - 1


def _match_after_gap(tokens: Sequence[Token], position: int, rest: tuple[str, ...]) -> int | None:
    for skipped in range(WIDEST_GAP + 1):
        last = _match(tokens, position + skipped, rest)
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
        words = [token.word for token in tokenise(piece)]
        yield from words[:-1]
        if words:
            yield words[-1] + ("*" if piece.endswith("*") else "")


@cache
def vocabulary(name: str) -> Phrases:
    """Return data/vocabularies/NAME.yaml: entries with terms, or headings with such entries.

    Raises:
        LinkerError: the file is missing or an entry is not a list of terms.
    """
    path = data_dir() / "vocabularies" / f"{name}.yaml"
    terms: dict[str, list[str]] = {}
    for key, value in _read(path).items():
        entries = value if isinstance(value, dict) else {key: value}
        for entry, texts in entries.items():
            if not isinstance(texts, list):
                raise LinkerError(f"{path}: {entry!r} must hold a list of terms")
            terms[str(entry)] = [str(text) for text in texts]
    return Phrases(terms)


@lru_cache(maxsize=TEXTS_KEPT)
def names_in(kind: str, text: str) -> frozenset[str]:
    """Return the entries of a vocabulary (``concepts``, ``measures``) that a text names."""
    return vocabulary(kind).names_in(text)


@cache
def headings(name: str) -> dict[str, str]:
    """Return the heading of each entry of a vocabulary that has headings, such as concepts."""
    path = data_dir() / "vocabularies" / f"{name}.yaml"
    return {
        str(entry): str(heading)
        for heading, entries in _read(path).items()
        if isinstance(entries, dict)
        for entry in entries
    }


@cache
def _read(path: Path) -> dict[str, object]:
    import yaml

    if not path.is_file():
        raise LinkerError(f"{path}: vocabulary missing. Restore the data/ folder.")
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict):
        raise LinkerError(f"{path}: expected entries with lists of terms")
    return content
