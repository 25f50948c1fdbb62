"""Texts in another language than declared, or than Linker reads."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from linker.audit.finding import Finding, make_finding
from linker.records.record import Record
from linker.vocabulary.files import read_yaml, remembered, vocabulary_file

KIND = "language"
NAMES = {
    "en": "English", "fr": "French", "es": "Spanish", "pt": "Portuguese", "de": "German",
    "it": "Italian", "sl": "Slovenian", "ru": "Cyrillic script", "ar": "Arabic script",
    "zh": "Chinese script",
}  # fmt: skip
_SCRIPTS = {"CYRILLIC": "ru", "ARABIC": "ar", "CJK": "zh"}
SHORTEST = 8
"""Words a text needs before its everyday words tell a language."""
SURE = 2.0
"""How many times the everyday words of English the other language's must be."""
LEAST = 0.12
"""Share of everyday words a language needs."""
# As `linker.vocabulary.tokens` has them, without their places, which take longer than all the rest.
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_NOT_LATIN = re.compile("[\u0400-\u06ff\u3400-\u9fff]")


def language_of(text: str) -> str:
    """Return the language a text reads as: a code of `NAMES`, or empty where it does not tell.

    Script first, then the share of everyday words (data/vocabularies/languages.yaml).
    """
    if script := _script(text):
        return script
    words = [word.lower() for word in _WORD.findall(text)]
    if len(words) < SHORTEST:
        return ""
    if "'" in text or "’" in text:
        words = [_POSSESSIVE.sub("", word) for word in words]
    spoken = _spoken()
    heard = Counter(chain.from_iterable(spoken[word] for word in words if word in spoken))
    best = max(heard, key=lambda language: (heard[language], language), default="")
    if heard[best] / len(words) < LEAST:
        return ""
    return best if best == "en" or heard[best] >= SURE * heard["en"] else "en"


def languages(records: Sequence[Record], found: Sequence[str]) -> Iterator[Finding]:
    """Yield texts that contradict their declared language, and texts that are not English.

    Args:
        records: all records.
        found: `language_of` each text.
    """
    wrong, foreign = [], []
    for record, language in zip(records, found, strict=True):
        declared = record.language.split("-")[0]
        if not language:
            continue
        if declared and declared != language:
            why = f"declared {NAMES.get(declared, declared)}, reads as {NAMES[language]}"
            wrong.append((record, why))
        elif language != "en":
            foreign.append((record, NAMES[language]))
    if wrong:
        yield make_finding(
            KIND,
            "check",
            "Text in another language than its record says",
            wrong,
            len(records),
            "records",
            "The language given with the record is not the one its text is written in.",
            "Correct the language in the file, or import the right translation.",
        )
    if foreign:
        yield make_finding(
            KIND,
            "distrust",
            "Texts that are not in English",
            foreign,
            len(records),
            "records",
            "Linker reads English only: links and themes of these records mean little.",
            "Import the English version of these documents if there is one.",
        )


def _script(text: str) -> str:
    if text.isascii() or not _NOT_LATIN.search(text):
        return ""
    letters = [char for char in text[:400] if char.isalpha()]
    for script, code in _SCRIPTS.items():
        if sum(script in unicodedata.name(char, "") for char in letters) > len(letters) / 2:
            return code
    return ""


@remembered()
def _spoken() -> dict[str, tuple[str, ...]]:
    """Return everyday words with the languages they are of."""
    content = read_yaml(vocabulary_file("languages.yaml"))
    spoken: dict[str, tuple[str, ...]] = {}
    for code, words in content.items():
        for word in set(map(str, words)):
            spoken[word] = (*spoken.get(word, ()), str(code))
    return spoken
