"""Lists of recommendations in paragraphs, as offices keep them: no table, and no UN document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from linker.records.citing import upr_text
from linker.records.import_notes import ImportRefused, Notes
from linker.records.importers.base import Head, Kind, Limits, Options
from linker.records.importers.found_tables import Table, fitted_rows
from linker.records.importers.grid import Row
from linker.records.importers.position_places import position_of_heading
from linker.records.importers.safe_open import kind_of
from linker.records.importers.table import records_of
from linker.records.importers.un.document import Document, Paragraph
from linker.records.importers.un.reading import FORMATS, read_document
from linker.records.importers.un.titled import with_headings
from linker.records.record import Record
from linker.vocabulary.state_lists import only_states

_COLUMNS = ("paragraph", "text")
_REVIEW_NUMBER = re.compile(r"\d{1,3}\.\d{1,3}\.?")
_NUMBER = re.compile(r"\(?\d{1,3}[.)-]")
_BULLET = re.compile(r"^[-–•*▪◦·]\s+")
_LISTED = re.compile(r"list\b|liste\b|lista\b|aufz|список|маркир", re.IGNORECASE)
"""Styles of lists in Word, whose bullets stand in no text."""
_RECOMMENDATIONS = re.compile(
    r"recommendations?\b|recommandations?\b|recomendaci|recomenda[çc]|рекомендаци|توصيات|建议", re.I
)
_LEAST = 2
_TITLES = 12
_TITLE_CHARS = 300
_HALF = 0.5


class ParagraphList:
    """Each numbered or listed paragraph is a recommendation; headings say theme or position."""

    name = "list"
    label = "list of recommendations in paragraphs"

    def recognises(self, head: Head) -> bool:
        """Say whether the paragraphs of the file are such a list."""
        return head.listed

    def read(self, path: Path, notes: Notes, options: Options) -> Iterator[Record]:
        """Yield a record an item."""
        kind = kind_of(path, options.limits)
        document = read_document(path, FORMATS[kind], options.limits)
        rows = list(_rows(document))
        titles = tuple(one.printed[:_TITLE_CHARS] for one in _before(document))
        fields = dict(zip(_COLUMNS, range(2), strict=True))
        fitted = fitted_rows(iter(rows), _COLUMNS, kind, notes, options.limits)
        table = Table(_COLUMNS, fields, fitted, tuple(rows), titles=titles)
        yield from records_of(table, notes, options)


def is_list(path: Path, kind: Kind, limits: Limits) -> bool:
    """Say whether a file holds a list of recommendations in paragraphs."""
    if kind not in FORMATS:
        return False
    try:
        document = read_document(path, FORMATS[kind], limits)
    except ImportRefused:
        return False
    items = [one for one in document.paragraphs if _is_item(one)]
    if sum(bool(_REVIEW_NUMBER.fullmatch(one.number)) for one in items) >= _LEAST:
        return True
    named = sum(bool(upr_text(one.text).recommending_states) for one in items)
    headed = any(_RECOMMENDATIONS.search(one.text) for one in _before(document))
    headed = headed or sum(_names_states(one) for one in document.paragraphs) >= _LEAST
    return len(items) >= _LEAST and (headed or named >= _HALF * len(items))


def _names_states(one: Paragraph) -> bool:
    """Say whether a heading names the States that recommend what stands below it."""
    return bool(one.heading and only_states(one.text))


def _before(document: Document) -> Sequence[Paragraph]:
    """Return what stands before the first item."""
    first = next(
        (at for at, one in enumerate(document.paragraphs) if _is_item(one)),
        len(document.paragraphs),
    )
    return document.paragraphs[:first][:_TITLES]


def _is_item(one: Paragraph) -> bool:
    if not one.text or one.heading or position_of_heading(one.text):
        return False
    numbered = _REVIEW_NUMBER.fullmatch(one.number) or _NUMBER.fullmatch(one.number)
    return bool(numbered or _BULLET.match(one.text) or _LISTED.match(one.style))


def _rows(document: Document) -> Iterator[Row]:
    """Yield a row an item, with what goes on below it, and one for each heading."""
    number, lines, place = "", list[str](), ""
    headed = with_headings(document.paragraphs)
    for at, (plain, found) in enumerate(zip(document.paragraphs, headed, strict=True), start=1):
        one = plain if _LISTED.match(plain.style) else found
        heads = bool(one.heading or position_of_heading(one.text)) and not _is_item(one)
        if lines and (heads or _is_item(one)):
            yield Row(place, (number, "\n".join(lines)))
            lines = []
        if _is_item(one):
            number, place = one.number.strip("().-"), f"paragraph {at}"
            lines = [_BULLET.sub("", one.text)]
        elif heads:
            yield Row(f"paragraph {at}", ("", one.text), spans=True)
        elif lines:
            lines.append(one.printed)
    if lines:
        yield Row(place, (number, "\n".join(lines)))
