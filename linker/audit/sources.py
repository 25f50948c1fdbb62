"""What the sources of a record say against one another: supported here, noted there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from linker.audit.finding import Finding, make_finding
from linker.records.record import Record
from linker.records.working_out import Contradiction

KIND = "contradiction"


def told_by_sources(
    records: Sequence[Record], contradicted: Iterable[Contradiction]
) -> Iterator[Finding]:
    """Yield a finding for each field in which sources, or rows of one, contradict one another.

    Args:
        records: all records.
        contradicted: what was found when they were worked out from their sources.
    """
    known = {record.id: record for record in records}
    by_field: dict[str, list[tuple[Record, str]]] = defaultdict(list)
    for one in contradicted:
        if one.record_id in known:
            by_field[one.field].append((known[one.record_id], one.places))
    for field, flagged in sorted(by_field.items()):
        yield make_finding(
            KIND,
            "distrust" if field in ("position", "state") else "check",
            f"Sources that disagree on {field}",
            flagged,
            len(records),
            "records",
            "What counts is what the latest source says; nothing does where one source "
            "contradicts itself.",
            "Look it up, then `linker correct RECORD FIELD VALUE`, or forget the wrong source.",
        )
