"""How well an ask is worded: what a reader could check it by."""

from __future__ import annotations

import re

from linker.i18n.messages import tr_later
from linker.plan.smart import is_vague
from linker.vocabulary.groups import groups_in
from linker.vocabulary.instruments import named

SPECIFIC, INSTRUMENT, GROUP, MEASURED = (
    tr_later("names a specific action"),
    tr_later("names an instrument"),
    tr_later("names who it is for"),
    tr_later("says how much or by when"),
)
_MEASURED = re.compile(
    r"\b(?:within (?:\w+ ){0,3}?(?:days?|weeks?|months?|years?|time|period|term|cycle)\b"
    r"|(?:before|until|by) (?:the (?:end|next|middle)\b|(?:\w+ )?(?:19|20)\d\d)"
    r"|no later than|deadline|timetable"
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
