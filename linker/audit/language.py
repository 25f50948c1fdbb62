"""Texts in another language than declared, or than Linker reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from linker.audit.finding import Finding, make_finding
from linker.reading.phrase_table import prepared
from linker.records.record import Record
from linker.vocabulary.spoken import ENGLISH, FOREIGN, NOT_TOLD, name_of
from linker.vocabulary.tokens import words

KIND = "language"
SHORTEST = 8
"""Words a text needs before it may contradict the language declared for it."""


def languages(records: Sequence[Record], found: Sequence[str]) -> Iterator[Finding]:
    """Yield texts that contradict their declared language, and texts that are not English.

    Args:
        records: all records.
        found: the language of each (`linker.vocabulary.spoken`).
    """
    wrong: list[tuple[Record, str]] = []
    read: list[tuple[Record, str]] = []
    unread: list[tuple[Record, str]] = []
    for record, language in zip(records, found, strict=True):
        declared = record.language.split("-")[0]
        if language == NOT_TOLD:
            continue
        if declared and declared != language and len(words(record.text)) >= SHORTEST:
            why = f"declared {name_of(declared)}, reads as {name_of(language)}"
            wrong.append((record, why))
        elif language != ENGLISH:
            known = language in FOREIGN and prepared().there
            (read if known else unread).append((record, name_of(language)))
    if wrong:
        yield make_finding(
            KIND,
            "check",
            "Text in another language than its record says",
            wrong,
            len(records),
            "records",
            "The language given with the record is not the one its text is written in.",
            "Correct the language in the file, or import the right translation.",
        )
    if unread:
        yield make_finding(
            KIND,
            "distrust",
            "Texts that are not read here",
            unread,
            len(records),
            "records",
            "Their language is not read, or not prepared: they have no links and no theme.",
            "See `linker languages`; or import the English version of these documents.",
        )
    if read:
        yield make_finding(
            KIND,
            "note",
            "Texts read through an English reading",
            read,
            len(records),
            "records",
            "Their links rest on a phrase-by-phrase reading, which no native expert has checked.",
            "`linker languages read RECORD` shows it; correct what is wrong there.",
        )
