"""What the engine knows of a language: how its words are stemmed, and which of them say nothing.

English is the first: data/vocabularies/language_en.yaml. Texts in other languages are read through
an English reading, so that whatever reads a text asks here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from linker.errors import LinkerError
from linker.vocabulary.files import read_yaml, remembered, vocabulary_file

ENGLISH = "en"


@dataclass(frozen=True)
class Language:
    """A language.

    Attributes:
        code: ISO 639-1.
        stem: from a word in small letters to its stem.
        function_words: words that carry no meaning of their own.
        asking: file of data/vocabularies with the words by which recommendations ask.
        speaker_cues: one of these, in small letters, stands in every name of who speaks.
        speaker: expression for who speaks, where a verb of saying follows.
    """

    code: str
    stem: Callable[[str], str]
    function_words: frozenset[str]
    asking: str
    speaker_cues: tuple[str, ...]
    speaker: str


@remembered()
def language(code: str = ENGLISH) -> Language:
    """Return a language by its code.

    Raises:
        LinkerError: its file is missing, or lacks something.
    """
    path = vocabulary_file(f"language_{code}.yaml")
    said = read_yaml(path)
    try:
        return Language(
            code=code,
            stem=stemmer(str(said["stemmer"])),
            function_words=frozenset(map(str, said["function_words"])),
            asking=str(said["asking"]),
            speaker_cues=tuple(map(str, said["speakers"]["cues"])),
            speaker=_speaker(said["speakers"]),
        )
    except (KeyError, TypeError) as error:
        raise LinkerError(
            f"{path}: lacks {error}. language_{ENGLISH}.yaml shows what it needs."
        ) from error


def _speaker(said: dict[str, Any]) -> str:
    names, adverbs, verbs = (
        "|".join(map(str, said[part])) for part in ("names", "adverbs", "verbs")
    )
    after = rf"(?= (?:(?:{adverbs}) )?(?:{verbs}))"
    return rf"{said['before']}(?:{names}){said['subject']}{after}"


def stemmer(algorithm: str) -> Callable[[str], str]:
    """Return a Snowball stemmer by its name."""
    import Stemmer

    known: Callable[[str], str] = Stemmer.Stemmer(algorithm).stemWord
    return known
