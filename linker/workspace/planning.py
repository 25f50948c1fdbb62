"""The implementation plan of a workspace: filling it in, and reading back what others filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from linker.documents.impactoss_plan import is_impactoss, read_impactoss
from linker.documents.matrix_reading import is_matrix, read_matrix
from linker.documents.plan_merging import Comparison, Difference, compare
from linker.documents.plan_reading import LIMITS as PLAN_LIMITS
from linker.documents.plan_reading import FiledRow, PlanFile, read_plan
from linker.errors import AccessError, Invalid, NotFound
from linker.plan.entries import (
    Measure,
    PlanChange,
    PlanEntry,
    checked_value,
    standing_entries,
    title_of,
)
from linker.plan.reporting import refusal
from linker.records.import_notes import ImportRefused, Note
from linker.records.importers.apart import made_by
from linker.records.importers.impactoss_package import as_file
from linker.store.plan_log import (
    append_plan,
    measures,
    plan_changes,
    save_measures,
    workspace_id,
)
from linker.store.store import Store
from linker.worker import Worker
from linker.workspace.matrix_texts import changed_texts
from linker.workspace.measure_list import changed_measures, merged_measures

MATRIX, PACKAGE = "matrix", "package"
PLAN = (PlanFile, FiledRow, Measure)


@dataclass(frozen=True)
class PlanImport:
    """What became of a filled-in plan.

    Attributes:
        comparison: what the file changes, and what was refused.
        written: the changes that were written.
    """

    comparison: Comparison
    written: tuple[PlanChange, ...]

    @property
    def name(self) -> str:
        """Name of the file."""
        return self.comparison.file.name

    @property
    def refused(self) -> bool:
        """Whether a value was refused."""
        return any(note.severity == "refused" for note in self.comparison.notes)

    @property
    def open(self) -> tuple[Difference, ...]:
        """The conflicts in which the workspace was left as it is."""
        done = {(c.record_id, c.field, c.value) for c in self.written}
        conflicts = self.comparison.conflicts
        return tuple(d for d in conflicts if (d.record_id, d.field, d.theirs) not in done)

    def __str__(self) -> str:
        """Return what to print: numbers, then every conflict and everything refused."""
        file = self.comparison.file
        lines = [
            f"{file.name}: {len(file.rows)} rows read, {len(self.written)} changes written, "
            f"{len(self.open)} of {len(self.comparison.conflicts)} conflicts left as they are here"
        ]
        lines += [f"  conflict: {difference}" for difference in self.open]
        lines += [f"  {note}" for note in self.comparison.notes]
        return "\n".join(lines)


@dataclass(frozen=True)
class PlanImports:
    """What became of the filled-in plans of a folder, or of one.

    Attributes:
        reports: of each file that is a plan, in the order of their names.
        strangers: why each of the others was not read.
        is_trial: nothing was written, it is only said what would be.
    """

    reports: tuple[PlanImport, ...]
    strangers: tuple[ImportRefused, ...] = ()
    is_trial: bool = False

    @property
    def open(self) -> tuple[Difference, ...]:
        """The conflicts in which the workspace was left as it is."""
        return tuple(difference for report in self.reports for difference in report.open)

    @property
    def refused(self) -> bool:
        """Whether a file or a value was refused."""
        return bool(self.strangers) or any(report.refused for report in self.reports)

    def __str__(self) -> str:
        """Return what to print, file by file."""
        lines = []
        for report in self.reports:
            if self.is_trial:
                number = len(report.comparison.changes)
                lines.append(f"{report.name}: {number} changes would be written")
            lines.append(str(report))
        return "\n".join([*lines, *(str(refusal) for refusal in self.strangers)])


def import_plans(
    store: Store,
    path: Path,
    reviewer: str,
    keep: str = "",
    dry_run: bool = False,
    bodies: Sequence[str] | None = None,
) -> PlanImports:
    """Read a filled-in plan, or every workbook of a folder in the order of their names.

    Args:
        store: the workspace.
        path: a workbook or another file that `import_plan` reads, or a folder with workbooks.
        reviewer: in whose name.
        keep: of a conflict, "theirs" (the file) or "ours" (the workspace).
        dry_run: write nothing.
        bodies: the institutions whose rows alone may be reported on; None for all rows.

    Raises:
        LinkerError: a single file is no plan; or a folder holds no workbook.
    """
    path = as_file(path)
    if not path.is_dir():
        return PlanImports((_imported(store, path, reviewer, keep, dry_run, bodies),), (), dry_run)
    files = sorted(file for file in path.glob("*.xlsx") if not file.name.startswith(("~", ".")))
    if not files:
        raise NotFound(f"{path}: no workbook (.xlsx) in this folder. Name the one they lie in.")
    reports, strangers = [], []
    for file in files:
        try:
            reports.append(_imported(store, file, reviewer, keep, dry_run, bodies))
        except ImportRefused as error:
            strangers.append(error)
    return PlanImports(tuple(reports), tuple(strangers), dry_run)


def _imported(
    store: Store, file: Path, reviewer: str, keep: str, dry_run: bool, bodies: Sequence[str] | None
) -> PlanImport:
    if dry_run:
        return PlanImport(compare_plan(store, file, bodies), ())
    return import_plan(store, file, reviewer, keep, bodies=bodies)


def set_plan(
    store: Store,
    record_ids: Sequence[str],
    reviewer: str,
    values: Mapping[str, str],
    seen: Mapping[str, str] | None = None,
    bodies: Sequence[str] | None = None,
) -> list[PlanChange]:
    """Write what differs from what stands; all of it or, where one value is refused, nothing.

    Args:
        store: the workspace.
        record_ids: the recommendations.
        reviewer: who fills it in.
        values: field -> value, as in `PlanChange`.
        seen: field -> what the reviewer saw there; somebody else's change since is refused.
        bodies: the institutions whose rows alone may be reported on; None for all rows.

    Raises:
        UsageError: no name, no such record or field, a value that does not fit, or a change
            by somebody else in between.
        AccessError: another institution answers for a row, or a focal point may not say so.
    """
    if not reviewer.strip():
        raise Invalid("A change of the plan needs a name (--reviewer NAME).")
    for record_id in record_ids:
        store.known_record(record_id)
    ids = [measure.id for measure in measures(store)]
    checked = {field: checked_value(field, value, ids) for field, value in values.items()}

    def changes(entries: dict[str, PlanEntry]) -> list[PlanChange]:
        found = []
        for record_id in record_ids:
            entry = entries.get(record_id, PlanEntry())
            for field, value in checked.items():
                stands = entry.value(field)
                if seen is not None and value != stands != seen.get(field, ""):
                    raise Invalid(
                        f"{title_of(field)}: somebody else changed it to {stands!r} meanwhile. "
                        "Look at it again, then write."
                    )
                if value == stands:
                    continue
                if why := refusal(bodies, entries.get(record_id), field):
                    raise AccessError(f"{record_id}: {why}.")
                found.append(PlanChange(0, record_id, field, value, reviewer.strip(), ""))
        return found

    return append_plan(store, changes)


def _kind(path: Path) -> str:
    """Return what a file beside a plan is that says something for it; empty for a plan."""
    if is_impactoss(path, PLAN_LIMITS):
        return PACKAGE
    return MATRIX if is_matrix(path, PLAN_LIMITS) else ""


def _read_plan(store: Store, path: Path) -> PlanFile:
    with Worker() as worker:
        apart = partial(made_by, worker, limits=PLAN_LIMITS, classes=PLAN)
        kind = apart(_kind, path)
        if kind == MATRIX:
            return apart(read_matrix, path, PLAN_LIMITS)
        if kind == PACKAGE:
            file = apart(read_impactoss, path, PLAN_LIMITS)
            # A package is handed over whole: what stood in another workspace says nothing here.
            return file if file.workspace == workspace_id(store) else replace(file, base=None)
        return apart(read_plan, path, [measure.id for measure in measures(store)])


def compare_plan(store: Store, path: Path, bodies: Sequence[str] | None = None) -> Comparison:
    """Read a filled-in plan and compare it with what stands; nothing is written.

    Args:
        store: the workspace.
        path: the file.
        bodies: the institutions whose rows alone may be reported on; None for all rows.

    Raises:
        ImportRefused: the file is no plan, or a column was renamed.
    """
    file = _read_plan(store, path)
    return _compared(store, file, standing_entries(plan_changes(store)), bodies)


def import_plan(
    store: Store,
    path: Path,
    reviewer: str,
    keep: str = "",
    choices: Mapping[str, str] | None = None,
    bodies: Sequence[str] | None = None,
) -> PlanImport:
    """Read a filled-in plan and write what it changes.

    Args:
        store: the workspace.
        path: the XLSX file.
        reviewer: in whose name.
        keep: of a conflict, "theirs" (the file) or "ours" (the workspace); empty leaves the
            workspace as it is and says so.
        choices: the same for single conflicts, by their ``key``.
        bodies: the institutions whose rows alone may be reported on; None for all rows.

    Raises:
        ImportRefused: the file is no plan, or a column was renamed.
        UsageError: no name.
    """
    if not reviewer.strip():
        raise Invalid("Reading a plan in needs a name (--reviewer NAME).")
    file = _read_plan(store, path)
    met: list[Comparison] = []

    def changes(entries: dict[str, PlanEntry]) -> list[PlanChange]:
        met.append(_compared(store, file, entries, bodies))
        return met[0].to_write(reviewer.strip(), keep, choices)

    written = append_plan(store, changes)
    if listed := met[0].file.measures:
        save_measures(store, merged_measures(measures(store), listed, keep == "theirs"))
    return PlanImport(met[0], tuple(written))


def _compared(
    store: Store, file: PlanFile, entries: Mapping[str, PlanEntry], bodies: Sequence[str] | None
) -> Comparison:
    if bodies is not None:
        file = _without_measures(file)
    records = store.records()
    told = tuple(changed_texts(records, file.texts, file.name))
    listed = changed_measures(measures(store), file)
    file = replace(file, notes=(*file.notes, *told, *listed))
    known = [record.id for record in records]
    found = compare(file, entries, plan_changes(store), known, workspace_id(store))
    return found.within(lambda one: refusal(bodies, entries.get(one.record_id), one.field))


def _without_measures(file: PlanFile) -> PlanFile:
    """Return a plan without the list of measures it brings, and say so."""
    if not file.measures:
        return file
    told = Note(
        file.name,
        "",
        "",
        "its list of measures is not read: a focal point reports on rows alone",
        "Ask a lead to read the file.",
        "refused",
        "not theirs to fill in",
    )
    return replace(file, measures=(), notes=(*file.notes, told))
