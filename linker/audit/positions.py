"""Recommendations of the UPR whose position is missing, or still pending after the review."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from linker.audit.finding import Finding, Severity, make_finding
from linker.records.record import Record

KIND = "no position"
MOST = 0.5
"""Share of a cycle without positions from which no count of positions makes sense."""
YEARS_TO_ANSWER = 1
"""A State answers at the adoption of its report, within a year of the review."""


def positions(records: Sequence[Record], this_year: int) -> Iterator[Finding]:
    """Yield, for each UPR cycle, the recommendations without position, and those still pending.

    Args:
        records: all records.
        this_year: the year now.
    """
    in_cycle: Counter[str] = Counter()
    missing: dict[str, list[tuple[Record, str]]] = defaultdict(list)
    pending: dict[str, list[tuple[Record, str]]] = defaultdict(list)
    for record in records:
        if not record.is_cyclic:
            continue
        in_cycle[record.cycle] += 1
        if not record.position:
            missing[record.cycle].append((record, ""))
        elif record.position == "pending" and _overdue(record, this_year):
            pending[record.cycle].append((record, f"pending since {record.year}"))
    for cycle, flagged in sorted(missing.items()):
        severity: Severity = "distrust" if len(flagged) > MOST * in_cycle[cycle] else "check"
        yield make_finding(
            KIND,
            severity,
            f"No position, {_cycle(cycle)}",
            flagged,
            in_cycle[cycle],
            "recommendations",
            "The file does not say whether the State supported or noted them.",
            "Look the positions up in the report's addendum before you count or filter by them.",
        )
    for cycle, flagged in sorted(pending.items()):
        yield make_finding(
            KIND,
            "check",
            f"Position still pending, {_cycle(cycle)}",
            flagged,
            in_cycle[cycle],
            "recommendations",
            "The State has answered since, or the review was too long ago for an open answer.",
            "Look the positions up in the report's addendum and import the table again.",
        )


def _overdue(record: Record, this_year: int) -> bool:
    return record.year is not None and this_year - record.year > YEARS_TO_ANSWER


def _cycle(cycle: str) -> str:
    return f"UPR cycle {cycle}" if cycle else "UPR, cycle not known"
