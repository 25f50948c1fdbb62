"""Rows of a key and a vector in a file, each with a checksum, so that none is believed by mistake.

A row is a key (32 hexadecimal digits), the CRC-32 of key and vector, and the vector, little-endian
float32. Rows are only ever appended, and whole: what a full disk or a killed process left of one
is cut off before the next is written, and passed over when read.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from linker.encoding.encoder import Vectors
from linker.errors import LinkerError

KEY_LENGTH = 32
_ROWS_AT_ONCE = 512
_UNIT = 1e-3
"""How far from 1 the length of a vector may be."""


def row_type(dimension: int) -> np.dtype[np.void]:
    """Return the layout of a row whose vector has this many numbers."""
    return np.dtype([("key", f"S{KEY_LENGTH}"), ("crc", "<u4"), ("vector", "<f4", (dimension,))])


class VectorFile:
    """One file of rows.

    Args:
        path: the file; made at the first append.
        dimension: length of the vectors.
    """

    def __init__(self, path: Path, dimension: int) -> None:
        self.path = path
        self._row = row_type(dimension)

    def keys(self) -> NDArray[np.bytes_]:
        """Return the keys in order; read piece by piece, for mapped it would count as memory."""
        found = [np.zeros(0, dtype=self._row["key"])]
        with suppress(FileNotFoundError), self.path.open("rb") as rows:
            size = self._row.itemsize
            while len(content := rows.read(_ROWS_AT_ONCE * size)) >= size:
                part = np.frombuffer(content, dtype=self._row, count=len(content) // size)
                found.append(part["key"].copy())
        return np.concatenate(found)

    def append(self, keys: Sequence[str], vectors: Vectors) -> int:
        """Write rows at the end, all of them or none; return the place of the first.

        Raises:
            LinkerError: the disk is full, or the file cannot be written.
        """
        rows = np.zeros(len(keys), dtype=self._row)
        rows["key"] = [key.encode("ascii") for key in keys]
        rows["vector"] = vectors
        rows["crc"] = [_checksum(row) for row in rows]
        try:
            # One process writes a file, so nobody else can make it longer in between.
            with os.fdopen(os.open(self.path, os.O_RDWR | os.O_CREAT | _BINARY), "r+b") as out:
                before = self._whole(out.fileno())
                out.truncate(before * self._row.itemsize)
                out.seek(before * self._row.itemsize)
                try:
                    out.write(rows.tobytes())
                    out.flush()
                except OSError:
                    with suppress(OSError):
                        os.ftruncate(out.fileno(), before * self._row.itemsize)
                    raise
        except OSError as error:
            raise LinkerError(
                f"{self.path}: embeddings cannot be written ({error.strerror}). Free some space, "
                "see that the folder can be written, and run it again; what was there is unharmed."
            ) from error
        return before

    def read(self, keys: Sequence[str], places: Sequence[int]) -> tuple[Vectors, NDArray[np.bool_]]:
        """Return the vectors of rows, shape (len(places), dimension), and which of them are sound.

        A row is sound when it holds the key asked for, fits its checksum and has length 1.
        """
        rows = np.zeros(len(places), dtype=self._row)
        with suppress(OSError):  # whoever deleted or damaged the file wants it made again
            held = self._mapped()
            there = [number for number, place in enumerate(places) if place < len(held)]
            rows[there] = held[[places[number] for number in there]]
        right = np.array(
            [
                row["key"] == key.encode("ascii") and int(row["crc"]) == _checksum(row)
                for row, key in zip(rows, keys, strict=True)
            ],
            dtype=bool,
        )
        with np.errstate(over="ignore", invalid="ignore"):
            length = np.linalg.norm(rows["vector"], axis=1)
            sound = right & (np.abs(length - 1.0) < _UNIT)
        return rows["vector"], sound

    def _whole(self, file: int) -> int:
        return os.fstat(file).st_size // self._row.itemsize

    def _mapped(self) -> NDArray[np.void]:
        count = self.path.stat().st_size // self._row.itemsize
        if not count:
            return np.zeros(0, dtype=self._row)
        return np.memmap(self.path, dtype=self._row, mode="r", shape=(count,))


_BINARY = getattr(os, "O_BINARY", 0)


def _checksum(row: np.void) -> int:
    return zlib.crc32(row["vector"].tobytes(), zlib.crc32(row["key"]))
