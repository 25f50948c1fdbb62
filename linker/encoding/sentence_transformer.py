"""Any sentence-transformers model as an encoder: for comparing, and for people who bring one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from linker.encoding.encoder import Progress, Vectors
from linker.errors import LinkerError

BATCH = 32


class SentenceTransformerEncoder:
    """Wraps a sentence-transformers model (the ``train`` extra installs the package).

    Args:
        model: a folder, or a name the package finds in its own cache. Nothing is downloaded.

    Raises:
        LinkerError: the package is not installed, or the model cannot be loaded.
    """

    def __init__(self, model: str | Path) -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise LinkerError(
                f"LINKER_ENCODER={model}: sentence-transformers is not installed. "
                "Install the extra (`pip install 'linker[train]'`) or unset LINKER_ENCODER."
            ) from error
        try:
            self._model = SentenceTransformer(str(model), device="cpu", local_files_only=True)
        except (OSError, ValueError) as error:
            raise LinkerError(
                f"{model}: not a sentence-transformers model on this machine ({error}). "
                "Give the path of a folder that holds one."
            ) from error
        self._name = Path(str(model)).name
        self._checksum = self._hash_weights()

    @property
    def name(self) -> str:
        """The last part of the model's path."""
        return f"{self._name} (sentence-transformers)"

    @property
    def checksum(self) -> str:
        """sha256 over the names and values of all weights, cut to 16 digits."""
        return self._checksum

    @property
    def dimension(self) -> int:
        """Length of the vectors."""
        size = self._model.get_embedding_dimension()
        if size is None:
            raise LinkerError(f"{self._name}: the model does not say how long its vectors are.")
        return int(size)

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return unit vectors, shape (len(texts), dimension), float32."""
        out = np.zeros((len(texts), self.dimension), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            out[chosen] = self._model.encode(
                [texts[i] for i in chosen],
                batch_size=BATCH,
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=False,
            )
            if progress:
                progress(start + len(chosen), len(order))
        return out

    def _hash_weights(self) -> str:
        digest = hashlib.sha256()
        for key, tensor in sorted(self._model.state_dict().items()):
            digest.update(key.encode())
            digest.update(tensor.cpu().numpy().tobytes())
        return digest.hexdigest()[:16]
