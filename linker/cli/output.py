"""How a listing leaves the command line: a table to read, CSV or JSON to work with."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from linker.errors import LinkerError, UsageError
from linker.records import cells

FORMATS = ("table", "csv", "json")
_SUFFIXES = {".csv": "csv", ".json": "json", ".xlsx": "xlsx", ".txt": "table", "": "csv"}
_CELL_CHARS = 32_767
_WRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
CELL = 60
"""Characters of a text that a table shows."""
ON_SCREEN = 1000
"""Rows of a table on a terminal: more scroll away unread, and take a minute to lay out."""

Row = dict[str, Any]
CommandT = TypeVar("CommandT", bound=Callable[..., Any])


def listing(command: CommandT) -> CommandT:
    """Add ``--format`` and ``--output`` to a command that lists."""
    command = click.option(
        "--output",
        "-o",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Write to this file: csv, json, xlsx or txt by its suffix, unless --format says more.",
    )(command)
    return click.option(
        "--format",
        "-f",
        "format_name",
        type=click.Choice(FORMATS),
        help="How to print. Default: table on a terminal, csv when piped.",
    )(command)


def emit(
    rows: Sequence[Row],
    columns: Sequence[str],
    format_name: str | None,
    output: Path | None,
    table_columns: Sequence[str] = (),
) -> None:
    """Print rows, or write them to a file.

    Args:
        rows: what to print; every row has the columns.
        columns: all columns, for csv and json.
        format_name: table, csv or json; None decides by output and terminal.
        output: file to write, or None to print.
        table_columns: the columns a table shows; all unless given.

    Raises:
        LinkerError: the file cannot be written.
    """
    chosen = format_name or _format_for(output)
    if output is not None and output.suffix.lower() == ".xlsx":
        if format_name:
            raise UsageError(f"--format {format_name} and {output} contradict each other.")
        _write_xlsx(output, rows, columns)
        click.echo(f"{len(rows)} rows written to {output}", err=True)
        return
    if chosen == "table":
        _print_table(rows, table_columns or columns, output)
        return
    text = _csv(rows, columns) if chosen == "csv" else _json(rows, columns)
    if output is None:
        sys.stdout.write(text)
        return
    _write(output, text)
    click.echo(f"{len(rows)} rows written to {output}", err=True)


def print_text(text: str, output: Path | None) -> None:
    """Print a report to read, or write it to a file.

    Raises:
        LinkerError: the file cannot be written.
    """
    if output is None:
        click.echo(text)
        return
    _write(output, text + "\n")
    click.echo(f"Report written to {output}", err=True)


def neutral(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula; numbers stay numbers."""
    return cells.neutral(value) if isinstance(value, str) else value


def _format_for(output: Path | None) -> str:
    if output is not None:
        suffix = output.suffix.lower()
        if suffix not in _SUFFIXES:
            raise UsageError(
                f"{output}: a listing is written as .csv, .json, .xlsx or .txt; give one of these "
                "or --format."
            )
        return _SUFFIXES[suffix]
    return "table" if sys.stdout.isatty() else "csv"


def _write_xlsx(path: Path, rows: Sequence[Row], columns: Sequence[str]) -> None:
    """Write a workbook whose cells are text and nothing else.

    Raises:
        LinkerError: the file cannot be written.
    """
    import openpyxl
    from openpyxl.cell import WriteOnlyCell

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Linker")
    for values in (columns, *([_flat(row[column]) for column in columns] for row in rows)):
        cells = []
        for value in values:
            cell = WriteOnlyCell(sheet, value=_WRITABLE.sub("", str(value))[:_CELL_CHARS])
            cell.data_type = "s"  # openpyxl takes "=…" for a formula unless told what it is
            cells.append(cell)
        sheet.append(cells)
    try:
        book.save(path)
    except OSError as error:
        raise LinkerError(f"{path}: cannot be written ({error.strerror}).") from error


def _csv(rows: Sequence[Row], columns: Sequence[str]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([neutral(_flat(row[column])) for column in columns])
    return out.getvalue()


def _json(rows: Sequence[Row], columns: Sequence[str]) -> str:
    kept = [{column: row[column] for column in columns} for row in rows]
    return json.dumps(kept, ensure_ascii=False, indent=1) + "\n"


def _flat(value: Any) -> Any:
    if isinstance(value, (tuple, list)):
        return "; ".join(str(item) for item in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else value


def _print_table(rows: Sequence[Row], columns: Sequence[str], output: Path | None) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = rows[:ON_SCREEN] if output is None else rows
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        short = not any(isinstance(r[column], str) and len(r[column]) > CELL // 3 for r in shown)
        table.add_column(column.replace("_", " "), no_wrap=short, overflow="fold")
    for row in shown:
        table.add_row(*(Text(_cell(row[column])) for column in columns))
    if output is None:
        Console(soft_wrap=False).print(table)
        if more := len(rows) - len(shown):
            said = f"{more:,} more rows are not shown: --output FILE.csv, or a pipe, has them all."
            click.echo(said, err=True)
        return
    with io.StringIO() as buffer:
        Console(file=buffer, width=160).print(table)
        _write(output, buffer.getvalue())


def _cell(value: Any) -> str:
    text = f"{value:.2f}" if isinstance(value, float) else str(_flat(value))
    text = " ".join(text.split())
    return text if len(text) <= CELL else text[: CELL - 1].rstrip() + "…"


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise LinkerError(
            f"{path}: cannot be written ({error.strerror}). Name a file in a folder that exists."
        ) from error
