"""The shards of a workspace that are searched together, each as its State's records are now."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from linker.encoding.encoder import Encoder
from linker.errors import LinkerError
from linker.reading.reader import Reader
from linker.records.filters import Filter
from linker.records.record import Record
from linker.store.store import Store
from linker.vocabulary.files import reading as vocabulary_files
from linker.vocabulary.text import fold
from linker.workspace.ask_indices import AskIndices
from linker.workspace.search_shard import Key, Shard

if TYPE_CHECKING:  # brings SciPy, which searching does without
    from linker.reading.ask_table import Rows

_LOG = logging.getLogger(__name__)
FORMAT = 2
"""Raised with every change of code that changes what a shard holds."""
TOGETHER = 4
"""Choices of States of which the order of all records is kept: some 8 bytes a record."""


@dataclass(frozen=True)
class Within:
    """Shards that are searched together, and what every search of them needs.

    Attributes:
        shards: one after the other.
        records_of: reads records by their ids.
    """

    shards: tuple[Shard, ...]
    records_of: Callable[[Iterable[str]], dict[str, Record]]

    @cached_property
    def starts(self) -> Rows:
        """Where the rows of each shard begin among those of all, and their end."""
        return np.cumsum([0, *map(len, self.shards)])

    @cached_property
    def places(self) -> Rows:
        """The place of each record's id in alphabetical order."""
        ids = [record_id for shard in self.shards for record_id in shard.ids]
        places = np.empty(len(ids), dtype=np.intp)
        places[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
        return places

    def rows(self, where: Filter, among: Callable[[str], bool] | None) -> list[Rows]:
        """Return the rows of each shard whose records meet a filter and have certain ids."""
        found = [shard.facets.rows(where) for shard in self.shards]
        for number, shard in enumerate(self.shards):
            rows = found[number]
            if among:
                rows = rows[[among(shard.ids[row]) for row in rows.tolist()]]
            if where.text:
                rows = self._with_words(shard, rows, where)
            found[number] = rows
        return found

    def record_ids(self, rows: Iterable[int]) -> list[str]:
        """Return the ids of some rows, counted through all shards."""
        found = []
        for row in rows:
            number = int(np.searchsorted(self.starts, row, side="right")) - 1
            found.append(self.shards[number].ids[row - int(self.starts[number])])
        return found

    def _with_words(self, shard: Shard, rows: Rows, where: Filter) -> Rows:
        """Return those of some rows in whose text the words of a filter stand."""
        for word in fold(where.text).split():
            rows = np.intersect1d(rows, shard.published.with_phrase([word]), assume_unique=True)
        ids = [shard.ids[row] for row in rows.tolist()]
        held = self.records_of(ids)
        return rows[[one in held and where.matches(held[one]) for one in ids]]


class Corpora:
    """The shards of a workspace, each made anew where its State's records or index changed.

    Args:
        store: the records.
        indices: their asks.
        encoder: makes what no index holds.
    """

    def __init__(self, store: Store, indices: AskIndices, encoder: Encoder) -> None:
        self._store, self._indices, self._encoder = store, indices, encoder
        self._held: dict[str, tuple[Key, Shard]] = {}
        self._within: OrderedDict[tuple[int, ...], Within] = OrderedDict()
        self._lock = Lock()

    def of(self, wanted: Collection[str] | None, reader: Reader) -> Within:
        """Return the shards of some States as they are now.

        Args:
            wanted: their codes; all unless given, with the records that have no State.
            reader: of records in other languages.
        """
        digests = self._store.digests_by_state()
        states = [one for one in digests if wanted is None or one in wanted]
        with self._lock:
            for gone in self._held.keys() - digests.keys():
                del self._held[gone]
            words = _words(reader)
            found = tuple(self._shard(one, digests[one], words, reader) for one in states)
            return self._together(found)

    def write(self, state: str, records: Sequence[Record], reader: Reader) -> None:
        """Write the shard of a State whose index is up to date, unless it stands there.

        Args:
            state: ISO 3166-1 alpha-3.
            records: all of the State's.
            reader: of records in other languages.
        """
        digest = self._store.digests_by_state().get(state)
        if digest:
            with self._lock:
                self._shard(state, digest, _words(reader), reader, records)

    def _together(self, shards: tuple[Shard, ...]) -> Within:
        """Return shards as they were searched together before, if they were lately."""
        key = tuple(map(id, shards))
        found = self._within.pop(key, None) or Within(shards, self._store.records_of)
        self._within[key] = found  # holds the shards, so that no other can have their identity
        while len(self._within) > TOGETHER:
            self._within.popitem(last=False)
        return found

    def _shard(
        self,
        state: str,
        digest: str,
        words: Key,
        reader: Reader,
        records: Sequence[Record] | None = None,
    ) -> Shard:
        """Return the shard of a State as it is held, or on disk, or made."""
        index = self._indices.of(state) if state else None
        key = {**words, "records": digest, "index": index.digest if index else ""}
        if state not in self._held or self._held[state][0] != key:
            self._held[state] = key, self._loaded(state, key, reader, records)
        return self._held[state][1]

    def _loaded(
        self, state: str, key: Key, reader: Reader, records: Sequence[Record] | None
    ) -> Shard:
        """Read the shard of a State, or make and write it."""
        if not state:
            return Shard.of(self._store.records(""), self._encoder, reader)
        index, file = self._indices.of(state), self._indices.search_file(state)
        try:
            return Shard.load(file, key, index)
        except LinkerError:
            held = self._store.records(state) if records is None else records
            made = Shard.of(held, self._encoder, reader, index, self._indices.covered(state))
        if self._store.digests_by_state().get(state) == key["records"]:  # nobody wrote meanwhile
            try:
                made.save(file, key)
            except OSError as error:
                _LOG.warning("%s: could not be written (%s)", file, error.strerror)
        return made


def _words(reader: Reader) -> Key:
    """Return what shards depend on beside records and index."""
    vocabulary = vocabulary_files().digest
    return {"format": FORMAT, "reader": reader.digest, "vocabulary": vocabulary}
