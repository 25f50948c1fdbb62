"""The follow-up report to a committee as a Word document, with its grades A to E."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from linker.documents import citation
from linker.documents.followup import GRADES, FollowupRow, followup
from linker.documents.inputs import Options, Source
from linker.documents.midterm import measured_values, status_of
from linker.documents.writers import word
from linker.documents.writers.phrasing import STATUS_FILLS, capital
from linker.documents.writers.wordparts import Cell, Par, Run, cells
from linker.i18n.messages import tr, tr_later, tr_plural
from linker.plan.sharing_out import not_released

COLUMNS = (
    (tr_later("Paragraph"), 88.0),
    (tr_later("What the UPR and others ask"), 45.0),
    (tr_later("What was done, with evidence"), 70.0),
    (tr_later("Status"), 24.0),
    *((letter, 8.0) for letter in GRADES),
)
WIDTHS = tuple(width for _, width in COLUMNS)
SHOWN = 6
"""Records that ask the same, named in a row."""
SPLIT_FROM = 900


def write_followup_docx(source: Source, options: Options, path: Path) -> None:
    """Write the report: landscape A4, a table a document, its follow-up paragraphs marked."""
    made = followup(source, options)
    document = word.titled_document(source, made.title, template=options.template)
    rows = list(made.rows())
    wanted = sum(row.wanted for row in rows)
    grades = "; ".join(f"{letter} {tr(meaning)}" for letter, meaning in GRADES.items())
    said = tr(
        "{paragraphs}, on {wanted} of which the committee wants information sooner (★). "
        "Grades, given by the committee and not by Linker: {grades}. Status, result, "
        "grades and marks as filled in in the plan, these in its columns “Grade” and "
        "“Follow-up”.",
        paragraphs=tr_plural("{n} paragraph", "{n} paragraphs", len(rows)),
        wanted=wanted,
        grades=grades,
    )
    waiting = not_released(row.row.entry for row in rows)
    word.add(document, Par.of(f"{said} {waiting}".strip(), "Small"))
    for name, several in made.documents:
        word.add(document, Par.of(name or tr("Without a symbol"), "Heading 1"))
        heads = [title for title, _ in COLUMNS]
        word.add_table(
            document, WIDTHS, heads, _rows(several), caption=tr("Paragraphs of {name}", name=name)
        )
    word.save(document, path, source)


def _rows(rows: tuple[FollowupRow, ...]) -> Iterator[Any]:
    for made in rows:
        yield cells(WIDTHS, _cells(made), whole=len(made.row.record.text) < SPLIT_FROM)


def _cells(made: FollowupRow) -> list[Cell]:
    row = made.row
    star = [Run(tr("★ follow-up "), bold=True, colour="9A3412")] if made.wanted else []
    number = Run(f"{citation.bare(row.record)} ", bold=True)
    first: list[Par] = [Par((*star, number, Run(row.record.text)))]
    if said := citation.provenance(row.record, named=True):
        first.append(Par.of(said, "Cell small", colour=word.GREY))
    fill = STATUS_FILLS.get(row.entry.status, "")
    return [
        (first, ""),
        (_beside(made), ""),
        (_done(made), ""),
        ([Par.of(capital(status_of(row)))], fill),
        *(([Par.of("●" if made.grade == letter else "", bold=True)], "") for letter in GRADES),
    ]


def _beside(made: FollowupRow) -> list[Par]:
    shown = [
        Par.of(f"{citation.name(c.record)} [{c.mark.text}]", "Cell small")
        for c in made.row.converging[:SHOWN]
    ]
    more = len(made.row.converging) - SHOWN
    return shown + ([Par.of(tr("and {more} more", more=more), "Cell small")] if more > 0 else [])


def _done(made: FollowupRow) -> list[Par]:
    entry = made.row.entry
    found = [Par.of(entry.result)] if entry.result else []
    found += [Par.of(f"{t}: {value}", "Cell small") for t, value in measured_values(made.row)]
    if entry.actions:
        lead = Run(tr("Expected, not yet reported as done: "), bold=True)
        found.append(Par((lead, Run(entry.actions)), "Cell small"))
    return found
