"""How strongly one ask puts what another asks: from "criminalize" to "continue efforts"."""

from __future__ import annotations

from typing import Literal

from linker.plan.smart import action_category
from linker.reading.record_reading import actions, subjects

Strength = Literal["weaker", "as strong", "stronger", ""]
"""Empty where one of both has no verb of action."""
GENERAL, SPECIFIC = 4, 5
"""Categories of action, see `linker.plan.smart`."""


def strength(ask: str, other: str) -> Strength:
    """Return how another ask stands beside an ask: by the level of its first verb of action.

    A specific ask met by a general one is weaker only where a kind of measure is lost: to "ensure
    that funds are allocated" asks as much as to allocate them.
    """
    mine, theirs = action_category(ask), action_category(other)
    if mine is None or theirs is None:
        return ""
    if mine == SPECIFIC and theirs == GENERAL and actions(ask) <= actions(other):
        return "as strong"
    return "as strong" if mine == theirs else "weaker" if theirs < mine else "stronger"


def same_subject(ask: str, other: str) -> bool:
    """Whether another ask speaks of all that an ask is about."""
    about = subjects(ask)
    return bool(about) and about <= subjects(other)
