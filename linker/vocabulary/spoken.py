"""Which language a text is in: told by its script, then by its words and letters.

English is told first, and cheaply: by its everyday words, or because nearly all words of the text
are ones that recommendations in English use. Only for the rest is py3langid asked (a naive Bayes
classifier over runs of letters; Lui and Baldwin, 2012), among the languages of the script, with a
prior for the language that is declared and for those that are read.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any

from linker.vocabulary.files import read_yaml, remembered, vocabulary_file
from linker.vocabulary.shipped_counts import shipped
from linker.vocabulary.tokens import TEXTS_KEPT, stem, words

ENGLISH = "en"
FOREIGN = ("es", "fr", "pt", "ru", "ar", "zh")
"""Languages beside English that are read."""
NOT_TOLD = ""
"""A text without letters."""

EVERYDAY = 0.12
"""Share of everyday words of English alone with which a text is English …"""
TELLING = 3
"""Letters of such a word at least: "in" and "is" are words of many languages."""
SHARED = frozenset(
    {"all", "are", "continue", "efforts", "for", "has", "have", "into", "this", "take"}
)
"""Longer ones that are words of other languages too."""
KNOWN = 0.85
"""… and share of words that recommendations in English use."""
COMMON = 20
"""A word is one of these where this many of 55,711 recommendations use its stem."""
DECLARED, READ, LIKELY = 8.0, 6.0, 10.0
"""Priors in log-odds: the declared language, a language that is read, English where most words are
English ones. Five words of another language outweigh them."""
LEAST_WORDS = 6
"""Words from which a text may be in a language of the Latin script that is not read."""
MOST_LETTERS = 600
"""Letters from which a language is told; more tell no more."""


@dataclass(frozen=True)
class _Spoken:
    scripts: dict[str, tuple[str, ...]]
    names: dict[str, str]
    everyday: frozenset[str]


@remembered()
def _vocabulary() -> _Spoken:
    said = read_yaml(vocabulary_file("spoken.yaml"))
    everyday = read_yaml(vocabulary_file("languages.yaml"))
    others = {str(w) for code, some in everyday.items() if code != ENGLISH for w in some}
    return _Spoken(
        {str(name): tuple(map(str, codes)) for name, codes in said["scripts"].items()},
        {str(code): str(name) for code, name in said["names"].items()},
        frozenset(w for w in map(str, everyday[ENGLISH]) if len(w) >= TELLING) - others - SHARED,
    )


def name_of(code: str) -> str:
    """Return the English name of a language; its code where it has none here."""
    return _vocabulary().names.get(code, code)


@remembered(TEXTS_KEPT)
def spoken(text: str, declared: str = "") -> str:
    """Return the language of a text, ISO 639-1; `NOT_TOLD` where it has no letters.

    Args:
        text: any text.
        declared: the language its source says it is in ("es", "es-CR"); a hint, no more.
    """
    if _plainly_english(text):
        return ENGLISH
    script = _script(text)
    if not script:
        return NOT_TOLD
    among = _vocabulary().scripts.get(script, ())
    if len(among) <= 1:
        return among[0] if among else script.lower()
    known = _known_to_english(text) if script == "LATIN" else 0.0
    if known >= KNOWN:
        return ENGLISH
    hint = declared.split("-", maxsplit=1)[0].lower()
    likely = dict.fromkeys((ENGLISH, *FOREIGN), READ)
    likely[hint] = likely.get(hint, 0.0) + DECLARED
    if known >= KNOWN - 0.15:
        likely[ENGLISH] += LIKELY
    if len(text.split()) < LEAST_WORDS and script == "LATIN":
        among = tuple(code for code in among if code in likely)
    scores = dict(_identifier(among).rank(text[:MOST_LETTERS]))
    return max(among, key=lambda code: scores.get(code, float("-inf")) + likely.get(code, 0.0))


def _plainly_english(text: str) -> bool:
    found = text[:MOST_LETTERS].lower().split()
    everyday = _vocabulary().everyday
    return bool(found) and sum(word in everyday for word in found) / len(found) >= EVERYDAY


def _known_to_english(text: str) -> float:
    found = [word for word in words(text[:MOST_LETTERS]) if not word[0].isdigit()]
    return sum(_is_english(word) for word in found) / max(1, len(found))


@remembered(TEXTS_KEPT)
def _is_english(word: str) -> bool:
    from linker.vocabulary.language import language

    common = shipped().get(f"w:{stem(word)}", 0) >= COMMON
    return common or word in language().function_words


def _script(text: str) -> str:
    """Return the script of most letters, as Unicode names it; kana beats Han."""
    letters = [char for char in text[:MOST_LETTERS] if char.isalpha()]
    if text.isascii():
        return "LATIN" if letters else ""
    found = Counter(unicodedata.name(char, "?").split()[0].split("-")[0] for char in letters)
    if kana := found["HIRAGANA"] + found["KATAKANA"]:
        found["HIRAGANA"] = kana + found["CJK"]
    return max(found, key=lambda name: (found[name], name), default="")


@cache
def _identifier(among: tuple[str, ...]) -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    made = LanguageIdentifier.from_model_file(MODEL_FILE)
    made.set_languages(among)
    return made
