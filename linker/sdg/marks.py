"""Marks the phrases that carry an SDG link: those without which it would be less probable.

The target's terms and instruments in the linked ask, and its telling words, are taken out of the
text in turn and the text is judged again. What costs the link most is marked.
"""

from __future__ import annotations

from collections.abc import Sequence

from linker.links import SdgLink
from linker.reading.ask_table import Floats
from linker.reading.occlusion import (
    Span,
    Spans,
    ask_of,
    limit,
    minimal_rationale,
    shifted,
    with_holes,
)
from linker.reading.record_reading import word_rarity
from linker.records.record import Record
from linker.sdg.linking import SdgLinker
from linker.sdg.named import named
from linker.vocabulary.instruments import mentions
from linker.vocabulary.tokens import carries_meaning, stem, tokenise

WORDS = 12
"""Rarest words of an ask that are tried."""


def sdg_marks(linker: SdgLinker, link: SdgLink, record: Record) -> Spans:
    """Return the characters of a record's text that carry a link, in the linked ask.

    Args:
        linker: made the link.
        link: to a target or to an indicator.
        record: its record.
    """
    part = ask_of(record, link.ask)
    phrases = [(shifted(spans, part.start),) for spans in _tried(linker, part.text, link.target)]

    def left_over(sets: Sequence[tuple[Spans, ...]]) -> Floats:
        texts = [with_holes(record.text, spans) for (spans,) in sets]
        return linker.chances(texts, link.target, link.indicator)

    return minimal_rationale(phrases, (record.text,), (limit(part),), left_over)[0]


def _tried(linker: SdgLinker, ask: str, target: str) -> list[Spans]:
    """Return where an ask names the code, the target's instruments and terms, its rarest words."""
    codes = [(f.start, f.end) for f in named(ask) if _is_of(f.code, target)]
    instruments = [
        (found.start, found.end)
        for found in mentions(ask)
        if target in linker.maker.instruments.get(found.id, ())
    ]
    terms = [(term.start, term.end) for term in linker.maker.terms(ask, target)]
    words: dict[str, list[Span]] = {}
    for token in tokenise(ask):
        if carries_meaning(token.word):
            words.setdefault(stem(token.word), []).append((token.start, token.end))
    rarest = sorted(words, key=lambda root: (-word_rarity(root), root))[:WORDS]
    found = [
        *((span,) for span in [*codes, *instruments, *terms]),
        *(tuple(words[root]) for root in rarest),
    ]
    return list(dict.fromkeys(found))


def _is_of(code: str, target: str) -> bool:
    """Return whether a code is a goal or target itself, or an indicator of the target."""
    return code == target or code.startswith(f"{target}.")
