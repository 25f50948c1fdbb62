"""What the cells of a file mean: dates, SDG codes, positions, lists, sessions."""

from __future__ import annotations

import re
from functools import lru_cache

from linker.vocabulary.files import read_rows, remembered, vocabulary_file
from linker.vocabulary.positions import position_said
from linker.vocabulary.text import clean_text, fold_name

_KINDS = {
    "recommendation": "recommendation",
    "recommendations": "recommendation",
    "concerns observations": "observation",
    "concern": "observation",
    "procedure": "procedure",
    "concerns": "observation",
    "observation": "observation",
    "observations": "observation",
}
_SDG = re.compile(
    r"(?:(?:sdgs?|goals?|targets?|indicators?|ods|odd)\b\s*)*"
    r"(\d{1,2})(?:\.(\d{1,2}|[a-d])(?:\.(\d))?)?(?![\d.]*\d)",
    re.IGNORECASE | re.ASCII,
)
_COUNTED = re.compile(
    r"\D*?(\d{1,4})(?:\.0+)?(?:st|nd|rd|th|er|ère|e|ème|o|º|ª|°|-?й|-?я)?(?:\s+\w+){0,4}"
    r"(?:\s*[(\[–—:,-]\s*.*)?",
    re.I | re.DOTALL,
)
_ORDINALS = {
    word: number
    for number, words in {
        "1": "first i premier première primer primero primera primeiro primeira первый первая",
        "2": "second ii deuxième second seconde segundo segunda второй вторая",
        "3": "third iii troisième tercer tercero tercera terceiro terceira третий третья",
        "4": "fourth iv quatrième cuarto cuarta quarto quarta четвертый четвёртый четвертая",
        "5": "fifth v cinquième quinto quinta пятый пятая",
    }.items()
    for word in words.split()
}
_BULLET = re.compile(r"^[-–•*]\s+|^[-–•]$")
_CYCLE_ENDS = {"1": 12, "2": 26, "3": 40, "4": 55}
# Sessions of the Human Rights Council at which the reports of each cycle were adopted: that of the
# 12th session of the Working Group at its 19th, of the 26th at its 34th, of the 40th at its 50th.
_COUNCIL_ENDS = {"1": 20, "2": 35, "3": 51, "4": 68}
_COUNCIL_SYMBOL = re.compile(r"A/HRC/(\d{1,3})/\d+(?:/Add\.\d+)?", re.IGNORECASE)
_GROUP_SYMBOL = re.compile(r"A/HRC/WG\.6/(\d{1,3})/", re.IGNORECASE)


def position_of(text: str) -> str | None:
    """Return the State's position in the product's words, or None where it is none."""
    said = position_said(text)
    return said.position if said else None


def kind_of_annotation(text: str) -> str:
    """Return "recommendation", "observation" or "" for a source's type of annotation."""
    return _KINDS.get(fold_name(text), "")


def split_list(cell: str) -> tuple[str, ...]:
    """Return the values of a cell: one a line (with or without "- "), else parted by "|" or ";"."""
    if not cell:
        return ()
    mark = next((mark for mark in ("\n", "|") if mark in cell.strip()), ";")
    return clean_list(cell.split(mark))


def clean_list(values: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Return list entries without a leading "- ", empty ones and repetitions."""
    cleaned = (_BULLET.sub("", clean_text(value)).strip() for value in values)
    return tuple(dict.fromkeys(filter(None, cleaned)))


def sdg_code(text: str) -> str | None:
    """Return "16", "5.2", "16.a" or "5.3.1" for a tag that begins with it, or None.

    "5.2 - End all violence …", "16 - PEACE, …", "SDG 5" and "Target 5.2" are understood.
    """
    match = _SDG.match(text.strip().removeprefix("- "))
    if not match or not 1 <= int(match[1]) <= 17:
        return None
    return ".".join(part.lower() for part in (str(int(match[1])), match[2], match[3]) if part)


@lru_cache(maxsize=1024)
def whole_number(text: str) -> str:
    """Return "34" for "34", "34.0", "34th session", "Session 34" or "34 - November 2019".

    "Third cycle" and "Cycle III" are "3"; any other text comes back as it is.
    """
    text = clean_text(text)
    if match := _COUNTED.fullmatch(text):
        return str(int(match[1]))
    return next(filter(None, map(_ORDINALS.get, text.casefold().split()[:4])), text)


def upr_cycle(session: str) -> str:
    """Return the UPR cycle of a session of its Working Group: 1-12, 13-26, 27-40, 41-55."""
    if not session.isdecimal() or int(session) < 1:
        return ""
    return next((cycle for cycle, last in _CYCLE_ENDS.items() if int(session) <= last), "")


def cycle_of_symbol(symbol: str) -> str:
    """Return the UPR cycle of a report's symbol (A/HRC/60/9: "4"), "" where it tells none."""
    if match := _GROUP_SYMBOL.match(symbol):
        return upr_cycle(match[1])
    match = _COUNCIL_SYMBOL.fullmatch(symbol)
    if not match or int(match[1]) < 8:  # the first reports went to the 8th session
        return ""
    ends = _COUNCIL_ENDS.items()
    return next((cycle for cycle, last in ends if int(match[1]) <= last), "")


def upr_year(session: str) -> int | None:
    """Return the year a session of the UPR Working Group was held in, or None."""
    held = _upr_sessions().get(session)
    return int(held[:4]) if held else None


def upr_session_month(session: str) -> str:
    """Return when a session of the UPR Working Group began, "2025-01"; empty where not known."""
    return _upr_sessions().get(session, "")


@remembered()
def _upr_sessions() -> dict[str, str]:
    """Read data/vocabularies/upr_sessions.csv: session -> year and month it began."""
    rows = read_rows(vocabulary_file("upr_sessions.csv"), ("session", "year", "month"))
    return {row["session"]: f"{row['year']}-{int(row['month']):02d}" for row in rows}
