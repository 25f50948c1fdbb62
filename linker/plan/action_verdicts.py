"""What a person says of an action of the national plan beside a record: does it carry it out?

A confirmed action stands in the plan's field ``measure``, a rejected one in ``declined``; what
stands in neither is a proposal.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from linker.plan.entries import DECLINED, PlanEntry, measure_ids

Verdict = Literal["confirm", "reject", ""]
VERDICTS = ("confirm", "reject", "undo")
WORDS: Mapping[str, Verdict] = {
    "confirm": "confirm",
    "accept": "confirm",
    "reject": "reject",
    "undo": "",
}
"""What a person may write, and what stands from then on."""


def verdict_on(action: str, entry: PlanEntry) -> Verdict:
    """Return what the entry of a record says of an action by its id; empty for a proposal."""
    if action in measure_ids(entry.measure):
        return "confirm"
    return "reject" if action in measure_ids(entry.declined) else ""


def fields_after(action: str, verdict: Verdict, entry: PlanEntry) -> dict[str, str]:
    """Return the fields of a record's entry that a verdict changes, with their values."""
    wanted = {"measure": verdict == "confirm", DECLINED: verdict == "reject"}
    found = {}
    for field, holds in wanted.items():
        ids = measure_ids(getattr(entry, field))
        if holds and action not in ids:
            found[field] = "; ".join([*ids, action])
        elif not holds and action in ids:
            found[field] = "; ".join(one for one in ids if one != action)
    return found
