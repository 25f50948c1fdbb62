"""The mid-term report as a Word document: a summary, then every recommendation by theme."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from linker.documents import citation
from linker.documents.inputs import Options, Source, counted
from linker.documents.matrix import Row
from linker.documents.midterm import (
    NO_STATUS,
    Midterm,
    measured,
    measured_values,
    midterm,
    status_of,
)
from linker.documents.writers import word
from linker.documents.writers.phrasing import POSITION_FILLS, STATUS_FILLS, STATUS_LIGHTS, capital
from linker.documents.writers.wordparts import Cell, Par, Run, cells
from linker.plan.entries import STATUSES

COLUMNS = (
    ("Recommendation and recommending State", 92.0),
    ("Position", 20.0),
    ("Status", 25.0),
    ("Law, policy, practice", 34.0),
    ("Result and evidence; what is still expected", 68.0),
    ("Responsible body", 28.0),
)
WIDTHS = tuple(width for _, width in COLUMNS)
SUMMARY_WIDTHS = (52.0, 36.0, 36.0, 36.0, 36.0, 36.0, 35.0)
SPLIT_FROM = 1_200
LEGEND = (
    "Status as filled in by those named in the implementation plan; Linker computes none of it. "
    "A recommendation without a status is counted as such and never as not started."
)


def write_midterm_docx(source: Source, options: Options, path: Path) -> None:
    """Write the report: landscape A4, themes as full-width rows, header row on every page."""
    made = midterm(source, options)
    title = f"Mid-term report, {made.title}"
    document = word.new_document(source, title, landscape=True)
    for line in word.top(source, source.state_name, title):
        word.add(document, line)
    total = sum(sum(counts.values()) for counts in made.counts().values())
    word.add(document, Par.of(f"{counted(total, 'recommendation')}. {LEGEND}", "Small"))
    heads = ["Position", *map(capital, STATUSES), capital(NO_STATUS), "All"]
    word.add_table(document, SUMMARY_WIDTHS, heads, _summary(made))
    word.add_contents(document, word.matrix_contents(made.matrix))
    word.add(document, Par.of("Recommendation by recommendation", "Band"))
    word.add_table(
        document, WIDTHS, [name for name, _ in COLUMNS], word.banded(made.matrix, WIDTHS, _row)
    )
    word.save(document, path, source, note="")


def _summary(made: Midterm) -> Iterator[Any]:
    statuses = (*STATUSES, "")
    found = made.counts()
    for position, counts in found.items():
        row: list[Cell] = [([Par.of(capital(position) or "No position", bold=True)], "")]
        row += [
            ([Par.of(str(counts[s] or "·"))], STATUS_FILLS.get(s, "") if counts[s] else "")
            for s in statuses
        ]
        row.append(([Par.of(str(sum(counts.values())), bold=True)], ""))
        yield cells(SUMMARY_WIDTHS, row, whole=True)
    if len(found) > 1:
        totals = [sum(counts[s] for counts in found.values()) for s in statuses]
        texts = ["All", *(str(n or "·") for n in totals), str(sum(totals))]
        bold: list[Cell] = [([Par.of(text, bold=True)], word.HEADER) for text in texts]
        yield cells(SUMMARY_WIDTHS, bold, whole=True)


def _row(row: Row) -> Any:
    long = len(row.record.text) + len(row.entry.actions) + len(row.entry.result)
    return cells(WIDTHS, _cells(row), whole=long < SPLIT_FROM)


def _cells(row: Row) -> list[Cell]:
    record, entry = row.record, row.entry
    by = "".join(f" ({name})" for name in row.recommending_after)
    number = Run(f"{record.paragraph} " if record.paragraph else "", bold=True)
    first = [Par((number, Run(record.text), Run(by)))]
    if said := citation.provenance(record):
        first.append(Par.of(said, "Cell small", colour=word.GREY))
    return [
        (first, ""),
        ([Par.of(capital(record.position))], POSITION_FILLS.get(record.position, "")),
        ([_light(row)], STATUS_FILLS.get(entry.status, "")),
        ([Par.of(f"{name}: {value}", "Cell small") for name, value in measured(row)], ""),
        (_done(row), ""),
        ([Par.of(entry.responsible)], ""),
    ]


def _light(row: Row) -> Par:
    light = Run("● ", bold=True, colour=STATUS_LIGHTS[row.entry.status])
    return Par((light, Run(capital(status_of(row)))))


def _done(row: Row) -> list[Par]:
    """Return what was done, with evidence and values; then, said to be so, what is planned."""
    entry = row.entry
    found = [Par.of(entry.result)] if entry.result else []
    found += [Par.of(f"{title}: {value}", "Cell small") for title, value in measured_values(row)]
    expected = " ".join(
        part
        for part in (entry.actions, f"Deadline: {entry.deadline}" if entry.deadline else "")
        if part
    )
    if expected:
        lead = Run("Expected, not yet reported as done: ", bold=True)
        found.append(Par((lead, Run(expected)), "Cell small"))
    found += [Par.of(str(c), "Cell small", colour=word.GREY) for c in entry.comments]
    return found
