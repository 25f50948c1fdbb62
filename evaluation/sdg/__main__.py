"""Trains and measures SDG linking: ``python -m evaluation.sdg train|evaluate|benchmark``."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from evaluation.sdg import benchmark
from evaluation.sdg.held_out import cross_validate, everything, scorer_file
from evaluation.sdg.report import in_words, numbers
from linker.encoding.cache import CachedEncoder
from linker.encoding.default import default_encoder
from linker.paths import home, models_dir
from linker.sdg.evidence import EvidenceMaker
from linker.vocabulary.checksums import renew


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.sdg", description=__doc__)
    parser.add_argument("what", choices=("train", "evaluate", "benchmark"))
    parser.add_argument("--without-sample", action="store_true", help="train on real texts only")
    parser.add_argument("--cache", type=Path, default=home() / ".cache" / "embeddings")
    chosen = parser.parse_args(arguments)
    maker = EvidenceMaker(CachedEncoder(default_encoder(), chosen.cache))
    if chosen.what == "benchmark":
        print(benchmark.report(maker))
        return
    data = everything(maker, not chosen.without_sample)
    held_out = cross_validate(data)
    if chosen.what == "train":
        path = models_dir() / "sdg" / "scorer.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(scorer_file(data, held_out), indent=1) + "\n", encoding="utf-8")
        renew()
        print(f"{path}: written, learned from {len(data.labelled)} texts")
    else:
        print(in_words(numbers(maker, data, held_out)))


if __name__ == "__main__":
    main()
