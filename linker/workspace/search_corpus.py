"""What searching needs of a State, held ready: its records, their words and their asks' vectors.

Only what came or changed since the last build is read when something is searched: the rest stands
in the State's index, which says of which records it speaks.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from linker.encoding.encoder import Encoder, Vectors
from linker.i18n.language import ENGLISH, speaking
from linker.index import VectorIndex
from linker.reading.reader import Reader
from linker.records.filters import LISTED, Filter, exactly
from linker.records.record import Record
from linker.store.store import Store
from linker.vocabulary.text import fold
from linker.workspace.ask_indices import AskIndices, asks_of, reading_key, record_of

if TYPE_CHECKING:  # brings SciPy, which searching does without
    from linker.reading.ask_table import Floats, Rows

KEPT = 60_000
"""Records that are kept in memory, some 4 KB each, beside those of the States last searched."""
MANY = 8
"""States from which on all records are read in one go."""
WORDS_KEPT = 64
"""Words of which a State remembers the records that hold them: "of" stands in most."""
PHRASE = 2.0
"""Share of the words found that a literal phrase counts as."""


@dataclass(frozen=True)
class Part:
    """Vectors of asks with the row of the record of each, -1 for what is not there any more."""

    index: VectorIndex
    owner: Rows


@dataclass(frozen=True)
class Folded:
    """Id, label and text of records as they are compared with words: one text of them all.

    Attributes:
        whole: the texts, each between blanks, so that a word is looked for in all at once.
        starts: where each begins.
    """

    whole: str
    starts: Rows

    @classmethod
    def of(cls, records: Sequence[Record]) -> Folded:
        """Fold records, with their labels in English: all who search share what is folded."""
        with speaking(ENGLISH):
            texts = [f" {fold(f'{r.id} {r.label} {r.text}')} " for r in records]
        starts = np.cumsum([0, *(len(text) + 1 for text in texts)])
        return cls("\n".join(texts), starts[: len(texts)])

    def shares(self, text: str) -> Floats:
        """Return the share of a text's words that stand in each record, 2 for the whole phrase."""
        phrase, shares = fold(text), np.zeros(len(self.starts))
        wanted = set(phrase.split())
        for word in sorted(wanted):
            shares[self._of_word(f" {word} ")] += 1
        shares /= max(1, len(wanted))
        shares[self._holding(phrase)] = PHRASE
        return shares

    @cached_property
    def _of_word(self) -> Callable[[str], Rows]:
        """As ``_holding``; what the words last asked for gave is kept."""
        return lru_cache(WORDS_KEPT)(self._holding)

    def _holding(self, words: str) -> Rows:
        """Return the rows of the records that hold some words, each once; all for none."""
        if not words:
            return np.arange(len(self.starts))
        starts, found, row = self._starts, [], -1
        at = self.whole.find(words)
        while at >= 0:
            row = bisect_right(starts, at, row + 1) - 1
            found.append(row)
            at = self.whole.find(words, starts[row + 1]) if row + 1 < len(starts) else -1
        return np.array(found, dtype=np.intp)

    @cached_property
    def _starts(self) -> list[int]:
        return [int(start) for start in self.starts]


@dataclass(frozen=True)
class Corpus:
    """Records to search in.

    Attributes:
        records: of one State, or given ones.
        english: each of them, with the English reading of its text where it has one.
        parts: the vectors of their asks.
    """

    records: tuple[Record, ...]
    english: tuple[Record, ...]
    parts: tuple[Part, ...]

    @classmethod
    def of(
        cls, records: Sequence[Record], encoder: Encoder, reader: Reader,
        index: VectorIndex | None = None, covered: dict[str, str] | None = None,
    ) -> Corpus:  # fmt: skip
        """Make a corpus.

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
        parts = []
        if index is not None:
            anew = {record.id for record in rest}
            parts.append(Part(index, _owners(index, {i: place[i] for i in place if i not in anew})))
        if asks := asks_of(rest):
            made = VectorIndex(encoder.dimension, encoder.checksum)
            made.add([*asks], encoder.encode([*asks.values()]))
            parts.append(Part(made, _owners(made, place)))
        return cls(tuple(records), tuple(english), tuple(parts))

    @cached_property
    def _as_published(self) -> Folded:
        return Folded.of(self.records)

    @cached_property
    def _in_english(self) -> Folded:
        return Folded.of(self.english) if self.english != self.records else self._as_published

    def meaning(self, query: Vectors) -> NDArray[np.float32]:
        """Return the cosine of a query with the nearest ask of each record; -1 where it has none.

        Args:
            query: shape (dimension,), unit length.
        """
        best = np.full(len(self.records), -1.0, dtype=np.float32)
        for part in self.parts:
            there = part.owner >= 0
            np.maximum.at(best, part.owner[there], part.index.scores(query)[there])
        return best

    def words(self, text: str, english: str) -> Floats:
        """Return the share of a text's words that stand in each record, 2 for the whole phrase.

        Args:
            text: as it was typed.
            english: its reading, looked for in the English of the records.
        """
        shares = self._as_published.shares(text)
        if english == text and self._in_english is self._as_published:
            return shares
        return np.maximum(shares, self._in_english.shares(english))


@dataclass(frozen=True)
class Within:
    """Corpora that are searched together, and what every search of them needs.

    Attributes:
        corpora: one after the other.
    """

    corpora: tuple[Corpus, ...]

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """All of their records."""
        return tuple(record for corpus in self.corpora for record in corpus.records)

    @cached_property
    def places(self) -> Rows:
        """The place of each record's id in alphabetical order."""
        ids = [record.id for record in self.records]
        places = np.empty(len(ids), dtype=np.intp)
        places[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
        return places

    def rows(self, where: Filter, among: Collection[str] | None) -> Rows:
        """Return the rows of the records that meet a filter and are among some ids."""
        rows = np.arange(len(self.records))
        for name, wanted in where.exact.items():
            rows = rows[self._column(name)[rows] == wanted]
        for name in LISTED:
            if wanted := getattr(where, name):
                rows = np.intersect1d(rows, self._listing(name, wanted))
        if among is not None:
            rows = rows[[self.records[row].id in among for row in rows.tolist()]]
        if where.text:
            rows = rows[[where.matches(self.records[row]) for row in rows.tolist()]]
        return rows

    def _column(self, name: str) -> NDArray[np.object_]:
        """Return a field of all records, as filters compare it."""
        if name not in self._columns:
            values = [exactly(getattr(record, name)) for record in self.records]
            self._columns[name] = np.array(values, dtype=object)
        return self._columns[name]

    def _listing(self, name: str, wanted: str) -> Rows:
        """Return the rows of the records one of whose themes, groups … is what a filter wants."""
        values, fits = LISTED[name]
        if name not in self._lists:
            held: dict[str, list[int]] = {}
            for row, record in enumerate(self.records):
                for value in values(record):
                    held.setdefault(value, []).append(row)
            self._lists[name] = held
        found = [rows for value, rows in self._lists[name].items() if fits(wanted, value)]
        return np.array(sorted({row for rows in found for row in rows}), dtype=np.intp)

    @cached_property
    def _lists(self) -> dict[str, dict[str, list[int]]]:
        return {}

    @cached_property
    def _columns(self) -> dict[str, NDArray[np.object_]]:
        return {}


def _owners(index: VectorIndex, place: dict[str, int]) -> Rows:
    return np.array([place.get(record_of(name), -1) for name in index.ids], dtype=np.intp)


class Corpora:
    """The corpora of a workspace, each made anew where its State's records or index changed.

    Args:
        store: the records.
        indices: their asks.
        encoder: makes what no index holds.
    """

    def __init__(self, store: Store, indices: AskIndices, encoder: Encoder) -> None:
        self._store, self._indices, self._encoder = store, indices, encoder
        self._held: OrderedDict[str, tuple[tuple[object, ...], Corpus]] = OrderedDict()
        self._last = Within(())
        self._lock = Lock()

    def of(self, states: Sequence[str], reader: Reader) -> Within:
        """Return the corpora of some States as they are now; ``""`` are records without a State."""
        now = (self._store.version().records, reader.digest)
        indices = {state: self._indices.of(state) if state else None for state in states}
        with self._lock:
            new = [
                s for s in states if s not in self._held or self._held[s][0] != (now, indices[s])
            ]
            records = self._records(new)
            for state in new:
                covered = self._indices.covered(state) if state else None
                index, held = indices[state], records.get(state, [])
                made = Corpus.of(held, self._encoder, reader, index, covered)
                self._held[state] = (now, index), made
            found = tuple(self._held[state][1] for state in states)
            if list(map(id, found)) != list(map(id, self._last.corpora)):
                self._last = Within(found)
            self._drop(but=states)
            return self._last

    def _records(self, states: Sequence[str]) -> dict[str, list[Record]]:
        """Return the records of some States: of many, all at once."""
        if len(states) <= MANY:
            return {state: self._store.records(state) for state in states}
        found: dict[str, list[Record]] = {}
        for record in self._store.records():
            found.setdefault(record.state, []).append(record)
        return found

    def _drop(self, but: Sequence[str]) -> None:
        """Forget the States that were longest not searched, where too many records are held.

        Those just searched stay, however many: they were in memory all together a moment ago, and
        the next search is likely to be among them.
        """
        for state in but:
            self._held.move_to_end(state)
        held = {state: len(corpus.records) for state, (_, corpus) in self._held.items()}
        while len(held) > len(but) and sum(held.values()) > KEPT:
            state = next(iter(held))
            del held[state], self._held[state]
