"""The plan as the page sees it: rows of the State, filters, and what a file brings back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from linker.documents.inputs import Source
from linker.documents.plan import PlanRow, plan_rows
from linker.i18n.messages import tr_later
from linker.links import SdgLink
from linker.plan.entries import PlanChange, PlanEntry
from linker.ui.desk import Desk
from linker.ui.sources import source_of

NONE = tr_later("no status yet")
"""What the filter calls rows without a status."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows to show.

    Attributes:
        status: one of the statuses or `NONE`; empty for all.
        theme: id of a theme; empty for all.
        position: of the State; empty for all.
        missing: only rows that lack an indicator, a body or a deadline.
        among: ids of the only rows that are wanted; None for all.
        unreleased: only rows that say what no administrator released yet.
        text: words that must stand in the recommendation or in who is responsible.
    """

    status: str = ""
    theme: str = ""
    position: str = ""
    missing: bool = False
    text: str = ""
    among: frozenset[str] | None = None
    unreleased: bool = False

    def takes(self, row: PlanRow) -> bool:
        """Whether a row is wanted."""
        record, entry = row.row.record, row.entry
        said = f"{record.text} {record.paragraph} {entry.responsible} {entry.person}".casefold()
        return (
            self.status in ("", entry.status or NONE)
            and self.theme in ("", row.theme.theme_id)
            and self.position in ("", record.position)
            and (self.among is None or row.plan_id in self.among)
            and (not self.unreleased or entry.is_internal)
            and (not self.missing or any(gap.startswith("no ") for gap in row.smart))
            and all(word in said for word in self.text.casefold().split())
        )


def rows_of(here: Desk) -> Sequence[PlanRow]:
    """Return the rows of the plan as they stand now; made anew only after a change."""
    bench = here.bench
    judged, changed = bench.links_judged, len(bench.plan_log)
    return here.snapshot.keep(
        ("filled plan", judged, changed), lambda: _filled(_skeleton(here, judged), bench.entries)
    )


def _filled(rows: Sequence[PlanRow], entries: Mapping[str, PlanEntry]) -> list[PlanRow]:
    return [
        replace(row, row=replace(row.row, entry=entries[row.plan_id]))
        if row.plan_id in entries
        else row
        for row in rows
    ]


def changes_of(log: Sequence[PlanChange], record_id: str) -> list[PlanChange]:
    """Return what was changed of one record, the newest first."""
    return [change for change in reversed(log) if change.record_id == record_id]


def _skeleton(here: Desk, judged: int) -> list[PlanRow]:
    """Return the rows without what was filled in, after so many decisions on links."""
    return here.snapshot.keep(("plan", judged), lambda: plan_rows(_source(here)))


def _source(here: Desk) -> Source:
    snapshot = here.snapshot
    links = {link.link_id: link for link in snapshot.convergences}
    for link_id in _confirmed_elsewhere(here, set(links)):
        link = here.link(link_id)
        if link is not None:
            links[link_id] = link
    by_hand = [x for x in here.bench.made.values() if isinstance(x, SdgLink)]
    here_too = (link for link in by_hand if link.record_id in snapshot.records)
    return source_of(here, links.values(), (*snapshot.sdg, *here_too))


def _confirmed_elsewhere(here: Desk, shown: set[str]) -> list[str]:
    """Return convergences that somebody confirmed or made although Linker does not propose them."""
    return [
        link_id
        for link_id, decision in here.bench.verdicts.items()
        if decision.verdict == "confirm" and link_id.startswith("C-") and link_id not in shown
    ]
