"""Goals, targets and indicators that a text names: "SDG 6", "targets 5.3 and 8.7".

What a text names is certain, so the reader errs on the side of silence: "goal 2 of the national
strategy", "target 8.7 per cent" and "Millennium Development Goal 3" name nothing here. The words
lie in ``data/sdg/naming.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from linker.paths import data_dir
from linker.sdg.framework import framework, sort_key
from linker.vocabulary.files import read_yaml, remembered

_TOKEN = re.compile(r"\d+(?:\.(?:\d+|[A-Da-d](?![^\W\d_])))*|[^\W\d_]+|[^\w\s]")
_ROMAN = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV",
    "XVI", "XVII",
)  # fmt: skip
_ORDINAL_ENDS = ("st", "nd", "rd", "th")
_NEAR = 8
"""Tokens after a number in which "of the national strategy" may stand."""
_ASIDE = 12
"""Tokens that "(quality education)" between two numbers may have."""


@dataclass(frozen=True, slots=True)
class Named:
    """A goal, target or indicator that a text names.

    Attributes:
        code: its code in the framework, ``6``, ``8.7`` or ``16.2.3``.
        start: first character of the number in the text.
        end: one past its last.
    """

    code: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Name:
    """The words "SDG", "goals" or "target" before a number, and what they allow after them."""

    end: int
    sure: bool
    many: bool
    finer: bool


def named(text: str) -> tuple[Named, ...]:
    """Return what a text names, in order of place."""
    lowered = text.lower()
    if not any(cue in lowered for cue in _naming().cues):
        return ()
    tokens = [_Token(m.group(), m.group().lower(), *m.span()) for m in _TOKEN.finditer(text)]
    reader = _Reader(tokens, _naming())
    return tuple(dict.fromkeys(found for at in range(len(tokens)) for found in reader.read(at)))


def without_goals_of(found: Sequence[Named]) -> tuple[Named, ...]:
    """Return each code once, without goals of which a target or indicator is named too."""
    finer = {name.code.split(".")[0] for name in found if "." in name.code}
    kept = {name.code: name for name in reversed(found) if name.code not in finer}
    return tuple(sorted(kept.values(), key=lambda name: sort_key(name.code)))


def with_goals_in_words(text: str) -> str:
    """Return a text with what each goal that it names is about: no encoder knows "SDG 6"."""
    about = _naming().about
    for name in sorted(named(text), key=lambda name: -name.end):
        if name.code in about:
            text = f"{text[: name.end]} ({about[name.code]}){text[name.end :]}"
    return text


class _Naming:
    """The words of data/sdg/naming.yaml as sets."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.sure = {
            tuple(name.lower().split()): many
            for many, names in ((False, content["sure"]["one"]), (True, content["sure"]["many"]))
            for name in names
        }
        self.agenda = [tuple(str(name).lower().split()) for name in content["agenda"]]
        self.cues = sorted(
            {
                *(name[0] for name in self.sure),
                *(str(w) for key in ("goal", "goals", "finer") for w in content[key]),
            }
        )
        self.about = {str(goal): str(words) for goal, words in content["goals_about"].items()}
        self.numbers = {str(w): str(n) for n, w in enumerate(content["words"], start=1)}
        self.ordinals = {str(w): str(n) for n, w in enumerate(content["ordinals"], start=1)}
        self.sets = {
            key: frozenset(str(word).lower() for word in words)
            for key, words in content.items()
            if isinstance(words, list)
        }

    def has(self, key: str, word: str) -> bool:
        return word in self.sets[key]


@remembered()
def _naming() -> _Naming:
    return _Naming(read_yaml(data_dir() / "sdg" / "naming.yaml"))


class _Reader:
    """Reads the names in the tokens of one text."""

    def __init__(self, tokens: Sequence[_Token], naming: _Naming) -> None:
        self.tokens = tokens
        self.naming = naming
        self.words = [token.word for token in tokens]
        self.about_agenda = self._says(naming.sure) or self._says(naming.agenda)
        rivals = naming.sets["rivals"]
        self.about_others = not self.about_agenda and not rivals.isdisjoint(self.words)

    def read(self, at: int) -> Iterator[Named]:
        """Yield what a name that begins at a token names."""
        name = self._name(at)
        if name is None:
            return
        if name.sure and not name.many:
            yield from self._ordinal(at)
        if not name.sure and (self.about_others or self._of_others(at)):
            return
        first = self._skipped(name)
        found, end = self._list(first, name)
        if name.sure or not self._belongs_elsewhere(end):
            yield from found

    def _says(self, phrases: Any) -> bool:
        return any(
            tuple(self.words[at : at + len(phrase)]) == phrase
            for phrase in phrases
            for at, word in enumerate(self.words)
            if word == phrase[0]
        )

    def _name(self, at: int) -> _Name | None:
        for phrase, many in self.naming.sure.items():
            if tuple(self.words[at : at + len(phrase)]) == phrase:
                return _Name(at + len(phrase), True, many, False)
        has, word = self.naming.has, self.words[at]
        if has("goal", word) or has("goals", word):
            sure = at > 0 and self._ends_sure(at)
            return None if sure else _Name(at + 1, False, has("goals", word), False)
        return _Name(at + 1, False, True, True) if has("finer", word) else None

    def _ends_sure(self, at: int) -> bool:
        """Return whether the word is the last of a name that is certain, and read with it."""
        return any(
            tuple(self.words[max(0, at + 1 - len(phrase)) : at + 1]) == phrase
            for phrase in self.naming.sure
        )

    def _of_others(self, at: int) -> bool:
        return any(self.naming.has("others", word) for word in self.words[max(0, at - 1) : at])

    def _skipped(self, name: _Name) -> int:
        at, has = name.end, self.naming.has
        while at < len(self.words) and (
            has("before_number", self.words[at])
            or (self.words[at] == "." and has("before_number", self.words[at - 1]))
            or (name.sure and (has("after_sure", self.words[at])))
        ):
            at += 1
        return at

    def _list(self, at: int, name: _Name) -> tuple[list[Named], int]:
        """Return what the numbers from a token on name, and the token after them."""
        found: list[Named] = []
        last = at
        while at < len(self.tokens):
            code = self._code(at, name)
            if not code or self._counts(at + 1) or (found and not self._continues(at, code, name)):
                break
            if found and self.naming.has("to", self.words[at - 1]):
                found += self._between(found[-1], code, at)
            found.append(self._named(code, at))
            last = self._after_aside(at + 1)
            at = self._after_joint(last)
        return found, last

    def _code(self, at: int, name: _Name) -> str:
        """Return the code a token is, or nothing."""
        token = self.tokens[at]
        code = self._goal_in_words(token, name) or token.word
        if code not in framework() or (name.finer and "." not in code):
            return ""
        return code

    def _goal_in_words(self, token: _Token, name: _Name) -> str:
        if name.finer:
            return ""
        if token.text in _ROMAN and (name.sure or token.text != "I"):
            return str(_ROMAN.index(token.text) + 1)
        if name.sure or token.text[:1].isupper():
            return self.naming.numbers.get(token.word, "")
        return ""

    def _counts(self, at: int) -> bool:
        """Return whether the number before a token counts something: "8.7 per cent"."""
        return at < len(self.words) and self.naming.has("units", self.words[at])

    def _continues(self, at: int, code: str, name: _Name) -> bool:
        """Return whether a further number is of the list: "SDG 5 and 3 laws" names one goal."""
        if "." in code or name.many or at + 1 >= len(self.tokens):
            return True
        following = self.tokens[at + 1].text
        return not following[0].isalpha() or self.naming.has("of", following.lower())

    def _after_aside(self, at: int) -> int:
        """Return the token after "(quality education)", if that stands there."""
        words = self.words
        if at < len(words) and words[at] == "(" and ")" in words[at : at + _ASIDE]:
            return words.index(")", at) + 1
        return at

    def _after_joint(self, at: int) -> int:
        start = at
        while at < len(self.words) and (
            self.naming.has("between", self.words[at]) or self.naming.has("to", self.words[at])
        ):
            at += 1
        return at if at > start else len(self.tokens)

    def _between(self, first: Named, last: str, at: int) -> Iterator[Named]:
        """Yield what a range leaves out: "SDGs 3–5" names 4 too."""
        entries = framework()
        siblings = [e.code for e in entries if e.parent == entries[last].parent]
        if first.code in siblings:
            for code in siblings[siblings.index(first.code) + 1 : siblings.index(last)]:
                yield self._named(code, at)

    def _belongs_elsewhere(self, at: int) -> bool:
        """Return whether "of the national strategy" follows, and not "of the 2030 Agenda"."""
        following = self.words[at : at + _NEAR]
        if not following or not self.naming.has("of", following[0]):
            return False
        phrase = following[: next((n for n, w in enumerate(following) if w in ",;."), _NEAR)]
        if any(self._in(phrase, name) for name in (*self.naming.sure, *self.naming.agenda)):
            return False
        return any(self.naming.has("belongs", w) or self.naming.has("rivals", w) for w in phrase)

    @staticmethod
    def _in(words: Sequence[str], phrase: tuple[str, ...]) -> bool:
        return any(tuple(words[n : n + len(phrase)]) == phrase for n in range(len(words)))

    def _ordinal(self, at: int) -> Iterator[Named]:
        """Yield what "the fifth Sustainable Development Goal" and "the 16th SDG" name."""
        before = self.words[max(0, at - 2) : at]
        if before and before[-1] in self.naming.ordinals:
            yield self._named(self.naming.ordinals[before[-1]], at - 1)
        elif len(before) == 2 and before[1] in _ORDINAL_ENDS and before[0] in framework():
            yield self._named(before[0], at - 2)

    def _named(self, code: str, at: int) -> Named:
        return Named(code, self.tokens[at].start, self.tokens[at].end)
