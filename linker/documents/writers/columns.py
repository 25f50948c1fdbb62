"""The columns that tell of a recommendation, each declared once for every document it stands in.

Name, heading, widths, and the cell of a sheet; pages in Word and HTML fill theirs with runs and
marks of their own. CSV and JSON have names of their own, on which programs rely (docs/schemas).
"""

from __future__ import annotations

from dataclasses import replace

from linker.documents import citation
from linker.documents.matrix import Row
from linker.documents.midterm import status_of
from linker.documents.writers.phrasing import capital
from linker.documents.writers.xlsx import Column, converging
from linker.plan.entries import FIELDS, LISTS
from linker.themes.theme import Theme

PAGE = 267.0
"""Millimetres that a table takes on a landscape A4 page."""
CONVERGING_WIDTH = 46
_PLANNED = {
    "law": 12, "policy": 12, "practice": 12, "result": 36, "evidence": 20, "indicators": 18,
    "baseline": 12, "target": 12, "current": 12, "actions": 30,
}  # fmt: skip
"""Fields of the plan that a sheet repeats as they are, with the widths of their columns."""


def _themes(_: Theme, row: Row) -> str:
    groups = row.record.groups
    named = ["Groups of persons: " + "; ".join(groups)] if groups else []
    return "\n".join([*row.record.themes, *named])


def _targets(_: Theme, row: Row) -> str:
    return "\n".join(f"{r.code} [{r.mark.text}]: {r.entry.title}" for r in row.targets)


def _indicators(_: Theme, row: Row) -> str:
    linked = (f"{r.code} [{r.role}; {r.mark.text}]: {r.entry.title}" for r in row.indicators)
    return "\n".join([*row.measured_by.splitlines(), *linked])


def _planned(name: str, width: float) -> Column:
    def cell(_: Theme, row: Row) -> str:
        value = row.entry.value(name)
        return capital(value) if name in LISTS else value

    return Column(name, FIELDS[name], width, cell)


_ALL = (
    Column("theme", "Theme", 16, lambda theme, _: theme.label),
    Column("number", "Number", 13, lambda _, row: citation.number(row.record)),
    Column("recommendation", "Recommendation", 46, lambda _, row: row.record.text),
    Column("by", "Recommending States or body", 16, lambda _, row: row.recommenders),
    Column("position", "Position", 10, lambda _, row: capital(row.record.position), 18),
    Column("converging", "What asks the same", CONVERGING_WIDTH,
           lambda _, row: converging(row, CONVERGING_WIDTH)),
    Column("themes", "Themes and groups of persons", 20, _themes, 28),
    Column("targets", "Linked SDG targets", 22, _targets, 32),
    Column("indicators", "Linked SDG indicators", 26, _indicators, 32),
    Column("responsible", "Responsible body", 13, lambda _, row: row.entry.responsible, 21),
    Column("timeline", "Timeline", 11, lambda _, row: row.entry.deadline, 16),
    Column("status", "Status", 11, lambda _, row: capital(row.entry.status), 19),
    Column("umbrella", "Umbrella", 15, lambda theme, _: theme.umbrella),
    Column("id", "Record id", 18, lambda _, row: row.record.id),
)  # fmt: skip
COLUMNS = {column.name: column for column in _ALL}
"""Columns of the matrix, in their order; the cell of each is of a theme and a `Row`."""
ON_PAGES = tuple(column for column in _ALL if column.millimetres)
"""Those that pages have beside the recommendation itself, which takes the rest of the width."""
MIDTERM = (
    *(COLUMNS[name] for name in ("theme", "number", "recommendation", "by", "position")),
    replace(COLUMNS["status"], width=13, cell=lambda _, row: capital(status_of(row))),
    *(_planned(name, width) for name, width in _PLANNED.items()),
    COLUMNS["responsible"],
    replace(COLUMNS["timeline"], title="Deadline"),
    Column("comments", "Comments", 28, lambda _, row: "\n".join(map(str, row.entry.comments))),
    COLUMNS["umbrella"],
    COLUMNS["id"],
)
"""Columns of the mid-term report: the matrix's, with what people filled in."""
