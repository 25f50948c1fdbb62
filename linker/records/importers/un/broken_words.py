"""Words that a hyphen breaks at the end of a line: whether the hyphen is the word's own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from linker.encoding.word_list import common_words
from linker.vocabulary.language import language
from linker.vocabulary.shipped_counts import shipped
from linker.vocabulary.tokens import stem

_WORD = re.compile(r"[^\W\d_]{3,}")
_BROKEN = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,})[-\u00ad\u2010\ufffe]$")
_BEGUN = re.compile(r"[^\W\d_]+")
_PARTICIPLES = ("ed", "ing")
"""Ends of English words that stand behind another and in no list: "four-pronged"."""
_BEHIND_A_HYPHEN = frozenset(
    {"ci", "elle", "elles", "être", "il", "ils", "là", "même", "mêmes", "nous", "vous"}
)
"""What French sets behind a hyphen of its own: "peut-être", "celles-ci"."""


def whole_words(lines: Iterable[str]) -> Counter[str]:
    """Return how often words stand unbroken in lines, in lower case."""
    found: Counter[str] = Counter()
    broken = False
    for line in lines:
        text = line.strip()
        if broken:
            text = _BEGUN.sub("", text, count=1) if _BEGUN.match(text) else text
        broken = bool(_BROKEN.search(text))
        found.update(_WORD.findall(_BROKEN.sub("", text).casefold()))
    return found


def joined(text: str, following: str, words: Mapping[str, int]) -> str | None:
    """Return a text that ends in a broken word as the line that follows goes on from it.

    None where it ends in none. The hyphen goes where the whole word is commoner than the rarer of
    its halves, in the document and in recommendations at large, and where one of these is no word:
    "vio-lence" is one word, "long-term" and "same-sex" are two.

    Args:
        text: up to the end of a line.
        following: the next line, of which nothing is in the answer.
        words: how often words stand in the document, see `whole_words`.
    """
    broken, begun = _BROKEN.search(text), _BEGUN.match(following)
    if not (broken and begun and begun[0][0].islower()):
        return None
    first, second = broken[1].casefold(), begun[0].casefold()
    keep = second in _BEHIND_A_HYPHEN or not _is_one(first, second, words)
    return text[:-1] + "-" if keep else text[:-1]


def _is_one(first: str, second: str, words: Mapping[str, int]) -> bool:
    known = common_words()
    if second in language().function_words and first in known:
        return False  # "follow-up"
    if whole := _count(first + second, words):
        return whole > min(_count(first, words), _count(second, words))
    if first + second in known:
        return True
    known_first, known_second = (_count(half, words) or half in known for half in (first, second))
    return not (known_first and (known_second or second.endswith(_PARTICIPLES)))


def _count(word: str, words: Mapping[str, int]) -> int:
    return words.get(word, 0) + shipped().get(f"w:{stem(word)}", 0)
