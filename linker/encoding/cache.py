"""Embeddings on disk, so that no text is encoded twice by the same model.

A folder holds, for each model, ``<checksum>.keys`` (32 hexadecimal digits a line) and
``<checksum>.f32`` (the vectors, raw little-endian float32, in the same order). Both are only ever
appended to; after an interruption the longer one is cut to the shorter, so at worst the last few
texts are encoded again. Delete the folder at any time: it is rebuilt.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

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
        self._keys_file = folder / f"{encoder.checksum}.keys"
        self._vectors_file = folder / f"{encoder.checksum}.f32"
        folder.mkdir(parents=True, exist_ok=True)
        self._rows = self._repair()

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
        unknown: dict[str, str] = {}
        for key, text in zip(keys, texts, strict=True):
            if key not in self._rows:
                unknown.setdefault(key, text)
        self._add(unknown, progress)
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        stored = np.memmap(self._vectors_file, dtype="<f4", mode="r").reshape(-1, self.dimension)
        return np.array(stored[[self._rows[key] for key in keys]], dtype=np.float32)

    def _add(self, unknown: dict[str, str], progress: Progress | None) -> None:
        keys = list(unknown)
        for start in range(0, len(keys), CHUNK):
            chunk = keys[start : start + CHUNK]
            done = start

            def report(now: int, _: int, done: int = done) -> None:
                if progress:
                    progress(done + now, len(keys))

            vectors = self.encoder.encode([unknown[key] for key in chunk], report)
            with self._vectors_file.open("ab") as out:
                out.write(vectors.astype("<f4").tobytes())
            with self._keys_file.open("ab") as out:
                out.write("".join(f"{key}\n" for key in chunk).encode("ascii"))
            for key in chunk:
                self._rows[key] = len(self._rows)

    def _repair(self) -> dict[str, int]:
        """Cut both files to their common length and return the row of each key."""
        self._keys_file.touch()
        self._vectors_file.touch()
        line, row = KEY_LENGTH + 1, 4 * self.dimension
        rows = min(self._keys_file.stat().st_size // line, self._vectors_file.stat().st_size // row)
        for path, size in ((self._keys_file, rows * line), (self._vectors_file, rows * row)):
            if path.stat().st_size != size:
                with path.open("r+b") as handle:
                    handle.truncate(size)
        keys = self._keys_file.read_text(encoding="ascii").split()
        return {key: position for position, key in enumerate(keys)}
