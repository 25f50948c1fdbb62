"""What the engine knows of a language that it reads through English: its words and their stems."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from linker.errors import LinkerError
from linker.vocabulary.files import read_yaml, remembered, vocabulary_file
from linker.vocabulary.language import stemmer

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+(?:[.,]\d+)*")
_SIGN = re.compile(r"[\u3400-\u9fff]|[^\W\d_\u3400-\u9fff]+|\d+(?:[.,]\d+)*")
"""A word; where signs take the place of words, one of these."""
_AND = re.compile(r"و(?=ال|لل|بال)")
"""The Arabic "and", which is written on to the word after it."""
_ALIKE = str.maketrans("أإآٱىةؤئёЁ", "ااااي" + "ه" + "ويеЕ")
"""Letters that are written one for the other."""


class ForeignToken(NamedTuple):
    """A word or sign with its characters in the text.

    Attributes:
        written: in small letters, as written.
        folded: without accents.
        stem: of the folded word.
    """

    written: str
    folded: str
    stem: str
    start: int
    end: int


@dataclass(frozen=True)
class ForeignLanguage:
    """A language that is read through English.

    Attributes:
        code: ISO 639-1.
        function_words: words without a meaning of their own, with the English for them.
        negations: words that deny, with the English for them.
        asking: file of data/vocabularies with the words by which recommendations ask.
        by_signs: whether signs take the place of words.
    """

    code: str
    function_words: Mapping[str, str]
    negations: Mapping[str, str]
    asking: str
    by_signs: bool
    _stem: Callable[[str], str]

    def tokens(self, text: str) -> list[ForeignToken]:
        """Return the words or signs of a text in order."""
        pattern = _SIGN if self.by_signs else _WORD
        found = []
        for match in pattern.finditer(text):
            start, end = match.span()
            if joined := _AND.match(text, start, end):
                found.append(self._token(joined.group(), start, joined.end()))
                start = joined.end()
            found.append(self._token(text[start:end], start, end))
        return found

    def key(self, phrase: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return a phrase as it is looked up: by its folded words, and by their stems."""
        found = self.tokens(phrase)
        return tuple(t.folded for t in found), tuple(t.stem for t in found)

    def _token(self, word: str, start: int, end: int) -> ForeignToken:
        written = word.lower()
        folded, stem = _folded(self.code, written)
        return ForeignToken(written, folded, stem, start, end)


@remembered(65_536)
def _folded(code: str, word: str) -> tuple[str, str]:
    stem = foreign_language(code)._stem(word)
    return _plain(word), _plain(stem)


def _plain(word: str) -> str:
    parts = unicodedata.normalize("NFD", word.translate(_ALIKE))
    kept = "".join(ch for ch in parts if not unicodedata.combining(ch) and ch != "ـ")
    return unicodedata.normalize("NFC", kept)


@remembered()
def foreign_language(code: str) -> ForeignLanguage:
    """Return a language by its code.

    Raises:
        LinkerError: its file is missing, or lacks something.
    """
    path = vocabulary_file(f"language_{code}.yaml")
    said = read_yaml(path)
    try:
        algorithm = str(said["stemmer"])
        return ForeignLanguage(
            code=code,
            function_words={str(k): str(v) for k, v in said["function_words"].items()},
            negations={str(k): str(v) for k, v in said["negations"].items()},
            asking=str(said["asking"]),
            by_signs=algorithm == "none",
            _stem=str if algorithm == "none" else stemmer(algorithm),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise LinkerError(
            f"{path}: lacks {error}. language_es.yaml shows what it needs."
        ) from error
