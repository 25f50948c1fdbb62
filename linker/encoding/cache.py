"""Embeddings on disk, so that no text is encoded twice by the same model.

Every process that encodes something new writes a file of its own, ``<checksum>-<random>.vectors``,
so that processes never write into one another's rows; an interruption costs at most the last few
texts, and a row that was damaged is told and made again. Delete the folder at any time: it is
rebuilt.
"""

from __future__ import annotations

import hashlib
import logging
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from linker.encoding.encoder import Encoder, Progress, Vectors
from linker.encoding.vector_file import KEY_LENGTH, VectorFile
from linker.encoding.wrapped import WrappedEncoder
from linker.errors import LinkerError

_LOG = logging.getLogger(__name__)
CHUNK = 512
"""Texts encoded between two writes: what an interruption can cost."""


def text_key(text: str) -> str:
    """Return the key of a text: the first 32 hexadecimal digits of its sha256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:KEY_LENGTH]


class CachedEncoder(WrappedEncoder):
    """An encoder that remembers. Has the same protocol as the encoder it wraps.

    Args:
        encoder: encodes what is not yet known.
        folder: where the cache lies; made when missing.
    """

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        self.encoder = encoder
        self._own = VectorFile(
            folder / f"{encoder.checksum}-{uuid4().hex}.vectors", encoder.dimension
        )
        self._new: dict[str, int] = {}
        self._writing = Lock()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            there = sorted(folder.glob(f"{encoder.checksum}-*.vectors"))
            self._files = [VectorFile(path, encoder.dimension) for path in there]
            # Sorted arrays: half a million texts are 20 MB here and 150 MB in a dictionary.
            found = [file.keys() for file in self._files]
        except OSError as error:
            raise LinkerError(
                f"{folder}: embeddings cannot be kept there ({error.strerror}). Free some space "
                "and see that the folder can be read and written."
            ) from error
        keys = np.concatenate(found) if found else np.zeros(0, dtype=f"S{KEY_LENGTH}")
        order = np.argsort(keys, kind="stable")
        starts = np.cumsum([0, *(len(part) for part in found)])
        self._keys, self._starts, self._order = keys[order], starts, order

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return unit vectors, shape (len(texts), dimension); only unknown texts are encoded."""
        keys = [text_key(text) for text in texts]
        places = self._places(keys)
        unknown = {
            key: text for key, text, place in zip(keys, texts, places, strict=True) if place is None
        }
        self._add(unknown, progress)
        found = self._read(keys, places)
        asked = dict(zip(keys, texts, strict=True))
        if damaged := {key: text for key, text in asked.items() if key not in found}:
            _LOG.warning(
                "%s: %d damaged embeddings, made again", self._own.path.parent, len(damaged)
            )
            self._add(damaged, None, again=True)
            found |= self._read(list(damaged), [None] * len(damaged))
        if lost := [text for key, text in asked.items() if key not in found]:
            raise LinkerError(
                f"{self._own.path.parent}: what is written there does not come back as it was "
                f"(the embedding of {lost[0][:40]!r}). Check the disk, delete the folder and "
                "run it again."
            )
        return np.array([found[key] for key in keys], dtype=np.float32).reshape(-1, self.dimension)

    def _read(
        self, keys: Sequence[str], places: Sequence[tuple[VectorFile, int] | None]
    ) -> dict[str, NDArray[np.float32]]:
        """Return the sound vectors among those asked for, by key."""
        wanted: dict[VectorFile, dict[str, int]] = defaultdict(dict)
        for key, place in zip(keys, places, strict=True):
            file, row = place or (self._own, self._new[key])
            wanted[file][key] = row
        found: dict[str, NDArray[np.float32]] = {}
        for file, rows in wanted.items():
            vectors, sound = file.read(list(rows), list(rows.values()))
            found |= {
                key: vector for key, vector, is_sound in zip(rows, vectors, sound, strict=True)
                if is_sound
            }  # fmt: skip
        return found

    def _places(self, keys: Sequence[str]) -> list[tuple[VectorFile, int] | None]:
        """Return the file and row of each key; None where it is not known yet."""
        wanted = np.array(keys, dtype=self._keys.dtype)
        near = np.searchsorted(self._keys, wanted)
        there = near < len(self._keys)
        there[there] = self._keys[near[there]] == wanted[there]
        rows = self._order[np.where(there, near, 0)] if there.any() else near
        files = np.searchsorted(self._starts, rows, side="right") - 1
        # What this process wrote comes first: it was made again where an old row was damaged.
        return [
            (self._own, self._new[key])
            if key in self._new
            else ((self._files[file], int(row - self._starts[file])) if known else None)
            for key, known, file, row in zip(keys, there, files, rows, strict=True)
        ]

    def _add(self, unknown: dict[str, str], progress: Progress | None, again: bool = False) -> None:
        keys = list(unknown)
        for start in range(0, len(keys), CHUNK):
            chunk = keys[start : start + CHUNK]
            done = start

            def report(now: int, _: int, done: int = done) -> None:
                if progress:
                    progress(done + now, len(keys))

            vectors = self.encoder.encode([unknown[key] for key in chunk], report)
            self._append(chunk, vectors, again)

    def _append(self, keys: Sequence[str], vectors: Vectors, again: bool) -> None:
        """Write rows, but for those that somebody else has written meanwhile.

        Only this waits for others: a search must not, while a build encodes ten thousand texts.
        """
        with self._writing:
            new = [number for number, key in enumerate(keys) if again or key not in self._new]
            first = self._own.append([keys[number] for number in new], vectors[new])
            self._new |= {keys[number]: first + place for place, number in enumerate(new)}
