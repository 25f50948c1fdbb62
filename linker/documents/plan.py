"""The implementation plan as data: one row a recommendation, with what people filled in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from linker.documents.citation import reference
from linker.documents.inputs import Options, Source
from linker.documents.matrix import Row, matrix
from linker.plan.entries import FIELDS, STATUSES, Measure, PlanEntry, measure_ids
from linker.plan.smart import COMPLETE, smart_gaps
from linker.themes.theme import Theme
from linker.vocabulary.official import official_name


@dataclass(frozen=True)
class PlanRow:
    """A row of the plan.

    Attributes:
        row: the recommendation with what converges and its SDG targets and indicators.
        theme: its theme.
        action: predicted category of action 1 to 5; None where nothing is predicted.
    """

    row: Row
    theme: Theme
    action: int | None = None

    @property
    def plan_id(self) -> str:
        """Id of the row: that of its record, so that a plan can be read back."""
        return self.row.record.id

    @property
    def converging(self) -> str:
        """The converging asks, one a line, each with its reference and mark."""
        return "\n".join(f"{c.reference} ({c.mark.text}): {c.quote}" for c in self.row.converging)

    @property
    def targets(self) -> str:
        """The SDG targets, one a line: code, mark, title."""
        return "\n".join(f"{r.code} ({r.mark.text}): {r.title}" for r in self.row.targets)

    @property
    def linked_indicators(self) -> str:
        """The SDG indicators that are linked, one a line: code, mark, title."""
        return "\n".join(
            f"{r.code} ({official_name(r.role)}, {r.mark.text}): {r.title}"
            for r in self.row.indicators
        )

    @property
    def entry(self) -> PlanEntry:
        """What people filled in."""
        return self.row.entry

    @property
    def measured_by(self) -> str:
        """The indicators decided on: filled in, or linked and confirmed. Proposals do not count."""
        confirmed = [r.code for r in self.row.indicators if r.mark.confirmed]
        return "\n".join(dict.fromkeys([*self.entry.indicators.splitlines(), *confirmed]))

    @property
    def smart(self) -> tuple[str, ...]:
        """What the row lacks to be SMART."""
        entry = self.entry
        text, measured_by = self.row.record.text, self.measured_by
        return smart_gaps(text, measured_by, entry.responsible, entry.deadline, self.action)

    def to_row(self) -> dict[str, Any]:
        """Return the columns of the plan; those to fill in carry the names of `FIELDS`."""
        return {
            "id": self.plan_id,
            "umbrella": self.theme.umbrella,
            "theme_id": self.theme.theme_id,
            "theme": self.theme.label,
            "reference": reference(self.row.record),
            "recommendation": self.row.record.text,
            "recommended_by": self.row.recommenders,
            "position": self.row.record.position,
            "converging": self.converging,
            "linked_targets": self.targets,
            "linked_indicators": self.linked_indicators,
            **{field: self.entry.value(field) for field in FIELDS},
            "released": self.entry.released,
            "comments": [str(comment) for comment in self.entry.comments],
            "own": [f"{title}: {value}" for title, value in self.entry.own],
            "smart": "; ".join(self.smart) or COMPLETE,
        }


def plan_rows(source: Source, options: Options | None = None) -> list[PlanRow]:
    """Return one row for each row of the matrix, in its order.

    Raises:
        UsageError: the theme asked for is not there.
    """
    actions = source.actions
    return [
        PlanRow(row, theme, actions.get(row.record.id))
        for theme, row in matrix(source, options).rows()
    ]


@dataclass(frozen=True)
class Plan(Sequence[PlanRow]):
    """The plan of one State.

    Attributes:
        state: ISO 3166-1 alpha-3 code.
        rows: in the order of the matrix.
        measures: of the national plan, where its list was read in.
    """

    state: str
    rows: tuple[PlanRow, ...]
    measures: tuple[Measure, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, position: Any) -> Any:
        return self.rows[position]

    def __iter__(self) -> Iterator[PlanRow]:
        return iter(self.rows)

    def statuses(self) -> dict[str, int]:
        """Return how many rows have each status, in its order; "" are those without one."""
        counts = Counter(row.entry.status for row in self.rows)
        return {status: counts[status] for status in (*STATUSES, "")}

    def smart(self) -> tuple[PlanRow, ...]:
        """Return the rows that lack nothing."""
        return tuple(row for row in self.rows if not row.smart)

    def without_rows(self) -> tuple[Measure, ...]:
        """Return the measures of the national plan that no row is linked to."""
        used = {i for row in self.rows for i in measure_ids(row.entry.measure)}
        return tuple(measure for measure in self.measures if measure.id not in used)

    def to_rows(self) -> list[dict[str, Any]]:
        """Return one dictionary for each row."""
        return [row.to_row() for row in self.rows]

    def __repr__(self) -> str:
        said = ", ".join(f"{n} {name or 'without a status'}" for name, n in self.statuses().items())
        return f"Plan of {self.state}: {len(self)} rows ({said}); {len(self.smart())} SMART"


def plan_of(source: Source, options: Options | None = None) -> Plan:
    """Return the plan of a State.

    Raises:
        UsageError: the theme asked for is not there.
    """
    return Plan(source.state, tuple(plan_rows(source, options)), tuple(source.measures))
