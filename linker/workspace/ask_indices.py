"""The FAISS indices of a workspace: one a State, with the vector of every ask of its records.

They are a cache: written with each build, mapped into memory when read, checked against their
manifests, and made again where one is missing, damaged or of another model. Records that come, go
or change touch their own vectors and no others. Whoever compares or searches asks reads from them.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from linker.checked_files import write_whole
from linker.encoding.cache import text_key
from linker.encoding.encoder import Encoder, Progress, Vectors
from linker.encoding.wrapped import WrappedEncoder
from linker.errors import LinkerError
from linker.index import IDS_FILE, INDEX_FILE, MANIFEST_FILE, VectorIndex
from linker.reading.reader import Reader
from linker.reading.record_reading import read
from linker.records.record import Record
from linker.store.store import Store

FOLDER = "indices"
COVERED = "covered.json"
"""Beside an index: the records it holds the asks of."""
SEARCH = "search.arrays"
"""Beside an index: what searching needs of the State (`linker.workspace.search_shard`)."""
FILES = (COVERED, INDEX_FILE, IDS_FILE, MANIFEST_FILE)
"""Of an index and what it needs beside it, in the order in which they are written."""
SEPARATOR = "\t"


@dataclass(frozen=True)
class IndexedEncoder(WrappedEncoder):
    """An encoder that takes from an index what stands there; the same vectors, to the bit.

    Attributes:
        encoder: encodes the rest.
        index: of the asks of one State.
        rows: of the index, by the key of the text.
    """

    encoder: Encoder
    index: VectorIndex
    rows: dict[str, int]

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return unit vectors, shape (len(texts), dimension)."""
        rows = np.array([self.rows.get(text_key(text), -1) for text in texts], dtype=np.intp)
        found = np.zeros((len(texts), self.dimension), dtype=np.float32)
        there = rows >= 0
        if there.any():
            found[there] = self.index.at(rows[there])
        rest = np.flatnonzero(~there)
        if len(rest):
            found[rest] = self.encoder.encode([texts[row] for row in rest.tolist()], progress)
        return found


class AskIndices:
    """The indices of a workspace.

    Args:
        folder: of the workspace.
        store: the workspace's records.
        encoder: makes the vectors that no index holds.
        reader: of records in other languages.
    """

    def __init__(self, folder: Path, store: Store, encoder: Encoder, reader: Reader) -> None:
        self.folder = folder / FOLDER
        self.store = store
        self.encoder = encoder
        self.reader = reader
        self._folder = cache(self._named)
        self._held: dict[str, tuple[tuple[int, ...], VectorIndex]] = {}
        self._covered: dict[str, tuple[tuple[int, ...], dict[str, str]]] = {}

    def of(self, state: str) -> VectorIndex:
        """Return the index of a State as it was last written; made where there is no sound one."""
        try:
            return self._loaded(state)
        except LinkerError:
            return self.updated(state)

    def updated(
        self,
        state: str,
        records: Iterable[Record] | None = None,
        progress: Progress | None = None,
    ) -> VectorIndex:
        """Bring the index of a State up to its records and return it.

        Args:
            state: ISO 3166-1 alpha-3.
            records: all of the State's, in English; those of the store unless given.
            progress: called with (asks encoded, asks to encode).
        """
        if records is None:
            records = self.reader.all_english(self.store.records(state))
        records = list(records)
        wanted = asks_of(records)
        try:
            index = self._loaded(state)
        except LinkerError:
            index = VectorIndex(self.encoder.dimension, self.encoder.checksum)
        held = set(index.ids)
        gone, new = held - wanted.keys(), sorted(wanted.keys() - held)
        if gone or new or not self._manifest(state).is_file():
            index.remove(gone)
            if new:
                index.add(new, self.encoder.encode([wanted[name] for name in new], progress))
            index.save(self._folder(state))
            index = self._loaded(state)
        covered = {record.id: reading_key(record) for record in records}
        if covered != self._read_covered(state):
            self._write_covered(state, covered)
        return index

    def covered(self, state: str) -> dict[str, str]:
        """Return the records whose asks stand in the index of a State, each with its key.

        By `reading_key` it is known, without reading any record, whether an index speaks of it as
        it is now.
        """
        seen, held = self._seen(state, COVERED), self._covered.get(state)
        if held is None or held[0] != seen:
            found = self._read_covered(state)
            if found is None:
                self.updated(state)
                found = self._read_covered(state) or {}
            held = self._covered[state] = self._seen(state, COVERED), found
        return held[1]

    def _read_covered(self, state: str) -> dict[str, str] | None:
        """Return what `_write_covered` wrote; None where nothing sound is there."""
        try:
            found = json.loads((self._folder(state) / COVERED).read_bytes())
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def _write_covered(self, state: str, covered: dict[str, str]) -> None:
        folder = self._folder(state)
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(dict(sorted(covered.items())), indent=0)
        write_whole(folder / COVERED, text.encode())

    def search_file(self, state: str) -> Path:
        """Return the file of what searching needs of a State."""
        return self._folder(state) / SEARCH

    def encoder_of(self, state: str) -> IndexedEncoder:
        """Return an encoder that reads the asks of a State from its index."""
        index = self.of(state)
        rows = {name.rsplit(SEPARATOR, 1)[1]: row for row, name in enumerate(index.ids)}
        return IndexedEncoder(self.encoder, index, rows)

    def files(self, state: str) -> dict[str, bytes]:
        """Return the files of the index of a State by name, for another place; none before one."""
        found = {}
        with suppress(OSError):
            found = {name: (self._folder(state) / name).read_bytes() for name in FILES}
            found[SEARCH] = self.search_file(state).read_bytes()
        return found

    def put(self, state: str, files: Mapping[str, bytes]) -> None:
        """Let the files of the index of a State be these; of what it needs, the manifest last."""
        folder = self._folder(state)
        folder.mkdir(parents=True, exist_ok=True)
        for name in (*FILES, SEARCH):
            if name in files:
                write_whole(folder / name, files[name])

    def drop(self, but: Iterable[str]) -> None:
        """Delete the indices of States that have no records any more."""
        kept = {self._folder(state).name for state in but}
        for folder in self.folder.iterdir() if self.folder.is_dir() else ():
            if folder.is_dir() and folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)

    def _loaded(self, state: str) -> VectorIndex:
        """Return the index on disk, read again where its manifest is another than before."""
        seen = self._seen(state, INDEX_FILE, MANIFEST_FILE)
        held = self._held.get(state)
        if held is None or held[0] != seen:
            held = seen, VectorIndex.load(self._folder(state), self.encoder.checksum, noting=True)
            self._held[state] = held
        return held[1]

    def _seen(self, state: str, *names: str) -> tuple[int, ...]:
        """Return when files were last written and how large they are; the same until one is."""
        folder, found = str(self._folder(state)), []
        for name in names:
            with suppress(OSError):
                stat = os.stat(f"{folder}/{name}")  # noqa: PTH116 - faster, at each search
                found += [stat.st_mtime_ns, stat.st_size]
        return tuple(found)

    def _manifest(self, state: str) -> Path:
        return self._folder(state) / MANIFEST_FILE

    def _named(self, state: str) -> Path:
        if re.fullmatch(r"[A-Za-z0-9]{1,8}", state):
            return self.folder / state
        return self.folder / f"_{hashlib.sha256(state.encode()).hexdigest()[:12]}"


def asks_of(records: Iterable[Record]) -> dict[str, str]:
    """Return the text of each ask by its id in the index: record, number and key of the text.

    With the key, an ask whose text was corrected is another.
    """
    return {
        SEPARATOR.join((record.id, str(number), text_key(ask.text))): ask.text
        for record in records
        for number, ask in enumerate(read(record).asks)
    }


def reading_key(record: Record) -> str:
    """Return what changes when a record reads otherwise: of its text, its State and its body."""
    return text_key("\x1f".join((record.state, record.body, record.text)))


def record_of(ask_id: str) -> str:
    """Return the record of an id that `asks_of` made."""
    return ask_id.rsplit(SEPARATOR, 2)[0]
