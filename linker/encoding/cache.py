"""Embeddings on disk, so that no text is encoded twice by the same model.

Every process that encodes something new writes a file of its own, ``<checksum>-<random>.rows``:
rows of a key (32 hexadecimal digits) and a vector (little-endian float32), only ever appended to.
So processes never write into one another's rows, and an interruption costs at most the last few
texts. Delete the folder at any time: it is rebuilt.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from linker.encoding.encoder import Encoder, Progress, Vectors

KEY_LENGTH = 32
CHUNK = 512
"""Texts encoded between two writes: what an interruption can cost."""


def text_key(text: str) -> str:
    """Return the key of a text: the first 32 hexadecimal digits of its sha256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:KEY_LENGTH]


class CachedEncoder:
    """An encoder that remembers. Has the same protocol as the encoder it wraps.

    Args:
        encoder: encodes what is not yet known.
        folder: where the cache lies; made when missing.
    """

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        self.encoder = encoder
        self._row = np.dtype([("key", f"S{KEY_LENGTH}"), ("vector", "<f4", (encoder.dimension,))])
        self._own = folder / f"{encoder.checksum}-{uuid4().hex}.rows"
        self._new: dict[str, int] = {}
        self._writing = Lock()
        folder.mkdir(parents=True, exist_ok=True)
        self._files = sorted(folder.glob(f"{encoder.checksum}-*.rows"))
        # Sorted arrays: half a million texts are 20 MB here and would be 150 MB in a dictionary.
        found = [self._keys_of(file) for file in self._files]
        keys = np.concatenate(found) if found else np.zeros(0, dtype=self._row["key"])
        order = np.argsort(keys, kind="stable")
        starts = np.cumsum([0, *(len(part) for part in found)])
        self._keys, self._starts, self._order = keys[order], starts, order

    @property
    def name(self) -> str:
        """The wrapped encoder's name."""
        return self.encoder.name

    @property
    def checksum(self) -> str:
        """The wrapped encoder's checksum."""
        return self.encoder.checksum

    @property
    def dimension(self) -> int:
        """The wrapped encoder's dimension."""
        return self.encoder.dimension

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return unit vectors, shape (len(texts), dimension); only unknown texts are encoded."""
        keys = [text_key(text) for text in texts]
        places = self._places(keys)
        unknown = {
            key: text for key, text, place in zip(keys, texts, places, strict=True) if place is None
        }
        self._add(unknown, progress)
        found = np.zeros((len(texts), self.dimension), dtype=np.float32)
        wanted: dict[Path, list[tuple[int, int]]] = defaultdict(list)
        for number, (key, place) in enumerate(zip(keys, places, strict=True)):
            file, row = place or (self._own, self._new[key])
            wanted[file].append((number, row))
        for file, pairs in wanted.items():
            numbers, rows = zip(*pairs, strict=True)
            found[list(numbers)] = self._rows_of(file)["vector"][list(rows)]
        return found

    def _places(self, keys: Sequence[str]) -> list[tuple[Path, int] | None]:
        """Return the file and row of each key; None where it is not known yet."""
        wanted = np.array(keys, dtype=self._keys.dtype)
        near = np.searchsorted(self._keys, wanted)
        there = near < len(self._keys)
        there[there] = self._keys[near[there]] == wanted[there]
        rows = self._order[np.where(there, near, 0)] if there.any() else near
        files = np.searchsorted(self._starts, rows, side="right") - 1
        return [
            (self._files[file], int(row - self._starts[file]))
            if known
            else ((self._own, self._new[key]) if key in self._new else None)
            for key, known, file, row in zip(keys, there, files, rows, strict=True)
        ]

    def _add(self, unknown: dict[str, str], progress: Progress | None) -> None:
        keys = list(unknown)
        for start in range(0, len(keys), CHUNK):
            chunk = keys[start : start + CHUNK]
            done = start

            def report(now: int, _: int, done: int = done) -> None:
                if progress:
                    progress(done + now, len(keys))

            rows = np.zeros(len(chunk), dtype=self._row)
            rows["key"] = [key.encode("ascii") for key in chunk]
            rows["vector"] = self.encoder.encode([unknown[key] for key in chunk], report)
            self._append(chunk, rows)

    def _append(self, keys: Sequence[str], rows: NDArray[np.void]) -> None:
        """Write rows, but for those that somebody else has written meanwhile.

        Only this waits for others: a search must not, while a build encodes ten thousand texts.
        """
        with self._writing:
            new = [number for number, key in enumerate(keys) if key not in self._new]
            before = len(self._rows_of(self._own))
            with self._own.open("ab") as out:
                out.write(rows[new].tobytes())
            self._new |= {keys[number]: before + place for place, number in enumerate(new)}

    def _keys_of(self, file: Path) -> NDArray[np.bytes_]:
        """Return the keys of a file, in order; mapped whole, it would count as memory held."""
        found = [np.zeros(0, dtype=self._row["key"])]
        with file.open("rb") as rows:
            while len(content := rows.read(CHUNK * self._row.itemsize)) >= self._row.itemsize:
                whole = len(content) // self._row.itemsize
                found.append(np.frombuffer(content, dtype=self._row, count=whole)["key"].copy())
        return np.concatenate(found)

    def _rows_of(self, file: Path) -> NDArray[np.void]:
        """Return the whole rows of a file; what an interrupted write left behind is passed over."""
        count = file.stat().st_size // self._row.itemsize if file.exists() else 0
        if not count:
            return np.zeros(0, dtype=self._row)
        return np.memmap(file, dtype=self._row, mode="r", shape=(count,))
