"""Searching in a workspace of UHRI's size, without the hours of a build.

``python -m evaluation.speed.searching_uhri [--records N] [--folder FOLDER] [--output FILE]``: the
records are imported as ever, and the State's indices and shards are those of builds, but for the
vectors, which are made up: how long a search takes does not depend on what they say. Takes a
quarter of an hour of processor time for 270,000 records; a FOLDER that is there is only measured.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evaluation.speed.corpus import write_uhri
from evaluation.speed.report import as_text, write
from evaluation.speed.uhri import RECORDS, STATES, searches
from linker.encoding.default import default_encoder
from linker.encoding.encoder import Encoder, Progress, Vectors
from linker.encoding.wrapped import WrappedEncoder
from linker.workspace.ask_indices import AskIndices
from linker.workspace.search_corpus import Corpora
from linker.workspace.workspace import Linker


@dataclass(frozen=True)
class MadeUp(WrappedEncoder):
    """Gives each text a vector of its own that says nothing, under the name of an encoder."""

    encoder: Encoder

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return unit vectors, shape (len(texts), dimension)."""
        found = np.empty((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            seed = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
            np.random.default_rng(seed).standard_normal(dtype=np.float32, out=found[row])
        return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True))


def make(folder: Path, count: int) -> None:
    """Import so many records into a new workspace, and write what a build keeps for searches."""
    states = max(3, STATES * count // RECORDS)
    with tempfile.TemporaryDirectory() as place:
        write_uhri(Path(place) / "uhri.json", count, states)
        with Linker.open(folder, create=True) as linker:
            linker.add([Path(place) / "uhri.json"])
            encoder = MadeUp(default_encoder())
            indices = AskIndices(linker.folder, linker.store, encoder, linker.reader)
            corpora = Corpora(linker.store, indices, encoder)
            for state in linker.store.states():
                records = linker.store.records(state)
                indices.updated(state, linker.reader.all_english(records))
                corpora.write(state, records, linker.reader)


def main() -> None:
    """Make the workspace where there is none, measure, print and write where told."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--records", type=int, default=RECORDS)
    arguments.add_argument("--folder", type=Path)
    arguments.add_argument("--output", type=Path)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = options.folder or Path(place) / "workspace"
        if not folder.exists():
            make(folder, options.records)
        found = {f"Searching {options.records:,} records with made-up vectors": searches(folder)}
    print(as_text(found))
    if options.output:
        write(found, options.output)


if __name__ == "__main__":
    main()
