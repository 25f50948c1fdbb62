"""Tables that lie on their side: headings down the first column, a recommendation a column."""

from __future__ import annotations

from collections.abc import Sequence

from linker.records.importers.grid import Row
from linker.records.importers.header_rows import HEADING_CHARS, REVIEW_NUMBER, TEXT_STEM
from linker.vocabulary.headings import fields_of_heading

_LEAST_FIELDS = 3
_LEAST_COLUMNS = 3


def stood_up(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of a table that lies on its side as if it stood, [] for any other table.

    It lies where the first cells of nearly all rows name different fields, the text among them,
    and the cells beside the text's heading name none.

    Args:
        rows: all of the table.
    """
    filled = [row for row in rows if row.filled]
    named = [(row, _field(row.cells[0])) for row in filled]
    fields = [name for _, name in named if name]
    text = next((row for row, name in named if name == "text"), None)
    if (
        text is None
        or len(set(fields)) != len(fields)
        or len(fields) < max(_LEAST_FIELDS, len(filled) - 1)
        or len(text.filled) < _LEAST_COLUMNS
        or any(
            _field(text.cells[at]) or REVIEW_NUMBER.fullmatch(text.cells[at])
            for at in text.filled[1:]
        )
    ):
        return []
    width = max(len(row.cells) for row in filled)
    return [
        Row(
            f"column {at + 1}",
            tuple(row.cells[at] if at < len(row.cells) else "" for row in filled),
            frozenset(place for place, row in enumerate(filled) if at in row.numeric),
        )
        for at in range(width)
    ]


def _field(cell: str) -> str:
    """Return the field that a heading names, "" for what names none."""
    if not cell.strip() or len(cell) > HEADING_CHARS:
        return ""
    return next(iter(fields_of_heading(cell)), "") or ("text" if TEXT_STEM.fullmatch(cell) else "")
