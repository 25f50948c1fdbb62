"""Lists of recommendations in paragraphs, as offices keep them: no table, and no UN document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from linker.records.citing import upr_text
from linker.records.import_notes import ImportRefused, Notes
from linker.records.importers.base import Head, Kind, Limits, Options
from linker.records.importers.found_tables import Table, fitted_rows
from linker.records.importers.grid import Row
from linker.records.importers.position_places import announces, position_of_heading
from linker.records.importers.safe_open import kind_of
from linker.records.importers.table import records_of
from linker.records.importers.un.document import Document, Paragraph
from linker.records.importers.un.reading import FORMATS, read_document
from linker.records.importers.un.titled import with_headings
from linker.records.record import Record
from linker.vocabulary.positions import position_said
from linker.vocabulary.state_lists import only_states

_COLUMNS = ("paragraph", "text", "position")
_REVIEW_NUMBER = re.compile(r"\d{1,3}\.\d{1,3}\.?")
_NUMBER = re.compile(r"\(?\d{1,3}[.)-]")
_BULLET = re.compile(r"^[-–•*▪◦·]\s+")
_LISTED = re.compile(r"list\b|liste\b|lista\b|aufz|список|маркир", re.IGNORECASE)
"""Styles of lists in Word, whose bullets stand in no text."""
_RECOMMENDATIONS = re.compile(
    r"recommendations?\b|recommandations?\b|recomendaci|recomenda[çc]|рекомендаци|توصيات|建议", re.I
)
_APART = re.compile(r"\s?(?:[.;:\[(–—]|\s-)\s?(?=[^\W\d_])|(?<=[)\]])\s(?=[^\W\d_])")
"""Between an item and the position set behind it."""
_SAID_CHARS = 60
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
        rows = _told(list(_rows(document)))
        columns = _COLUMNS[: max(len(row.cells) for row in rows)]
        titles = tuple(one.printed[:_TITLE_CHARS] for one in _before(document))
        fields = {name: at for at, name in enumerate(columns)}
        fitted = fitted_rows(iter(rows), columns, kind, notes, options.limits)
        table = Table(columns, fields, fitted, tuple(rows), titles=titles)
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


def _introduces(one: Paragraph) -> bool:
    return bool(position_of_heading(one.text)) or announces(one.text)


def _is_item(one: Paragraph) -> bool:
    if not one.text or one.heading or announces(one.text):
        return False
    numbered = _REVIEW_NUMBER.fullmatch(one.number) or _NUMBER.fullmatch(one.number)
    if not (numbered or _BULLET.match(one.text) or _LISTED.match(one.style)):
        return False
    text, position = with_position(one.text)
    return bool(position and text) or not position_of_heading(one.text)


def with_position(text: str) -> tuple[str, str]:
    """Return an item without the position set behind it, and that: "… (Peru). Noted"."""
    for apart in _APART.finditer(text, max(0, len(text) - _SAID_CHARS)):
        said = text[apart.end() :].rstrip(" .;)]")
        if position_said(said):
            return text[: apart.start()].rstrip(), said
    return text, ""


def _counts(paragraphs: Sequence[Paragraph], at: int) -> bool:
    """Whether a short numbered line is one of the items, and no heading of those below it.

    A heading stands above items that are numbered otherwise, or from one on, or above plain text.
    """
    if not _NUMBER.fullmatch(paragraphs[at].number) or not _is_item(paragraphs[at]):
        return False
    below = paragraphs[at + 1 : at + 3]
    if not below:
        return True
    if not _is_item(below[0]) or not _NUMBER.fullmatch(below[0].number):
        return bool(below[0].heading)
    numbers = [one.number.strip("().-") for one in below]
    return numbers != ["1", "2"]


def _told(rows: Sequence[Row]) -> list[Row]:
    """Return rows with the positions that items say, those of headings for all others.

    Where no item says one, headings alone do, and the rows stay as they are.
    """
    if not any(with_position(row.cells[1])[1] for row in rows if not row.spans):
        return list(rows)
    found, above = list[Row](), ""
    for row in rows:
        if row.spans:
            if said := position_of_heading(row.cells[1]):
                above = said
            else:
                above = "" if announces(row.cells[1]) else above
                found.append(replace(row, cells=(*row.cells, "")))
            continue
        text, position = with_position(row.cells[1])
        found.append(replace(row, cells=(row.cells[0], text, position or above)))
    return found


def _rows(document: Document) -> Iterator[Row]:
    """Yield a row an item, with what goes on below it, and one for each heading."""
    number, lines, place = "", list[str](), ""
    headed = with_headings(document.paragraphs)
    for at, (plain, found) in enumerate(zip(document.paragraphs, headed, strict=True), start=1):
        is_item = _LISTED.match(plain.style) or _counts(document.paragraphs, at - 1)
        one = plain if is_item else found
        heads = bool(one.heading or _introduces(one)) and not _is_item(one)
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
