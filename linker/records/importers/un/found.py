"""What a reader of UN documents finds, and what every such reader is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from linker.records.import_notes import Notes
from linker.records.importers.un.document import Document
from linker.records.importers.un.front_page import FrontPage


@dataclass(frozen=True, slots=True)
class Found:
    """One record as a reader finds it.

    Attributes:
        values: field of a record -> value; what the first page says is added where it is missing.
        place: where it stands, such as "para. 106.1, page 14".
        extra: what no field holds, as (name, value).
    """

    values: Mapping[str, str | tuple[str, ...]]
    place: str
    extra: tuple[tuple[str, str], ...] = field(default=())


class Reader(Protocol):
    """Reads one kind of UN document."""

    kind: str

    def read(self, document: Document, front: FrontPage, notes: Notes) -> Iterator[Found]:
        """Yield what becomes a record, telling ``notes`` what was left out and why."""
        ...


def tell_silent(numbers: Sequence[str], notes: Notes) -> None:
    """Tell once which paragraphs recommend nothing."""
    if numbers:
        reason = f"{len(numbers)} paragraphs recommend nothing and make no record: "
        notes.told("recommends nothing", reason=reason + ", ".join(numbers))
