"""Reads a plan that people filled in: what each row says now, and what it said when written out."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from linker.documents.writers.plan_xlsx import BASE_SHEET, COLUMNS, FORMAT, FORMER_FORMATS, SHEET
from linker.errors import UsageError
from linker.plan.entries import (
    ADDED_FIELDS,
    COMMENT,
    FIELDS,
    FORMER_TITLES,
    MOST_OWN,
    OWN,
    Measure,
    checked_value,
    tidy,
    title_of,
)
from linker.records.import_notes import ImportRefused, Note, Notes, refuse
from linker.records.importers.base import Limits, column_name
from linker.records.importers.safe_open import kind_of
from linker.records.importers.sheet_rows import FilledCell, TooManyBlankRows, filled_rows
from linker.vocabulary.official import english_name

LIMITS = Limits(max_bytes=50 << 20, max_unzipped_bytes=200 << 20, max_rows=100_000)
_TITLE_ROWS = 20
_EMPTY = FilledCell(None, "n")
_LOCKED = {column_name(c.title): c.name for c in COLUMNS if not c.editable}
_EDITABLE = {column_name(c.title): c.name for c in COLUMNS if c.editable} | {
    column_name(title): field for title, field in FORMER_TITLES.items()
}


@dataclass(frozen=True, slots=True)
class FiledRow:
    """What one row of the file says.

    Attributes:
        place: "row 12", as the spreadsheet counts.
        record_id: the recommendation.
        values: field -> value, checked; fields whose value was refused are missing.
    """

    place: str
    record_id: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class PlanFile:
    """A plan read back.

    Attributes:
        name: of the file.
        rows: one a recommendation.
        base: record id -> field -> what stood there when the plan was written; None where the
            hidden sheet is gone.
        workspace: of which workspace it was written; empty where it does not say.
        date: when, ISO 8601.
        notes: what was refused, with row, column and remedy, and what was noticed.
        texts: of a matrix, record id -> text as it stands there.
        measures: of a package, the measures of the national plan.
    """

    name: str
    rows: tuple[FiledRow, ...]
    base: Mapping[str, Mapping[str, str]] | None
    workspace: str
    date: str
    notes: tuple[Note, ...]
    texts: Mapping[str, str] = field(default_factory=dict)
    measures: tuple[Measure, ...] = ()


def read_plan(path: str | Path, measures: Sequence[str] = ()) -> PlanFile:
    """Read a plan that `linker export plan` wrote and people filled in.

    Args:
        path: an XLSX file.
        measures: ids of the national plan's measures, to check against; none without a list.

    Raises:
        ImportRefused: no such workbook, no sheet "Plan", or a column that was renamed.
    """
    path = Path(path)
    if kind_of(path, LIMITS) != "xlsx":
        raise refuse(
            path.name,
            "this is no XLSX workbook",
            "Save the filled-in plan as .xlsx; other formats lose what is needed to compare it.",
        )
    notes = Notes(path.name)
    with path.open("rb") as file, closing(_opened(file, path.name)) as workbook:
        about, base = _base(workbook, notes)
        rows = tuple(_rows(workbook[SHEET], notes, measures))
    return PlanFile(
        path.name, rows, base, about.get("workspace", ""), about.get("date", ""), tuple(notes)
    )


def _opened(file: BinaryIO, name: str) -> Any:
    import openpyxl

    try:
        workbook = openpyxl.load_workbook(file, read_only=True, keep_links=False)
    except MemoryError:
        raise
    except Exception as error:  # openpyxl lets through whatever a broken part raises
        raise _damaged(name, error) from error
    if SHEET not in workbook.sheetnames:
        found = ", ".join(workbook.sheetnames[:8])
        raise refuse(
            name,
            f"it has no sheet {SHEET!r} (sheets: {found})",
            f"Name the sheet with the rows {SHEET!r}, as `linker export plan` writes it.",
        )
    return workbook


def _damaged(name: str, error: Exception) -> ImportRefused:
    remedy = "Open it in a spreadsheet program and save it again as .xlsx."
    return refuse(name, f"the workbook cannot be read ({error})", remedy)


def _cells(sheet: Any, notes: Notes) -> Iterator[tuple[int, Mapping[int, FilledCell]]]:
    rows = filled_rows(sheet, LIMITS)
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except TooManyBlankRows as error:
            raise refuse(
                notes.file,
                f"sheet {sheet.title!r} has more than {LIMITS.max_blank_rows:,} blank rows",
                "Delete the blank rows below the plan.",
                kind="limit",
            ) from error
        except MemoryError:
            raise
        except Exception as error:
            raise _damaged(notes.file, error) from error
        yield row


def _base(workbook: Any, notes: Notes) -> tuple[dict[str, str], dict[str, dict[str, str]] | None]:
    """Return what the hidden sheet says about the file, and the values it was written with."""
    if BASE_SHEET not in workbook.sheetnames:
        notes.repaired(
            "hidden sheet",
            row="",
            reason=f"its hidden sheet {BASE_SHEET!r} is gone, so that nobody knows what stood in "
            "the plan when it was written: every difference is shown as a conflict",
            remedy="Next time fill in the file itself instead of copying its rows to another.",
        )
        return {}, None
    lines = [
        tuple(str(row.get(place, _EMPTY).value or "") for place in (1, 2, 3))
        for _, row in _cells(workbook[BASE_SHEET], notes)
    ]
    about = {key: value for key, value, rest in lines[:5] if not rest}
    if about.get("format") not in (FORMAT, *FORMER_FORMATS):
        raise refuse(
            notes.file,
            f"its hidden sheet says {about.get('format', 'nothing')!r}, not {FORMAT!r}: another "
            "version of Linker wrote it",
            "Export the plan anew with this version and copy the filled-in cells over.",
        )
    base: dict[str, dict[str, str]] = {}
    for record_id, name, value in lines[5:]:
        base.setdefault(record_id, {})[name] = tidy(value)
    return about, base


def _rows(sheet: Any, notes: Notes, measures: Sequence[str]) -> Iterator[FiledRow]:
    cells = _cells(sheet, notes)
    fields = _header(cells, notes)
    found = []
    for number, row in cells:
        values = {field: row.get(place, _EMPTY) for place, field in fields.items()}
        if any(cell.value not in (None, "") for cell in values.values()):
            found.append((f"row {number}", _shown(values.pop("id")), values))
    times = Counter(record_id for _, record_id, _ in found)
    for place, record_id, values in found:
        notes.rows_read += 1
        if problem := _problem(record_id, times[record_id]):
            notes.refused("id", row=place, column="Id (locked)", **problem)
            continue
        yield FiledRow(place, record_id, _values(values, place, notes, measures))


def _header(cells: Iterator[tuple[int, Mapping[int, FilledCell]]], notes: Notes) -> dict[int, str]:
    """Return the place of each field: the id, what may be filled in, and columns of one's own."""
    titles: dict[int, str] = {}
    for (_, row), _ in zip(cells, range(_TITLE_ROWS), strict=False):
        titles = {place: " ".join(_shown(cell).split()) for place, cell in row.items()}
        if column_name(COLUMNS[0].title) in map(column_name, map(english_name, titles.values())):
            break
    else:
        raise refuse(
            notes.file,
            f"no row has the heading {COLUMNS[0].title!r}",
            "Leave the headings as `linker export plan` writes them.",
        )
    fields: dict[int, str] = {}
    unknown: list[str] = []
    for place, title in titles.items():
        name = column_name(english_name(title))
        if field := _EDITABLE.get(name) or ("id" if _LOCKED.get(name) == "id" else ""):
            fields[place] = field
        elif title and name not in _LOCKED:
            fields[place] = f"{OWN}{title}"
            unknown.append(title)
    _check_columns(set(fields.values()), unknown, notes)
    return fields


def _check_columns(found: set[str], unknown: Sequence[str], notes: Notes) -> None:
    # A plan has all of the fields that were added together, or was written before and has none.
    former = {name for added in ADDED_FIELDS if not found & {*added} for name in added}
    missing = [title for name, title in FIELDS.items() if name not in found | former]
    if missing and unknown:
        raise refuse(
            notes.file,
            f"column {missing[0]!r} is not there, but {unknown[0]!r} is, which was not written by "
            "Linker: it looks renamed",
            f"Give it its old heading {missing[0]!r} again, or add an empty column of that name.",
        )
    if missing:
        notes.repaired(
            "missing column",
            row="",
            reason=f"without the column {', '.join(missing)}: what the workspace has there stays",
        )
    if len(unknown) > MOST_OWN:
        raise refuse(
            notes.file,
            f"{len(unknown)} columns of your own, at most {MOST_OWN} are kept",
            "Delete those that are not needed.",
        )


def _problem(record_id: str, times: int) -> dict[str, str]:
    if not record_id:
        return {
            "reason": "the row has no id, so nobody knows which recommendation it is about",
            "remedy": "Copy the id from the plan as it was exported.",
        }
    if times > 1:
        return {
            "reason": f"{record_id} stands in {times} rows, and nobody knows which one counts",
            "remedy": "Keep one row for each recommendation.",
        }
    return {}


def _values(
    cells: Mapping[str, FilledCell], place: str, notes: Notes, measures: Sequence[str]
) -> dict[str, str]:
    texts = {}
    for name, cell in cells.items():
        text = tidy(_shown(cell))
        if cell.data_type in ("f", "e"):
            notes.refused(
                "formula",
                row=place,
                column=title_of(name),
                reason=f"{text[:40]!r} is a formula or an error, not a value",
                remedy="Paste its value as text.",
            )
        elif text or name != COMMENT:
            texts[name] = text
    return checked_values(texts, place, notes, measures)


def checked_values(
    texts: Mapping[str, str], place: str, notes: Notes, measures: Sequence[str] = ()
) -> dict[str, str]:
    """Return field -> value as the plan holds it; what it cannot hold is refused.

    Args:
        texts: field -> what stands in the file.
        place: the row.
        notes: where refusals are told.
        measures: ids of the national plan's measures.
    """
    values = {}
    for name, text in texts.items():
        try:
            values[name] = checked_value(name, text, measures)
        except UsageError as error:
            reason, _, remedy = str(error).partition(". ")
            reason = reason.removeprefix(f"{title_of(name)}: ")
            notes.refused("value", row=place, column=title_of(name), reason=reason, remedy=remedy)
    return values


def _shown(cell: FilledCell) -> str:
    """Return a cell's value as text: a date is ISO 8601, 2027.0 is "2027"."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


__all__ = ["FiledRow", "ImportRefused", "PlanFile", "read_plan"]
