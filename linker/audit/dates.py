"""Dates, years, sessions and cycles that cannot be right or contradict one another."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from linker.audit.finding import Finding, Severity, make_finding
from linker.records.record import Record
from linker.records.values import upr_cycle, upr_year
from linker.vocabulary.files import read_rows, remembered, vocabulary_file

KIND = "date"
LATEST_ADOPTION = 1
"""Years after its session in which a UPR report may still be adopted."""

Check = Callable[[Record], str]
"""Says what is odd about a record, or returns an empty string."""


def dates(records: Sequence[Record], today: datetime.date) -> Iterator[Finding]:
    """Yield what is odd about dates, years, sessions and cycles.

    Args:
        records: all records.
        today: the date now.
    """
    checks: dict[str, tuple[Severity, Check, str]] = {
        "Dates in the future": (
            "distrust",
            partial(_future, today=today),
            "No document can be of a day still to come.",
        ),
        "Records older than the body they are of": (
            "distrust",
            _before_body,
            "The body had not met yet: the year or the body is wrong.",
        ),
        "Year and date that disagree": (
            "check",
            _year_and_date,
            "One of the two is wrong, or they tell of different events.",
        ),
        "Year and UPR session that disagree": (
            "check",
            _year_and_session,
            "The session was held in another year.",
        ),
        "UPR session and cycle that disagree": (
            "check",
            _session_and_cycle,
            "The session belongs to another cycle.",
        ),
        "Year and UPR cycle that disagree": (
            "check",
            _year_and_cycle,
            "No session of that cycle was held near that year.",
        ),
    }
    found: dict[str, list[tuple[Record, str]]] = defaultdict(list)
    for record in records:
        for title, (_, check, _) in checks.items():
            if why := check(record):
                found[title].append((record, why))
    for title, flagged in found.items():
        severity, _, meaning = checks[title]
        remedy = "Check them against the document and correct the file before you count by year."
        yield make_finding(KIND, severity, title, flagged, len(records), "records", meaning, remedy)


def _future(record: Record, today: datetime.date) -> str:
    if record.date and record.date > today.isoformat()[: len(record.date)]:
        return f"date {record.date}"
    return f"year {record.year}" if record.year and record.year > today.year else ""


def _before_body(record: Record) -> str:
    first = _first_years().get(record.body)
    year = _year(record)
    if not first or not year or year >= first:
        return ""
    return f"{year}; {record.body} first met in {first}"


def _year_and_date(record: Record) -> str:
    if not record.year or not record.date or record.date[:4] == str(record.year):
        return ""
    return f"year {record.year}, date {record.date}"


def _year_and_session(record: Record) -> str:
    held = upr_year(record.session) if record.mechanism == "UPR" else None
    year = _year(record)
    if not held or not year or held <= year <= held + LATEST_ADOPTION:
        return ""
    return f"year {year}; session {record.session} was held in {held}"


def _session_and_cycle(record: Record) -> str:
    right = upr_cycle(record.session) if record.mechanism == "UPR" else ""
    if not right or not record.cycle or record.cycle == right:
        return ""
    return f"cycle {record.cycle}; session {record.session} is of cycle {right}"


def _year_and_cycle(record: Record) -> str:
    year = _year(record)
    if record.mechanism != "UPR" or upr_year(record.session) or not year:
        return ""
    held = [upr_year(str(s)) or 0 for s in range(1, 100) if upr_cycle(str(s)) == record.cycle]
    held = [known for known in held if known]
    if not held or min(held) <= year <= max(held) + LATEST_ADOPTION:
        return ""
    return f"year {year}; cycle {record.cycle} began in {min(held)}"


def _year(record: Record) -> int | None:
    if record.year:
        return record.year
    return int(record.date[:4]) if record.date[:4].isdecimal() else None


@remembered()
def _first_years() -> dict[str, int]:
    """Read data/vocabularies/body_years.csv: body, first_year, first_met."""
    rows = read_rows(vocabulary_file("body_years.csv"), ("body", "first_year"))
    return {row["body"]: int(row["first_year"]) for row in rows}
