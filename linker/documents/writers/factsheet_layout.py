"""What a factsheet says, cut to two pages: the same for Word and HTML.

Nothing is dropped in silence: whatever is cut ends in "…", and what finds no room is counted and
named by its number, so that it can be found in the matrix.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from linker.documents import citation
from linker.documents.citation import reference
from linker.documents.factsheet import Factsheet, Suggestion
from linker.documents.inputs import SdgRef, counted
from linker.documents.matrix import Converging, Row
from linker.documents.writers.phrasing import capital
from linker.vocabulary.text import clipped

UPR_ITEMS, MECHANISM_ITEMS, SDG_ITEMS, FOLLOWED = 7, 5, 6, 4
UPR_LENGTH, QUOTE_LENGTH, TITLE_LENGTH, SUGGESTION_LENGTH = 200, 240, 110, 260
NAMED_NUMBERS = 12
NO_UPR = "(same theme; no convergence with a UPR recommendation shown)"


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
        followed: recommendations whose status is to be written in: number, status so far.
    """

    title: str
    subtitle: str
    legend: str
    parts: tuple[tuple[str, tuple[Fact, ...]], ...]
    sdg: tuple[tuple[SdgRef, str], ...]
    suggestions_heading: str
    suggestions: tuple[Fact, ...]
    followed: tuple[tuple[str, str], ...]


def sections(sheet: Factsheet) -> Sections:
    """Return what stands on a factsheet."""
    umbrella = sheet.theme.umbrella
    refs = [*sheet.targets[: SDG_ITEMS // 2], *sheet.indicators]
    return Sections(
        title=capital(sheet.theme.label),
        subtitle=" · ".join(part for part in ("Factsheet", umbrella) if part),
        legend="“Confirmed” marks were decided by the reviewer named; “proposal” marks were "
        "computed, and no person has decided on them.",
        parts=tuple(part for part in (_upr(sheet), _mechanisms(sheet)) if part[1]),
        sdg=tuple((ref, clipped(ref.entry.title, TITLE_LENGTH)) for ref in refs[:SDG_ITEMS]),
        suggestions_heading="Suggested SMART recommendations (suggestions: edit before use)",
        suggestions=tuple(_suggestion(s) for s in sheet.suggestions)
        or (Fact("Suggestion", "…", "(no specific ask stands in this theme yet)"),),
        followed=tuple((_number(row), _status(row)) for row in _upr_rows(sheet)[:FOLLOWED]),
    )


def _upr(sheet: Factsheet) -> tuple[str, tuple[Fact, ...]]:
    rows = _upr_rows(sheet)
    facts = [_recommendation(row) for row in rows[:UPR_ITEMS]]
    if rest := rows[UPR_ITEMS:]:
        facts.append(_rest([citation.name(row.record) for row in rest], "UPR recommendation"))
    counts = ", ".join(f"{number} {name}" for name, number in sheet.positions.items())
    cycle = f"cycle {sheet.cycle}" if sheet.cycle else "the last review"
    latest = f"{cycle}: {counted(len(sheet.latest), 'recommendation')}"
    said = f"{latest}, of them {counts}" if counts else latest
    nothing = (Fact("None:", "no UPR recommendation stands in this theme."),)
    return f"What States recommended ({said})", tuple(facts) or nothing


def _upr_rows(sheet: Factsheet) -> list[Row]:
    return [*sheet.latest, *sheet.earlier]


def _number(row: Row) -> str:
    position = f": {row.record.position}" if row.record.position else ""
    return f"{citation.name(row.record)}{position}"


def _status(row: Row) -> str:
    return row.entry.status


def _recommendation(row: Row) -> Fact:
    by = clipped(row.recommenders, 90)
    position = row.record.position
    again = [c for c in row.converging if c.reiteration]
    before = "; ".join(f"{citation.name(c.record)}, {c.mark.text}" for c in again[:2])
    note = f"({by}{': ' if position else ''}{position})"
    note += f" [asked before: {before}]" if before else ""
    return Fact(citation.number(row.record), clipped(row.record.text, UPR_LENGTH), note)


def _mechanisms(sheet: Factsheet) -> tuple[str, tuple[Fact, ...]]:
    same = [(row, c) for row, c in sheet.converging if not c.record.is_cyclic]
    facts = [_same(row, converging) for row, converging in same[:MECHANISM_ITEMS]]
    left = same[MECHANISM_ITEMS:]
    room = MECHANISM_ITEMS - len(facts)
    for row in sheet.mechanisms[:room]:
        text = f"“{clipped(row.record.text, QUOTE_LENGTH)}”"
        facts.append(
            Fact(
                citation.number(row.record),
                text,
                "(same theme; no convergence with a UPR recommendation shown)",
            )
        )
    others = [c.reference for _, c in left] + [reference(r.record) for r in sheet.mechanisms[room:]]
    if others:
        facts.append(_rest(others, "treaty-body and special-procedure record"))
    return "Where treaty bodies and special procedures ask the same", tuple(facts)


def _same(row: Row, converging: Converging) -> Fact:
    mark = converging.mark
    note = f"(same measure as {citation.name(row.record)}; {mark.text})"
    quote = f"“{clipped(converging.quote, QUOTE_LENGTH)}”"
    return Fact(converging.reference, quote, note, not mark.accepted)


def _suggestion(suggestion: Suggestion) -> Fact:
    record, found = suggestion.record, suggestion.indicator
    measured = f"SDG indicator {found.code} ({found.mark.text})" if found else "[indicator]"
    backing = (
        f"; {counted(len(suggestion.backing), 'more record')} of the same measure"
        if suggestion.backing
        else ""
    )
    note = (
        f"Measured by {measured}; responsible: [body]; by [year]. "
        f"Drawn from {reference(record)}{backing}."
    )
    text = capital(clipped(suggestion.text, SUGGESTION_LENGTH)).rstrip(".;")
    return Fact("Suggestion:", f"{text}.", note, proposal=True)


def _rest(names: Sequence[str], what: str) -> Fact:
    named = "; ".join(names[:NAMED_NUMBERS])
    more = f" and {len(names) - NAMED_NUMBERS} others" if len(names) > NAMED_NUMBERS else ""
    return Fact(f"And {counted(len(names), f'more {what}')}", f"(in the matrix): {named}{more}.")
