"""Finding what carries a link by taking words out and scoring again (Zeiler and Fergus, 2014).

What all kinds of link share: texts with holes, spans of whole words, and the choice of phrases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from linker.encoding.cache import CachedEncoder
from linker.encoding.encoder import Encoder, Progress, Vectors
from linker.encoding.wrapped import WrappedEncoder
from linker.reading.ask_table import Floats
from linker.records.asks import asks
from linker.records.part import Part
from linker.records.record import Record
from linker.vocabulary.tokens import tokenise

Span = tuple[int, int]
Spans = tuple[Span, ...]
MOST = 0.4
"""Share of an ask's words that may be marked: with all of it marked, nothing would be."""
ALWAYS = 2
"""Words of an ask that may be marked, however short it is."""
LEAST = 0.02
"""Log-odds that a phrase must carry."""
ENOUGH = 0.8
"""Share of the greatest cost with which the fewest words will do."""
NOTHING_LEFT = "…"


class Remembering(WrappedEncoder):
    """An encoder for texts with holes: each is encoded once and forgotten with this object.

    They are scored once and never again, so they do not belong in the cache on disk.

    Args:
        encoder: the encoder of the linker; where it has a cache, the one beneath.
    """

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder.encoder if isinstance(encoder, CachedEncoder) else encoder
        self._known: dict[str, Vectors] = {}

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return unit vectors, shape (len(texts), dimension)."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update(zip(new, self.encoder.encode(new, progress), strict=True))
        return np.array([self._known[text] for text in texts]).reshape(-1, self.dimension)


def with_holes(text: str, spans: Iterable[Span]) -> str:
    """Return a text without some characters; "…" where nothing is left."""
    kept, place = [], 0
    for start, end in sorted(spans):
        kept.append(text[place:start])
        place = max(place, end)
    found = " ".join(piece for piece in (*kept, text[place:]) if piece.strip())
    return found or NOTHING_LEFT


def without_spans(record: Record, spans: Iterable[Span]) -> Record:
    """Return a record without some characters of its text; with "…" where nothing is left."""
    return replace(record, text=with_holes(record.text, spans))


def merged_spans(text: str, spans: Iterable[Span]) -> Spans:
    """Return spans in order, those that touch or overlap as one, each of whole words."""
    found: list[Span] = []
    for start, end in _words(text, spans):
        if found and not any(ch.isalnum() for ch in text[found[-1][1] : start]):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(found)


def words_in(text: str, spans: Iterable[Span]) -> int:
    """Return how many words of a text some spans touch."""
    return len(_words(text, spans))


def ask_of(record: Record, number: int) -> Part:
    """Return an ask of a record; the whole text where it has no such ask."""
    parts = asks(record.text, record.language)
    whole = Part(0, len(record.text), "implied", record.text)
    return parts[number] if number < len(parts) else whole


def shifted(spans: Iterable[Span], by: int) -> Spans:
    """Return spans of an ask as spans of the text it stands in, ``by`` characters before it."""
    return tuple((start + by, end + by) for start, end in spans)


def log_odds(probability: Floats) -> Floats:
    """Return natural-logarithm odds; of 0 and 1 those of a millionth from there."""
    inside = np.clip(probability, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(inside / (1 - inside)))


def limit(part: Part) -> int:
    """Return how many words of an ask may be marked."""
    return max(ALWAYS, int(MOST * len(tokenise(part.text))))


def minimal_rationale(
    phrases: Sequence[tuple[Spans, ...]],
    texts: Sequence[str],
    limits: Sequence[int],
    left_over: Callable[[Sequence[tuple[Spans, ...]]], Floats],
) -> tuple[Spans, ...]:
    """Return the spans of each text that carry a link: the fewest that cost it most.

    Every phrase is taken out alone. Then phrases are taken out together, one more each time, in
    the order of what each costs and of what it costs a word: what two carry together is not the
    sum of what each does. Of all these sets, the one with the fewest words is chosen that costs
    `ENOUGH` of what the costliest does.

    Args:
        phrases: what may carry it: for each, the spans of each text.
        texts: the texts of the link.
        limits: words of each text that may be marked.
        left_over: gives the link's probability without some spans of each text, for many at once.
    """
    nothing: tuple[Spans, ...] = tuple(() for _ in texts)
    if not phrases:
        return nothing
    whole, *alone = log_odds(left_over([nothing, *phrases]))
    cost = whole - np.array(alone)
    words = np.array([_size(texts, phrase) for phrase in phrases])
    sets: dict[tuple[Spans, ...], None] = {}
    for ranking in (cost, cost / np.maximum(words, 1)):
        sets |= dict.fromkeys(_growing(phrases, ranking, cost, texts, limits))
    tried = sorted(sets, key=lambda spans: (_size(texts, spans), spans))
    together = whole - log_odds(left_over(tried))
    return tried[int(np.argmax(together >= ENOUGH * together.max()))]


def _growing(
    phrases: Sequence[tuple[Spans, ...]],
    ranking: Floats,
    cost: Floats,
    texts: Sequence[str],
    limits: Sequence[int],
) -> Iterator[tuple[Spans, ...]]:
    """Yield the best phrase, the best two and so on, within the limits of each text."""
    chosen: tuple[Spans, ...] = ()
    for n in sorted(range(len(phrases)), key=lambda n: (-ranking[n], n)):
        if chosen and cost[n] < LEAST:
            continue
        wider = tuple(a + b for a, b in zip(chosen, phrases[n], strict=True)) if chosen else ()
        wider = wider or phrases[n]
        if chosen and not _within(wider, texts, limits):
            continue
        chosen = wider
        yield tuple(merged_spans(text, spans) for text, spans in zip(texts, chosen, strict=True))


def _within(spans: tuple[Spans, ...], texts: Sequence[str], limits: Sequence[int]) -> bool:
    return all(words_in(t, s) <= most for t, s, most in zip(texts, spans, limits, strict=True))


def _size(texts: Sequence[str], spans: tuple[Spans, ...]) -> int:
    return sum(words_in(text, those) for text, those in zip(texts, spans, strict=True))


def _words(text: str, spans: Iterable[Span]) -> list[Span]:
    wanted = tuple(spans)
    return [
        (token.start, token.end)
        for token in tokenise(text)
        if any(start < token.end and token.start < end for start, end in wanted)
    ]
