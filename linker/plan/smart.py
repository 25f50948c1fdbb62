"""How specific an ask is, and what a row of a plan still lacks to be SMART.

Action categories follow the five-level scale that E. McMahon drew up for UPR recommendations
("The Universal Periodic Review: A Work in Progress", 2012): the first verb of action decides. The
verbs lie in ``data/vocabularies/smart_verbs.yaml``, those of Spanish and French in files beside it.
"""

from __future__ import annotations

import re
from typing import Literal

from linker.i18n.messages import tr_later
from linker.vocabulary.files import read_yaml, remembered, vocabulary_file
from linker.vocabulary.foreign import foreign_language
from linker.vocabulary.spoken import spoken

Category = Literal[2, 3, 4, 5]
"""2 continue, 3 consider, 4 general action, 5 specific action (1 asks the recommender to act)."""

_REPORTED = re.compile(
    r"\b(?:recommend|urge|encourage|invite|call|request|advise)\w*\b.{0,60}?\b(?:to|that)\b",
    re.IGNORECASE,
)
FOREIGN_LISTS = frozenset({"es", "fr"})
"""Languages beside English whose verbs are listed."""
LONGEST = 3
"""Words of the longest verb there ("prendre des mesures")."""
VAGUE, COMPLETE = tr_later("vague ask: say which measure"), tr_later("complete")


def action_category(ask: str) -> Category | None:
    """Return the action category of an ask: that of its first verb of action.

    None where no verb of the lists of its language stands in it: nothing is said then.
    """
    code = spoken(ask)
    if code in FOREIGN_LISTS:
        return _foreign_category(ask, code)
    reported = _REPORTED.search(ask[:160])
    words = re.findall(r"[a-z]+", (ask[reported.end() :] if reported else ask).casefold())
    known = _categories()
    return next((known[word] for word in words if word in known), None)


def is_vague(ask: str, action: int | None = None) -> bool:
    """Whether an ask names no measure that one could see done (categories 1 to 4).

    Args:
        ask: its text.
        action: its category where labels are known; its first verb decides otherwise.
    """
    return (action or action_category(ask) or 5) < 5


def smart_gaps(
    ask: str, indicator: str, responsible: str, deadline: str, action: int | None = None
) -> tuple[str, ...]:
    """Return what a row lacks to be specific, measurable, assignable and time-bound."""
    filled = (
        (tr_later("no indicator"), indicator),
        (tr_later("no responsible body"), responsible),
        (tr_later("no deadline"), deadline),
    )
    gaps = [name for name, value in filled if not value.strip()]
    return tuple(([VAGUE] if is_vague(ask, action) else []) + gaps)


def _foreign_category(ask: str, code: str) -> Category | None:
    """Return the category of the verb that begins first; of several, of the longest."""
    stems, known = tuple(t.stem for t in foreign_language(code).tokens(ask)), _phrases(code)
    for start in range(len(stems)):
        for length in range(min(LONGEST, len(stems) - start), 0, -1):
            if found := known.get(stems[start : start + length]):
                return found
    return None


@remembered()
def _phrases(code: str) -> dict[tuple[str, ...], Category]:
    """Read smart_verbs_es.yaml or smart_verbs_fr.yaml: stems of a verb's words -> category."""
    levels = read_yaml(vocabulary_file(f"smart_verbs_{code}.yaml"))
    key = foreign_language(code).key
    return {key(str(verb))[1]: level for level, verbs in levels.items() for verb in verbs}


@remembered()
def _categories() -> dict[str, Category]:
    """Read data/vocabularies/smart_verbs.yaml: verb -> category."""
    levels = read_yaml(vocabulary_file("smart_verbs.yaml"))
    # A YAML reader takes some words for something else ("yes", "on"): none may be a verb here.
    return {str(verb): level for level, verbs in levels.items() for verb in verbs}
