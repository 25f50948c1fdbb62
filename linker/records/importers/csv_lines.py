"""CSV rows out of lines that may be endless, hold NULs or have quotes that never close."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from io import TextIOWrapper

from linker.records.importers.base import Limits

_DELIMITERS = (",", ";", "\t", "|")
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
        self._back: deque[str] = deque()
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

    def put_back(self, lines: list[str]) -> None:
        """Take lines back, to be handed out again."""
        self._back.extendleft(reversed(lines))


def delimiter_of(lines: Lines) -> str:
    """Return what parts the cells of the first filled line: comma, semicolon, tab or bar.

    A line without any is a table of one column, whose texts may hold commas.
    """
    skipped: list[str] = []
    header = ""
    try:
        while (
            not header.strip() and len(skipped) < lines.blank_rows and (header := next(lines, ""))
        ):
            skipped.append(header)
    except LineTooLong:
        header = ""
    lines.put_back(skipped)
    lines.taken.clear()
    counts = {mark: _cells_at(header, mark) for mark in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda mark: counts[mark])
    return best if counts[best] > 1 else _NO_DELIMITER


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
