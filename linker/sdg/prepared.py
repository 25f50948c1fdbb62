"""What linking needs of the knowledge, made once and shipped: indices/sdg/prepared.

Stemming three thousand passages and solving the regression takes seconds, reading the result a
tenth of one. The manifest holds the checksums of all it was made from; when one of them differs
(an expert corrected the knowledge, another encoder is used) everything is made anew in memory.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Collection
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from linker.encoding.encoder import Encoder, Vectors
from linker.errors import LinkerError
from linker.paths import data_dir
from linker.sdg.framework import framework
from linker.sdg.knowledge import knowledge
from linker.sdg.passages import TARGET_KINDS, Passage, shipped_passages
from linker.sdg.resemblance import fit_shares, in_single
from linker.sdg.shipped import index_folder, passage_vectors
from linker.sdg.words import TermFinder, WordSpace, spelled_out
from linker.vocabulary.files import sha256

FORMAT = 2
ARRAYS, TEXTS, MANIFEST = "prepared.npz", "prepared.json", "manifest.json"


@dataclass(frozen=True)
class Prepared:
    """The knowledge, ready to be compared with.

    Attributes:
        targets: codes of all targets, in the framework's order.
        passages: all passages, sorted by id.
        vectors: their embeddings, shape (passages, dimension).
        words: the word space, learned from the passages that speak for a target or for none.
        lexical: vectors of all passages in it, shape (passages, features).
        rows: which passages speak for a target or for none.
        wanted: 1 where one of these speaks for a target, in the last column for none, shape
            (len(rows), len(targets) + 1).
        shares: as ``fit_shares`` gives, shape (len(rows), len(targets) + 1).
        typical: likewise, shape (len(rows),).
        finder: finds the targets' terms.
        instruments: names of instruments that link to a target, each with the target.
    """

    targets: tuple[str, ...]
    passages: tuple[Passage, ...]
    vectors: Vectors
    words: WordSpace
    lexical: sp.csr_matrix
    rows: NDArray[np.intp]
    wanted: NDArray[np.float64]
    shares: NDArray[np.float64]
    typical: NDArray[np.float64]
    finder: TermFinder
    instruments: tuple[tuple[str, str], ...]


def prepared(encoder: Encoder) -> Prepared:
    """Return what is shipped where it fits the data and the encoder, else make it (seconds)."""
    wanted = sources(encoder)
    key = json.dumps(wanted)
    known = _remembered()
    if key not in known:
        known.clear()
        try:
            known[key] = load(prepared_folder(), encoder, wanted)
        except LinkerError:
            known[key] = make(encoder)
    return known[key]


@cache
def _remembered() -> dict[str, Prepared]:
    """Return what was read last, by its sources: a build asks for it once for every State."""
    return {}


def prepared_folder() -> Path:
    """Return where the shipped files lie."""
    return index_folder() / "prepared"


def sources(encoder: Encoder) -> dict[str, str]:
    """Return the sha256 of every file of data/ that the result depends on, and the encoder's."""
    root = data_dir()
    files = [
        *sorted((root / "sdg" / "knowledge").glob("*.yaml")),
        *sorted((root / "sdg").glob("*.csv")),
    ]
    found = {path.relative_to(root).as_posix(): sha256(path) for path in files if path.is_file()}
    return {"encoder": encoder.checksum, **found}


def make(encoder: Encoder, without: Collection[str] = ()) -> Prepared:
    """Make it from the knowledge.

    Args:
        encoder: embeds the passages that the shipped index lacks.
        without: ids of passages to leave out, so that they can be measured themselves.
    """
    known = knowledge()
    targets = tuple(entry.code for entry in framework().level("target"))
    everything = tuple(p for p in shipped_passages() if p.id not in without)
    vectors = passage_vectors(encoder, everything)
    texts = [spelled_out(p.text) for p in everything]
    rows, wanted = _speaking(everything, targets)
    words = WordSpace.learn([texts[row] for row in rows])
    lexical = words.vectors(texts)
    spoken = sp.csr_matrix(lexical[rows])
    shares, typical = fit_shares(vectors[rows], spoken, wanted)
    finder = TermFinder.learn({code: t.terms for code, t in known.targets.items()})
    instruments = tuple((n, code) for code, t in known.targets.items() for n in t.instruments)
    return Prepared(
        targets, everything, vectors, words, lexical, rows, wanted, shares, typical, finder,
        instruments,
    )  # fmt: skip


def save(ready: Prepared, encoder: Encoder, folder: Path) -> None:
    """Write two files and the manifest; the same knowledge gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays = io.BytesIO()
    np.savez(
        arrays,
        shares=ready.shares.astype(np.float32),
        typical=ready.typical.astype(np.float32),
        rarity=ready.words.rarity,
        lexical_data=ready.lexical.data,
        lexical_indices=ready.lexical.indices.astype(np.int32),
        lexical_indptr=ready.lexical.indptr.astype(np.int32),
    )
    texts = {
        "targets": ready.targets,
        "passages": [list(astuple(p)) for p in ready.passages],
        "features": ready.words.features,
        "terms": [
            [list(key), sorted(found)] for key, found in sorted(ready.finder.targets.items())
        ],
        "targets_with_terms": ready.finder.of_all,
        "instruments": ready.instruments,
    }
    content = {
        ARRAYS: arrays.getvalue(),
        TEXTS: (json.dumps(texts, ensure_ascii=False, indent=0) + "\n").encode("utf-8"),
    }
    for name, payload in content.items():
        (folder / name).write_bytes(payload)
    manifest = {
        "format": FORMAT,
        "made_by": "python -m linker.sdg.build_index",
        "sources": sources(encoder),
        "sha256": {name: hashlib.sha256(payload).hexdigest() for name, payload in content.items()},
    }
    text = json.dumps(manifest, indent=1) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8", newline="\n")


def load(folder: Path, encoder: Encoder, wanted: dict[str, str]) -> Prepared:
    """Read what ``save`` wrote.

    Args:
        folder: where it lies.
        encoder: the encoder in use, for the vectors of the shipped index.
        wanted: what ``sources`` says now.

    Raises:
        LinkerError: a file is missing or altered, or it was made from other data.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if manifest["format"] != FORMAT or manifest["sources"] != wanted:
            raise LinkerError(f"{folder}: made from other data. Run `{manifest['made_by']}`.")
        content = {name: (folder / name).read_bytes() for name in (ARRAYS, TEXTS)}
        for name, payload in content.items():
            if hashlib.sha256(payload).hexdigest() != manifest["sha256"][name]:
                raise LinkerError(f"{folder / name}: altered. Run `{manifest['made_by']}`.")
        with np.load(io.BytesIO(content[ARRAYS]), allow_pickle=False) as arrays:
            return _put_together(json.loads(content[TEXTS]), dict(arrays), encoder)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LinkerError(f"{folder}: cannot be read ({error!r}).") from error


def _put_together(
    texts: dict[str, Any], arrays: dict[str, NDArray[Any]], encoder: Encoder
) -> Prepared:
    everything = tuple(
        Passage(*fields[:5], *map(tuple, fields[5:])) for fields in texts["passages"]
    )
    targets = tuple(texts["targets"])
    rows, wanted = _speaking(everything, targets)
    lexical = sp.csr_matrix(
        tuple(arrays[f"lexical_{part}"] for part in ("data", "indices", "indptr")),
        shape=(len(everything), len(texts["features"])),
    )
    terms = {tuple(key): frozenset(found) for key, found in texts["terms"]}
    return Prepared(
        targets=targets,
        passages=everything,
        vectors=passage_vectors(encoder, everything),
        words=WordSpace(texts["features"], arrays["rarity"]),
        lexical=lexical,
        rows=rows,
        wanted=wanted,
        shares=in_single(arrays["shares"]),
        typical=in_single(arrays["typical"]),
        finder=TermFinder(terms, texts["targets_with_terms"]),
        instruments=tuple((name, code) for name, code in texts["instruments"]),
    )


def _speaking(
    everything: tuple[Passage, ...], targets: tuple[str, ...]
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Return which passages speak for a target or for none, and 1 where each of them does."""
    column = {code: number for number, code in enumerate(targets)}
    rows = [row for row, p in enumerate(everything) if p.kind in TARGET_KINDS]
    wanted = np.zeros((len(rows), len(targets) + 1))
    for place, row in enumerate(rows):
        of = [column[code] for code in everything[row].targets] or [len(targets)]
        wanted[place, of] = 1
    return np.array(rows, dtype=np.intp), wanted
