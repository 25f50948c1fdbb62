"""Phrases of another language with the English for them, by hand: data/vocabularies/lexicon_*.tsv.

A phrase is found by its words as written, accents apart, or by their stems; as written counts more.
The names of States (state_names.csv) and of treaty bodies (bodies.csv) belong to it: they say
nothing of what is asked, and "Committee on the Elimination of Discrimination" is no subject. So do
the official titles of SDG goals and targets (sdg_titles.csv, from open-sdg/sdg-translations, MIT).
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from linker.errors import LinkerError
from linker.paths import data_dir
from linker.vocabulary.bodies import body_rows
from linker.vocabulary.files import read_rows, read_text, remembered, vocabulary_file
from linker.vocabulary.foreign import ForeignToken, foreign_language
from linker.vocabulary.spoken import FOREIGN, spoken
from linker.vocabulary.states import state_name

COLUMNS = ("phrase", "english")
COMMITTEE = "the Committee"
_BODY = {
    "es": "Comité",
    "fr": "Comité",
    "pt": "Comitê",
    "ru": "Комитет",
    "ar": "لجنة",
    "zh": "委员会",
}


class Entry(NamedTuple):
    """A phrase of the lexicon.

    Attributes:
        phrase: in its language, as an expert wrote it.
        english: what stands for it.
    """

    phrase: str
    english: str


class Match(NamedTuple):
    """A phrase of the lexicon in a text.

    Attributes:
        start: its first token.
        end: one past its last.
        english: what stands for it.
        exact: whether it stands there as written, not only by its stems.
    """

    start: int
    end: int
    english: str
    exact: bool


@dataclass(frozen=True)
class Lexicon:
    """The lexicon of a language.

    Attributes:
        code: ISO 639-1.
        written: English by the folded words of a phrase.
        stems: English by the stems of its words; of phrases with the same stems, the first.
        lengths: of the phrases that begin with a folded word or a stem.
    """

    code: str
    written: dict[tuple[str, ...], str]
    stems: dict[tuple[str, ...], str]
    lengths: dict[str, tuple[int, ...]]

    def __len__(self) -> int:
        return len(self.written)

    @classmethod
    def of(cls, code: str, entries: Iterable[Entry]) -> Lexicon:
        """Make it of entries; of two for the same phrase the first counts."""
        language = foreign_language(code)
        written: dict[tuple[str, ...], str] = {}
        stems: dict[tuple[str, ...], str] = {}
        for entry in entries:
            words, roots = language.key(entry.phrase)
            if words:
                written.setdefault(words, entry.english)
                stems.setdefault(roots, entry.english)
        lengths: dict[str, set[int]] = defaultdict(set)
        for words in (*written, *stems):
            lengths[words[0]].add(len(words))
        return cls(code, written, stems, {first: tuple(sorted(n)) for first, n in lengths.items()})

    def matches(self, tokens: Sequence[ForeignToken]) -> Iterator[Match]:
        """Yield every phrase of the lexicon that stands in a run of tokens."""
        words = tuple(token.folded for token in tokens)
        roots = tuple(token.stem for token in tokens)
        silent = foreign_language(self.code).function_words
        for start in range(len(tokens)):
            for end in self._ends(words[start], roots[start], start):
                if end > len(tokens):
                    break
                exact = self.written.get(words[start:end])
                # "Para" has the stem of "parar": a function word alone counts as written only.
                alone = end - start == 1 and tokens[start].written in silent
                english = exact if exact or alone else self.stems.get(roots[start:end])
                if english is not None:
                    yield Match(start, end, english, exact is not None)

    def _ends(self, word: str, root: str, start: int) -> list[int]:
        """Return where phrases that begin with a token may end, the shortest first."""
        found = {*self.lengths.get(word, ()), *self.lengths.get(root, ())}
        return [start + length for length in sorted(found)]


@remembered()
def lexicon(code: str) -> Lexicon:
    """Return the shipped lexicon of a language, with the names of States and treaty bodies.

    Raises:
        LinkerError: the file is missing, or a row is not a phrase, a tab and English.
    """
    return Lexicon.of(code, shipped_entries(code))


def known_in_english(text: str, declared: str = "") -> str:
    """Return the English of the lexicon's phrases in a text; a text in English as it is.

    It needs no encoder, and is enough to see which groups of people a text names.
    """
    code = spoken(text, declared)
    if code not in FOREIGN:
        return text
    tokens = foreign_language(code).tokens(text)
    return "; ".join(match.english for match in lexicon(code).matches(tokens))


@remembered()
def shipped_entries(code: str) -> tuple[Entry, ...]:
    """Return the rows of the shipped lexicon, then names of States and bodies, and SDG titles."""
    path = vocabulary_file(f"lexicon_{code}.tsv")
    by_hand = parsed(read_text(path), str(path))
    return (*by_hand, *_states(code), *_bodies(code), *_titles(code))


def parsed(text: str, source: str) -> tuple[Entry, ...]:
    """Return the rows of a lexicon as tab-separated text with the headings of `COLUMNS`.

    Raises:
        LinkerError: a heading is missing, or a row lacks its phrase or its English.
    """
    found = []
    for number, row in enumerate(tab_separated(text, source, COLUMNS), start=2):
        phrase, english = (str(row[name]).strip() for name in COLUMNS)
        if not phrase or not english:
            raise LinkerError(f"{source}, row {number}: expected a phrase and the English for it.")
        found.append(Entry(phrase, english))
    return tuple(found)


def tab_separated(text: str, source: str, columns: Sequence[str]) -> Iterator[dict[str, str]]:
    """Return the rows of tab-separated text below its headings; cells that a row lacks are empty.

    Raises:
        LinkerError: one of the columns is missing.
    """
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter="\t", restval="")
    if missing := [name for name in columns if name not in (reader.fieldnames or ())]:
        raise LinkerError(f"{source}, row 1: column {missing[0]!r} is missing.")
    return iter(reader)


def _titles(code: str) -> Iterator[Entry]:
    """Yield the official titles of SDG goals and targets in a language, where there are any."""
    english = {
        row["code"]: row["title"]
        for row in read_rows(data_dir() / "sdg" / "framework.csv", ("code", "title"))
    }
    for row in read_rows(vocabulary_file("sdg_titles.csv"), ("code",)):
        if row.get(code) and row["code"] in english:
            yield Entry(row[code], english[row["code"]])


def _states(code: str) -> Iterator[Entry]:
    for row in read_rows(vocabulary_file("state_names.csv"), ("iso3", "language", "names")):
        if row["language"] == code:
            for name in row["names"].split(";"):
                yield Entry(name, state_name(row["iso3"]))


def _bodies(code: str) -> Iterator[Entry]:
    """Yield the names of treaty bodies in a language: those with its word for "committee"."""
    for row in body_rows():
        for name in row["other_names"].split(";"):
            if row["mechanism"] == "TB" and _BODY[code] in name:
                yield Entry(name, COMMITTEE)
