"""What the engine knows of a language that it reads through English: its words and their stems."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from linker.errors import LinkerError
from linker.vocabulary.files import read_yaml, remembered, vocabulary_file
from linker.vocabulary.language import stemmer

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+(?:[.,]\d+)*")
_SIGN = re.compile(r"[\u3400-\u9fff]|[^\W\d_\u3400-\u9fff]+|\d+(?:[.,]\d+)*")
"""A word; where signs take the place of words, one of these."""
_AND = re.compile(r"و(?=ال|لل|بال)")
"""The Arabic "and", which is written on to the word after it."""
REACH = 9
"""Words after a denial among which one may lift it."""
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


class Only(NamedTuple):
    """Words that deny all but what follows a later one: French "ne … que", which is "only".

    Attributes:
        denials: that may be lifted.
        lifted_by: the later words.
        unless: words that make a denial stand, before it or before the later word.
        english: what then stands for the denial.
    """

    denials: frozenset[str]
    lifted_by: frozenset[str]
    unless: frozenset[str]
    english: str

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Only:
        """Return what a file says of it."""
        return cls(
            denials=frozenset(map(str, said["denials"])),
            lifted_by=frozenset(map(str, said["lifted_by"])),
            unless=frozenset(map(str, said["unless"])),
            english=str(said["english"]),
        )

    def lifts(self, word: str, before: Sequence[str], after: Sequence[str]) -> bool:
        """Whether a word denies only up to a later one, given the words around it."""
        if word not in self.denials or not self.unless.isdisjoint(before):
            return False
        telling = (one for one in after if one in self.unless or one in self.lifted_by)
        return next(telling, "") in self.lifted_by


@dataclass(frozen=True)
class ForeignLanguage:
    """A language that is read through English.

    Attributes:
        code: ISO 639-1.
        function_words: words without a meaning of their own, with the English for them.
        negations: words that deny, with the English for them.
        asking: file of data/vocabularies with the words by which recommendations ask.
        by_signs: whether signs take the place of words.
        endings: of stems, with what they are spelt for ("investigu" stands for "investig").
        infinitives: endings of verbs that stand after "to"; empty where a language has none.
        genitive: whether it has no word for "of".
        concord: words that deny nothing more after another denial of their clause, with the
            English for them there: "no … ningún" is "not … any". Those with none follow what
            denies as a subject: "nul ne …".
        only: how a denial is lifted again, where the language does that; else None.
    """

    code: str
    function_words: Mapping[str, str]
    negations: Mapping[str, str]
    asking: str
    by_signs: bool
    endings: Mapping[str, str]
    infinitives: tuple[str, ...]
    genitive: bool
    concord: Mapping[str, str]
    only: Only | None
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

    def denies(self, clause: Sequence[str], place: int) -> str:
        """Return the English of the denial at a place of a clause; empty where it denies nothing.

        Args:
            clause: its words as written, up to the next stop.
            place: of one of them.
        """
        word = clause[place]
        english = self.negations.get(word, "")
        before = [one for one in clause[max(0, place - REACH) : place] if one in self.negations]
        if english and before and word in self.concord:
            said = self.concord[word]
            # "Nul ne …": nothing but the subject denied before it. "… et ne pas" denies anew.
            if said or (len(before) == 1 and self.concord.get(before[0])):
                return said
        after = clause[place + 1 : place + REACH]
        if self.only and self.only.lifts(word, clause[max(0, place - 3) : place], after):
            return self.only.english
        return english

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
    language = foreign_language(code)
    stem = _plain(language._stem(word))
    for ending, other in language.endings.items():
        if stem.endswith(ending):
            return _plain(word), stem.removesuffix(ending) + other
    return _plain(word), stem


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
            endings={str(k): str(v) for k, v in said.get("endings", {}).items()},
            infinitives=tuple(map(str, said.get("infinitives", ()))),
            genitive=bool(said.get("genitive", False)),
            concord={str(k): str(v) for k, v in said.get("concord", {}).items()},
            only=Only.of(said["only"]) if "only" in said else None,
            _stem=str if algorithm == "none" else stemmer(algorithm),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise LinkerError(
            f"{path}: lacks {error}. language_es.yaml shows what it needs."
        ) from error
