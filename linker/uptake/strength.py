"""How strongly one ask puts what another asks: from "criminalize" to "continue efforts"."""

from __future__ import annotations

import re
from typing import Literal

from linker.plan.smart import action_category
from linker.reading.record_reading import Names, actions, subjects, word_rarity
from linker.vocabulary.tokens import stems

Strength = Literal["weaker", "as strong", "stronger", ""]
"""Empty where one of both has no verb of action."""
GENERAL, SPECIFIC = 4, 5
"""Categories of action, see `linker.plan.smart`."""
_PURPOSE = re.compile(r"\b(?:in order to|so as to|so that|with a view to|with the aim of|to)\b")
LEAST_SHARED = 0.25
"""Share of an ask's words, each by how rare it is, that a text on the very subject has too."""


def strength(ask: str, other: str) -> Strength:
    """Return how another ask stands beside an ask: by the level of its first verb of action.

    A specific ask met by a general one is weaker only where a kind of measure is lost: to "ensure
    that funds are allocated" asks as much as to allocate them.
    """
    mine, theirs = action_category(ask), action_category(other)
    if mine is None or theirs is None:
        return ""
    if mine == SPECIFIC and theirs == GENERAL and _measures(ask) <= actions(other):
        return "as strong"
    return "as strong" if mine == theirs else "weaker" if theirs < mine else "stronger"


def _measures(ask: str) -> Names:
    """Return the kinds of measure of an ask, but for what they are meant to bring about."""
    means = _PURPOSE.split(ask, maxsplit=1)[0]
    return actions(means) or actions(ask)


def same_subject(ask: str, other: str) -> bool:
    """Whether another ask speaks of all that an ask is about, in some of its telling words too.

    To review the activities offered to prisoners is not what a text on crowded prisons wants less
    of, though both are about conditions of detention.
    """
    about = subjects(ask)
    if not about or not about <= subjects(other):
        return False
    telling, there = {word: word_rarity(word) for word in stems(ask)}, set(stems(other))
    shared = sum(rarity for word, rarity in telling.items() if word in there)
    return shared >= LEAST_SHARED * sum(telling.values())
