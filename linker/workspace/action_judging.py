"""Verdicts on the actions of a national plan beside records: one by one, or from a filled list."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from linker.errors import NotFound
from linker.plan.action_verdicts import WORDS, Verdict, fields_after, verdict_on
from linker.plan.entries import PlanChange, PlanEntry
from linker.records.import_notes import Notes, refuse
from linker.records.importers.apart import made_apart
from linker.records.importers.base import Limits, column_name
from linker.records.importers.safe_open import kind_of
from linker.records.importers.sheets import read_sheet
from linker.store.plan_log import append_plan, measures
from linker.store.store import Store
from linker.vocabulary.nearest import none_such
from linker.vocabulary.text import fold
from linker.workspace.assigning import signed
from linker.workspace.reviewing import ReviewImport

LIMITS = Limits(max_bytes=50 << 20, max_rows=200_000)
NEEDED = ("action", "record_id", "decision")
_COLUMNS = (*NEEDED, "standing", "title")


@dataclass(frozen=True, slots=True)
class JudgedAction:
    """A row of a filled list.

    Attributes:
        place: "row 12", as the spreadsheet counts.
        action: id of the action.
        record_id: id of the record.
        decision: what a person wrote, lower case.
        standing: what stood when the list was written.
        title: of the action; empty where the list does not say it.
    """

    place: str
    action: str
    record_id: str
    decision: str
    standing: str
    title: str


def judge_action(
    store: Store, action: str, record_id: str, verdict: Verdict, reviewer: str
) -> list[PlanChange]:
    """Write whether an action of the national plan carries a record out.

    Args:
        store: the workspace.
        action: id of the action.
        record_id: id of the record.
        verdict: ``confirm``, ``reject``, or empty for a proposal again.
        reviewer: who says so.

    Returns:
        The changes written; none where it stood so.

    Raises:
        UsageError: no such action or record, or no name.
    """
    name, known = signed(reviewer), [measure.id for measure in measures(store)]
    if action not in known:
        raise NotFound(none_such("action of the national plan", action, known))
    store.known_record(record_id)

    def decide(entries: dict[str, PlanEntry]) -> list[PlanChange]:
        after = fields_after(action, verdict, entries.get(record_id, PlanEntry()))
        return [PlanChange(0, record_id, *change, name, "") for change in after.items()]

    return append_plan(store, decide)


def import_verdicts(
    store: Store, path: Path, reviewer: str, theirs: bool = False
) -> ReviewImport[PlanChange]:
    """Write what a filled list says; what others said since is listed, never overwritten.

    Args:
        store: the workspace.
        path: what ``linker plan align --output FILE`` wrote (CSV, XLSX), its column ``decision``
            filled in.
        reviewer: in whose name.
        theirs: of a conflict, take what the list says.

    Raises:
        ImportRefused: it is no such list.
        UsageError: no name.
    """
    name = signed(reviewer)
    rows = made_apart(read_verdicts, path, limits=LIMITS, classes=(JudgedAction,))
    titles = {measure.id: measure.title for measure in measures(store)}
    records = {record.id for record in store.records()}
    conflicts: list[str] = []
    refused: list[str] = []

    def decide(entries: dict[str, PlanEntry]) -> list[PlanChange]:
        changes = []
        for row in rows:
            entry = entries.get(row.record_id, PlanEntry())
            if fault := _fault(row, titles, records):
                refused.append(f"{row.place}, {row.action}: {fault}")
            elif (against := _against(row, entry)) and not theirs:
                conflicts.append(against)
            else:
                after: dict[str, Any] = fields_after(row.action, WORDS[row.decision], entry)
                changes += [PlanChange(0, row.record_id, *c, name, "") for c in after.items()]
                entries[row.record_id] = replace(entry, **after)
        return changes

    written = append_plan(store, decide)
    return ReviewImport(path.name, tuple(written), tuple(conflicts), tuple(refused))


def read_verdicts(path: Path) -> list[JudgedAction]:
    """Return the rows of a list that say a decision.

    Raises:
        ImportRefused: no table, or one without the columns that tell what is decided.
    """
    notes = Notes(path.name)
    kind = kind_of(path, LIMITS)
    if kind not in ("csv", "xlsx"):
        raise refuse(path.name, f"this is {kind.upper()}, not a table", "Save it as CSV or XLSX.")
    sheet = read_sheet(path, kind, notes, LIMITS)
    names = [column_name(column) for column in sheet.columns]
    places = {name: names.index(key) for name in _COLUMNS if (key := column_name(name)) in names}
    if missing := [name for name in NEEDED if name not in places]:
        raise refuse(
            path.name,
            f"no column {missing[0]!r} (columns: {', '.join(sheet.columns[:8])})",
            "Fill in the column decision of what `linker plan align --output FILE` wrote.",
        )
    found = []
    for row in sheet.rows:
        said = dict.fromkeys(_COLUMNS, "")
        said |= {name: " ".join(row.cells[place].split()) for name, place in places.items()}
        if said["decision"]:
            said["decision"] = said["decision"].lower()
            found.append(JudgedAction(row.place, **said))
    return found


def _fault(row: JudgedAction, titles: Mapping[str, str], records: AbstractSet[str]) -> str:
    """Return why a row cannot be written; empty for nothing."""
    if row.decision not in WORDS:
        return f"{row.decision!r} is no decision. Use: {', '.join(WORDS)}."
    if row.action not in titles:
        return none_such("action of the national plan", row.action, titles)
    # A spreadsheet turns the id 1.10 into the number 1.1, which is another action.
    stands = titles[row.action]
    if row.title and fold(row.title) != fold(stands):
        return (
            f"the list calls it {row.title[:60]!r}, here it is {stands[:60]!r}. Write the list "
            "anew, and keep the column action as text."
        )
    return "" if row.record_id in records else f"{row.record_id!r}: no such record here."


def _against(row: JudgedAction, entry: PlanEntry) -> str:
    """Return what was said since the list was written and says otherwise; empty for nothing."""
    now = verdict_on(row.action, entry)
    if now in (row.standing, WORDS[row.decision]):
        return ""
    return (
        f"{row.place}, {row.action} beside {row.record_id}: the list says {row.decision}, here it "
        f"is {now or 'open again'}"
    )
