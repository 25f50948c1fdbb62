"""A grid of text: rows of cells, wherever in a file they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it stands in the file.

    Attributes:
        place: "row 12", counted as a spreadsheet counts, or "table 1, row 3".
        cells: one string a column, "" where the cell is empty.
        numeric: columns whose cell is a number with decimals: a paragraph "140.10" has become
            140.1 there.
        merged: columns that show the value of a merged cell which began in an earlier row.
        spans: whether one cell goes over the whole width of the table.
    """

    place: str
    cells: tuple[str, ...]
    numeric: frozenset[int] = frozenset()
    merged: frozenset[int] = frozenset()
    spans: bool = False

    @property
    def filled(self) -> list[int]:
        """Return the columns that hold something."""
        return [place for place, cell in enumerate(self.cells) if cell.strip()]


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of one width or of several, read as they are asked for.

    Attributes:
        rows: the rows.
        name: of the sheet; empty where the file has but one.
        titles: texts that stand around it, such as the head of a document.
        hidden: whether the sheet is hidden.
        tell: says, once all rows were read as a table, what of them a person would not expect.
    """

    rows: Iterator[Row]
    name: str = ""
    titles: tuple[str, ...] = ()
    hidden: bool = False
    tell: Callable[[], None] = lambda: None
