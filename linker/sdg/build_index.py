"""Builds indices/sdg from the framework and the knowledge: ``python -m linker.sdg.build_index``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from linker.encoding.encoder import Encoder, Vectors, default_encoder
from linker.errors import LinkerError
from linker.index import VectorIndex
from linker.paths import indices_dir
from linker.sdg.framework import framework
from linker.sdg.knowledge import knowledge
from linker.sdg.passages import Passage, passages


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


def main() -> None:
    """Write indices/sdg, and what linking makes of it, and say what is in it."""
    # Linking stands on the framework, never the other way round; only this command knows both.
    from linker.sdg.prepared import make, prepared_folder, save

    encoder = default_encoder()
    index = build_index(encoder, passages(knowledge(), framework()))
    index.save(index_folder())
    print(f"{index_folder()}: {len(index)} passages by model {index.model}")
    save(make(encoder), encoder, prepared_folder())
    print(f"{prepared_folder()}: prepared for linking")


if __name__ == "__main__":
    main()
