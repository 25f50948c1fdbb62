"""Records that ask for nothing: concerns and praise only, or too short to mean anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from linker.audit.finding import Finding, make_finding
from linker.records.asks import cut
from linker.records.record import Record
from linker.vocabulary.tokens import tokenise

KIND = "no ask"
SHORTEST = 2
"""Words below which a text means nothing ("Ratify ICRMW" has two)."""


def no_ask(records: Sequence[Record], english: Sequence[bool]) -> Iterator[Finding]:
    """Yield records that only express concern, and texts of a word or none.

    Recommendations of the UPR all ask for something, however they put it: they are not judged.

    Args:
        records: all records.
        english: whether each text is in English; others are not judged.
    """
    empty = [(r, "") for r in records if len(tokenise(r.text)) < SHORTEST]
    if empty:
        yield make_finding(
            KIND,
            "distrust",
            "Texts of a single word",
            empty,
            len(records),
            "records",
            "Such a text cannot be compared with anything.",
            "Look the paragraph up in the document and correct the file.",
        )
    concerns = [
        (record, "")
        for record, readable in zip(records, english, strict=True)
        if readable and not record.is_cyclic and _asks_nothing(record)
    ]
    if concerns:
        yield make_finding(
            KIND,
            "note",
            "Records that express concern or take note, and ask for nothing",
            concerns,
            len(records),
            "records",
            "Their links rest on what the concern implies.",
            "Quote them as concerns, not as recommendations.",
        )


def _asks_nothing(record: Record) -> bool:
    return all(part.role == "implied" for part in cut(record.text, record.language))
