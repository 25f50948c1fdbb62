"""Takes out of a text the names that say nothing about what it asks: the State and the committees.

A summary names its committee in each paragraph ("the Committee on the Elimination of
Discrimination against Women recommended …"): left in, every paragraph would speak of
discrimination against women.
"""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache

from linker.linking.tokens import TEXTS_KEPT
from linker.paths import data_dir

_SPEAKER = (
    r"(?:the (?:same )?)?(?:United Nations )?(?:Special Rapporteurs?|Independent Expert|Working "
    r"Group|Committee)(?: (?:on|in the field of) (?:the )?[^,.;:]{3,80}?)?"
    r"(?= (?:also |further |moreover )?(?:recommended|urged|called|encouraged|noted|stated|was |"
    r"remained|expressed|welcomed|reiterated|requested|invited|suggested|regretted|commended|"
    r"recommends|urges|calls|encourages|notes|states|is |remains|reiterates|requests|invites))"
)
SHORTEST_NAME = 4


@lru_cache(maxsize=TEXTS_KEPT)
def without_names(text: str, state: str = "") -> str:
    """Return the text without names of committees and mandate holders and of its own State.

    Args:
        text: a record or an ask.
        state: ISO 3166-1 alpha-3 code; empty where not known.
    """
    plain = _bodies().sub(" ", text)
    if pattern := _state(state):
        plain = pattern.sub(" ", plain)
    kept = re.sub(r"\s+", " ", plain).strip(" ,;")
    return kept if any(ch.isalpha() for ch in kept) else text


def names(text: str, state: str = "") -> tuple[tuple[int, int], ...]:
    """Return the characters of a text that `without_names` leaves out."""
    patterns = [p for p in (_bodies(), _state(state)) if p]
    return tuple(match.span() for pattern in patterns for match in pattern.finditer(text))


@cache
def _bodies() -> re.Pattern[str]:
    path = data_dir() / "vocabularies" / "bodies.csv"
    names = set()
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            names |= {row["name"], *row["other_names"].split(";")}
    longest_first = sorted((n for n in names if "Committee" in n), key=lambda n: (-len(n), n))
    either = "|".join(re.escape(name) for name in longest_first)
    return re.compile(rf"(?:\bthe )?(?:{either})|\b{_SPEAKER}", re.IGNORECASE)


@cache
def _state(code: str) -> re.Pattern[str] | None:
    """Match the State's names, and words that begin like them (Nepal, Nepalese)."""
    path = data_dir() / "vocabularies" / "states.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.DictReader(handle) if code and row["iso3"] == code]
    if not rows:
        return None
    name = re.escape(rows[0]["name"].split(" (")[0])
    return re.compile(rf"(?:\bthe Government of )?\b{name}(?:['’]s?|n|ese|an|i)?\b(?!\w)")
