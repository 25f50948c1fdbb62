"""Numbers, dates and languages as a language writes them (Unicode's CLDR, through Babel)."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from linker.i18n.language import ENGLISH, language

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip


def grouped(value: float, spec: str, code: str) -> str:
    """Return a number in a format of Python's, with the signs of a language.

    Args:
        value: the number.
        spec: such as ``,`` or ``.2f``.
        code: the language.
    """
    symbols: Any = _locale(code).number_symbols["latn"]
    swapped = {",": symbols["group"], ".": symbols["decimal"]}
    return "".join(swapped.get(sign, sign) for sign in format(value, spec))


def written(value: float, spec: str = ",") -> str:
    """Return a number in a format of Python's, as the language spoken writes it."""
    code = language()
    return format(value, spec) if code == ENGLISH else grouped(value, spec, code)


def spoken_day(day: str) -> str:
    """Return an ISO 8601 date, month or year as people read it: "12 November 2027"."""
    parts = day.split("-")
    if len(parts) < 2:
        return parts[0]
    if language() == ENGLISH:
        named = f"{_MONTHS[int(parts[1]) - 1]} {parts[0]}"
        return f"{int(parts[2])} {named}" if len(parts) > 2 else named
    from babel.dates import format_date, format_skeleton

    known = date(int(parts[0]), int(parts[1]), int(parts[2]) if len(parts) > 2 else 1)
    if len(parts) > 2:
        return str(format_date(known, "long", locale=_locale(language())))
    return str(format_skeleton("yMMMM", known, locale=_locale(language())))


def spoken_language(code: str, english: str) -> str:
    """Return what a language is called in the language spoken.

    Args:
        code: ISO 639-1.
        english: its English name, for languages that have no other here.
    """
    if language() == ENGLISH:
        return english
    return str(_locale(language()).languages.get(code, english))


@cache
def _locale(code: str) -> Any:
    from babel import Locale

    return Locale.parse(code)
