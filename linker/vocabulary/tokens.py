"""Words of a text with their places, and their stems."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from linker.vocabulary.files import remembered
from linker.vocabulary.language import language

TEXTS_KEPT = 20_000
"""Texts of which is remembered what they say: a large State's, and not a whole workspace's."""
WORDS_KEPT = 65_536
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_POSSESSIVE = re.compile(r"['’](?:s|S)?$|['’]s$")


class Token(NamedTuple):
    """A word: lower case, without possessive s, and its characters in the text."""

    word: str
    start: int
    end: int


@lru_cache(maxsize=TEXTS_KEPT // 10)  # some 4 KB a text
def tokenise(text: str) -> tuple[Token, ...]:
    """Return the words of a text in order; hyphens and punctuation separate them."""
    return tuple(
        Token(word, *match.span())
        for match in _WORD.finditer(text)
        if (word := _plain(match.group()))
    )


@lru_cache(maxsize=TEXTS_KEPT)
def words(text: str) -> tuple[str, ...]:
    """Return the words of `tokenise` without their places."""
    return tuple(word for written in _WORD.findall(text) if (word := _plain(written)))


@lru_cache(maxsize=WORDS_KEPT)
def _plain(written: str) -> str:
    word = written.lower()
    return _POSSESSIVE.sub("", word).replace("’", "'") if "'" in word or "’" in word else word


@remembered(WORDS_KEPT)
def stem(word: str) -> str:
    """Return the stem of an English word (Snowball)."""
    return language().stem(word)


@remembered(TEXTS_KEPT)
def stems(text: str) -> tuple[str, ...]:
    """Return the stems of the words that carry meaning, in order, repeated as in the text."""
    return tuple(root for word in words(text) if (root := _telling_stem(word)))


@remembered(WORDS_KEPT)
def _telling_stem(word: str) -> str:
    return stem(word) if carries_meaning(word) else ""


def carries_meaning(word: str) -> bool:
    """Whether a word is neither an English function word nor a single letter or bare number."""
    return len(word) > 1 and word not in language().function_words and not word[0].isdigit()
