"""How a record is cut into the things it asks for, with context set aside.

A treaty-body paragraph "notes with concern" before it recommends, and recommends several things
at once. Matching whole paragraphs therefore matches their context. Here a text becomes a sequence
of parts that follow one another and never overlap: asks, each with its span of characters, and
context. The words that mark them lie in ``data/vocabularies/asking*.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from linker.records.english_asks import cut_english
from linker.records.english_stretches import trimmed
from linker.records.foreign_asks import cut_foreign
from linker.records.part import Part, Role
from linker.vocabulary.files import remembered
from linker.vocabulary.spoken import FOREIGN, spoken

LONGEST = 20_000
"""Characters of the longest text that is analysed; 999 of a thousand real ones have 11,000."""
KEPT = 10_000
"""Texts whose parts are kept: links, themes and labels of a State all ask for the same ones."""
TOLD: dict[str, Role] = {"\x02": "ask", "\x03": "context", "\x04": "implied"}
"""Control characters before each part of an English reading, which is cut where its original is."""
_TOLD = re.compile(r"([\x02-\x04])\s*([^\x02-\x04\s]+(?:\s+[^\x02-\x04\s]+)*)")


@remembered(KEPT)
def cut(text: str, declared: str = "") -> tuple[Part, ...]:
    """Cut a text into asks and context.

    Parts are in order, do not overlap, carry no white space at their ends and cover every word
    that is not a list marker or a joint. A text with at least one letter gives at least one part
    that is not context. One longer than ``LONGEST`` is not taken apart.

    Args:
        text: a record's text, as published; or the English reading of one.
        declared: the language that its source says it is in.
    """
    if text[:1] in TOLD:
        return tuple(_told(text))
    if len(text) > LONGEST:
        return tuple(
            Part(start, end, "implied", text[start:end])
            for start, end in trimmed(text, 0, len(text))
        )
    code = spoken(text, declared)
    return cut_foreign(text, code) if code in FOREIGN else cut_english(text)


def too_long(text: str) -> str:
    """Return why a text is not analysed; empty where it is."""
    if len(text) <= LONGEST:
        return ""
    return f"the text has {len(text):,} characters, and at most {LONGEST:,} are analysed"


def asks(text: str, declared: str = "") -> tuple[Part, ...]:
    """Return only what the text asks for (or implies), without its context."""
    return tuple(part for part in cut(text, declared) if part.role != "context")


def _told(text: str) -> Iterator[Part]:
    """Yield the parts of an English reading (`linker.reading.english`)."""
    for match in _TOLD.finditer(text):
        if any(ch.isalpha() for ch in match.group(2)):
            yield Part(*match.span(2), TOLD[match.group(1)], match.group(2))
