"""The encoder that is used when nobody chooses."""

from __future__ import annotations

import os

from linker.encoding.encoder import Encoder


def default_encoder() -> Encoder:
    """Return the ONNX encoder, or the sentence-transformers model LINKER_ENCODER names.

    Raises:
        LinkerError: the model's files are missing or damaged, or the named model cannot be loaded.
    """
    chosen = os.environ.get("LINKER_ENCODER", "")
    if chosen:
        from linker.encoding.sentence_transformer import SentenceTransformerEncoder

        return SentenceTransformerEncoder(chosen)
    from linker.encoding.onnx import OnnxEncoder

    return OnnxEncoder()
