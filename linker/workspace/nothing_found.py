"""Why a filter found nothing: what no record has, and what is written most like it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from linker.plan.entries import PlanEntry, institutions
from linker.records.filters import Filter
from linker.records.record import Record
from linker.vocabulary.nearest import none_such
from linker.vocabulary.text import fold


def why_nothing(
    where: Filter,
    responsible: str,
    records: Sequence[Record],
    entries: Mapping[str, PlanEntry],
) -> str:
    """Say why no record matches, a line for each condition that none meets.

    Args:
        where: conditions that a record alone meets.
        responsible: part of the name of an institution; empty where none is asked for.
        records: all that were looked through.
        entries: what the plan says, by record id.
    """
    reasons = where.unmet(records)
    names = [name for record in records for name in institutions(entries.get(record.id))]
    if responsible and not any(fold(responsible) in fold(name) for name in names):
        reasons.append(none_such("responsible", responsible, names))
    if reasons:
        return "\n".join(reasons)
    given = where.given | ({"responsible": responsible} if responsible else {})
    return f"No record has all of this: {'; '.join(f'{k} {v}' for k, v in given.items())}."
