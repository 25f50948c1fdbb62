"""Makes the counts and the average vector behind the convergence scorer from the UPR Info texts.

What is written holds no text: word stems with the number of recommendations that use them, the
same for concepts and kinds of measure, and one mean vector.
"""

from __future__ import annotations

import csv
import gzip
from collections import Counter

from evaluation.sources import corpora
from linker.encoding.default import default_encoder
from linker.paths import models_dir
from linker.reading.document_frequencies import MEAN_FILE
from linker.vocabulary.checksums import renew
from linker.vocabulary.phrases import vocabulary
from linker.vocabulary.shipped_counts import FILE
from linker.vocabulary.tokens import stems

LEAST = 5
"""Stems in fewer texts are left out: they may be names, and count as seen once."""


def write() -> None:
    """Count and write ``background.tsv`` and ``mean.tsv`` in models/convergence."""
    texts = _texts()
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(f"w:{stem}" for stem in set(stems(text)))
        for kind in ("concepts", "measures"):
            counts.update(f"{kind[0]}:{name}" for name in vocabulary(kind).names_in(text))
    kept = sorted((k, n) for k, n in counts.items() if n >= LEAST or not k.startswith("w:"))
    lines = [f"texts\t{len(texts)}", *(f"{key}\t{number}" for key, number in kept)]
    (models_dir() / FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")
    mean = default_encoder().encode(texts).mean(axis=0)
    numbers = "\n".join(f"{value:.6f}" for value in mean)
    (models_dir() / MEAN_FILE).write_text(numbers + "\n", encoding="utf-8")
    renew()
    print(f"{len(texts)} texts, {len(kept)} counts")


def _texts() -> list[str]:
    path = corpora() / "upr_info" / "recommendations.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return sorted({row["text"] for row in csv.DictReader(file) if row["text"]})
