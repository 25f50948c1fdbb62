"""Cells that hold several numbered recommendations, one a line."""

from __future__ import annotations

import re
from itertools import pairwise

_NUMBERED = re.compile(
    r"^[^\S\n]*(?P<document>\d{1,3})\.(?P<number>\d{1,3})\.?[^\S\n]+(?=\S)", re.MULTILINE
)


def recommendations_in(text: str) -> tuple[str, ...]:
    """Part "6.1 Ratify … (Chile)⏎6.2 Establish … (Mali)" into its recommendations.

    A cell that does not begin with a number, or whose numbers are not of one document and rising,
    is one recommendation.
    """
    starts = list(_NUMBERED.finditer(text))
    if len(starts) < 2 or text[: starts[0].start()].strip():
        return (text,)
    numbers = [int(start["number"]) for start in starts]
    rising = all(one < other for one, other in pairwise(numbers))
    if not rising or len({start["document"] for start in starts}) > 1:
        return (text,)
    ends = [start.start() for start in starts[1:]] + [len(text)]
    return tuple(text[start.start() : end].strip() for start, end in zip(starts, ends, strict=True))
