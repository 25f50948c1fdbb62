"""What people fill in for a recommendation: its fields, what each may hold, and the log of changes.

Nothing is ever overwritten: a change is a line of a log (record, field, value, who, when). The last
line of a field stands; comments add up instead, for one stakeholder must not wipe another's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from linker.errors import Invalid
from linker.i18n.messages import tr, tr_later
from linker.sdg.framework import framework
from linker.vocabulary.files import read_rows, remembered, vocabulary_file
from linker.vocabulary.official import english_name, official_name
from linker.vocabulary.said_dates import deadline
from linker.vocabulary.text import clean_text

STATUSES = ("not started", "in progress", "partly implemented", "fully implemented")
MEASURED_STATUSES = (*STATUSES, "not needed")
"""Of law, policy and practice: a recommendation may need no law."""
COMMENT = "comment"
OWN = "column:"
"""What the name of a field begins with that stands for a column people added themselves."""
LONGEST_VALUE, LONGEST_NAME, MOST_OWN = 5_000, 80, 20
NOBODY = "nobody yet"
"""What stands for the institution of a recommendation that none answers for."""


@dataclass(frozen=True, slots=True)
class Comment:
    """What a stakeholder said about a recommendation, and when (ISO 8601)."""

    reviewer: str
    at: str
    text: str

    def __str__(self) -> str:
        """Return "Name, 2026-03-04: text"; without the name where it was taken out."""
        said = ", ".join(part for part in (self.reviewer, self.at[:10]) if part)
        return f"{said}: {self.text}" if said else self.text


@dataclass(frozen=True)
class PlanEntry:
    """What people filled in for one recommendation; every field is empty until then.

    Attributes:
        indicators: chosen SDG indicators (their codes) or indicators in words, one a line.
        responsible: body that answers for it.
        person: who works on it: people or institutions, parted by ";".
        partners: who helps.
        actions: the action that is expected: what will be done, not what was.
        strategy: how a coalition acts for it: advocacy, a case in court, a campaign, a submission.
        result: what was done and what came of it.
        evidence: where the result can be checked: a law, a report, a web address.
        baseline: value and year of the indicator at the start.
        target: value and year it is to reach.
        current: value and year as last measured.
        verification: means of verification: where the values come from.
        deadline: ISO 8601 date, month or year.
        budget: budget line.
        status: one of `STATUSES`.
        law: status in law, one of `MEASURED_STATUSES`.
        policy: status in policy, likewise.
        practice: status in practice, likewise.
        measure: ids of measures of the national plan, parted by ";".
        declined: ids of measures that a person said do not carry it out, likewise.
        comments: what stakeholders said, oldest first.
        own: columns that people added themselves, as (title, value).
        reported: ISO 8601 date on which one of `REPORT` last changed; empty where none did.
        released: whether an administrator released what `PUBLIC` fields say, as they say it now.
    """

    indicators: str = ""
    responsible: str = ""
    person: str = ""
    partners: str = ""
    actions: str = ""
    strategy: str = ""
    result: str = ""
    evidence: str = ""
    baseline: str = ""
    target: str = ""
    current: str = ""
    verification: str = ""
    deadline: str = ""
    budget: str = ""
    status: str = ""
    law: str = ""
    policy: str = ""
    practice: str = ""
    measure: str = ""
    declined: str = ""
    comments: tuple[Comment, ...] = ()
    own: tuple[tuple[str, str], ...] = ()
    reported: str = ""
    released: bool = False

    @property
    def is_internal(self) -> bool:
        """Whether it says something that waits for an administrator's release."""
        return not self.released and any(self.value(field) for field in PUBLIC)

    def value(self, field: str) -> str:
        """Return what stands in a field, of `FIELDS` or ``column:…``; empty where nothing does."""
        if field.startswith(OWN):
            return dict(self.own).get(field.removeprefix(OWN), "")
        return "" if field == COMMENT else str(getattr(self, field))

    def as_released(self) -> PlanEntry:
        """Return what the public may read: nothing in `PUBLIC` fields that was not released."""
        hidden: dict[str, Any] = dict.fromkeys((*PUBLIC, "reported"), "")
        return replace(self, **hidden) if self.is_internal else self

    def without_names(self) -> PlanEntry:
        """Return the same with comments that do not say whose they are."""
        return replace(self, comments=tuple(replace(c, reviewer="") for c in self.comments))


FIELDS: Mapping[str, str] = {
    "indicators": tr_later("Indicators"),
    "responsible": tr_later("Responsible body"),
    "person": tr_later("Responsible person"),
    "partners": tr_later("Partners"),
    "actions": tr_later("Expected action"),
    "strategy": tr_later("Action strategy"),
    "result": tr_later("Result"),
    "evidence": tr_later("Evidence"),
    "baseline": tr_later("Baseline value"),
    "target": tr_later("Target value"),
    "current": tr_later("Current value"),
    "verification": tr_later("Means of verification"),
    "deadline": tr_later("Deadline"),
    "budget": tr_later("Budget line"),
    "status": tr_later("Status"),
    "law": tr_later("Law"),
    "policy": tr_later("Policy"),
    "practice": tr_later("Practice"),
    "measure": tr_later("National plan measure"),
}
"""Fields that hold one value, with their titles, in the order of a form."""
FORMER_TITLES: Mapping[str, str] = {"Actions": "actions", "Indicator baseline": "baseline"}
"""Titles that plans written by version 0.1.0 carry."""
ADDED_FIELDS = (("result", "evidence", "target", "current", "verification"), ("strategy", "person"))
"""Fields that plans written before do not have, those of one version of the plan together."""
REPORT = ("status", "result", "evidence")
"""Fields that say how far a recommendation is."""
RELEASED = "released"
"""The field of a change that releases what `PUBLIC` fields say, or with "" takes that back."""
DECLINED = "declined"
"""The field of a change that says which measures of the national plan do not carry it out."""
PUBLIC = ("status", "law", "policy", "practice", "result", "evidence")
"""What counts as public only after an administrator's release, and after a change no longer."""
LISTS = {
    "status": STATUSES,
    "law": MEASURED_STATUSES,
    "policy": MEASURED_STATUSES,
    "practice": MEASURED_STATUSES,
}


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One line of the log: a field of a recommendation got a value.

    Attributes:
        seq: its number in the log, from 1; 0 before it is written.
        record_id: the recommendation; of ``person`` also a theme or cluster.
        field: of `FIELDS`, ``comment``, ``released``, ``declined``, or ``column:`` and the title
            of a column of one's own.
        value: what it holds from now on; empty takes the value away.
        reviewer: who changed it.
        at: when, ISO 8601 in UTC; empty before it is written.
    """

    seq: int
    record_id: str
    field: str
    value: str
    reviewer: str
    at: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of a national plan that rows of the plan can be linked to."""

    id: str
    title: str
    responsible: str = ""
    deadline: str = ""


def institutions(entry: PlanEntry | None) -> tuple[str, ...]:
    """Return who answers for a recommendation, each by its name, or `NOBODY`.

    Args:
        entry: what was filled in; None where nothing was.
    """
    said = re.split(r"[;\n]", entry.responsible) if entry else []
    return tuple(name for part in said if (name := part.strip())) or (NOBODY,)


def standing_entries(log: Iterable[PlanChange]) -> dict[str, PlanEntry]:
    """Return what stands for each record after all changes."""
    entries: dict[str, PlanEntry] = {}
    for change in sorted(log, key=lambda c: c.seq):
        entry = entries.get(change.record_id, PlanEntry())
        entries[change.record_id] = _after(entry, change)
    return entries


def _after(entry: PlanEntry, change: PlanChange) -> PlanEntry:
    if change.field == COMMENT:
        said = Comment(change.reviewer, change.at, change.value)
        return replace(entry, comments=(*entry.comments, said))
    if change.field.startswith(OWN):
        own = {**dict(entry.own), change.field.removeprefix(OWN): change.value}
        return replace(entry, own=tuple(sorted((k, v) for k, v in own.items() if v)))
    if change.field == RELEASED:
        return replace(entry, released=bool(change.value))
    # A newer Linker may have written fields that this one does not know.
    is_known = change.field in FIELDS or change.field == DECLINED
    known: dict[str, Any] = {change.field: change.value} if is_known else {}
    if change.field in REPORT:
        known["reported"] = change.at[:10]
    if change.field in PUBLIC:
        known["released"] = False
    return replace(entry, **known)


def checked_value(field: str, value: str, measures: Iterable[str] = ()) -> str:
    """Return a value as it is kept.

    Args:
        field: as in `PlanChange`.
        value: what somebody typed.
        measures: ids of the national plan's measures; none when there is no such list.

    Raises:
        UsageError: no such field, or a value it cannot hold; says what it can.
    """
    value = tidy(value)
    if len(value) > LONGEST_VALUE:
        raise Invalid(
            f"{title_of(field)}: {len(value):,} characters, at most {LONGEST_VALUE:,} fit. "
            "Shorten it, or attach a document and name it here."
        )
    if field.startswith(OWN):
        _check_own(field.removeprefix(OWN))
    elif field == COMMENT:
        _check_comment(value)
    elif field not in FIELDS:
        raise Invalid(f"{field!r} is no field of the plan. Fields: {', '.join(FIELDS)}.")
    elif value:
        return _fitting(field, value, measures)
    return value


def _fitting(field: str, value: str, measures: Iterable[str]) -> str:
    if field in LISTS:
        return _listed(field, value)
    if field == "deadline":
        return _date(value)
    if field == "indicators":
        _check_indicators(value)
    return _known_measures(value, set(measures)) if field == "measure" else value


def title_of(field: str) -> str:
    """Return the title of a field for a reader."""
    others = {
        COMMENT: tr("Comment"),
        RELEASED: tr("Released"),
        DECLINED: tr("Not carried out by"),
    }
    return others.get(field) or FIELDS.get(field, field.removeprefix(OWN))


def tidy(value: str) -> str:
    """Return a value as it is kept and compared: clean text with line breaks of one kind."""
    return clean_text(value.replace("_x000D_", "\n"))


def _check_comment(comment: str) -> None:
    if not comment:
        raise Invalid("Comment: nothing was written. Write the comment, or leave it out.")


def _check_own(title: str) -> None:
    if not title.strip() or len(title) > LONGEST_NAME:
        raise Invalid(
            f"Column {title[:40]!r}: a column of your own needs a title of at most "
            f"{LONGEST_NAME} characters. Rename it."
        )


def _listed(field: str, value: str) -> str:
    said = " ".join(english_name(value).casefold().split()).rstrip(".")
    meant = _meant().get(said, said)
    if meant in LISTS[field]:
        return meant
    known = ", ".join(map(official_name, LISTS[field]))
    raise Invalid(f"{title_of(field)}: {value!r} is not in the list. Use: {known}.")


@remembered()
def _meant() -> dict[str, str]:
    """Return the status that other usual words for it mean."""
    rows = read_rows(vocabulary_file("statuses.csv"), ("status", "other_words"))
    return {word: row["status"] for row in rows for word in row["other_words"].split(";")}


def _date(value: str) -> str:
    date = deadline(value)
    if not date:
        raise Invalid(
            f"Deadline: {value!r} is no date that can be read. Write it as 2027-12-31, 2027-12, "
            "2027 or Q3 2027."
        )
    return date


def _check_indicators(value: str) -> None:
    for line in value.split("\n"):
        for code in re.findall(r"(?<![\d.])\d{1,2}\.[\da-d]{1,2}\.\d{1,2}(?![\d.])", line):
            if code not in framework():
                raise Invalid(
                    f"Indicators: {code} is no SDG indicator. `linker suggest TEXT` finds them; "
                    "an indicator of your own is written in words, without such a number."
                )


def measure_ids(value: str) -> list[str]:
    """Return the ids that a field names, parted by ";" or line breaks."""
    return [part.strip() for part in re.split(r"[;\n]", value) if part.strip()]


def _known_measures(value: str, known: set[str]) -> str:
    ids = measure_ids(value)
    unknown = [i for i in ids if known and i not in known]
    if unknown:
        raise Invalid(
            f"National plan measure: {unknown[0]!r} is not in the list of measures "
            f"({', '.join(sorted(known)[:6])} …). Use its id, or read the list in again."
        )
    return "; ".join(dict.fromkeys(ids))
