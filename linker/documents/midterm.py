"""The mid-term report: how each recommendation of a review stands, by theme."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from linker.documents.by_theme import Block
from linker.documents.citation import reference
from linker.documents.factsheet import newest_cycle
from linker.documents.in_numbers import in_numbers
from linker.documents.inputs import Options, Source
from linker.documents.matrix import Matrix, Row, matrix
from linker.i18n.messages import tr, tr_later, tr_plural
from linker.plan.entries import FIELDS, STATUSES
from linker.records.record import POSITIONS

NO_STATUS = tr_later("no status yet")
GREEN, ORANGE = tr_later("mostly done"), tr_later("under way")
RED, GREY = tr_later("hardly begun"), tr_later("not reported")
"""What the lights of the score-card say in words."""
COLOURED_AS = {GREEN: STATUSES[-1], ORANGE: STATUSES[1], RED: STATUSES[0], GREY: ""}
"""The status whose colours each of them has; "" for that of none."""


@dataclass(frozen=True)
class Score:
    """How the recommendations of one theme stand.

    Attributes:
        block: the theme with its recommendations.
    """

    block: Block[Row]

    @property
    def counts(self) -> Counter[str]:
        """How many recommendations have each status; "" for none."""
        return Counter(row.entry.status for row in self.block.rows)

    @property
    def light(self) -> str:
        """Where the theme stands, in words.

        ``mostly done`` where at least half are fully implemented, ``hardly begun`` where at least
        half of those reported on are not started, ``not reported`` where none has a status.
        """
        counts, total = self.counts, len(self.block.rows)
        reported = total - counts[""]
        if not reported:
            return GREY
        if 2 * counts[STATUSES[-1]] >= total:
            return GREEN
        return RED if 2 * counts[STATUSES[0]] >= reported else ORANGE

    @property
    def sentence(self) -> str:
        """The counts in words: "Of 7 recommendations 2 are fully implemented, …"."""
        counts, total = self.counts, len(self.block.rows)
        silent = tr("{counts} without a status", counts=counts[""]) if counts[""] else ""
        said = (in_numbers({status: counts[status] for status in reversed(STATUSES)}), silent)
        every = tr_plural("{n} recommendation", "{n} recommendations", total)
        return f"{every}: {', '.join(filter(None, said))}."

    @property
    def told(self) -> list[Row]:
        """The recommendations of which somebody told a result."""
        return [row for row in self.block.rows if row.entry.result or row.entry.evidence]


@dataclass(frozen=True)
class Midterm:
    """What stands in a mid-term report.

    Attributes:
        matrix: the recommendations of the cycle by theme, supported and noted alike.
        cycles: the UPR cycles it is about; empty where the records name none.
    """

    matrix: Matrix
    cycles: tuple[str, ...]

    @property
    def blocks(self) -> tuple[Block[Row], ...]:
        """Themes with their recommendations."""
        return self.matrix.blocks

    @property
    def title(self) -> str:
        """Which review it reports on."""
        return (
            tr("UPR cycle {cycles}", cycles=tr(" and ").join(self.cycles))
            if self.cycles
            else tr("Universal Periodic Review")
        )

    def counts(self) -> dict[str, Counter[str]]:
        """Return position -> status -> how many, in the order of the scales."""
        found: dict[str, Counter[str]] = {position: Counter() for position in (*POSITIONS, "")}
        for _, row in self.matrix.rows():
            found[row.record.position][row.entry.status] += 1
        return {position: counts for position, counts in found.items() if counts}

    def score_card(self) -> list[Score]:
        """Return how each theme stands, in the order of the report."""
        return [Score(block) for block in self.blocks]

    def to_rows(self) -> list[dict[str, Any]]:
        """Return one dictionary for each recommendation."""
        return [
            {
                "record_id": row.record.id,
                "umbrella": theme.umbrella,
                "theme_id": theme.theme_id,
                "theme": theme.label,
                "cycle": row.record.cycle,
                "paragraph": row.record.paragraph,
                "reference": reference(row.record),
                "recommendation": row.record.text,
                "recommended_by": list(row.recommending),
                "position": row.record.position,
                **{field: row.entry.value(field) for field in FIELDS},
                "comments": [str(comment) for comment in row.entry.comments],
            }
            for theme, row in self.matrix.rows()
        ]


def midterm(source: Source, options: Options | None = None) -> Midterm:
    """Make the mid-term report of a State's newest review, or of the cycles that options name.

    Raises:
        UsageError: the theme asked for is not there.
    """
    options = options or Options()
    newest = newest_cycle(source.records)
    cycles = options.cycles or ((newest,) if newest else ())
    chosen = replace(options, cycles=cycles, mechanisms=("UPR",))
    return Midterm(matrix(source, chosen), cycles)


def status_of(row: Row) -> str:
    """Return the status in words, also where there is none."""
    return row.entry.status or NO_STATUS


def measured(row: Row) -> list[tuple[str, str]]:
    """Return where law, policy and practice stand, those that were filled in."""
    parts = ((tr("Law"), "law"), (tr("Policy"), "policy"), (tr("Practice"), "practice"))
    return [(name, row.entry.value(field)) for name, field in parts if row.entry.value(field)]


def measured_values(row: Row) -> list[tuple[str, str]]:
    """Return evidence and the indicator with its values, those that were filled in, with titles."""
    fields = ("evidence", "indicators", "baseline", "target", "current", "verification")
    return [(tr(FIELDS[name]), row.entry.value(name)) for name in fields if row.entry.value(name)]


__all__ = [
    "COLOURED_AS", "GREEN", "GREY", "NO_STATUS", "ORANGE", "RED", "STATUSES", "Midterm", "Score",
    "measured", "measured_values", "midterm", "status_of",
]  # fmt: skip
