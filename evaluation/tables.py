"""Rows of numbers as tables: in plain text and in Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Row = dict[str, Any]


def plain(rows: Sequence[Row]) -> str:
    """Return rows as a plain table; numbers with three decimals."""
    cells = [(columns := _columns(rows)), *_cells(rows, columns)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(columns))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    )


def markdown(rows: Sequence[Row]) -> list[str]:
    """Return rows as the lines of a Markdown table; none without rows."""
    columns = _columns(rows)
    lines = [[column.replace("_", " ") for column in columns], *_cells(rows, columns)]
    shown = ["| " + " | ".join(line) + " |" for line in lines]
    return [shown[0], "|---" * len(columns) + "|", *shown[1:]] if rows else []


def _columns(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(key for row in rows for key in row))


def _cells(rows: Sequence[Row], columns: Sequence[str]) -> list[list[str]]:
    return [[_cell(row.get(column, "")) for column in columns] for row in rows]


def _cell(value: Any) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)
