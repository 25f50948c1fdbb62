"""What every importer shares: what it may assume of a file, and within which limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from linker.records.import_notes import Note, Notes
from linker.records.record import Record

if TYPE_CHECKING:
    from linker.records.importers.un.front_page import FrontPage

_FREE = 200 << 20
Kind = Literal["json", "xlsx", "docx", "csv", "pdf", "html", "zip"]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read; every message that a limit causes names it.

    Attributes:
        max_bytes: size of the file.
        max_unzipped_bytes: size of what a .xlsx, .docx or .gz file unpacks to.
        max_expansion: times its own size that a compressed file may unpack to, beyond 200 MB.
        max_document_bytes: size of the XML of a .docx file, which is held as a tree.
        max_rows: rows, records or table rows of one file.
        max_columns: columns of a table.
        max_blank_rows: rows without a cell, one after another, after which a table ends.
        max_cell_chars: characters in one cell or text.
        max_depth: objects and arrays of JSON, or elements of XML, within one another.
        max_digits: digits of one number in JSON.
        max_memory_bytes: address space of the process that reads, where the system can limit it.
        max_seconds: processor time for a file, and as much again for each ten million bytes of it.
    """

    max_bytes: int = 1 << 30
    max_unzipped_bytes: int = 2 << 30
    max_expansion: int = 100
    max_document_bytes: int = 64 << 20
    max_rows: int = 1_000_000
    max_columns: int = 200
    max_blank_rows: int = 100_000
    max_cell_chars: int = 100_000
    max_depth: int = 100
    max_digits: int = 1000
    max_memory_bytes: int = 2 << 30
    max_seconds: float = 60.0

    def unzipped_bytes(self, size: int) -> int:
        """Return how much a compressed file of this size may unpack to."""
        return min(self.max_unzipped_bytes, max(_FREE, self.max_expansion * size))

    def seconds(self, size: int) -> float:
        """Return how long a file of this size may be read."""
        return self.max_seconds * (1 + size / 10_000_000)


@dataclass(frozen=True, slots=True)
class Options:
    """What the person who imports a file knows about it and the file does not say.

    Attributes:
        state: State of rows that name none, as a code or any usual name.
        mechanism: mechanism of rows that name none.
        body: body of rows that name none.
        symbol: document symbol of rows that name none.
        cycle: UPR cycle of rows that name none.
        session: session of rows that name none.
        only: code of the one State whose records are wanted, empty for all.
        columns: (field, heading) for headings that nothing else tells.
        sheets: names of the sheets to read, () for all.
        every_note: whether every note is kept, for a report, and not some of each kind.
        limits: how much is read.
    """

    state: str = ""
    mechanism: str = ""
    body: str = ""
    symbol: str = ""
    cycle: str = ""
    session: str = ""
    only: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    sheets: tuple[str, ...] = ()
    every_note: bool = False
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Head:
    """What a file shows at first sight; importers are recognised by it, never by a file's name.

    Attributes:
        kind: the kind of file, from its first bytes and zip members.
        columns: headings of the first row (CSV, XLSX), header cells of the first table (DOCX) or
            keys of the first object (JSON).
        front: what the first page of a UN document says, None where it is none.
        has_text: whether a column of texts was found, by its heading or by what it holds.
        about: what a file of Linker's own says of itself, such as "matrix".
        listed: whether its paragraphs are a list of recommendations.
        refusal: why no table was found, for files that no importer recognises.
    """

    kind: Kind
    columns: tuple[str, ...]
    front: FrontPage | None = None
    has_text: bool = False
    about: str = ""
    listed: bool = False
    refusal: Note | None = None

    @property
    def names(self) -> frozenset[str]:
        """The columns as they are compared: lower case, letters and digits only."""
        return frozenset(column_name(column) for column in self.columns)


class Importer(Protocol):
    """Reads one kind of file."""

    name: str
    label: str

    def recognises(self, head: Head) -> bool:
        """Say whether a file with this head is of this importer's kind."""
        ...

    def read(self, path: Path, notes: Notes, options: Options) -> Iterator[Record]:
        """Yield the records of a file, telling ``notes`` what was refused and repaired."""
        ...


@lru_cache(maxsize=1024)
def column_name(heading: str) -> str:
    """Return a heading as it is compared: "Recommending_States " is "recommendingstates"."""
    return "".join(char for char in heading.casefold() if char.isalnum())
