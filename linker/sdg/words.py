"""What the words of a text say about targets: TF-IDF against the knowledge, and its terms."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from linker.paths import data_dir
from linker.vocabulary.files import read_rows, remembered
from linker.vocabulary.tokens import stem, stems, tokenise, words


@dataclass(frozen=True, slots=True)
class FoundTerm:
    """A term of the knowledge in a text.

    Attributes:
        text: the characters found.
        start: first character in the text.
        end: one past the last.
        targets: the targets whose vocabulary holds the term.
    """

    text: str
    start: int
    end: int
    targets: frozenset[str]


class WordSpace:
    """TF-IDF over word stems and pairs of neighbouring stems.

    Args:
        features: the stems and pairs known, ``"child marriag"``.
        rarity: inverse document frequency of each.
    """

    def __init__(self, features: Sequence[str], rarity: NDArray[np.float64]) -> None:
        self.features = tuple(features)
        self.rarity = rarity
        self._columns = {feature: i for i, feature in enumerate(self.features)}

    @classmethod
    def learn(cls, texts: Sequence[str]) -> WordSpace:
        """Return the space of a body of texts; document frequencies are counted over them."""
        documents = Counter(feature for text in texts for feature in _features(text))
        known = sorted(documents)
        return cls(
            known, np.array([math.log((len(texts) + 1) / (documents[f] + 1)) for f in known])
        )

    def vectors(self, texts: Iterable[str]) -> sp.csr_matrix:
        """Return unit rows, shape (texts, features); features never met before are left out."""
        rows, columns, values = [], [], []
        rarity = self.rarity.tolist()
        number = -1
        for number, text in enumerate(texts):
            for feature, count in _features(text).items():
                column = self._columns.get(feature)
                if column is not None:
                    rows.append(number)
                    columns.append(column)
                    values.append((1 + math.log(count)) * rarity[column])
        shape = (number + 1, len(self._columns))
        matrix = sp.csr_matrix((values, (rows, columns)), shape=shape, dtype=np.float64)
        lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
        lengths[lengths == 0] = 1
        return sp.csr_matrix(sp.diags(1 / lengths) @ matrix)


class TermFinder:
    """Finds the terms of all targets in a text, the longest first, words stemmed.

    Args:
        targets: for each term, as its stems, the targets whose vocabulary holds it.
        of_all: how many targets have a vocabulary.
    """

    def __init__(self, targets: Mapping[tuple[str, ...], frozenset[str]], of_all: int) -> None:
        self.targets = dict(targets)
        self.of_all = of_all
        lengths: dict[str, set[int]] = defaultdict(set)
        for key in self.targets:
            lengths[key[0]].add(len(key))
        self._lengths = dict(lengths)

    @classmethod
    def learn(cls, terms: Mapping[str, Sequence[str]]) -> TermFinder:
        """Return the finder of the terms that each target has."""
        targets: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for target, phrases in terms.items():
            for phrase in phrases:
                if key := tuple(stem(token.word) for token in tokenise(phrase)):
                    targets[key].add(target)
        return cls({key: frozenset(found) for key, found in targets.items()}, len(terms))

    def find(self, text: str) -> list[FoundTerm]:
        """Return the terms in a text in order of place; they do not overlap."""
        tokens = tokenise(text)
        roots = [stem(token.word) for token in tokens]
        taken = [False] * len(roots)
        possible = (
            (-length, first, tuple(roots[first : first + length]))
            for first, root in enumerate(roots)
            for length in self._lengths.get(root, ())
            if first + length <= len(roots)
        )
        found = []
        for length, first, key in sorted(term for term in possible if term[2] in self.targets):
            last = first - length
            if not any(taken[first:last]):
                targets = self.targets[key]
                taken[first:last] = [True] * (last - first)
                start, end = tokens[first].start, tokens[last - 1].end
                found.append(FoundTerm(text[start:end], start, end, targets))
        return sorted(found, key=lambda term: term.start)

    def weight(self, term: FoundTerm) -> float:
        """Return how telling a term is: 1 when it belongs to one target, near 0 when to most.

        A single word counts three fifths of a phrase, unless it is an abbreviation (FGM).
        """
        rarity = math.log(1 + self.of_all / len(term.targets)) / math.log(1 + self.of_all)
        return rarity * (1.0 if _telling(term.text) else 0.6)


@lru_cache(maxsize=4096)
def _telling(term: str) -> bool:
    return len(words(term)) > 1 or (len(term) > 2 and term.isupper())


def spelled_out(text: str) -> str:
    """Return a text with the words that encoders do not know (FGM, kafala) spelled out.

    Raises:
        LinkerError: data/sdg/rare-words.csv is missing or lacks a column.
    """
    pattern, meanings = _rare_words()
    return pattern.sub(lambda m: meanings.get(m.group()) or meanings[m.group().lower()], text)


@remembered()
def _rare_words() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern and meanings; words in lower case are found in any case."""
    rows = read_rows(data_dir() / "sdg" / "rare-words.csv", ("word", "meaning"))
    meanings = {row["word"]: row["meaning"] for row in rows}
    longest_first = sorted(meanings, key=lambda word: (-len(word), word))
    either = "|".join(
        f"(?i:{re.escape(word)})" if word.islower() else re.escape(word) for word in longest_first
    )
    return re.compile(rf"(?<![\w/-])(?:{either})(?![\w/-])"), meanings


@remembered(2048)  # some 15 KB a text
def _features(text: str) -> Counter[str]:
    roots = stems(text)
    return Counter([*roots, *(f"{a} {b}" for a, b in pairwise(roots))])
