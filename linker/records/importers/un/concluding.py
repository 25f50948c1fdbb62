"""Concluding observations of treaty bodies as records: one a numbered paragraph that recommends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from linker.records.import_notes import Notes
from linker.records.importers.un.document import Document
from linker.records.importers.un.found import Found
from linker.records.importers.un.front_page import FrontPage
from linker.records.importers.un.numbered import Numbered, numbered_paragraphs
from linker.records.importers.un.titled import with_headings
from linker.records.importers.un.word_lists import patterns_of
from linker.vocabulary.files import remembered

PROCEDURE = "procedure"
"""Kind of paragraphs on follow-up, dissemination and the next report."""
_SENTENCE = re.compile(r"(?<=[.!?])[”\"’)]?\s+(?=[A-Z“\"(])|\n(?=\([a-z]+\)\s)")
_CONTEXT_CHARS = 20_000


@dataclass(frozen=True, slots=True)
class Phrases:
    """What tells the parts of concluding observations apart, one pattern each."""

    recommends: re.Pattern[str]
    left_out: re.Pattern[str]
    annexes: re.Pattern[str]
    procedure_headings: re.Pattern[str]
    procedure: re.Pattern[str]


@remembered()
def phrases() -> Phrases:
    """Read data/vocabularies/un_recommending.yaml."""
    return Phrases(**patterns_of("un_recommending.yaml", any_space=True))


class ConcludingObservations:
    """Recommending paragraphs with letters inside, heading as theme, concern before as context."""

    kind = "concluding_observations"

    def read(self, document: Document, front: FrontPage, notes: Notes) -> Iterator[Found]:
        """Yield the paragraphs that recommend; what is left out is told by chapter."""
        known = phrases()
        concern: list[Numbered] = []
        left_out: dict[str, int] = {}
        for one in numbered_paragraphs(list(with_headings(document.paragraphs))):
            chapter = " / ".join(one.headings)
            if any(known.annexes.search(heading) for heading in one.headings):
                break
            if any(known.left_out.search(heading) for heading in one.headings):
                left_out[chapter] = left_out.get(chapter, 0) + 1
                continue
            before, text = parted(one.text)
            if not text:
                if concern and concern[-1].headings != one.headings:
                    concern = []
                concern.append(one)
                continue
            same = [other for other in concern if other.headings == one.headings]
            yield _found(one, text, [*(_cited(other) for other in same), before])
            concern = []
        for chapter, count in left_out.items():
            reason = f"{count} paragraphs of “{chapter}” left out: they recommend nothing"
            notes.told("left out", reason=reason)


def parted(text: str) -> tuple[str, str]:
    """Part a paragraph into what it says before and what it recommends; ("…", "") without any.

    A paragraph that recommends from its first sentence on is whole.
    """
    known = phrases()
    if not known.recommends.search(text):
        return text, ""
    starts = [0, *(match.end() for match in _SENTENCE.finditer(text)), len(text)]
    parts = [(start, text[start:end]) for start, end in pairwise(starts)]
    start = next((start for start, part in parts if known.recommends.search(part)), 0)
    return text[:start].strip(), text[start:].strip()


def is_procedure(one: Numbered, text: str) -> bool:
    """Say whether a paragraph is about follow-up, dissemination or the next report."""
    known = phrases()
    nearest = one.headings[-1] if one.headings else ""
    first = text.split("\n", 1)[0]
    return bool(known.procedure_headings.search(nearest) or known.procedure.search(first))


def _cited(one: Numbered) -> str:
    return f"{one.number}. {one.text}"


def _found(one: Numbered, text: str, before: list[str]) -> Found:
    theme = one.theme
    nearest = one.headings[-1] if one.headings else ""
    values: dict[str, str | tuple[str, ...]] = {
        "text": text,
        "paragraph": one.number,
        "heading": theme or nearest,
        "themes": (theme,) if theme else (),
        "context": "\n".join(part for part in before if part)[:_CONTEXT_CHARS],
        "kind": PROCEDURE if is_procedure(one, text) else "recommendation",
    }
    return Found(values, f"para. {one.number}" + (f", page {one.page}" if one.page else ""))
