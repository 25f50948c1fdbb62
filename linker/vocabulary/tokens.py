"""Words of a text with their places, and their stems."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

TEXTS_KEPT = 20_000
"""Texts of which is remembered what they say: a large State's, and not a whole workspace's."""
WORDS_KEPT = 65_536
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_POSSESSIVE = re.compile(r"['’](?:s|S)?$|['’]s$")
_FUNCTION_WORDS = (
    "a about above after again against all also among an and any are as at be been being below "
    "between both but by can could did do does doing down during each either few for from further "
    "had has have having he her here hers him his how however i if in including into is it its "
    "itself just may me more most must my no nor not of off on once one only or other our out over "
    "own per same shall she should so some such than that the their them then there these they "
    "this those through thus to too under until up upon very via was we well were what when where "
    "whether which while who whom whose why will with within without would you your"
)
_ENGLISH = frozenset(_FUNCTION_WORDS.split())


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


@lru_cache(maxsize=WORDS_KEPT)
def stem(word: str) -> str:
    """Return the stem of an English word (Snowball)."""
    return str(_stemmer().stemWord(word))


@lru_cache(maxsize=TEXTS_KEPT)
def stems(text: str) -> tuple[str, ...]:
    """Return the stems of the words that carry meaning, in order, repeated as in the text."""
    return tuple(root for word in words(text) if (root := _telling_stem(word)))


@lru_cache(maxsize=WORDS_KEPT)
def _telling_stem(word: str) -> str:
    return stem(word) if carries_meaning(word) else ""


def carries_meaning(word: str) -> bool:
    """Whether a word is neither an English function word nor a single letter or bare number."""
    return len(word) > 1 and word not in _ENGLISH and not word[0].isdigit()


@cache
def _stemmer():  # type: ignore[no-untyped-def]  # noqa: ANN202 - the package has no types
    import Stemmer

    return Stemmer.Stemmer("english")
