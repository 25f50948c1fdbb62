"""Dates of a State's reviews: what is due next, worked out from its records or set by hand.

The calendar of the Universal Periodic Review is known by session (data/vocabularies/
upr_sessions.csv); the next cycle has the same order of States, so that a State's next review comes
14 sessions after the last, at three sessions a year. Committees ask for follow-up after the months
that data/vocabularies/follow_up.csv lists, and say in their observations when the next report is
due. What is only worked out is said to be so; a person's date stands above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from linker.errors import Invalid
from linker.i18n.messages import tr
from linker.i18n.numbers import spoken_day
from linker.records.record import Record
from linker.records.values import upr_session_month
from linker.vocabulary.files import read_rows, remembered, vocabulary_file
from linker.vocabulary.said_dates import iso_date

SESSIONS_A_CYCLE, SESSIONS_A_YEAR = 14, 3
SUBMISSION, MIDTERM = 7, 28
"""Months before the review by which others submit; months after it, half of a cycle."""
_PERIODIC = re.compile(
    r"\bperiodic reports?\b[^.;]{0,120}?\b(?:by|before|no later than|not later than|on) "
    r"(?:the )?(\d{1,2} [A-Z][a-z]{2,8} \d{4}|[A-Z][a-z]{2,8} \d{4})"
)


@dataclass(frozen=True, slots=True)
class Due:
    """A date to work towards.

    Attributes:
        key: what it is, the same at every build: ``upr-review``, ``cedaw-report``.
        what: in words.
        day: ISO 8601 date, or year and month.
        about: whether it was worked out and may differ; what a text or a person says does not.
        why: where it comes from.
    """

    key: str
    what: str
    day: str
    about: bool
    why: str

    @property
    def spoken(self) -> str:
        """The date as people read it: "about February 2030", "12 November 2027"."""
        said = spoken_day(self.day)
        return tr("about {day}", day=said) if self.about else said

    def to_row(self) -> dict[str, str]:
        """Return the columns that listings show."""
        return {
            "key": self.key,
            "what": self.what,
            "date": self.day,
            "about": "yes" if self.about else "no",
            "why": self.why,
        }


def due_dates(records: Iterable[Record], by_hand: Mapping[str, str] | None = None) -> list[Due]:
    """Return the dates of a State, earliest first.

    Args:
        records: of the State.
        by_hand: dates that people set, by key; an empty one takes a date away.
    """
    held = list(records)
    found = {due.key: due for due in (*_review(held), *_committees(held))}
    for key, day in (by_hand or {}).items():
        if not day:
            found.pop(key, None)
        elif key in found:
            found[key] = replace(found[key], day=day, about=False, why=tr("set by hand"))
        else:
            what = key.replace("-", " ").capitalize()
            found[key] = Due(key, what, day, about=False, why=tr("set by hand"))
    return sorted(found.values(), key=lambda due: (due.day, due.key))


def checked_day(text: str) -> str:
    """Return a date as it is kept; empty stays empty.

    Raises:
        Invalid: it is no date with a month.
    """
    day = (iso_date(text) or "") if text.strip() else ""
    if text.strip() and len(day) < len("2030-01"):
        raise Invalid(f"{text!r} is no date with a month. Write 2030-02-14 or 2030-02.")
    return day


def checked_key(key: str) -> str:
    """Return the key of a date as it is kept: "Mid-term report" is ``mid-term-report``.

    Raises:
        Invalid: nothing is left of it.
    """
    kept = "-".join(re.findall(r"[a-z0-9]+", key.casefold()))
    if not kept:
        raise Invalid(f"{key!r} names no date. `linker dates` lists those there are.")
    return kept


def to_ics(state: str, name: str, dates: Iterable[Due], stamp: str) -> bytes:
    """Return a calendar of whole-day events (RFC 5545); a month stands on its first day.

    Args:
        state: ISO 3166-1 alpha-3 code.
        name: of the State.
        dates: to put in.
        stamp: ISO 8601 date of the workspace, so that the same dates give the same bytes.
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Linker//dates//EN")
    calendar.add("version", "2.0")
    for due in dates:
        event = Event()
        first = date.fromisoformat(due.day if len(due.day) > len("2030-01") else f"{due.day}-01")
        event.add("uid", f"{state}-{due.key}@linker.invalid")
        event.add("dtstamp", datetime.fromisoformat(stamp or "1980-01-01").replace(tzinfo=UTC))
        event.add("dtstart", first)
        about = tr(" (about)") if due.about else ""
        event.add("summary", f"{name}: {due.what}{about}")
        event.add("description", f"{due.spoken}; {due.why}")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _review(records: list[Record]) -> Iterator[Due]:
    """Yield the dates around the next review of the UPR, from the last session on record."""
    held = [(int(r.session), r) for r in records if r.is_cyclic and r.session.isdecimal()]
    if not held:
        return
    session, last = max(held, key=lambda pair: (pair[0], pair[1].id))
    start = upr_session_month(str(session))
    if not start:
        return
    again = session + SESSIONS_A_CYCLE
    known = upr_session_month(str(again))
    day = known or _later(start, SESSIONS_A_CYCLE * 12 // SESSIONS_A_YEAR)
    why = tr(
        "session {again}, {number} after session {session}",
        again=again,
        number=SESSIONS_A_CYCLE,
        session=session,
    )
    review = tr("UPR review after that of session {session}", session=session)
    yield Due("upr-review", review, day, about=not known, why=why)
    before = tr("{number} months before the review", number=SUBMISSION)
    others = tr("Submissions by others for the UPR review after session {session}", session=session)
    yield Due("upr-submission", others, _later(day, -SUBMISSION), about=True, why=before)
    report = (
        tr("Mid-term report of cycle {cycle} (voluntary)", cycle=last.cycle)
        if last.cycle
        else tr("Mid-term report (voluntary)")
    )
    halfway = tr(
        "half way to the next review; session {session} was in {start}",
        session=session,
        start=spoken_day(start),
    )
    yield Due("upr-mid-term", report, _later(start, MIDTERM), about=True, why=halfway)


def _committees(records: list[Record]) -> Iterator[Due]:
    """Yield follow-up and next report of each committee, from its latest observations."""
    latest: dict[str, Record] = {}
    for record in sorted(records, key=lambda r: (r.date, r.year or 0, r.id)):
        is_dated = len(record.date) >= len("2024-11") and not record.is_quoted
        if record.mechanism == "TB" and is_dated:
            latest[record.body] = record
    for body, record in sorted(latest.items()):
        if months := _follow_up().get(body):
            why = tr(
                "{months} months after {label}, as usual for {body}",
                months=months,
                label=record.label,
                body=body,
            )
            what = tr("Follow-up information to {body}", body=body)
            day = _later(record.date[:7], months)
            yield Due(f"{body.lower()}-follow-up", what, day, about=True, why=why)
    for record in sorted(records, key=lambda r: (r.date, r.year or 0, r.id)):
        said = _PERIODIC.search(record.text) if record.mechanism == "TB" else None
        spoken = iso_date(said[1]) if said else None
        if said and spoken:
            what = tr("Next periodic report to {body}", body=record.body)
            key = f"{record.body.lower()}-report"
            yield Due(key, what, spoken, about=False, why=record.label)


def _later(month: str, months: int) -> str:
    """Return a month, "2025-01", moved by some months."""
    year, number = map(int, month[:7].split("-"))
    count = 12 * year + number - 1 + months
    return f"{count // 12:04d}-{count % 12 + 1:02d}"


@remembered()
def _follow_up() -> dict[str, int]:
    """Read data/vocabularies/follow_up.csv: body -> months."""
    rows = read_rows(vocabulary_file("follow_up.csv"), ("body", "months", "what"))
    return {row["body"]: int(row["months"]) for row in rows}
