"""CSV rows out of lines that may be endless, hold NULs or have quotes that never close."""

from __future__ import annotations

import csv
import itertools
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import TextIOWrapper

from linker.records.importers.base import Limits
from linker.vocabulary.headings import fields_of_heading

_MARKS = (",", ";", "\t", "|")
_SEP = re.compile(r"\"?sep=(,|;|\||\t|\\t)\"?", re.IGNORECASE)
_LINES_LOOKED_AT = 40
_HEADER_CHARS = 5_000
_NO_DELIMITER = "\x1f"


@dataclass(frozen=True, slots=True)
class CsvRow:
    """The cells of a row; ``mended`` where its quotes are not paired but it could be read."""

    cells: list[str]
    mended: bool = False


@dataclass(frozen=True, slots=True)
class CsvProblem:
    """A row that cannot be read, and why."""

    kind: str
    reason: str
    remedy: str


class LineTooLong(Exception):  # noqa: N818 - caught where rows are made
    """A line beyond any row; it has been skipped to its end."""


class Lines(Iterator[str]):
    """Lines of a text file, at most some length, that can be taken back.

    Attributes:
        taken: lines handed out since ``taken`` was last cleared.
        nuls: NUL characters left out so far.
        limit: longest line, in characters: ten cells of ``max_cell_chars``.
    """

    def __init__(self, file: TextIOWrapper, limits: Limits) -> None:
        """Read from an open text file."""
        self._file = file
        self._back: deque[str | None] = deque()
        self.limit = 10 * limits.max_cell_chars
        self.blank_rows = limits.max_blank_rows
        self.taken: list[str] = []
        self.nuls = 0
        if limits.max_cell_chars > csv.field_size_limit():
            csv.field_size_limit(limits.max_cell_chars)

    def __next__(self) -> str:
        """Return the next line with its end.

        Raises:
            LineTooLong: the line exceeds the limit.
        """
        line = self._back.popleft() if self._back else self._read()
        if line is None:
            raise LineTooLong
        self.taken.append(line)
        return line

    def _read(self) -> str:
        line = self._file.readline(self.limit)
        if not line:
            raise StopIteration
        if len(line) == self.limit and not line.endswith("\n"):
            while (rest := self._file.readline(self.limit)) and not rest.endswith("\n"):
                pass
            raise LineTooLong
        if "\0" in line:
            self.nuls += line.count("\0")
            line = line.replace("\0", "")
        return line

    def put_back(self, lines: Sequence[str | None]) -> None:
        """Take lines back, to be handed out again; None stands for one that was too long."""
        self._back.extendleft(reversed(lines))


def delimiter_of(lines: Lines) -> tuple[str, int]:
    """Return what parts the cells (comma, semicolon, tab or bar) and how many lines said so.

    Excel's own "sep=;" decides, and is skipped. Else that mark counts which makes the most known
    headings of one of the first lines; without any, the one that parts the first filled line most
    often. A line without any mark is a table of one column, whose texts may hold commas.
    """
    first: list[str | None] = []
    try:
        first.extend(itertools.islice(lines, _LINES_LOOKED_AT))
    except LineTooLong:
        first = [*lines.taken, None]
    lines.put_back(first)
    lines.taken.clear()
    filled = [line for line in first if line and line.strip()]
    if filled and (said := _SEP.fullmatch(filled[0].strip("\ufeff\r\n "))):
        skipped = first.index(filled[0]) + 1
        for _ in range(skipped):
            next(lines)
        lines.taken.clear()
        return said[1].replace("\\t", "\t"), skipped
    known = {mark: max((_headings_at(line, mark) for line in filled), default=0) for mark in _MARKS}
    best = max(_MARKS, key=lambda mark: known[mark])
    if known[best] > 1:
        return best, 0
    header = filled[0] if filled else ""
    counts = {mark: _cells_at(header, mark) for mark in _MARKS}
    best = max(_MARKS, key=lambda mark: counts[mark])
    return best if counts[best] > 1 else _NO_DELIMITER, 0


def _headings_at(line: str, delimiter: str) -> int:
    """Return how many known headings a line holds, of which no two mean the same field."""
    if delimiter not in line or len(line) > _HEADER_CHARS:
        return 0
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return 0
    known = (fields_of_heading(cell.strip("\ufeff ")) for cell in cells[:200] if len(cell) < 100)
    return len({fields[0] for fields in known if fields})


def _cells_at(line: str, delimiter: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error:
        return 1


def csv_rows(lines: Lines, delimiter: str) -> Iterator[CsvRow | CsvProblem]:
    """Yield the rows; one that cannot be read spoils none after it."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.taken.clear()
        try:
            yield CsvRow(next(reader))
        except StopIteration:
            return
        except LineTooLong:
            lines.put_back(lines.taken[1:])
            yield CsvProblem(
                "limit",
                f"its line has more than {lines.limit:,} characters (ten times max_cell_chars)",
                "Shorten it, or raise max_cell_chars.",
            )
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
        except csv.Error as error:
            yield _alone(lines, delimiter, error)
            reader = csv.reader(lines, delimiter=delimiter, strict=True)


def _alone(lines: Lines, delimiter: str, error: csv.Error) -> CsvRow | CsvProblem:
    """Read the first line of a row that failed by itself and give the others back."""
    first, *others = lines.taken
    lines.put_back(others)
    try:
        (cells,) = csv.reader([first], delimiter=delimiter)
    except (csv.Error, ValueError):
        return CsvProblem("unreadable row", f"no CSV row ({error})", "Export the file again.")
    return CsvRow([cell.rstrip("\r\n") for cell in cells], mended=True)
