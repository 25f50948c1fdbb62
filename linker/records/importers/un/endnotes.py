"""Notes of a document as text: where their marks stand, what they say, and what "Ibid." is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from linker.records.importers.un.document import Document, Mark, Paragraph
from linker.records.importers.un.summaries import words

_NUMBER = re.compile(r"(?:(?<![\d–/-])|(?<=\b(?:19|20)\d\d))\d{1,3}(?!\d)")
"""A number of a note, also one printed right behind a year."""
_MARK_BEFORE = re.compile(r"[\w.,;:)”’\"'\]] ?$")
_MARK_AFTER = re.compile(r"\s|[.,;:)”]|$")
_SENTENCE_BEGINS = re.compile(r" [“\"(]?[A-ZÀ-Ý]|$")
_DECIMAL = re.compile(r"\d\.$")
_GLUED = re.compile(r"[^\W\d]$|[.,;:)”’\"'\]]$")
_MISSED = 3
"""Numbers of notes that a damaged text may have lost in a row."""
_PLACE_BEFORE = re.compile(
    r"\b(?:(?:[Pp]aras?|pp?|[Nn]os?|[Aa]rts?|chap|sect)\b\.? |(?:[Aa]nnex|see|and|to|or|of"
    r"|than|least|[Gg]oals?|[Tt]argets?|[Aa]rticles?|[Pp]aragraphs?|[Rr]ules?|[Pp]hase|[Cc]ategory"
    r"|[Ss]ection) )$"
)
_NOTE_AFTER = re.compile(r"\s+(?:[A-ZÀ-Ý“\"(]|[a-z]{2,12}\b|https?:|www\.)")
_COUNTED = re.compile(r"e?\d{1,4}")
"""The name of a note that counts up; endnotes of Word have an "e" before it."""
_LOOKED_BACK = 12
_IBID = re.compile(r"^(?:see )?\b(?:ibid|idem)\b\.?,?\s?", re.I)
_SYMBOL = re.compile(r"\b(?:[A-Z]{2,5}|[AE])(?:/[A-Z0-9](?:[\w.\-]*\w)?)+")
_ASIDE = re.compile(r"\b(?:see also|for (?:the )?relevant)\b", re.I)
_PLACE = re.compile(r",? (?:paras?|pp?)\.", re.I)


def with_notes(document: Document) -> Document:
    """Return a document whose notes were plain text with their marks and notes told apart.

    What a reader of the format already told apart stays. Numbers at the ends of words and
    sentences are marks where they count up; the chapter "Notes" is parted by the same numbers.
    """
    text, notes = _parted(document.paragraphs)
    found = dict(document.footnotes)
    if any(one.marks for one in text):
        return replace(document, paragraphs=tuple(text), footnotes=_counted(found, notes))
    counted = _counted(found, notes)
    marked = tuple(_marked(text)) if counted else tuple(text)
    return replace(document, paragraphs=marked, footnotes=counted)


def _parted(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], str]:
    """Part the paragraphs from the text of the chapter of notes behind them."""
    for place in range(len(paragraphs) - 1, -1, -1):
        one = paragraphs[place]
        heading = words().notes.match(one.printed)
        if heading and (
            len(one.printed) < 12 or re.match(r" ?\*? ?1\b", one.text[heading.end() :])
        ):
            rest = [one.printed[heading.end() :], *(x.printed for x in paragraphs[place + 1 :])]
            return list(paragraphs[:place]), " ".join(rest)
    return list(paragraphs), ""


def _counted(found: Mapping[str, str], text: str) -> dict[str, str]:
    """Return the notes by number: those found, with those that stand inside others or in text."""
    notes = dict(_split(text, 1)) if text.strip() else {}
    for name, note in found.items():
        if not name.isdigit():
            notes[name] = note
            continue
        missing = str(int(name) + 1) not in found
        inside = dict(_split(f"{name} {note}", int(name))) if missing else {}
        notes.update(inside or {name: note})
    return notes


def _split(text: str, first: int) -> Iterator[tuple[str, str]]:
    """Yield (number, note) of notes that follow each other in one text."""
    number, begun = first, -1
    for match in _NUMBER.finditer(text):
        missed = int(match[0]) - number
        if not 0 <= missed <= _MISSED * (begun >= 0) or not _NOTE_AFTER.match(text, match.end()):
            continue
        before = text[max(match.start() - _LOOKED_BACK, 0) : match.start()]
        if begun >= 0 and (
            _PLACE_BEFORE.search(before) or not re.search(r"[.;:)\]”\w/] $", before)
        ):
            continue
        if begun >= 0:
            yield str(number - 1), text[begun : match.start()].strip()
        begun, number = match.end(), int(match[0]) + 1
    if begun >= 0:
        yield str(number - 1), text[begun:].strip()


def _marked(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Yield the paragraphs without the marks in their text, which count up from 1."""
    expected = 1
    for one in paragraphs:
        cuts: list[tuple[int, int, str]] = []
        for match in _NUMBER.finditer(one.text):
            missed = int(match[0]) - expected
            glued = bool(_GLUED.search(one.text[: match.start()][-1:]))
            if not 0 <= missed <= _MISSED * glued or not _is_mark(one.text, *match.span()):
                continue
            cuts.append((match.start(), match.end(), match[0]))
            expected += missed + 1
        yield _cut(one, cuts) if cuts else one


def _is_mark(text: str, start: int, end: int) -> bool:
    before = text[max(start - _LOOKED_BACK, 0) : start]
    if _PLACE_BEFORE.search(before) or not _MARK_AFTER.match(text, end):
        return False
    if _DECIMAL.search(before):
        return bool(_SENTENCE_BEGINS.match(text, end))
    return bool(_MARK_BEFORE.search(before))


def _cut(one: Paragraph, cuts: Sequence[tuple[int, int, str]]) -> Paragraph:
    text, marks, done = "", [], 0
    for start, end, name in cuts:
        text = (text + one.text[done:start]).rstrip()
        marks.append(Mark(len(text), name))
        done = end
    return replace(one, text=(text + one.text[done:]).strip(), marks=tuple(marks))


def without_ibid(
    notes: Mapping[str, str], fits: Callable[[str, str], bool] | None = None
) -> dict[str, str]:
    """Return notes with what "Ibid." stands for: the last source of the note before.

    "Ibid., para. 10" behind "CAT/C/XVM/CO/2, para. 9" is "CAT/C/XVM/CO/2, para. 10"; a symbol
    named only as something else to see is not what was quoted, unless it alone fits.

    Args:
        notes: mark -> note.
        fits: says of a mark and a symbol whether it is of the body that the mark stands behind.
    """
    resolved = dict(notes)
    symbols: list[str] = []
    last = whole = ""
    for name in sorted(filter(_COUNTED.fullmatch, notes), key=_number):
        said = notes[name]
        if (ibid := _IBID.match(said)) and last:
            rest = said[ibid.end() :]
            fitting = [one for one in symbols if fits and fits(name, one)]
            source = last if last in fitting or not fitting else fitting[0]
            place = rest and not _ASIDE.match(rest)
            said = f"{source}, {rest}" if place else f"{whole} {rest}".strip()
        resolved[name] = said
        whole, *asides = (part.strip() for part in _ASIDE.split(said))
        quoted = _SYMBOL.findall(whole)
        symbols = quoted[::-1] + _SYMBOL.findall(" ".join(asides))
        last = quoted[-1] if quoted else _PLACE.split(whole, maxsplit=1)[0].strip(" .,")
    return resolved


def _number(name: str) -> tuple[str, int]:
    return name.rstrip("0123456789"), int(name.lstrip("e"))
