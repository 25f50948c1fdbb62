"""The whole words that the encoder's tokenizer knows: a list of common English words at hand."""

from __future__ import annotations

import json
from functools import cache

from linker.paths import models_dir

FILE = "encoder/tokenizer.json"
_LEAST = 3
"""Letters; shorter entries are syllables as often as words."""


@cache
def common_words() -> frozenset[str]:
    """Return some 20,000 words in lower case, without the pieces that only end words."""
    held = json.loads((models_dir() / FILE).read_text(encoding="utf-8"))
    return frozenset(
        word for word in held["model"]["vocab"] if len(word) >= _LEAST and word.isalpha()
    )
