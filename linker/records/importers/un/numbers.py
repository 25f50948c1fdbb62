"""Numbers of recommendations as reports and addenda list them: single, in lists and in ranges."""

from __future__ import annotations

import re

MOST = 500
"""More than any report has; a wider range is a slip of the pen."""
_DASH = r"[-–—‑]"
_LISTED = re.compile(
    rf"(?<![\w./])(?P<first>\d{{1,3}}\s?\.\s?\d{{1,3}})(?![\d%])(?!\.\d)\.?"
    rf"(?:\s*(?:{_DASH}|\b(?:to|through|à|a|al|по|at[eé])\b|至|到|إلى)\s*(?P<last>(?:\d{{1,3}}\s?\.\s?)?\d{{1,3}})(?![\d%]))?"
)


_SERIAL = re.compile(
    r"\brec(?:ommendation)?s?\.?\s+(?:nos?\.?\s*|numbers?\s+)?"
    rf"(?P<list>\d{{1,3}}(?![\d.]*\d)(?:\s*(?:,|;|and|&|{_DASH}|to)\s*(?:and\s+)?\d{{1,3}}(?![\d.]*\d))*)",
    re.IGNORECASE,
)
_RANGE = re.compile(rf"(\d{{1,3}})(?:\s*(?:{_DASH}|to)\s*(\d{{1,3}}))?")


def serial_numbers_said(text: str) -> list[str]:
    """Return numbers without a paragraph, "recommendations 1–3, 7 and 9", ranges counted out."""
    found: list[str] = []
    for match in _SERIAL.finditer(text):
        for first, last in _RANGE.findall(match["list"]):
            low, high = int(first), int(last or first)
            wide = not low <= high <= low + MOST
            found += [first, last] if wide else [str(n) for n in range(low, high + 1)]
    return list(dict.fromkeys(found))


def numbers_said(text: str) -> list[str]:
    """Return the numbers that a text names, ranges counted out, each once, in order.

    "122.36-41", "122.62- 64", "115.1 to 115.3" and "86.1 and 86.4" are understood; a range that
    runs backwards or over `MOST` numbers gives its two ends.
    """
    found: list[str] = []
    for match in _LISTED.finditer(text):
        first = re.sub(r"\s", "", match["first"])
        found.append(first)
        if match["last"]:
            found += _rest(first, re.sub(r"\s", "", match["last"]))
    return list(dict.fromkeys(found))


def _rest(first: str, last: str) -> list[str]:
    """Return what follows the first number of a range, down to the last one."""
    paragraph, _, start = first.partition(".")
    named, dot, end = last.rpartition(".")
    if dot and named != paragraph:
        return [last]
    low, high = int(start), int(end)
    if not low < high <= low + MOST:
        return [f"{paragraph}.{end}"]
    return [f"{paragraph}.{number}" for number in range(low + 1, high + 1)]
