"""The default encoder: all-MiniLM-L6-v2 in ONNX, run by onnxruntime. No torch, no network."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from linker.encoding.encoder import Progress, Vectors
from linker.errors import LinkerError
from linker.paths import models_dir

if TYPE_CHECKING:
    import onnxruntime as ort
    from tokenizers import Tokenizer

ENCODER_DIR = "encoder"
AT_ONCE = 64
"""Texts handed to the threads between two reports: a program that is told to stop ends only when
what they were handed is done."""
SLOWER = ["SkipLayerNormFusion"]
"""What onnxruntime makes of the model unless told not to: measured, an addition and a layer norm
take 25 µs for 36 tokens, the two in one 100 µs."""


class OnnxEncoder:
    """Runs ``models/encoder`` (model.onnx, tokenizer.json, manifest.json).

    The model takes one text; texts are spread over the cores. Dynamic int8 quantisation scales
    activations by the largest value in the tensor, so in a batch a vector would change with its
    neighbours (by up to 0.05 in a component, measured); alone it cannot, and without padding and
    mask it is faster.

    Args:
        folder: where the model lies; ``models/encoder`` unless given.
        threads: how many texts to run at once; the machine's cores unless given.

    Raises:
        LinkerError: a file is missing, or its checksum is not the manifest's.
    """

    def __init__(self, folder: Path | None = None, threads: int | None = None) -> None:
        self.folder = folder or models_dir() / ENCODER_DIR
        self.threads = threads or os.cpu_count() or 1
        manifest_file = self.folder / "manifest.json"
        if not manifest_file.is_file():
            raise LinkerError(
                f"{manifest_file}: the encoder's manifest is missing. "
                "Restore the models/ folder of the distribution, or run `make models`."
            )
        self.manifest = json.loads(manifest_file.read_text(encoding="utf-8"))

    @property
    def name(self) -> str:
        """The model's name, from its manifest."""
        return str(self.manifest["name"])

    @property
    def checksum(self) -> str:
        """sha256 of model.onnx and of tokenizer.json, joined, then hashed and cut to 16 digits."""
        files = self.manifest["files"]
        joined = files["model.onnx"] + files["tokenizer.json"]
        return hashlib.sha256(joined.encode()).hexdigest()[:16]

    @property
    def dimension(self) -> int:
        """Length of the vectors: 384."""
        return int(self.manifest["dimension"])

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return unit vectors, shape (len(texts), dimension), float32."""
        out = np.zeros((len(texts), self.dimension), dtype=np.float32)
        if not texts:
            return out
        session, tokenizer = self._session, self._tokenizer

        def run(position: int) -> None:
            ids = np.array(tokenizer.encode(texts[position]).ids, dtype=np.int64)
            out[position] = session.run(None, {"input_ids": ids})[0]

        with ThreadPoolExecutor(self.threads) as pool:
            for start in range(0, len(texts), AT_ONCE):
                done = min(start + AT_ONCE, len(texts))
                list(pool.map(run, range(start, done)))
                if progress:
                    progress(done, len(texts))
        return out

    @cached_property
    def _session(self) -> ort.InferenceSession:
        import onnxruntime as ort

        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        return ort.InferenceSession(
            self._checked("model.onnx"),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=SLOWER,
        )

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_str(self._checked("tokenizer.json").decode("utf-8"))
        tokenizer.no_padding()
        tokenizer.enable_truncation(int(self.manifest["max_tokens"]))
        return tokenizer

    def _checked(self, name: str) -> bytes:
        """Read a file of the model, refusing one whose bytes are not the manifest's."""
        path = self.folder / name
        if not path.is_file():
            raise LinkerError(f"{path}: file missing. Restore models/ or run `make models`.")
        content = path.read_bytes()
        found = hashlib.sha256(content).hexdigest()
        if found != self.manifest["files"][name]:
            raise LinkerError(
                f"{path}: sha256 {found[:12]}… is not the manifest's "
                f"{self.manifest['files'][name][:12]}…. Restore models/ or run `make models`."
            )
        return content
