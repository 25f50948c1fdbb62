"""The list of a national plan's measures: read from a table, or brought along by a package."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from linker.documents.plan_reading import PlanFile
from linker.plan.entries import Measure
from linker.records.import_notes import Note, Notes, refuse
from linker.records.importers.apart import made_apart
from linker.records.importers.base import Limits, column_name
from linker.records.importers.safe_open import kind_of
from linker.records.importers.sheets import read_sheet
from linker.store.plan_log import save_measures
from linker.store.store import Store
from linker.vocabulary.said_dates import deadline as due

MEASURE_COLUMNS = ("id", "title", "responsible", "deadline")
MEASURES_LIMITS = Limits(max_bytes=20 << 20, max_rows=20_000)


def import_measures(store: Store, path: Path) -> list[Measure]:
    """Read the list of a national plan's measures; it replaces the one before.

    Args:
        store: the workspace.
        path: CSV or XLSX with the columns id and title, and perhaps responsible and deadline.

    Raises:
        ImportRefused: no such columns, an id that is missing or stands there twice.
    """
    listed = made_apart(read_measures, path, limits=MEASURES_LIMITS, classes=(Measure,))
    save_measures(store, listed)
    return listed


def read_measures(path: Path) -> list[Measure]:
    """Return the measures that a CSV or XLSX table lists.

    Raises:
        ImportRefused: as for `import_measures`.
    """
    limits, notes = MEASURES_LIMITS, Notes(path.name)
    kind = kind_of(path, limits)
    if kind not in ("csv", "xlsx"):
        raise refuse(path.name, f"this is {kind.upper()}, not a table", "Save it as CSV or XLSX.")
    sheet = read_sheet(path, kind, notes, limits)
    names = [column_name(column) for column in sheet.columns]
    if missing := [name for name in MEASURE_COLUMNS[:2] if name not in names]:
        raise refuse(
            path.name,
            f"no column {missing[0]!r} (columns: {', '.join(sheet.columns[:8])})",
            f"Name the columns {', '.join(MEASURE_COLUMNS)}; id and title are needed.",
        )
    found: dict[str, Measure] = {}
    for row in sheet.rows:
        cells = dict(zip(names, row.cells, strict=True))
        measure = Measure(*(" ".join(cells.get(name, "").split()) for name in MEASURE_COLUMNS))
        if not measure.id or not measure.title or ";" in measure.id or measure.id in found:
            raise refuse(
                path.name,
                f"{row.place}: id {measure.id!r} with title {measure.title[:40]!r}",
                "Every measure needs a title and an id of its own, without a semicolon.",
            )
        found[measure.id] = replace(measure, deadline=due(measure.deadline) or measure.deadline)
    return list(found.values())


def merged_measures(
    here: Sequence[Measure], theirs: Sequence[Measure], take_theirs: bool
) -> list[Measure]:
    """Return the list here with the measures that a package adds behind it.

    Args:
        here: the list of the workspace.
        theirs: that of the package.
        take_theirs: whether a measure that says something else there is replaced.
    """
    told = {measure.id: measure for measure in theirs}
    kept = [told.get(one.id, one) if take_theirs else one for one in here]
    known = {measure.id for measure in here}
    return [*kept, *(measure for key, measure in told.items() if key not in known)]


def changed_measures(here: Sequence[Measure], file: PlanFile) -> Iterator[Note]:
    """Yield a note for each measure that says something else in a package than here."""
    known = {measure.id: measure for measure in here}
    for theirs in file.measures:
        ours = known.get(theirs.id, theirs)
        for field in MEASURE_COLUMNS[1:]:
            here_it_is, there = getattr(ours, field), getattr(theirs, field)
            if here_it_is != there:
                reason = (
                    f"measure {theirs.id}, {field}: the file says {there!r}; here it is "
                    f"{here_it_is!r}"
                )
                remedy = "--keep theirs takes the file's; without it the list here stays."
                yield Note(file.name, "", field, reason, remedy, "told", "measure", there)
