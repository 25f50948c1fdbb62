"""How well an ask is worded: what a reader could check it by."""

from __future__ import annotations

import re

from linker.plan.smart import is_vague
from linker.vocabulary.groups import groups_in
from linker.vocabulary.instruments import named

SPECIFIC, INSTRUMENT, GROUP, MEASURED = (
    "names a specific action", "names an instrument", "names who it is for",
    "says how much or by when",
)  # fmt: skip
_MEASURED = re.compile(
    r"\b(?:within|before|until|no later than|by the end of|by (?:19|20)\d\d|deadline|timetable"
    r"|time[- ]?bound|time[- ]?frame|per cent|percent)\b|%|\b\d{1,3} (?:years?|months?|days?)\b",
    re.IGNORECASE,
)


def wording(ask: str) -> tuple[str, ...]:
    """Return what makes an ask specific, of four things; the more, the better it can be checked."""
    found = (
        (SPECIFIC, not is_vague(ask)),
        (INSTRUMENT, bool(named(ask))),
        (GROUP, bool(groups_in(ask))),
        (MEASURED, bool(_MEASURED.search(ask))),
    )
    return tuple(name for name, there in found if there)
