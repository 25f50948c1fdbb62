"""The English reading of a text in another language: not a translation, but what is compared.

The original is cut into asks and context (`linker.records.foreign_asks`), and each part is read
phrase by phrase (`linker.reading.phrases_read`). What comes out is a text of the same parts, each
behind a control character that says which (`linker.records.asks.TOLD`), so that whatever reads
English reads it with the asks of the original; and for each phrase its place in both texts, so that
what is found in the English is shown in the original.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

from linker.reading.phrases_read import Phrase, Source
from linker.records.asks import TOLD, asks
from linker.records.part import Part
from linker.records.record import Record

_SIGNS = {role: sign for sign, role in TOLD.items()}
_STOPS = str.maketrans("、，；：。（）！？،؛؟", ",,;:.()!?,;?")
_BETWEEN = frozenset(",;:.()!?")

Span = tuple[int, int]


class Pair(NamedTuple):
    """A phrase of the original and the English that stands for it.

    Attributes:
        start: its first character in the original.
        end: one past its last.
        english_start: of the English, its first character in the reading.
        english_end: one past its last.
        source: where the English comes from: `linker.reading.phrases_read.Source`.
        cosine: how near in meaning; 1 for all but the nearest.
    """

    start: int
    end: int
    english_start: int
    english_end: int
    source: Source
    cosine: float


@dataclass(frozen=True, slots=True)
class EnglishReading:
    """A text in another language, read in English.

    Attributes:
        language: of the original, ISO 639-1.
        original: the text as published.
        text: the English, part by part.
        pairs: its phrases, in order.
    """

    language: str
    original: str
    text: str
    pairs: tuple[Pair, ...]

    @classmethod
    def of(
        cls, language: str, original: str, parts: Iterable[tuple[Part, list[Phrase]]]
    ) -> EnglishReading:
        """Put the phrases of all parts together; a part without any stays as it is."""
        text, pairs = "", list[Pair]()
        for part, phrases in parts:
            text += (" " if text else "") + _SIGNS[part.role]
            begins, place = len(text), part.start
            for phrase in phrases:
                text += _glue(original[place : phrase.start], begins == len(text))
                end = len(text) + len(phrase.english)
                pairs.append(
                    Pair(phrase.start, phrase.end, len(text), end, phrase.source, phrase.cosine)
                )
                text, place = text + phrase.english, phrase.end
            if not any(ch.isalpha() for ch in text[begins:]):
                text = text[:begins] + part.text
                pairs = [pair for pair in pairs if pair.english_start < begins]
        return cls(language, original, text, tuple(pairs))

    @property
    def telling(self) -> tuple[Pair, ...]:
        """The pairs that mean something by themselves, function words left out."""
        return tuple(pair for pair in self.pairs if pair.source != "function")

    def english_of(self, pair: Pair) -> str:
        """Return the English of a phrase."""
        return self.text[pair.english_start : pair.english_end]

    def to_rows(self) -> list[dict[str, Any]]:
        """Return a row for each phrase that means something: as published, and its English."""
        return [
            {
                "phrase": self.original[pair.start : pair.end],
                "english": self.english_of(pair),
                "source": pair.source,
                "cosine": pair.cosine,
            }
            for pair in self.telling
        ]

    def in_original(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        """Return the stretches of the original whose English some spans touch, in order."""
        wanted = tuple(spans)
        touched = [
            (pair.start, pair.end)
            for pair in self.pairs
            if any(a < pair.english_end and pair.english_start < b for a, b in wanted)
        ]
        found: list[Span] = []
        for start, end in sorted(touched):
            if found and not any(ch.isalnum() for ch in self.original[found[-1][1] : start]):
                found[-1] = (found[-1][0], end)
            else:
                found.append((start, end))
        return tuple(found)

    def to_json(self) -> str:
        """Return it without the original, to be kept."""
        return json.dumps([self.language, self.text, self.pairs], ensure_ascii=False)

    @classmethod
    def from_json(cls, original: str, kept: str) -> EnglishReading:
        """Return what `to_json` kept of a text.

        Raises:
            ValueError: it is damaged.
        """
        language, text, pairs = json.loads(kept)
        return cls(language, original, text, tuple(Pair(*pair) for pair in pairs))


@dataclass(frozen=True, slots=True)
class RecordInEnglish(Record):
    """A record whose text is its English reading.

    Attributes:
        published: its asks, as published.
    """

    published: tuple[str, ...] = ()


def in_english(record: Record, reading: EnglishReading | None) -> Record:
    """Return a record with the English reading in place of its text; as it is where none is."""
    if reading is None:
        return record
    said = {one.name: getattr(record, one.name) for one in fields(Record)}
    said["text"] = reading.text
    asked = tuple(part.text for part in asks(record.text, record.language))
    return RecordInEnglish(**said, published=asked)


def as_published(record: Record, number: int) -> str:
    """Return an ask of a record that was read in English as it was published; else empty."""
    asked = record.published if isinstance(record, RecordInEnglish) else ()
    return " ".join(asked[number].split()) if number < len(asked) else ""


def _glue(between: str, first: bool) -> str:
    """Return what stands between two phrases: the stops of the original, or a blank."""
    if first:
        return ""
    stops = "".join(ch for ch in between.translate(_STOPS) if ch in _BETWEEN)
    if not stops:
        return " "
    return f" {stops[0]}" if stops[0] == "(" else f"{stops[0]} "
