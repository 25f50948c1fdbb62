"""Builds indices/sdg from the framework and the knowledge: ``python -m linker.sdg.build_index``."""

from __future__ import annotations

from linker.encoding.default import default_encoder
from linker.sdg.passages import shipped_passages
from linker.sdg.prepared import make, prepared_folder, save
from linker.sdg.shipped import build_index, index_folder


def main() -> None:
    """Write indices/sdg, and what linking makes of it, and say what is in it."""
    encoder = default_encoder()
    index = build_index(encoder, shipped_passages())
    index.save(index_folder())
    print(f"{index_folder()}: {len(index)} passages by model {index.model}")
    save(make(encoder), encoder, prepared_folder())
    print(f"{prepared_folder()}: prepared for linking")


if __name__ == "__main__":
    main()
