"""The State's position on a recommendation, in the words of lists, addenda and answers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from linker.vocabulary.files import read_rows, remembered, vocabulary_file
from linker.vocabulary.text import fold_name

IMPLEMENTED = "already implemented"
_LONGEST = 300
# "The recommendation enjoys the support of Kenya" says "enjoys the support".
_SUBJECT = re.compile(
    r"^(?:this |these |the )?(?:recommendations?|state(?: under review)?|government)"
    r"(?: of [a-z ]{3,40}?)?(?: (?:is|are|was|were|has been|have been))?\s+(?=\w)",
    re.IGNORECASE,
)
_BY_WHOM = re.compile(
    r"(?<!\s)\s+(?:of|by)\s+(?:the\s+)?"
    r"(?:state(?:\s+under\s+review)?|government|[A-Z][\w’' ]{2,40})$"
)
# What may stand behind a position without changing it: where it was said, or that it is done.
_BESIDE = re.compile(
    r"^(?P<said>[^(\[;:–—]+?) ?(?<![(\[;:,–—-])[(\[;:,–—-]+ ?"
    r"(?P<beside>(?:see|cf|paras?|paragraphs?|A/HRC|addendum|already|ya |déjà|уже)\b.*)$",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Position:
    """A position in the product's words, and the mark beside it ("already implemented")."""

    position: str
    note: str = ""


_LETTERS = "letters"
"""What stands for a language where a wording is but letters, such as "S" and "A/N"."""


@remembered()
def _wordings(letters: bool) -> dict[str, Position]:
    """Read data/vocabularies/positions.csv: position, note, language, wordings (";"-separated)."""
    found: dict[str, Position] = {}
    columns = ("position", "note", "language", "wordings")
    for row in read_rows(vocabulary_file("positions.csv"), columns):
        if (row["language"] == _LETTERS) is not letters:
            continue
        for wording in row["wordings"].split(";"):
            found.setdefault(fold_name(wording), Position(row["position"], row["note"]))
    found.pop("", None)
    return found


@remembered(4096)
def position_said(text: str) -> Position | None:
    """Return the position that a cell says, or None where it says none that is known.

    "Already implemented" is support with a mark, support in principle and "Supported/Noted" are
    partly supported.
    """
    text = " ".join(text[: _LONGEST + 1].split())
    if not text or len(text) > _LONGEST:
        return None
    known = _wordings(letters=False)
    for said in (text, _SUBJECT.sub("", text), _BY_WHOM.sub("", _SUBJECT.sub("", text))):
        if found := known.get(fold_name(said)):
            return found
    if match := _BESIDE.match(text):
        found = known.get(fold_name(match["said"]))
        beside = known.get(fold_name(match["beside"]))
        if found:
            return Position(found.position, found.note or (beside.note if beside else ""))
    return None


def position_in_cell(text: str) -> Position | None:
    """Return the position that a cell of a column of positions says, be it by letters alone.

    "S" and "A/N" are positions there; anywhere else a letter numbers a section.
    """
    return position_said(text) or _wordings(letters=True).get(fold_name(text[: _LONGEST + 1]))


_SCRIPTS = {"CYRILLIC": ("ru",), "ARABIC": ("ar",), "CJK": ("zh",)}
_LATIN = ("es", "fr")


def positions_to_use(said: str) -> str:
    """Return what to write instead of a position that is not known, as a sentence.

    Args:
        said: the position, whose script tells in which languages the words are shown beside.
    """
    scripts = (unicodedata.name(char, "").split(" ")[0] for char in said if char.isalpha())
    languages = next((_SCRIPTS[one] for one in scripts if one in _SCRIPTS), _LATIN)
    shown = [
        f"{position} ({', '.join(_first_wording(position, language) for language in languages)})"
        for position in ("supported", "noted", "partly supported", "pending")
    ]
    return f"Use {', '.join(shown[:-1])} or {shown[-1]}."


@remembered()
def _first_wordings() -> dict[tuple[str, str], str]:
    columns = ("position", "note", "language", "wordings")
    return {
        (row["position"], row["language"]): row["wordings"].split(";")[0]
        for row in read_rows(vocabulary_file("positions.csv"), columns)
        if not row["note"]
    }


def _first_wording(position: str, language: str) -> str:
    return _first_wordings()[position, language]
