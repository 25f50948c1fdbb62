"""What a focal point may fill in: how far its own institution is with what it answers for."""

from __future__ import annotations

from collections.abc import Collection

from linker.i18n.messages import tr
from linker.plan.entries import PlanEntry, institutions, title_of
from linker.vocabulary.text import fold_name

ASSIGNED = ("responsible", "person", "deadline", "measure")
"""Fields that say who does what until when, and for which action of the national plan: whoever is
asked to do it does not choose them."""


def answers_for(bodies: Collection[str], entry: PlanEntry | None) -> bool:
    """Whether one of some institutions answers for a row.

    Args:
        bodies: their names, whatever their case and accents.
        entry: what was filled in for the row; None where nothing was.
    """
    names = {fold_name(name) for name in institutions(entry)}
    return not names.isdisjoint(map(fold_name, bodies))


def refusal(bodies: Collection[str] | None, entry: PlanEntry | None, field: str) -> str:
    """Return why focal points may not fill in a field of a row; empty where they may.

    Args:
        bodies: the institutions they report for; None for who may fill in every row.
        entry: what stands in the row.
        field: as in `PlanChange`.
    """
    if bodies is None:
        return ""
    mine = "; ".join(bodies)
    if not answers_for(bodies, entry):
        others = "; ".join(institutions(entry))
        return tr("{others} answers for it, and you report for {mine}", others=others, mine=mine)
    if field in ASSIGNED:
        return tr("a focal point does not change {field}", field=tr(title_of(field)))
    return ""
