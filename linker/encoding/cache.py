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
        self._places: dict[str, tuple[Path, int]] = {}
        self._writing = Lock()
        folder.mkdir(parents=True, exist_ok=True)
        for file in sorted(folder.glob(f"{encoder.checksum}-*.rows")):
            for number, key in enumerate(self._rows_of(file)["key"]):
                self._places[key.decode("ascii")] = file, number

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
        with self._writing:
            unknown = {
                key: text for key, text in zip(keys, texts, strict=True) if key not in self._places
            }
            self._add(unknown, progress)
        found = np.zeros((len(texts), self.dimension), dtype=np.float32)
        wanted: dict[Path, list[tuple[int, int]]] = defaultdict(list)
        for place, key in enumerate(keys):
            file, number = self._places[key]
            wanted[file].append((place, number))
        for file, pairs in wanted.items():
            places, numbers = zip(*pairs, strict=True)
            found[list(places)] = self._rows_of(file)["vector"][list(numbers)]
        return found

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
            before = len(self._rows_of(self._own))
            with self._own.open("ab") as out:
                out.write(rows.tobytes())
            self._places |= {key: (self._own, before + n) for n, key in enumerate(chunk)}

    def _rows_of(self, file: Path) -> NDArray[np.void]:
        """Return the whole rows of a file; what an interrupted write left behind is passed over."""
        count = file.stat().st_size // self._row.itemsize if file.exists() else 0
        if not count:
            return np.zeros(0, dtype=self._row)
        return np.memmap(file, dtype=self._row, mode="r", shape=(count,))
