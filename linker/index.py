"""Exact search over vectors, by string id. The only file that knows FAISS."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from linker.checked_files import check, write_whole
from linker.encoding.encoder import Vectors
from linker.errors import LinkerError
from linker.programs import WINDOWS

INDEX_FILE = "index.faiss"
IDS_FILE = "ids.txt"
MANIFEST_FILE = "manifest.json"
FORMAT = 1
PART = 65_536
"""Vectors searched by one thread, and the most that are held in single precision.

FAISS gives a single query one thread for an index, and reading the vectors is what a search among
many costs.
"""
FEW = 0.4
"""Share of the vectors up to which those that are wanted are laid together, else all are read."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer of a search: the id and its cosine with the query."""

    id: str
    score: float


class VectorIndex:
    """Unit vectors in FAISS behind stable string ids, searched exhaustively.

    Ids are kept in sorted order and equal scores are answered in that order, so neither the order
    of adding nor of removing ever shows in an answer.

    Up to `PART` vectors are held as they are given. More are held in parts and in half precision,
    which answers in half the time from half the memory. That moves a cosine, by 0.0005 at the very
    most and by 0.00008 where it was measured, among 270,000 vectors made of real asks; there, 99.7
    to 100 % of the 20 nearest were those of single precision, and what stood in for the others
    was less near by 0.00009 at most. No hit is therefore scored again.
    What was rounded stays so when the index shrinks to `PART` vectors or fewer.

    Args:
        dimension: length of the vectors.
        model: checksum of the encoder that made them; other vectors are refused.

    Attributes:
        digest: of its files, where it was read from some.
    """

    def __init__(self, dimension: int, model: str) -> None:
        self.dimension = dimension
        self.model = model
        self.digest = ""
        self._names: bytes | list[str]
        self._parts: list[Any]
        self._index: Any
        self._hold([], np.zeros((0, dimension), dtype=np.float32))

    def __len__(self) -> int:
        return sum(part.ntotal for part in self._parts)

    def __repr__(self) -> str:
        return f"VectorIndex({len(self)} vectors of {self.dimension}, model {self.model})"

    @property
    def ids(self) -> list[str]:
        """The ids, in order; taken apart when first asked for, as a search does without."""
        if isinstance(self._names, bytes):
            self._names = _ids(self._names)
        return self._names

    @property
    def vectors(self) -> Vectors:
        """All vectors, shape (len(self), dimension), in the order of ``ids``."""
        found = [part.reconstruct_n(0, part.ntotal) for part in self._parts]
        return np.asarray(np.concatenate(found), dtype=np.float32)

    def at(self, rows: NDArray[np.intp]) -> Vectors:
        """Return some vectors, shape (len(rows), dimension); rows count as ``ids`` do."""
        if len(self._parts) > 1:
            return np.asarray(self.vectors[rows])
        keys = np.ascontiguousarray(rows, dtype=np.int64)
        return np.asarray(self._parts[0].reconstruct_batch(keys), dtype=np.float32)

    @property
    def nbytes(self) -> int:
        """Bytes that the vectors take, in memory and on disk."""
        return sum(part.ntotal * part.sa_code_size() for part in self._parts)

    def add(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Add vectors, or replace those whose id is already there.

        Args:
            ids: one for each row, without repetition, without line breaks.
            vectors: shape (len(ids), dimension).

        Raises:
            LinkerError: shapes do not fit, an id is repeated, or a vector is not of unit length.
        """
        array = np.ascontiguousarray(vectors, dtype=np.float32)
        if array.shape != (len(ids), self.dimension):
            raise LinkerError(
                f"vectors must have shape ({len(ids)}, {self.dimension}), got {array.shape}"
            )
        if len(set(ids)) != len(ids) or any("\n" in i or not i for i in ids):
            raise LinkerError("ids must be unique, not empty and without line breaks")
        lengths = np.sqrt(np.einsum("ij,ij->i", array, array))
        if len(ids) and not np.allclose(lengths, 1.0, atol=1e-3):
            raise LinkerError(f"vectors must have length 1, got {lengths.min():.3f} at the least")
        names, held = self._without(set(ids))
        self._hold([*names, *ids], np.concatenate([held, array]) if names else array)

    def remove(self, ids: Iterable[str]) -> int:
        """Remove the ids that are there and return how many that was."""
        names, held = self._without(set(ids))
        removed = len(self.ids) - len(names)
        if removed:
            self._hold(names, held)
        return removed

    def search(self, queries: Vectors, k: int) -> list[list[Hit]]:
        """Return for each query its k nearest, best first, ties by id.

        Args:
            queries: shape (n, dimension), unit length.
            k: at most how many hits a query gets.
        """
        array = np.ascontiguousarray(np.atleast_2d(queries), dtype=np.float32)
        if array.shape[1] != self.dimension:
            raise LinkerError(f"queries must have {self.dimension} columns, got {array.shape[1]}")
        k = min(k, len(self.ids))
        if not k:
            return [[] for _ in array]
        scores, rows = self._nearest(array, k)
        return [
            [Hit(self.ids[row], score) for score, row in self._in_order(line, found)[:k]]
            for line, found in zip(scores, rows, strict=True)
        ]

    def scores(self, query: Vectors, rows: NDArray[np.intp] | None = None) -> NDArray[np.float32]:
        """Return the cosine of one query with every vector, or with some: the same, to the bit.

        Args:
            query: shape (dimension,), unit length.
            rows: of the vectors wanted, counted as ``ids`` are; all unless given.
        """
        asked = np.ascontiguousarray(query, dtype=np.float32)
        if len(self._parts) == 1:
            return self._products(asked, rows)
        found = np.zeros(len(self), dtype=np.float32)
        scores, order = self._index.search(asked[None, :], len(self))
        found[order[0]] = scores[0]
        return found if rows is None else found[rows]

    def save(self, folder: Path) -> None:
        """Write the index, its ids and a manifest that names the model and the checksums.

        Each file takes the place of the one before whole, the manifest last, so that whoever has
        the old ones mapped into memory keeps them.
        """
        folder.mkdir(parents=True, exist_ok=True)
        payload = faiss.serialize_index(_exhaustive(self.vectors, len(self) > PART)).tobytes()
        names = "".join(f"{i}\n" for i in self.ids).encode("utf-8", "surrogatepass")
        manifest = {
            "format": FORMAT,
            "model": self.model,
            "dimension": self.dimension,
            "vectors": len(self.ids),
            "sha256": {
                INDEX_FILE: hashlib.sha256(payload).hexdigest(),
                IDS_FILE: hashlib.sha256(names).hexdigest(),
            },
        }
        text = (json.dumps(manifest, indent=2) + "\n").encode("utf-8")
        for name, content in ((INDEX_FILE, payload), (IDS_FILE, names), (MANIFEST_FILE, text)):
            write_whole(folder / name, content)

    @classmethod
    def load(cls, folder: Path, model: str, noting: bool = False) -> VectorIndex:
        """Read an index back; up to `PART` vectors stay on disk, mapped into memory.

        Args:
            folder: where ``save`` wrote it.
            model: checksum of the encoder that will be asked with.
            noting: note in the folder that its files were found right, to check them no more.

        Raises:
            LinkerError: a file is missing or altered, or another model made the index.
        """
        manifest = _manifest(folder)
        if manifest["model"] != model:
            raise LinkerError(
                f"{folder}: this index was made by model {manifest['model']}, the encoder in use "
                f"is {model}; their vectors cannot be compared. Rebuild the index."
            )
        for name, expected in manifest["sha256"].items():
            try:
                check(folder / name, expected, noting=noting)
            except LinkerError as error:
                raise LinkerError(f"{error} Rebuild the index.") from error
        index = cls(int(manifest["dimension"]), model)
        index.digest = " ".join(value for _, value in sorted(manifest["sha256"].items()))
        text = (folder / IDS_FILE).read_bytes()
        held = _held(folder / INDEX_FILE)
        if held.ntotal <= PART:
            index._names, index._parts, index._index = text, [held], held
        else:
            index._hold(_ids(text), held.reconstruct_n(0, held.ntotal))
        return index

    def _without(self, ids: set[str]) -> tuple[list[str], Vectors]:
        """Return the other ids and their vectors."""
        rows = [row for row, name in enumerate(self.ids) if name not in ids]
        return [self.ids[row] for row in rows], self.vectors[rows]

    def _hold(self, ids: Sequence[str], vectors: Vectors) -> None:
        """Keep these vectors and no others."""
        order = np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.intp)
        starts = range(0, max(1, len(ids)), PART)
        self._names = [ids[row] for row in order]
        self._parts = [
            _exhaustive(vectors[order[start : start + PART]], halves=len(starts) > 1)
            for start in starts
        ]
        self._index = self._parts[0]
        if len(self._parts) > 1:
            # The two say: one thread a part, and ids run on from part to part.
            self._index = faiss.IndexShards(self.dimension, True, True)  # type: ignore[call-arg]
            for part in self._parts:
                self._index.add_shard(part)

    def _products(self, query: Vectors, rows: NDArray[np.intp] | None) -> NDArray[np.float32]:
        """Return what a search says, to the bit, without its sorting and without its threads.

        Those wait for one another longer than this takes.
        """
        wanted = len(self) if rows is None else len(rows)
        if not wanted:
            return np.zeros(0, dtype=np.float32)
        if rows is not None and wanted > FEW * len(self):
            return self._products(query, None)[rows]
        vectors, at = self._parts[0].get_xb(), faiss.swig_ptr
        if rows is not None:
            whole = faiss.rev_swig_ptr(vectors, len(self) * self.dimension)
            some = whole.reshape(len(self), self.dimension)[rows]
            vectors = at(some)
        found = np.empty(wanted, dtype=np.float32)
        products: Any = faiss.fvec_inner_products_ny  # type: ignore[attr-defined]
        products(at(found), at(query), vectors, self.dimension, wanted)
        return found

    def _nearest(self, queries: Vectors, k: int) -> tuple[Vectors, NDArray[np.int64]]:
        """Return scores and rows, shape (n, k or more), whole groups of equal scores.

        FAISS cuts such a group anywhere; its first ids would be missing from the answer.
        """
        asked = k
        while True:
            asked = min(2 * asked, len(self))
            scores, rows = self._index.search(queries, asked)
            if asked == len(self) or (scores[:, -1] < scores[:, k - 1]).all():
                return scores, rows

    @staticmethod
    def _in_order(scores: Vectors, rows: NDArray[np.int64]) -> list[tuple[float, int]]:
        pairs = zip(scores.tolist(), rows.tolist(), strict=True)
        return sorted(pairs, key=lambda pair: (-pair[0], pair[1]))


def _ids(text: bytes) -> list[str]:
    """Return the ids of a file of them."""
    return text.decode("utf-8", "surrogatepass").split("\n")[:-1]


def _held(file: Path) -> Any:
    """Return an index that lies in a file, mapped into memory.

    Not on Windows: there FAISS opens no path with letters beyond its code page, and a file that is
    mapped cannot be replaced by the next build.
    """
    if WINDOWS:
        return faiss.deserialize_index(np.frombuffer(file.read_bytes(), dtype=np.uint8))
    return faiss.read_index(str(file), faiss.IO_FLAG_MMAP_IFC)


def _manifest(folder: Path) -> dict[str, Any]:
    """Return what a manifest says.

    Raises:
        LinkerError: it is missing or says something else.
    """
    file = folder / MANIFEST_FILE
    if not file.is_file():
        raise LinkerError(f"{folder}: no index here ({MANIFEST_FILE} is missing). Build it.")
    try:
        manifest = json.loads(file.read_bytes())
        sound = {INDEX_FILE, IDS_FILE} == set(manifest["sha256"]) and "model" in manifest
        int(manifest["dimension"])
    except (ValueError, KeyError, TypeError) as error:
        raise LinkerError(f"{file}: altered ({error}). Rebuild the index.") from error
    if not sound or manifest.get("format") != FORMAT:
        raise LinkerError(f"{file}: altered, or of another format. Rebuild the index.")
    return dict(manifest)


def _exhaustive(vectors: Vectors, halves: bool) -> Any:
    """Return vectors of shape (n, dimension) in FAISS, each component in two bytes or in four."""
    dimension, metric = vectors.shape[1], faiss.METRIC_INNER_PRODUCT
    index: Any = (
        faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, metric)
        if halves
        else faiss.IndexFlatIP(dimension)
    )
    index.add(np.ascontiguousarray(vectors, dtype=np.float32))
    return index
