"""What searching needs of one State, ready beside its index: words, vectors of asks, filters.

A shard is written with each build and mapped into memory when read, and made again where it is
missing, damaged or of other records. It holds no record: only those that are found are read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from linker.array_file import load_arrays, save_arrays
from linker.encoding.encoder import Encoder, Vectors
from linker.errors import LinkerError
from linker.i18n.language import ENGLISH, speaking
from linker.index import VectorIndex
from linker.reading.reader import Reader
from linker.records.record import Record
from linker.workspace.ask_indices import asks_of, reading_key, record_of
from linker.workspace.facets import Facets
from linker.workspace.word_index import WordIndex

if TYPE_CHECKING:  # brings SciPy, which searching does without
    from linker.reading.ask_table import Floats, Rows

Key = Mapping[str, Any]
"""What a shard was made from."""
PUBLISHED, READ = "published-", "english-"
"""Prefixes of the arrays of the words of texts as published, and of their English readings."""


@dataclass(frozen=True)
class Part:
    """Vectors of asks with the row of the record of each, -1 for what is not there any more."""

    index: VectorIndex
    owner: NDArray[np.int32]

    @cached_property
    def _there(self) -> tuple[Rows | None, Rows]:
        """The rows of the vectors whose record is there, None for all, and that of each record."""
        rows = np.flatnonzero(self.owner >= 0)
        return None if len(rows) == len(self.owner) else rows, self.owner[rows].astype(np.intp)

    def nearest(
        self, query: Vectors, best: NDArray[np.float32], among: NDArray[np.bool_] | None = None
    ) -> None:
        """Raise ``best``, shape (records,), to the cosine of a query with each record's asks.

        Args:
            query: shape (dimension,), unit length.
            best: what to raise.
            among: which records are asked for, shape (records,); all unless given.
        """
        rows, owners = self._there
        if among is not None:
            wanted = np.flatnonzero(among[owners])
            rows, owners = wanted if rows is None else rows[wanted], owners[wanted]
        np.maximum.at(best, owners, self.index.scores(query, rows))


@dataclass(frozen=True)
class Shard:
    """Records to search in.

    Attributes:
        names: their ids, parted by line breaks.
        facets: what filters ask of them.
        published: the words of their ids, labels and texts.
        english: the same of their English readings, where any has one.
        parts: the vectors of their asks: those of the State's index, and of what is not in it.
    """

    names: bytes
    facets: Facets
    published: WordIndex
    english: WordIndex | None
    parts: tuple[Part, ...]

    @classmethod
    def of(
        cls, records: Sequence[Record], encoder: Encoder, reader: Reader,
        index: VectorIndex | None = None, covered: dict[str, str] | None = None,
    ) -> Shard:  # fmt: skip
        """Make a shard.

        Args:
            records: to search in.
            encoder: makes the vectors of asks that stand in no index.
            reader: of records in other languages.
            index: holds vectors of asks; none unless given.
            covered: by id of a record, how it was when it was indexed.
        """
        known = covered or {}
        english, rest = list(records), []
        for row, record in enumerate(records):
            if known.get(record.id) != reading_key(record):  # foreign, or it changed
                english[row] = read = reader.english(record)
                rest += [read] if known.get(read.id) != reading_key(read) else []
        place = {record.id: row for row, record in enumerate(records)}
        anew = {record.id for record in rest}
        held = {record_id: row for record_id, row in place.items() if record_id not in anew}
        index = index or VectorIndex(encoder.dimension, encoder.checksum)
        asks = asks_of(rest)
        more = VectorIndex(encoder.dimension, encoder.checksum)
        if asks:
            more.add([*asks], encoder.encode([*asks.values()]))
        parts = Part(index, _owners(index, held)), Part(more, _owners(more, place))
        names = "\n".join(record.id for record in records).encode("utf-8", "surrogatepass")
        read_in_english = _words(english) if english != list(records) else None
        return cls(names, Facets.of(records), _words(records), read_in_english, parts)

    def save(self, file: Path, key: Key) -> None:
        """Write the shard but for the index, which has its own files."""
        indexed, more = self.parts
        arrays = {
            **self.facets.arrays,
            "names": np.frombuffer(self.names, np.uint8),
            "owner": indexed.owner,
            "more": more.index.vectors.ravel(),
            "more-owner": more.owner,
            **self.published.arrays(PUBLISHED),
            **(self.english.arrays(READ) if self.english else {}),
        }
        about = {"key": dict(key), "values": dict(self.facets.values), "read": bool(self.english)}
        save_arrays(file, about, arrays)

    @classmethod
    def load(cls, file: Path, key: Key, index: VectorIndex) -> Shard:
        """Read a shard back, mapped into memory.

        Raises:
            LinkerError: the file is missing, altered, or made from something else.
        """
        about, arrays = load_arrays(file)
        if about.get("key") != dict(key):
            raise LinkerError(f"{file}: made from something else.")
        more = VectorIndex(index.dimension, index.model)
        if len(arrays["more-owner"]):
            numbers = [f"{row:08}" for row in range(len(arrays["more-owner"]))]
            more.add(numbers, arrays["more"].reshape(-1, index.dimension))
        return cls(
            arrays["names"].tobytes(),
            Facets.from_arrays(about["values"], arrays),
            WordIndex.from_arrays(arrays, PUBLISHED),
            WordIndex.from_arrays(arrays, READ) if about["read"] else None,
            (Part(index, arrays["owner"]), Part(more, arrays["more-owner"])),
        )

    def __len__(self) -> int:
        return len(self.published)

    @cached_property
    def ids(self) -> list[str]:
        """The ids of the records, by row."""
        return self.names.decode("utf-8", "surrogatepass").split("\n") if len(self) else []

    def meaning(self, query: Vectors, rows: Rows) -> NDArray[np.float32]:
        """Return the cosine of a query with the nearest ask of some records; -1 where it has none.

        Args:
            query: shape (dimension,), unit length.
            rows: of the records.
        """
        among = self._among(rows)
        best = np.full(len(self), -1.0, dtype=np.float32)
        for part in self.parts:
            if len(part.owner):
                part.nearest(query, best, among)
        return best if among is None else best[rows]

    def words(self, text: str, english: str, rows: Rows) -> Floats:
        """Return the share of a text's words that stand in some records, 2 for the whole phrase.

        Args:
            text: as it was typed.
            english: its reading, looked for in the English of the records.
            rows: of the records.
        """
        among = self._among(rows)
        shares = self.published.shares(text, among)
        if english != text or self.english:
            shares = np.maximum(shares, (self.english or self.published).shares(english, among))
        return shares if among is None else shares[rows]

    def _among(self, rows: Rows) -> NDArray[np.bool_] | None:
        """Return which records some rows are, shape (len(self),); None for all of them."""
        if len(rows) == len(self):
            return None
        among = np.zeros(len(self), dtype=np.bool_)
        among[rows] = True
        return among


def _words(records: Sequence[Record]) -> WordIndex:
    """Index id, label and text of records, labels in English: all who search share them."""
    with speaking(ENGLISH):
        return WordIndex.of([f"{r.id} {r.label} {r.text}" for r in records])


def _owners(index: VectorIndex, place: Mapping[str, int]) -> NDArray[np.int32]:
    return np.array([place.get(record_of(name), -1) for name in index.ids], dtype=np.int32)
