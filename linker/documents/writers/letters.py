"""How wide a text is in Arial, and into which lines it breaks: rows of a sheet are as high as that.

Spreadsheet programs break lines at the widths of letters, so a guess by the number of characters
leaves rows half empty or cuts their text. Widths are those of Helvetica, which Arial and
Liberation Sans share (Adobe Font Metrics of the 14 core PDF fonts), in thousandths of the size.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_WIDTHS = {
    191: "'", 222: "ijl‘’", 260: "|", 278: " !,./:;I[\\]ft\u00a0·", 333: "-()`r“”\"•", 389: "*",
    400: "°", 469: "^", 500: "Jckrsvxyz", 584: "+<=>~", 611: "FTZ", 667: "&ABEKPSVXY",
    722: "CDHNRUw", 778: "GOQ", 833: "Mm", 889: "%", 944: "W", 1000: "—…→↔●", 1015: "@",
}  # fmt: skip
_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters} | {"r": 333}
_OTHER, _FULL = 556, 1000
"""Digits and most small letters; letters of East Asia, and signs that no width is known of."""


@cache
def _letter(letter: str) -> int:
    """Return the width of one letter: an accent takes no room of its own."""
    base = unicodedata.normalize("NFD", letter)[0]
    if unicodedata.combining(base):
        return 0
    if unicodedata.east_asian_width(base) in "WF":
        return _FULL
    return _OF.get(base, _OTHER)


def width_of(text: str, size: float) -> float:
    """Return how wide a text is on one line, in points.

    Args:
        text: without line breaks.
        size: of its letters, in points.
    """
    return sum(map(_letter, text)) * size / 1000


def broken(text: str, width: float, size: float) -> list[str]:
    """Return the lines of a text, broken between words, and inside those too long for a line.

    Args:
        text: with its own line breaks.
        width: of a line, in points.
        size: of its letters, in points.
    """
    return [part for line in text.split("\n") for part in _broken(line, max(width, size), size)]


def _broken(line: str, width: float, size: float) -> list[str]:
    lines = [""]
    for word in re.findall(r"\S*?-(?=\S)|\S+|\s+", line):
        if word.isspace() or width_of(lines[-1] + word, size) <= width:
            lines[-1] += word  # white space hangs over the edge
            continue
        lines.append("")
        for letter in word:
            if width_of(lines[-1] + letter, size) > width:
                lines.append("")
            lines[-1] += letter
    return lines if lines[0] or len(lines) == 1 else lines[1:]
