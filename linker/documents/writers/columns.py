"""The columns that tell of a recommendation, each declared once for every document it stands in.

Name, heading, widths, and the cell of a sheet; pages in Word and HTML fill theirs with runs and
marks of their own. CSV and JSON have names of their own, on which programs rely (docs/schemas).
"""

from __future__ import annotations

from dataclasses import replace

from linker.documents import citation
from linker.documents.kinds import COLUMNS as CHOSEN
from linker.documents.matrix import Row
from linker.documents.midterm import status_of
from linker.documents.writers.phrasing import capital
from linker.documents.writers.xlsx import Column, converging
from linker.i18n.messages import tr, tr_later
from linker.plan.entries import FIELDS, LISTS
from linker.themes.theme import Theme
from linker.vocabulary.official import official_name

PAGE = 277.0
"""Millimetres that a table takes on a landscape A4 page."""
CONVERGING_WIDTH = 34
_PLANNED = {
    "result": 34, "evidence": 18, "actions": 30, "law": 12, "policy": 12, "practice": 12,
    "indicators": 18, "baseline": 12, "target": 12, "current": 12,
}  # fmt: skip
"""Fields of the plan that a sheet repeats as they are, with the widths of their columns."""
_ON_PAPER = ("result", "evidence")


def _themes(_: Theme, row: Row) -> str:
    groups = row.record.groups
    named = [tr("Groups of persons: ") + "; ".join(map(official_name, groups))] if groups else []
    return "\n".join([*map(official_name, row.record.themes), *named])


def _targets(_: Theme, row: Row) -> str:
    return "\n".join(f"{r.code} [{r.mark.text}]: {r.title}" for r in row.targets)


def _indicators(_: Theme, row: Row) -> str:
    linked = (
        f"{r.code} [{official_name(r.role)}; {r.mark.text}]: {r.title}" for r in row.indicators
    )
    return "\n".join([*row.measured_by.splitlines(), *linked])


def _planned(name: str, width: float) -> Column:
    def cell(_: Theme, row: Row) -> str:
        value = row.entry.value(name)
        return capital(value) if name in LISTS else value

    return Column(name, FIELDS[name], width, cell, printed=name in _ON_PAPER)


_ALL = (
    Column("theme", tr_later("Theme"), 14, lambda theme, _: theme.label),
    Column("number", tr_later("Number"), 12, lambda _, row: citation.number(row.record)),
    Column("recommendation", tr_later("Recommendation"), 40, lambda _, row: row.record.text),
    Column("by", tr_later("Recommending States or body"), 13, lambda _, row: row.recommenders),
    Column("position", tr_later("Position"), 9, lambda _, row: capital(row.record.position), 18),
    Column("converging", tr_later("What asks the same"), CONVERGING_WIDTH,
           lambda _, row: converging(row, CONVERGING_WIDTH)),
    Column("responsible", tr_later("Responsible body"), 12,
           lambda _, row: row.entry.responsible, 21),
    Column("strategy", FIELDS["strategy"], 13, lambda _, row: row.entry.strategy, 26),
    Column("timeline", tr_later("Timeline"), 9, lambda _, row: row.timeline, 16),
    Column("status", tr_later("Status"), 10, lambda _, row: capital(row.entry.status), 19),
    Column("themes", tr_later("Themes and groups of persons"), 26, _themes, 28, printed=False),
    Column("targets", tr_later("Linked SDG targets"), 26, _targets, 32, printed=False),
    Column("indicators", tr_later("Linked SDG indicators"), 30, _indicators, 32, printed=False),
    Column("umbrella", tr_later("Umbrella"), 15, lambda theme, _: theme.umbrella, printed=False),
    Column("id", tr_later("Record id"), 18, lambda _, row: row.record.id, printed=False),
)  # fmt: skip
COLUMNS = {column.name: column for column in _ALL}
"""Columns of the matrix, in their order; the cell of each is of a theme and a `Row`."""
ON_PAGES = tuple(COLUMNS[name] for name in CHOSEN)
"""Those that pages have beside the recommendation itself, which takes the rest of the width."""
MIDTERM = (
    *(COLUMNS[name] for name in ("theme", "number", "recommendation", "position", "responsible")),
    replace(COLUMNS["timeline"], title=tr_later("Deadline"),
            cell=lambda _, row: row.entry.deadline),
    replace(COLUMNS["status"], width=12, cell=lambda _, row: capital(status_of(row))),
    *(_planned(name, width) for name, width in _PLANNED.items()),
    replace(COLUMNS["by"], width=20, printed=False),
    Column("comments", tr_later("Comments"), 28,
           lambda _, row: "\n".join(map(str, row.entry.comments)), printed=False),
    COLUMNS["umbrella"],
    COLUMNS["id"],
)  # fmt: skip
"""Columns of the mid-term report: the matrix's, with what people filled in."""
