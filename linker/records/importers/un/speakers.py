"""Who recommends what in a paragraph that reports what several have said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from linker.records.importers.un.document import Mark
from linker.records.importers.un.summaries import words

_SENTENCE = re.compile(r"[.!?][”\"’')]{0,2} (?=[“\"(«]?[A-ZÀ-ÝА-ЯЁ])")
_NOT_AN_END = re.compile(r"\b(?:Nos?|paras?|arts?|Mr|Ms|Mrs|Dr|St|vs|e\.g|i\.e|cf)\.$")
NOTES_SAY = "?"
"""Speaks where nobody is named: who it is stands in the footnotes."""


class Voices(Protocol):
    """Knows who a subject is."""

    def named(self, subject: str) -> tuple[str, ...]:
        """Return those a subject names, or none."""
        ...

    def is_state(self, subject: str) -> bool:
        """Say whether a subject is the State under review."""
        ...

    def again(self, subject: str, last: Sequence[tuple[str, ...]]) -> tuple[str, ...] | None:
        """Return who of those that spoke "it" or "the same Committee" is; None where neither."""
        ...


@dataclass(frozen=True, slots=True)
class Said:
    """What one or several together recommend in a paragraph.

    Attributes:
        who: those who speak, by what `Voices` calls them; `NOTES_SAY` for nobody named.
        text: their sentences, with what was said before they recommended.
        notes: marks of the footnotes in it.
    """

    who: tuple[str, ...]
    text: str
    notes: tuple[str, ...]


@dataclass(slots=True)
class Memory:
    """Who spoke, the last one at the end; kept from paragraph to paragraph."""

    spoke: list[tuple[str, ...]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    end: int
    who: tuple[str, ...]
    recommends: bool


def recommended(text: str, marks: Sequence[Mark], voices: Voices, memory: Memory) -> list[Said]:
    """Return what each recommends in a paragraph, in order; empty where nobody does.

    Where one recommends, the whole paragraph is theirs. Where several do, each has the sentences
    from behind what the one before recommended.
    """
    sentences = [_understood(text, span, voices, memory) for span in _spans(text)]
    groups: list[tuple[tuple[str, ...], list[_Sentence]]] = []
    waiting: list[_Sentence] = []
    for one in sentences:
        waiting.append(one)
        if not one.recommends:
            continue
        if groups and groups[-1][0] == one.who:
            groups[-1][1].extend(waiting)
        else:
            own = [x for x in waiting if groups and x.who == groups[-1][0]]
            if groups:
                groups[-1][1].extend(own)
            groups.append((one.who, [x for x in waiting if x not in own]))
        waiting = []
    if groups:
        groups[-1][1].extend(waiting)
    return _joined(text, marks, groups)


def _joined(
    text: str,
    marks: Sequence[Mark],
    groups: Sequence[tuple[tuple[str, ...], list[_Sentence]]],
) -> list[Said]:
    together: dict[tuple[str, ...], list[_Sentence]] = {}
    for who, sentences in groups:
        together.setdefault(who, []).extend(sentences)
    return [
        Said(
            who,
            " ".join(text[one.start : one.end].strip() for one in sentences),
            tuple(
                mark.name
                for mark in marks
                if any(one.start + 1 < mark.at <= one.end + 1 for one in sentences)
            ),
        )
        for who, sentences in together.items()
    ]


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _SENTENCE.finditer(text):
        if _NOT_AN_END.search(text[max(match.start() - 8, 0) : match.start() + 1]):
            continue
        yield start, match.end() - 1
        start = match.end()
    if start < len(text):
        yield start, len(text)


def _understood(text: str, span: tuple[int, int], voices: Voices, memory: Memory) -> _Sentence:
    sentence = text[span[0] : span[1]]
    who = _who(sentence, voices, memory)
    recommends = bool(who) and _recommends(sentence)
    return _Sentence(*span, who, recommends)


def _recommends(sentence: str) -> bool:
    return bool(words().recommends.search(sentence) or words().impersonal.search(sentence))


def _who(sentence: str, voices: Voices, memory: Memory) -> tuple[str, ...]:
    """Return who says a sentence, and remember those it names."""
    verb = words().reporting.search(sentence)
    subject = sentence[: verb.start()] if verb else ""
    if named := voices.named(subject):
        memory.spoke.append(named)
        return named
    if (again := voices.again(subject.strip() or sentence, memory.spoke)) and (
        not words().impersonal.match(sentence)
    ):
        memory.spoke.append(again)
        return again
    if words().impersonal.search(sentence):
        return (NOTES_SAY,)
    if verb and voices.is_state(subject):
        return ()
    return memory.spoke[-1] if memory.spoke else ()
