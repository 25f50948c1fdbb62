"""Texts cut into the words that the portal's search compares: assets/search.js cuts alike."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]+")
"""Writing without spaces between words, which is cut into pairs of characters."""


def words(text: str) -> list[str]:
    """Return the words of a text in their order, repeated ones too.

    Small letters without accents; an English plural stands for its singular (Harman's S stemmer:
    "How effective is suffixing?", 1991), Chinese and Japanese are cut into pairs of characters.
    """
    letters = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(char for char in letters if not unicodedata.category(char).startswith("M"))
    return [part for word in _WORD.findall(plain) for part in _parts(word)]


@lru_cache(maxsize=65536)
def _parts(word: str) -> tuple[str, ...]:
    run = _UNSPACED.fullmatch(word)
    if run is None:
        return (_singular(word),)
    return tuple(word[at : at + 2] for at in range(len(word) - 1)) or (word,)


def _singular(word: str) -> str:
    if len(word) < 4:
        return word
    if word.endswith("ies") and word[-4] not in "ea":
        return word[:-3] + "y"
    if word.endswith("es") and word[-3] not in "aeo":
        return word[:-1]
    return word[:-1] if word.endswith("s") and word[-2] not in "us" else word


def shard(word: str) -> str:
    """Return the file of the index that holds a word: by its first letter, or its script."""
    first = word[0]
    if "a" <= first <= "z":
        return first
    return "0" if first.isascii() else f"u{ord(first) >> 8:x}"
