"""The index of the SDG passages: made from their vectors, shipped, and taken from there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from linker.encoding.encoder import Encoder, Vectors
from linker.errors import LinkerError
from linker.index import VectorIndex
from linker.paths import indices_dir
from linker.sdg.passages import Passage


def index_folder() -> Path:
    """Return where the shipped index lies."""
    return indices_dir() / "sdg"


def build_index(encoder: Encoder, known: Sequence[Passage]) -> VectorIndex:
    """Embed passages and return their index; the same passages give the same bytes when saved."""
    index = VectorIndex(encoder.dimension, encoder.checksum)
    index.add([p.id for p in known], encoder.encode([p.text for p in known]))
    return index


def passage_vectors(encoder: Encoder, known: Sequence[Passage]) -> Vectors:
    """Return the vectors of passages, shape (len(known), encoder.dimension).

    They come from the shipped index when this encoder made it and it holds all of them; otherwise
    they are embedded afresh, which takes half a minute.
    """
    try:
        index = VectorIndex.load(index_folder(), encoder.checksum)
    except LinkerError:
        return encoder.encode([p.text for p in known])
    rows = {identifier: row for row, identifier in enumerate(index.ids)}
    if any(p.id not in rows for p in known):
        return encoder.encode([p.text for p in known])
    return index.vectors[[rows[p.id] for p in known]]
