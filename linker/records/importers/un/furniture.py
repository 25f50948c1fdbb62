"""What stands on every page and belongs to no text: symbols, page numbers, job numbers."""

from __future__ import annotations

import re

from linker.vocabulary.text import clean_text

_SYMBOL = r"(?:A|E|CAT|CCPR|CEDAW|CERD|CED|CMW|CRC|CRPD|HRI|S|ST)/[A-Z0-9][\w.\-]*(?:/[\w.\-]+)*"
_JOB = r"(?:GE|V|N)\.\s?\d\d\s?[-–‑]\s?\d{4,6}(?:\s*\(E\))?(?:\s+\d{6}){0,3}"
_PAGE = r"(?:[Pp]age\s+)?(?:\d{1,3}|[ivx]{1,5})(?:\s*(?:/|of)\s*\d{1,3})?"
_LONGEST = 80
_LINE = re.compile(rf"\s*(?:{_PAGE})\s*")
_WHOLE = re.compile(
    rf"\s*(?:{_SYMBOL}\s+{_PAGE}|{_PAGE}\s+{_SYMBOL}|(?:{_PAGE}\s+)?{_JOB}(?:\s+{_PAGE})?"
    rf"|{_SYMBOL}\s+{_JOB}|{_SYMBOL}|[Pp]age\s+\d{{1,3}}|\*\s?\d{{7}}\s?\*)\s*"
)
_INSIDE = re.compile(
    rf"(?<!\s)\s*\f\s*(?:{_SYMBOL}\s+)?(?:[Pp]age\s+\d{{1,3}}\s)?|(?<!\s)\s*{_JOB}\s+(?={_SYMBOL})"
)
_HEAD_INSIDE = re.compile(rf"(?<=\s){_SYMBOL}\s+[Pp]age\s+\d{{1,3}}(?=\s)")


def is_furniture(line: str, *, at_edge: bool = False) -> bool:
    """Say whether a line is a page's head or foot.

    Args:
        line: the line as printed.
        at_edge: whether it is among the first or last lines of a page, where a number alone is a
            page number.
    """
    line = " ".join(line.split())
    if len(line) >= _LONGEST:
        return False
    return bool(_WHOLE.fullmatch(line) or (at_edge and _LINE.fullmatch(line)))


def is_symbol(line: str) -> bool:
    """Say whether a line is a document's symbol and nothing else."""
    return bool(re.fullmatch(_SYMBOL, line.strip()))


def without_furniture(text: str) -> str:
    """Return running text without page heads inside it and without invisible characters."""
    return clean_text(_HEAD_INSIDE.sub(" ", _INSIDE.sub(" ", text)))
