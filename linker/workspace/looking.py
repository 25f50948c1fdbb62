"""A file looked at before it is kept: what it holds, beside the records it would give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from linker.records.import_notes import ImportRefused
from linker.records.importers import Options
from linker.records.importers.looking import FileLook
from linker.records.importers.un.document import Paragraph
from linker.records.record import Record
from linker.store.sources import Source
from linker.vocabulary.text import fold
from linker.worker import Worker
from linker.workspace.adding import FileReport, read_one
from linker.workspace.remembering import looked_into, remembered

_BEGINNING = 40
"""Characters by which a record is found again in its document."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do.

    Attributes:
        report: as the import would tell it, with nothing kept.
        records: that it would give.
        look: the sheets or paragraphs of the file; empty where it cannot even be opened.
        options: with which it was read, remembered ones too.
    """

    report: FileReport
    records: tuple[Record, ...]
    look: FileLook
    options: Options

    def beside(self) -> list[tuple[Paragraph | None, tuple[Record, ...]]]:
        """Return each paragraph of a document with the records that begin in it.

        Records that stand in no paragraph come last, beside None.
        """
        paragraphs = self.look.paragraphs
        texts = [fold(one.printed) for one in paragraphs]
        found: list[list[Record]] = [[] for _ in paragraphs]
        lost: list[Record] = []
        at = 0
        for record in self.records:
            place = _place(record, paragraphs, texts, at)
            if place < 0:
                lost.append(record)
            else:
                found[place].append(record)
                at = place
        pairs: list[tuple[Paragraph | None, tuple[Record, ...]]] = [
            (one, tuple(records)) for one, records in zip(paragraphs, found, strict=True)
        ]
        return [*pairs, (None, tuple(lost))] if lost else pairs


def _place(
    record: Record, paragraphs: Sequence[Paragraph], texts: Sequence[str], start: int
) -> int:
    """Return the paragraph where a record begins, from a place on and then from the top; or -1."""
    wanted = fold(record.text)[:_BEGINNING]
    order = (*range(start, len(paragraphs)), *range(start))
    if wanted:
        return next((place for place in order if wanted in texts[place]), -1)
    number = record.paragraph
    return next((place for place in order if number in paragraphs[place].printed), -1)


def previewed(path: Path, options: Options, sources: Sequence[Source]) -> Preview:
    """Read a file and keep nothing.

    Args:
        path: the file.
        options: what is known of it; columns that nobody named are those of the last file of its
            shape.
        sources: of the workspace.
    """
    with Worker() as worker:
        try:
            look = looked_into(worker, path, options)
        except ImportRefused:
            look = FileLook()
        options = remembered(look.sheets, options, sources)
        report, records = read_one(worker, path, options)
    return Preview(report, tuple(records), look, options)
