"""Marks the phrases that carry a link: those without which it would be less probable.

What both asks name (instruments, subjects, words), and the rarest words of each alone, are taken
out of the texts in turn and the pair is scored again. What costs the link most is marked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from linker.convergence.convergence import ConvergenceLinker
from linker.links import Convergence
from linker.reading.ask_table import Floats
from linker.reading.cleaning import names
from linker.reading.occlusion import (
    Remembering,
    Span,
    Spans,
    ask_of,
    limit,
    minimal_rationale,
    shifted,
    without_spans,
)
from linker.reading.polarity import turning
from linker.reading.record_reading import word_rarity
from linker.records.part import Part
from linker.records.record import Record
from linker.vocabulary.instruments import mentions
from linker.vocabulary.phrases import vocabulary
from linker.vocabulary.tokens import carries_meaning, stem, tokenise

ALONE = 4
"""Rarest words of an ask that are tried though the other ask does not share them."""
TELLING = 0.5
"""Rarity of a word that may be marked: "ensure" and "take" lie below it, "law" above."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """Something both asks name, and where.

    Attributes:
        kind: instrument, concepts, measures or word; alone for a word of one ask only.
        name: what is named.
        left: characters of the left ask that name it.
        right: likewise of the right.
    """

    kind: str
    name: str
    left: Spans
    right: Spans


def carriers(left: str, right: str, state: str = "") -> tuple[Carrier, ...]:
    """Return what both asks name: instruments, concepts, kinds of measure, telling words.

    Args:
        left: an ask as published.
        right: the other.
        state: ISO 3166-1 alpha-3 code of their State, whose name says nothing.
    """
    mine, theirs = _places(left, state), _places(right, state)
    return tuple(
        Carrier(*key, tuple(mine[key]), tuple(theirs[key])) for key in mine if key in theirs
    )


def marks(
    linker: ConvergenceLinker, link: Convergence, left: Record, right: Record
) -> tuple[Spans, Spans]:
    """Return the characters of both records' texts that carry a link, in the linked asks.

    Args:
        linker: scored the link.
        link: the link.
        left: its left record.
        right: its right record.
    """
    sides = (left, right)
    parts = [ask_of(r, n) for r, n in zip(sides, (link.left_ask, link.right_ask), strict=True)]
    phrases = [
        (shifted(c.left, parts[0].start), shifted(c.right, parts[1].start))
        for c in _tried(parts[0].text, parts[1].text, left.state)
    ]
    if link.relation == "opposite":
        phrases += _turns(parts)
    scoring = ConvergenceLinker(Remembering(linker.encoder), linker.scorer)
    judge = scoring.contrary if link.relation == "opposite" else scoring.probabilities

    def left_over(sets: Sequence[tuple[Spans, ...]]) -> Floats:
        return judge([(without_spans(left, s[0]), without_spans(right, s[1])) for s in sets])

    found = minimal_rationale(
        phrases, (left.text, right.text), [limit(part) for part in parts], left_over
    )
    return found[0], found[1]


def _tried(left: str, right: str, state: str) -> list[Carrier]:
    """Return what both name, and the rarest words that only one of them has."""
    shared = [c for c in carriers(left, right, state) if _tells(left, c.left)]
    found = list(shared)
    for place, text in enumerate((left, right)):
        taken = [span for c in shared for span in (c.left, c.right)[place]]
        words = [
            (-word_rarity(name), start, end)
            for (kind, name), spans in _places(text, state).items()
            for start, end in spans
            if kind == "word" and not any(a < end and start < b for a, b in taken)
        ]
        for _, start, end in sorted(words)[:ALONE]:
            span: Spans = ((start, end),)
            sides = (span, ()) if place == 0 else ((), span)
            found.append(Carrier("alone", text[start:end], *sides))
    return found


def _turns(parts: Sequence[Part]) -> list[tuple[Spans, Spans]]:
    """Return the words of two asks that say which way: "abolish", "not"."""
    found: list[tuple[Spans, Spans]] = []
    for place, part in enumerate(parts):
        for start, end in turning(part.text):
            span: Spans = shifted(((start, end),), part.start)
            found.append((span, ()) if place == 0 else ((), span))
    return found


def _tells(text: str, spans: Spans) -> bool:
    """Whether a word of some spans is telling: "ensure" carries no link though both say it."""
    return any(
        word_rarity(stem(token.word)) >= TELLING
        for start, end in spans
        for token in tokenise(text[start:end])
    )


def _places(text: str, state: str) -> dict[tuple[str, str], list[Span]]:
    places: dict[tuple[str, str], list[Span]] = defaultdict(list)
    silent = names(text, state)
    for kind, name, start, end in _named(text):
        if not any(start < stop and begin < end for begin, stop in silent):
            places[kind, name].append((start, end))
    return places


def _named(text: str) -> Iterator[tuple[str, str, int, int]]:
    for mention in mentions(text):
        yield "instrument", mention.id, mention.start, mention.end
    for kind in ("concepts", "measures"):
        for found in vocabulary(kind).find(text):
            yield kind, found.name, found.start, found.end
    for token in tokenise(text):
        root = stem(token.word)
        if carries_meaning(token.word) and word_rarity(root) > 0:
            yield "word", root, token.start, token.end
