"""Takes out of a text the names that say nothing about what it asks: the State and the committees.

A summary names its committee in each paragraph ("the Committee on the Elimination of
Discrimination against Women recommended …"): left in, every paragraph would speak of
discrimination against women.
"""

from __future__ import annotations

import re

from linker.vocabulary.bodies import body_rows
from linker.vocabulary.expressions import folded, one_of
from linker.vocabulary.files import remembered
from linker.vocabulary.language import language
from linker.vocabulary.states import state_rows
from linker.vocabulary.tokens import TEXTS_KEPT


@remembered(TEXTS_KEPT)
def without_names(text: str, state: str = "") -> str:
    """Return the text without names of committees and mandate holders and of its own State.

    Args:
        text: a record or an ask.
        state: ISO 3166-1 alpha-3 code; empty where not known.
    """
    plain = _bodies().sub(" ", text) if _may_name_a_speaker(text) else text
    name, of_state = _state(state)
    if of_state and name in plain:
        plain = of_state.sub(" ", plain)
    kept = " ".join(plain.split()).strip(" ,;")
    return kept if any(ch.isalpha() for ch in kept) else text


def within_names(text: str, state: str = "") -> str:
    """Return the text without such names at its two ends, where no sentence needs them."""
    start, end = 0, len(text)
    spans = names(text, state)
    for first, last in sorted(spans):
        if not any(ch.isalnum() for ch in text[start:first]):
            start = last
    for first, last in sorted(spans, reverse=True):
        if first >= start and not any(ch.isalnum() for ch in text[last:end]):
            end = first
    return " ".join(text[start:end].split()).strip(" ,;")


def names(text: str, state: str = "") -> tuple[tuple[int, int], ...]:
    """Return the characters of a text that `without_names` leaves out."""
    speakers = _bodies().finditer(text) if _may_name_a_speaker(text) else ()
    name, of_state = _state(state)
    states = of_state.finditer(text) if of_state and name in text else ()
    return tuple(match.span() for match in (*speakers, *states))


def _may_name_a_speaker(text: str) -> bool:
    plain = folded(text)
    return any(speaker in plain for speaker in language().speaker_cues)


@remembered()
def _bodies() -> re.Pattern[str]:
    names = set()
    for row in body_rows():
        if row["mechanism"] != "TB":
            continue
        names |= {row["name"], *row["other_names"].split(";")}
    committees = one_of(name for name in names if "Committee" in name)
    return re.compile(rf"(?:\bthe )?(?:{committees})|\b{language().speaker}", re.IGNORECASE)


@remembered()
def _state(code: str) -> tuple[str, re.Pattern[str] | None]:
    """Return a State's name and what matches it, and words that begin like it (Nepalese)."""
    rows = [row for row in state_rows() if code and row["iso3"] == code]
    if not rows:
        return "", None
    name = rows[0]["name"].split(" (")[0]
    of_state = rf"\b{re.escape(name)}(?:['’]s?|n|ese|an|i)?\b(?!\w)"
    return name, re.compile(rf"(?:\bthe Government of )?{of_state}")
