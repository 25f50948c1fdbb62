"""Ministry packs: for each responsible body the rows of the plan that are its own, urgent first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from linker.documents.inputs import Options, Source
from linker.documents.plan import PlanRow, plan_rows
from linker.plan.entries import NOBODY, PlanEntry, institutions
from linker.plan.sharing_out import is_overdue
from linker.vocabulary.text import fold_name

REPORTED = ("actions", "result", "status", "evidence")
"""Fields of which one at least says that a body has answered."""


@dataclass(frozen=True)
class Pack:
    """What one body is asked to fill in.

    Attributes:
        body: its name as the plan writes it, or `NOBODY`.
        rows: its rows: overdue ones, then empty ones, then the rest in the order of the plan.
        overdue: how many of them are past their deadline and not fully implemented.
        empty: how many of the others nobody has reported on.
    """

    body: str
    rows: tuple[PlanRow, ...]
    overdue: int
    empty: int

    @property
    def is_addressed(self) -> bool:
        """Whether there is somebody to write to."""
        return self.body != NOBODY


def packs(source: Source, options: Options | None = None) -> list[Pack]:
    """Return a pack for each responsible body by name, that of nobody last.

    A row that several bodies answer for stands in each one's pack. Overdue is what was due before
    the newest change of the workspace.

    Raises:
        UsageError: the theme or cluster asked for is not there.
    """
    options = options or Options()
    names: dict[str, str] = {}
    found: dict[str, list[PlanRow]] = {}
    wanted = {fold_name(name) for name in options.responsible}
    for row in plan_rows(source, options):
        for name in institutions(row.entry):
            key = fold_name(name)
            if not wanted or key in wanted:
                names.setdefault(key, name)
                found.setdefault(key, []).append(row)
    order = sorted(found, key=lambda key: (names[key] == NOBODY, key))
    return [_pack(source, names[key], found[key]) for key in order]


def is_empty(entry: PlanEntry) -> bool:
    """Whether nobody has reported on a row."""
    return not any(entry.value(field) for field in REPORTED)


def _pack(source: Source, body: str, rows: Sequence[PlanRow]) -> Pack:
    late = [row for row in rows if is_overdue(row.entry, source.date)]
    blank = [row for row in rows if row not in late and is_empty(row.entry)]
    rest = [row for row in rows if row not in late and row not in blank]
    late.sort(key=lambda row: row.entry.deadline)
    return Pack(body, (*late, *blank, *rest), len(late), len(blank))
