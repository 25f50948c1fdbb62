"""The tables of a file: header found, columns named, each row fitted to its columns."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from linker.records.import_notes import Notes, refuse
from linker.records.importers.base import Kind, Limits, Options
from linker.records.importers.grid import Grid, Row
from linker.records.importers.grids import grids_of
from linker.records.importers.header_rows import folded
from linker.records.importers.layout import SAMPLE, Layout, layout_of, without_state
from linker.records.importers.lying import stood_up

_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Table:
    """A table of records.

    Attributes:
        columns: headings, no two alike.
        fields: field -> its column.
        rows: rows below the header, each with a cell for every column, read as they are asked for.
        sample: the first of these rows.
        name: of the sheet; empty where the file has but one.
        titles: texts above the header and around the table.
        language: that the heading of the texts names.
    """

    columns: tuple[str, ...]
    fields: Mapping[str, int]
    rows: Iterator[Row]
    sample: tuple[Row, ...] = ()
    name: str = ""
    titles: tuple[str, ...] = ()
    language: str = ""


def tables_in(
    path: Path, kind: Kind, notes: Notes, options: Options, own_sheet: str = ""
) -> Iterator[Table]:
    """Yield the tables of a file that have a column of texts; the others are told.

    Args:
        path: the file.
        kind: its kind.
        notes: where it is told what is not read, or otherwise than it looks.
        options: what the person who imports it knows.
        own_sheet: a hidden sheet that Linker itself wrote, of which nothing need be told.

    Raises:
        ImportRefused: none has one; says what was found and what to do.
    """
    wanted = {name.casefold() for name in options.sheets}
    met: list[str] = []
    found = False
    headings: set[str] = set()
    unread: Layout | None = None
    begins: Row | None = None
    for grid in grids_of(path, kind, notes, options.limits):
        met.append(grid.name)
        if wanted and grid.name.casefold() not in wanted:
            notes.told("sheet not asked for", reason=f"sheet {grid.name!r} was not asked for")
            continue
        notes.sheet = grid.name if len(met) > 1 else ""
        first = list(islice(grid.rows, SAMPLE))
        if len(first) < SAMPLE and (stood := stood_up(first)):
            first = stood
            notes.told(
                "table on its side",
                reason="its headings stand in the first column, so each column is read as a "
                "recommendation",
            )
        layout = layout_of(first, options.columns)
        if layout is None or not layout.has_text:
            if not grid.hidden:
                unread = unread or layout
                begins = begins or next((row for row in first if row.filled), None)
            _tell_unread(grid, layout, first, notes)
            continue
        found = True
        headings |= set(layout.columns)
        notes.sheet = grid.name
        if grid.hidden and grid.name != own_sheet:
            notes.told(
                "hidden sheet",
                reason=f"sheet {grid.name!r} is hidden, and read as any other",
                remedy="If it does not belong here, delete it, or name the others: --sheet NAME.",
            )
        yield _table(grid, layout, first, kind, notes, options.limits)
    notes.sheet = ""
    if wanted - {name.casefold() for name in met}:
        missing = ", ".join(repr(name) for name in options.sheets)
        shown = ", ".join(repr(name) for name in met if name) or "none with a name"
        raise refuse(notes.file, f"not all of {missing} are there; sheets: {shown}", "Name one.")
    if not found:
        raise _no_text(notes, kind, unread, begins)
    _tell_missing(options, headings, notes)


def _tell_missing(options: Options, headings: Collection[str], notes: Notes) -> None:
    """Say which columns that a person named are in no table of the file."""
    known = {folded(heading) for heading in headings}
    for field, heading in options.columns:
        if folded(heading) not in known:
            notes.told(
                "no such column",
                column=heading,
                reason=f"no column is called {heading!r}, so --column {field}={heading} changed "
                f"nothing; columns: {', '.join(name[:40] for name in sorted(headings)[:_SHOWN])}",
                remedy="Name one of these, and import the file again.",
            )


def _table(
    grid: Grid, layout: Layout, first: list[Row], kind: Kind, notes: Notes, limits: Limits
) -> Table:
    for field, at in layout.guessed.items():
        notes.told(
            "column known by what it holds",
            column=layout.columns[at],
            reason=f"column {layout.columns[at]!r} is read as {field}, for what it holds",
            remedy=f"If that is wrong, name the right one with --column {field}=HEADING.",
        )
    below = first[layout.header + 1 :]
    rows = chain(below, _told_of(grid))
    return Table(
        columns=layout.columns,
        fields=layout.fields,
        rows=fitted_rows(rows, layout.columns, kind, notes, limits),
        sample=tuple(row for row in below if row.filled),
        name=grid.name,
        titles=(*grid.titles, *layout.titles, *_telling_headings(layout)),
        language=layout.language,
    )


def _told_of(grid: Grid) -> Iterator[Row]:
    yield from grid.rows
    grid.tell()


def _telling_headings(layout: Layout) -> tuple[str, ...]:
    """Return headings that are titles too: that of a lone column, those that name a State."""
    if len(layout.columns) == 1:
        return layout.columns
    return tuple(column for column in layout.columns if without_state(column)[1])


def _tell_unread(grid: Grid, layout: Layout | None, first: list[Row], notes: Notes) -> None:
    """Say that a sheet gives no records; an empty or hidden one needs no word."""
    if grid.hidden or not any(row.filled for row in first):
        return
    shown = ", ".join(name[:40] for name in layout.columns[:_SHOWN]) if layout else "one cell a row"
    notes.told(
        "no table of recommendations",
        reason=f"{f'sheet {grid.name!r}' if grid.name else 'a table'} is not read: no column of "
        f"recommendations was found ({shown})",
        remedy="If it has one, name it: --column text=HEADING.",
    )


def _no_text(notes: Notes, kind: Kind, layout: Layout | None, begins: Row | None) -> Exception:
    names = layout.columns if layout else begins.cells if begins else ()
    if not names and kind in ("docx", "xlsx"):
        return _without_tables(notes, kind)
    shown = ", ".join(name[:40] for name in names[:_SHOWN]) or "nothing"
    heading = next((c for c in layout.columns if not c.startswith("column ")), "") if layout else ""
    return refuse(
        notes.file,
        f"this {kind.upper()} file begins with {shown}; no column of recommendations was found",
        "Name the column that holds the recommendations 'text', or say which it is: "
        f'--column text="{heading[:40] or "HEADING"}".',
        kind="not recognised",
    )


def _without_tables(notes: Notes, kind: Kind) -> Exception:
    holds = "table" if kind == "docx" else "filled cell"
    also = " and no list of recommendations in numbered paragraphs" if kind == "docx" else ""
    return refuse(
        notes.file,
        f"this {kind.upper()} file holds no {holds}{also}",
        "Write each recommendation as a numbered paragraph or as a row of a table. Where pages are "
        "pictures, run them through OCR; for what a submission asks: `linker uptake FILE`."
        if kind == "docx"
        else "Look whether it is the right file, and saved.",
        kind="not recognised",
    )


def fitted_rows(
    rows: Iterator[Row], columns: tuple[str, ...], kind: Kind, notes: Notes, limits: Limits
) -> Iterator[Row]:
    """Yield the filled rows with a cell for each column; what does not fit is refused and told."""
    blank = 0
    for row in rows:
        if not row.filled:
            blank += 1
            if blank > limits.max_blank_rows:
                notes.refused(
                    "limit",
                    row=row.place,
                    reason=f"above it stand more blank rows than the limit max_blank_rows = "
                    f"{limits.max_blank_rows:,}; this row and all after it are not read",
                    remedy="Delete the blank rows, or raise max_blank_rows.",
                )
                return
            continue
        blank = 0
        if notes.rows_read >= limits.max_rows:
            notes.refused(
                "limit",
                row=row.place,
                reason=f"the file has more rows than the limit max_rows = {limits.max_rows:,}; "
                "this row and all after it are not read",
                remedy="Split the file, or raise max_rows.",
            )
            return
        notes.rows_read += 1
        fitted = _fitted(row, columns, kind, notes, limits)
        if fitted:
            yield fitted


def _fitted(
    row: Row, columns: tuple[str, ...], kind: Kind, notes: Notes, limits: Limits
) -> Row | None:
    """Return the row with one cell a column, or None where it was refused."""
    width = len(columns)
    if any(map(str.strip, row.cells[width:])):
        notes.refused(
            "too many cells",
            row=row.place,
            reason=f"{len(row.cells)} cells under {width} headings",
            remedy="Put cells that hold the delimiter into double quotes."
            if kind == "csv"
            else "Give every column a heading.",
            value="; ".join(cell for cell in row.cells[width:] if cell.strip()),
        )
        return None
    if len(row.cells) < width and kind == "csv":
        notes.repaired(
            "short row",
            row=row.place,
            reason=f"{len(row.cells)} cells under {width} headings; the rest is read as empty",
        )
    cells = (*row.cells[:width], *[""] * (width - len(row.cells)))
    for column, cell in zip(columns, cells, strict=True):
        if len(cell) > limits.max_cell_chars:
            notes.refused(
                "limit",
                row=row.place,
                column=column,
                reason=f"the cell has {len(cell):,} characters, more than the limit "
                f"max_cell_chars = {limits.max_cell_chars:,}",
                remedy="Shorten it, or raise max_cell_chars.",
            )
            return None
    return Row(row.place, cells, row.numeric, row.merged, row.spans)
