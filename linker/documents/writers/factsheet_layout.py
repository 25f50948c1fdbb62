"""What a factsheet says: one line a measure, the same for Word and HTML.

No recommendation of the last review is left out: those that ask the same stand in one line, with
every number and State, and whose words are quoted. Quotations that are
cut end in "…"; of earlier cycles the numbers stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from linker.documents import citation
from linker.documents.citation import reference
from linker.documents.converging import Converging
from linker.documents.factsheet import Factsheet, Suggestion
from linker.documents.in_numbers import in_numbers
from linker.documents.matrix import Row
from linker.documents.measure_row import compared
from linker.documents.shown_links import SdgRef
from linker.documents.writers.phrasing import EXPLANATION, capital
from linker.i18n.messages import tr, tr_later, tr_plural
from linker.plan.entries import STATUSES
from linker.records.record import Record
from linker.vocabulary.official import official_name
from linker.vocabulary.text import clipped

LINES, WIDTH, FEWEST_OTHERS = 70, 105, 4
"""Lines of text that measures, what others ask and suggestions take on two pages at most, and the
characters of one, both by wide letters; what others ask that stands there in any case."""
SDG_ITEMS, FOLLOWED, MOST_FOLLOWED = 6, 4, 6
QUOTE_LENGTH, TITLE_LENGTH, SUGGESTION_LENGTH = 400, 110, 260
LEGAL = tr_later("Domestic legal framework")
LAWS = (tr_later("Law and article"), tr_later("What it says"), tr_later("What is missing"))
CHALLENGES = (
    tr_later("Recommendation"),
    tr_later("Status"),
    tr_later("What was done, with evidence"),
    tr_later("Challenges"),
)
"""Headings of what is left to be written, and of the table of what is followed up."""


@dataclass(frozen=True)
class Fact:
    """A line of the factsheet.

    Attributes:
        lead: what it starts with, in bold: a number or symbol.
        text: what was asked.
        note: by whom, position, how sure.
        proposal: whether the note says that it is only a proposal.
    """

    lead: str
    text: str
    note: str = ""
    proposal: bool = False


@dataclass(frozen=True)
class Sections:
    """A factsheet ready to be set.

    Attributes:
        title: label of the theme.
        subtitle: kind of document, umbrella.
        legend: what the marks mean.
        parts: headings with their lines.
        sdg: targets and indicators with their titles.
        suggestions_heading: heading that says they are only suggestions.
        suggestions: suggested recommendations.
        followed_heading: heading of what follows, with the statuses counted.
        followed: recommendations to follow up: number, status, result with evidence so far.
        review: when the State is reviewed next, and a line for a contact.
    """

    title: str
    subtitle: str
    legend: str
    parts: tuple[tuple[str, tuple[Fact, ...]], ...]
    sdg: tuple[tuple[SdgRef, str], ...]
    suggestions_heading: str
    suggestions: tuple[Fact, ...]
    followed_heading: str
    followed: tuple[tuple[str, str, str], ...]
    review: str


def sections(sheet: Factsheet) -> Sections:
    """Return what stands on a factsheet."""
    umbrella = sheet.theme.umbrella
    made = (_upr(sheet), _mechanisms(sheet), _beside(sheet), _claims(sheet))
    refs = [*sheet.targets[: SDG_ITEMS // 2], *sheet.indicators]
    return Sections(
        title=capital(sheet.theme.label),
        subtitle=" · ".join(part for part in (tr("Factsheet"), umbrella) if part),
        legend=tr(EXPLANATION),
        parts=tuple(p for p in made if p[1]),
        sdg=tuple((ref, clipped(ref.title, TITLE_LENGTH)) for ref in refs[:SDG_ITEMS]),
        suggestions_heading=tr("Suggested SMART recommendations (suggestions: edit before use)"),
        suggestions=tuple(_suggestion(s) for s in sheet.suggestions)
        or (Fact(tr("Suggestion"), "…", tr("(no specific ask stands in this theme yet)")),),
        followed_heading=_followed_heading(sheet),
        followed=tuple((_number(row), _status(row), _done(row)) for row in _followed(sheet)),
        review=_review(sheet),
    )


def _upr(sheet: Factsheet) -> tuple[str, tuple[Fact, ...]]:
    facts = [_measure(rows, sheet.confirmed) for rows in sheet.measures]
    if sheet.earlier:
        facts.append(_rest([row.record for row in sheet.earlier]))
    counts = in_numbers(sheet.positions)
    cycle = tr("cycle {cycle}", cycle=sheet.cycle) if sheet.cycle else tr("the last review")
    latest = tr_plural("{n} recommendation", "{n} recommendations", len(sheet.latest))
    latest = f"{cycle}: {latest}"
    said = tr("{latest}, of them {counts}", latest=latest, counts=counts) if counts else latest
    nothing = (Fact(tr("None:"), tr("no UPR recommendation stands in this theme.")),)
    return tr("What States recommended ({said})", said=said), tuple(facts) or nothing


def _followed(sheet: Factsheet) -> list[Row]:
    """Return the rows to follow up: those with a result, with a status, then those that are first.

    The heading counts the statuses of all.
    """
    rows = [*sheet.latest, *sheet.earlier]
    told = sorted(rows, key=lambda row: (not row.entry.result, not row.entry.status))
    known = sum(bool(row.entry.status or row.entry.result) for row in rows)
    return told[: max(FOLLOWED, min(known, MOST_FOLLOWED))]


def _followed_heading(sheet: Factsheet) -> str:
    """Return the heading of that table, with the statuses of all recommendations counted."""
    counts = Counter(row.entry.status for row in (*sheet.latest, *sheet.earlier))
    said = in_numbers({status: counts[status] for status in STATUSES})
    heading = tr("Status of implementation, and challenges")
    return f"{heading} ({said})" if said else heading


def _status(row: Row) -> str:
    """Return the status, and that it is not public yet."""
    waits = row.entry.status and row.entry.is_internal
    return f"{capital(row.entry.status)}{tr(' (not released)') if waits else ''}"


def _number(row: Row) -> str:
    position = f": {official_name(row.record.position)}" if row.record.position else ""
    return f"{citation.name(row.record)}{position}"


def _done(row: Row) -> str:
    """Return what was done, with its evidence; what is only planned is not told."""
    entry = row.entry
    evidence = tr("Evidence: {evidence}", evidence=entry.evidence) if entry.evidence else ""
    return clipped(" ".join(filter(None, (entry.result, evidence))), QUOTE_LENGTH)


def _review(sheet: Factsheet) -> str:
    """Return the date of the next review, where it is known, and where to write the contact.

    A review that the files do not hold yet may have passed long before the workspace was changed.
    """
    due = next((due for due in sheet.source.dates if due.key == "upr-review"), None)
    today = sheet.source.date
    if due is None:
        when = tr("Next review: ____________")
    elif due.day < today[: len(due.day)]:
        when = tr(
            "Next review: ____________ (the files imported end before that of {spoken})",
            spoken=due.spoken,
        )
    else:
        when = tr("Next review: {spoken}", spoken=due.spoken)
    return tr("{when}. Contact: ________________________", when=when)


def _claims(sheet: Factsheet) -> tuple[str, tuple[Fact, ...]]:
    facts = [Fact(tr("This theme"), f"{claim.fact}.") for claim in sheet.claims]
    return tr("What can be said of it"), tuple(facts)


def _measure(rows: Sequence[Row], confirmed: frozenset[str]) -> Fact:
    """Return the line of one measure: the clearest wording with those who chose it, then the rest.

    Nobody is said to have asked in words that they did not use.
    """
    first = rows[0].record
    words = compared(first.text)
    alike = [row for row in rows if compared(row.record.text) == words]
    others = [row for row in rows if row not in alike]
    note = f"({'; '.join(map(_asked, alike))})"
    if others:
        is_sure = confirmed.issuperset(row.record.id for row in rows)
        note += tr(
            ". The same measure in other words ({mark}): {list}.",
            mark=tr("confirmed") if is_sure else tr("proposal"),
            list="; ".join(f"{_paragraph(row)} ({_asked(row)})" for row in others),
        )
    before = {
        c.record.id: f"{citation.name(c.record)}, {c.mark.text}"
        for row in rows
        for c in row.converging
        if c.reiteration
    }
    note += (
        tr(" [asked before: {list}]", list="; ".join(list(before.values())[:2])) if before else ""
    )
    return Fact(", ".join(map(_paragraph, alike)), first.text, note)


def _paragraph(row: Row) -> str:
    return row.record.paragraph or citation.number(row.record)


def _asked(row: Row) -> str:
    """Return who recommended and the State's position: "France, Kenya: supported"."""
    return ": ".join(
        part for part in (row.recommenders, official_name(row.record.position)) if part
    )


def _mechanisms(sheet: Factsheet) -> tuple[str, tuple[Fact, ...]]:
    facts = [_same(row, c) for row, c in sheet.converging if c.record.mechanism != "UPR"]
    return tr("Where other mechanisms ask the same"), _fitting(facts, _placed(sheet))


def _beside(sheet: Factsheet) -> tuple[str, tuple[Fact, ...]]:
    facts = [
        Fact(capital(reference(row.record)), f"“{clipped(row.record.text, QUOTE_LENGTH)}”")
        for row in sheet.mechanisms
    ]
    placed = [*_placed(sheet), *_mechanisms(sheet)[1]]
    return tr("What else other mechanisms ask on this theme"), _fitting(facts, placed)


def _placed(sheet: Factsheet) -> list[Fact]:
    """Return what stands on the pages before anything that others ask."""
    return [*_upr(sheet)[1], *map(_suggestion, sheet.suggestions)]


def _fitting(facts: Sequence[Fact], placed: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return as many facts as two pages have room for, and how many were left out.

    Args:
        facts: what there is, most important first.
        placed: what stands there already.
    """
    room, number = LINES - sum(map(_height, placed)), 0
    for fact in facts:
        room -= _height(fact)
        if room < 0 and number >= FEWEST_OTHERS:
            break
        number += 1
    left = len(facts) - number
    more = [Fact(tr("And {left} more in the matrix.", left=left), "")] if left else []
    return (*facts[:number], *more)


def _height(fact: Fact) -> int:
    """Return how many lines of text a fact takes, as near as letters of any width tell."""
    return ceil(len(f"{fact.lead} {fact.text} {fact.note}") / WIDTH)


def _same(row: Row, converging: Converging) -> Fact:
    mark = converging.mark
    note = tr("(same measure as {name}; {text})", name=citation.name(row.record), text=mark.text)
    quote = f"“{clipped(converging.quote, QUOTE_LENGTH)}”"
    return Fact(capital(converging.reference), quote, note, not mark.confirmed)


def _suggestion(suggestion: Suggestion) -> Fact:
    record, found = suggestion.record, suggestion.indicator
    measured = (
        tr("SDG indicator {code} ({text})", code=found.code, text=found.mark.text)
        if found
        else tr("[indicator]")
    )
    backing = (
        tr(
            "; {records} of the same measure",
            records=tr_plural("{n} more record", "{n} more records", len(suggestion.backing)),
        )
        if suggestion.backing
        else ""
    )
    note = tr(
        "Measured by {measured}; responsible: {value}; by [year]. Drawn from {reference}{backing}.",
        measured=measured,
        value=suggestion.body or tr("[body]"),
        reference=reference(record),
        backing=backing,
    )
    text = capital(clipped(suggestion.text, SUGGESTION_LENGTH)).rstrip(".;")
    return Fact(tr("Suggestion:"), f"{text}.", note, proposal=True)


def _rest(records: Sequence[Record]) -> Fact:
    said = tr_plural(
        "And {n} recommendation of earlier reviews:",
        "And {n} recommendations of earlier reviews:",
        len(records),
    )
    return Fact(said, f"{'; '.join(citation.numbers(records))}.")
