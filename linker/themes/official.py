"""OHCHR's own theme names and the umbrella of each (data/vocabularies/themes.csv)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from linker.encoding.encoder import Encoder
from linker.vocabulary.files import read_rows, remembered, vocabulary_file

_CODE = re.compile(r"[a-h]\d{1,2}\s+")
"""The code before a theme's name in OHCHR's lists until 2016, such as "B31 "."""


@dataclass(frozen=True)
class Official:
    """The official themes, with a vector for each of their names.

    Attributes:
        names: as in UHRI.
        umbrellas: of each name.
        nameable: whether a theme may carry the name; false for catch-alls.
        spellings: lower case and without code, other names included, to the row in ``names``.
        vectors: unit vectors of all spellings less their mean; shape (spellings, dimension).
    """

    names: tuple[str, ...]
    umbrellas: tuple[str, ...]
    nameable: NDArray[np.bool_]
    spellings: Mapping[str, int]
    vectors: NDArray[np.float64]

    @classmethod
    def load(cls, encoder: Encoder) -> Official:
        """Read the vocabulary and encode its names.

        Raises:
            LinkerError: a vocabulary is missing or lacks a column.
        """
        names, umbrellas, spellings = _themes()
        general = {name for row in umbrella_rows() for name in row["too_general"].split(";")}
        nameable = np.array([name not in general for name in names])
        return cls(names, umbrellas, nameable, spellings, _vectors(list(spellings), encoder))

    @classmethod
    def of_terms(cls, terms: Sequence[tuple[str, str]], encoder: Encoder) -> Official:
        """Return terms of a user's own list as if they were official themes.

        A term that is an official theme brings that theme's other names along.

        Args:
            terms: (umbrella, term).
            encoder: for the terms.
        """
        known = _themes()[2]
        spellings: dict[str, int] = {}
        for place, (_, term) in enumerate(terms):
            spellings.setdefault(_plain(term), place)
            row = known.get(_plain(term))
            for other, other_row in known.items():
                if other_row == row:
                    spellings.setdefault(other, place)
        return cls(
            names=tuple(term for _, term in terms),
            umbrellas=tuple(umbrella for umbrella, _ in terms),
            nameable=np.ones(len(terms), dtype=np.bool_),
            spellings=spellings,
            vectors=_vectors(list(spellings), encoder),
        )

    def under(self, umbrella_of: Mapping[str, str]) -> Official:
        """Return the same themes under other umbrellas."""
        return replace(self, umbrellas=tuple(umbrella_of[name] for name in self.names))

    def best(self, per_spelling: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return for each name the largest of the values of its spellings.

        Args:
            per_spelling: shape (rows, spellings).
        """
        out = np.full((len(per_spelling), len(self.names)), -np.inf)
        for column, row in enumerate(self.spellings.values()):
            out[:, row] = np.maximum(out[:, row], per_spelling[:, column])
        return out

    def row(self, tag: str) -> int | None:
        """Return the row of the theme that a source's tag names, if it names one."""
        return self.spellings.get(_plain(tag))


def official_name(tag: str) -> str:
    """Return the official theme that a source's tag names, or an empty string."""
    names, _, spellings = _themes()
    row = spellings.get(_plain(tag))
    return "" if row is None else names[row]


def umbrella_order() -> tuple[str, ...]:
    """Return the four default umbrellas in the order in which they are shown."""
    return tuple(row["umbrella"] for row in umbrella_rows() if row["list"] == "four")


@remembered()
def umbrella_rows() -> tuple[dict[str, str], ...]:
    """Return the rows of data/vocabularies/umbrellas.csv.

    Raises:
        LinkerError: the file is missing or lacks a column.
    """
    return _rows("umbrellas.csv", ("list", "umbrella", "terms", "too_general"))


def _vectors(texts: Sequence[str], encoder: Encoder) -> NDArray[np.float64]:
    """Return unit vectors less what all official names share; shape (texts, dimension)."""
    vectors = encoder.encode(list(texts)).astype(np.float64)
    vectors -= encoder.encode(list(_themes()[2])).astype(np.float64).mean(axis=0)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def _plain(name: str) -> str:
    return _CODE.sub("", name.strip().lower(), count=1)


@remembered()
def _themes() -> tuple[tuple[str, ...], tuple[str, ...], dict[str, int]]:
    rows = _rows("themes.csv", ("theme", "umbrella", "other_names"))
    spellings: dict[str, int] = {}
    for place, row in enumerate(rows):
        spellings[_plain(row["theme"])] = place
    for place, row in enumerate(rows):
        for name in filter(str.strip, row["other_names"].split(";")):
            spellings.setdefault(_plain(name), place)
    return tuple(row["theme"] for row in rows), tuple(row["umbrella"] for row in rows), spellings


def _rows(name: str, columns: tuple[str, ...]) -> tuple[dict[str, str], ...]:
    rows = read_rows(vocabulary_file(name), columns)
    return tuple({column: row[column].strip() for column in columns} for row in rows)
