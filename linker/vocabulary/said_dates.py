"""Dates as people write them: days, months and years in words or numbers, and ends of periods."""

from __future__ import annotations

import datetime
import re
from functools import cache

from linker.vocabulary.text import fold_name

LANGUAGES = ("en", "fr", "es", "pt", "ru")
"""Whose months are known, by the names of Unicode's CLDR."""
_SHORTER = {"sept": 9, "фев": 2, "сен": 9, "ноя": 11}
"""Months as programs shorten them, where CLDR does it otherwise."""
_LONGEST = 60
_MONTHS_A_YEAR = 12
_EXCEL_EPOCH = datetime.date(1899, 12, 30)
_SERIAL_DATE = re.compile(r"\d{5}(?:\.\d+)?")
_ISO_DATE = re.compile(
    r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})"
    r"(?:[T ]\d{1,2}:[\d:.,]*(?: ?(?:Z|UTC|[+\-][\d:]{2,5}))?)?)?)?"
)
_IN_NUMBERS = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_IN_WORDS = re.compile(
    r"(?:(?P<day>\d{1,2})(?: (?:er|o|st|nd|rd|th)\b|(?:er|o|st|nd|rd|th)\b)? ?(?:de |of )?)?"
    r"(?P<month>[^\W\d_]{3,10})(?: de| del| of| г)? (?P<year>\d{4})(?: г)?"
)
_DAY_SECOND = re.compile(
    r"(?P<month>[^\W\d_]{3,10}) (?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<year>\d{4})"
)
_SPREADSHEETS = (*LANGUAGES, "de")
"""Languages whose spreadsheet programs people use."""
_DAY_IN_NUMBERS = re.compile(r"\d{4}-\d\d-\d\d(?:[T ].*)?|\d{1,2}/\d{1,2}/\d{2,4}")
_DAY_AND_MONTH = re.compile(
    r"\d{1,2} (?P<first>[^\W\d_]+)(?: \d{2,4})?|(?P<second>[^\W\d_]+) \d{1,4}"
)
_BY = re.compile(
    r"^(?:by|until|till|no later than|not later than|dici(?: a)?|para|hasta|ate|до|к)\s+"
)
_PERIOD = re.compile(
    r"(?:(?:q|t|quarter|trimestre)\s?(?P<quarter>[1-4])|(?P<counted>[1-4])(?:st|nd|rd|th|er|e|eme|o)?"
    r" (?:quarter|trimestre)|(?:h|s|semester|semestre)\s?(?P<half>[12])"
    r"|(?P<end>(?:the |la |el )?(?:end|fin|finales|final|fim|конец|конца))"
    r"|(?P<middle>mid|mi|mediados|meados))"
    r"(?: (?:of|de|del|do|d))? (?P<year>\d{4})"
)
_YEARS = re.compile(r"(\d{4}) ?(?:-|–|—|/|to|a|à) ?(\d{4})")


@cache
def _months(languages: tuple[str, ...] = LANGUAGES) -> dict[str, int]:
    from babel.dates import get_month_names

    found = {
        fold_name(name): number
        for language in languages
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, context, language).items()
    }
    return found | _SHORTER


def iso_date(text: str) -> str | None:
    """Return a date as ISO 8601 (a year, year-month or day), or None where it is none.

    ISO dates with or without a time, Excel serial numbers, "12 February 2025", "février 2025",
    "25/12/2024", "12/25/2024". 03/04/2025 may be March or April and is None.
    """
    text = " ".join(text.split())
    if len(text) > _LONGEST:
        return None
    if _SERIAL_DATE.fullmatch(text):
        return (_EXCEL_EPOCH + datetime.timedelta(days=int(float(text)))).isoformat()
    if match := _ISO_DATE.fullmatch(text):
        return _date(match[1], match[2], match[3])
    if match := _IN_NUMBERS.fullmatch(text):
        first, second = int(match[1]), int(match[2])
        day, month = (first, second) if second <= _MONTHS_A_YEAR else (second, first)
        clear = max(first, second) > _MONTHS_A_YEAR or first == second
        return _date(match[3], month, day) if clear else None
    folded = fold_name(text)
    said = _IN_WORDS.fullmatch(folded) or _DAY_SECOND.fullmatch(folded)
    if said and (month := _months().get(said["month"], 0)):
        return _date(said["year"], month, said["day"])
    return None


def stands_for_number(text: str) -> bool:
    """Say whether a text is the date that a spreadsheet program makes of a number such as "12.1".

    12-Jan, Jan-12, 12 janv. 2026, 2026-01-12, 12/01/2026. "Decision 12" is none: words count where
    they are the name of a month, whole or as it is shortened.
    """
    text = " ".join(text.split())
    if len(text) > _LONGEST:
        return False
    if _DAY_IN_NUMBERS.fullmatch(text):
        return True
    said = _DAY_AND_MONTH.fullmatch(fold_name(text))
    return bool(said and (said["first"] or said["second"]) in _months(_SPREADSHEETS))


def deadline(text: str) -> str | None:
    """Return when something is due at the latest, as `iso_date` does, or None where it is no date.

    "Q3 2027" is due in 2027-09, "mid-2027" in 2027-06, "by the end of 2028" and "2026–2028" in
    2028-12 and 2028.
    """
    if date := iso_date(text):
        return date
    text = " ".join(text.split())
    if len(text) > _LONGEST:
        return None
    if (years := _YEARS.fullmatch(text)) and years[1] <= years[2]:
        return years[2]
    folded = _BY.sub("", fold_name(text), count=1)
    if period := _PERIOD.fullmatch(folded):
        return f"{period['year']}-{_last_month(period):02}"
    return iso_date(folded)


def _last_month(period: re.Match[str]) -> int:
    if quarter := period["quarter"] or period["counted"]:
        return 3 * int(quarter)
    if period["half"]:
        return 6 * int(period["half"])
    return 6 if period["middle"] else 12


def _date(year: str, month: str | int | None, day: str | int | None) -> str | None:
    try:
        full = datetime.date(int(year), int(month or 1), int(day or 1)).isoformat()
    except ValueError:
        return None
    return full if day else full[:7] if month else full[:4]
