"""What an encoder is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Progress = Callable[[int, int], None]
"""Called with (texts done, texts in all)."""


class Encoder(Protocol):
    """Turns texts into unit vectors, so that a dot product is a cosine.

    The vector of a text depends on that text alone: never on the texts beside it, their order or
    the number of threads. Everything downstream counts on it to give the same bytes on each run.
    """

    @property
    def name(self) -> str:
        """A name to show people, such as ``all-MiniLM-L6-v2 (ONNX, int8)``."""
        ...

    @property
    def checksum(self) -> str:
        """Identifies the model's exact weights: part of every cache key and index manifest."""
        ...

    @property
    def dimension(self) -> int:
        """Length of the vectors."""
        ...

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return an array of shape (len(texts), dimension), float32, rows of length 1."""
        ...
