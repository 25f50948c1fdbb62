"""Where labels and real texts lie; each part says what it could not measure without them."""

from __future__ import annotations

import os
from errno import ENOENT
from pathlib import Path

LABELS = Path(__file__).parent / "gold"
"""Labels that ship with the code."""
SAMPLE = Path(__file__).parents[1] / "data" / "sample"
"""The fictional State of the demonstration."""
_BESIDE = Path(__file__).parents[2] / "shared"


def corpora() -> Path:
    """Return the folder of real texts: LINKER_CORPORA, or ``shared/data`` beside the checkout."""
    return Path(os.environ.get("LINKER_CORPORA") or _BESIDE / "data")


def gold() -> Path:
    """Return the folder of labels of real texts: LINKER_GOLD, or ``shared/gold``."""
    return Path(os.environ.get("LINKER_GOLD") or _BESIDE / "gold")


def gold_texts() -> Path:
    """Return the file of the records that the labels of `gold` speak of.

    Raises:
        FileNotFoundError: it is not here.
    """
    texts = gold() / "records.csv"
    if not texts.is_file():
        raise FileNotFoundError(ENOENT, "not here", str(texts))
    return texts
