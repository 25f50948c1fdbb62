"""Lists of recommendations in paragraphs, as offices keep them: no table, and no UN document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from linker.records.citing import upr_text
from linker.records.import_notes import ImportRefused, Notes, refuse
from linker.records.importers.base import Head, Kind, Limits, Options
from linker.records.importers.found_tables import Table, fitted_rows
from linker.records.importers.grid import Row
from linker.records.importers.heads import head_of
from linker.records.importers.position_places import announces, position_of_heading
from linker.records.importers.safe_open import kind_of
from linker.records.importers.table import records_of
from linker.records.importers.un.document import Document, Paragraph
from linker.records.importers.un.list_items import (
    BULLET,
    LISTED,
    NUMBER,
    REVIEW_NUMBER,
    is_item,
    with_position,
)
from linker.records.importers.un.printed_table import printed_table
from linker.records.importers.un.reading import FORMATS, read_document
from linker.records.importers.un.titled import with_headings
from linker.records.record import Record
from linker.vocabulary.state_lists import only_states

_COLUMNS = ("paragraph", "text", "position")
_RECOMMENDATIONS = re.compile(
    r"recommendations?\b|recommandations?\b|recomendaci|recomenda[çc]|рекомендаци|توصيات|建议", re.I
)
_LEAST = 2
_TITLES = 12
_TITLE_CHARS = 300
_HALF = 0.5
_SHOWN, _SHOWN_CHARS, _LINE_CHARS = 5, 80, 120


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
        _refuse_printed_table(document)
        rows = _told(list(_rows(document, notes)))
        columns = _COLUMNS[: max(len(row.cells) for row in rows)]
        titles = tuple(one.printed[:_TITLE_CHARS] for one in _before(document))
        fields = {name: at for at, name in enumerate(columns)}
        fitted = fitted_rows(iter(rows), columns, kind, notes, options.limits)
        table = Table(columns, fields, fitted, tuple(rows), titles=titles)
        yield from records_of(table, notes, options)
        document.marks.footnotes.extend(_footnotes(document))
        document.marks.tell(notes)


def _refuse_printed_table(document: Document) -> None:
    """Refuse the lines of a table: what is text and what is State or position, nobody could say.

    In Word documents and pages the cells of tables are known.
    """
    if document.format not in ("pdf", "text"):
        return
    items = [one for one in document.paragraphs if is_item(one)]
    if shown := printed_table(_before(document), items):
        raise refuse(
            document.name,
            "its recommendations stand in a printed table, of which only the lines are here, so "
            f"that text, State and position cannot be told apart: {shown[-_LINE_CHARS:]!r}",
            "Ask for the file that it was made from (Word, Excel), or open it in Word, which finds "
            "tables again, and save it as .docx; or copy the table into a spreadsheet.",
            kind="printed table",
        )


def _footnotes(document: Document) -> Iterator[tuple[str, str]]:
    """Yield (place, text) of the footnotes of items, which no record takes up."""
    for at, one in enumerate(document.paragraphs, start=1):
        if is_item(one):
            for mark in one.marks:
                if text := document.footnotes.get(mark.name, ""):
                    yield f"paragraph {at}", text


def is_list(path: Path, kind: Kind, limits: Limits) -> bool:
    """Say whether a file holds a list of recommendations in paragraphs."""
    if kind not in FORMATS:
        return False
    try:
        document = read_document(path, FORMATS[kind], limits)
    except ImportRefused:
        return False
    items = [one for one in document.paragraphs if is_item(one)]
    if sum(bool(REVIEW_NUMBER.fullmatch(one.number)) for one in items) >= _LEAST:
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
        (at for at, one in enumerate(document.paragraphs) if is_item(one)),
        len(document.paragraphs),
    )
    return document.paragraphs[:first][:_TITLES]


def _introduces(one: Paragraph) -> bool:
    return bool(position_of_heading(one.text)) or announces(one.text)


def _counts(paragraphs: Sequence[Paragraph], at: int) -> bool:
    """Whether a short numbered line is one of the items, and no heading of those below it.

    A heading stands above items that are numbered otherwise, or from one on, or above plain text.
    """
    if not NUMBER.fullmatch(paragraphs[at].number) or not is_item(paragraphs[at]):
        return False
    below = paragraphs[at + 1 : at + 3]
    if not below:
        return True
    if not is_item(below[0]) or not NUMBER.fullmatch(below[0].number):
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


def _rows(document: Document, notes: Notes) -> Iterator[Row]:
    """Yield a row an item, with what goes on below it, and one for each heading."""
    number, lines, place = "", list[str](), ""
    joined, in_tables = list[str](), list[str]()
    headed = with_headings(document.paragraphs)
    by_tables = _stands_in_tables(document)
    title = _title(document, notes)
    for at, (plain, found) in enumerate(zip(document.paragraphs, headed, strict=True), start=1):
        if plain.in_table and not by_tables:
            in_tables.append(plain.printed)
            continue
        listed = LISTED.match(plain.style) or _counts(document.paragraphs, at - 1)
        one = plain if listed else found
        heads = bool(one.heading or _introduces(one)) and not is_item(one)
        if lines and (heads or is_item(one)):
            yield Row(place, (number, "\n".join(lines)))
            lines = []
        if is_item(one):
            number, place = one.number.strip("().-"), f"paragraph {at}"
            lines = [BULLET.sub("", one.text)]
        elif heads and at - 1 != title:
            yield Row(f"paragraph {at}", ("", one.text), spans=True)
        elif lines and not heads:
            lines.append(one.printed)
            joined.append(f"paragraph {at}: {one.printed[:_SHOWN_CHARS]!r}")
    if lines:
        yield Row(place, (number, "\n".join(lines)))
    _tell_others(joined, in_tables, notes)


def _title(document: Document, notes: Notes) -> int:
    """Return the place of the heading that is the document's title and no theme, -1 for none.

    It stands above all items, and all other headings below it in rank.
    """
    headings = [(at, one) for at, one in enumerate(document.paragraphs) if one.heading]
    items = [at for at, one in enumerate(document.paragraphs) if is_item(one)]
    if not headings or not items or headings[0][0] > items[0]:
        return -1
    (at, title), *others = headings
    says_more = _introduces(title) or only_states(title.text)
    if says_more or any(one.heading <= title.heading for _, one in others):
        return -1
    if not others and not head_of((title.text,)).certain:
        notes.told(
            "title of the list",
            row=f"paragraph {at + 1}",
            value=title.text,
            reason=f"{title.text[:_SHOWN_CHARS]!r} stands above the whole list, and is taken for "
            "its title, for no theme",
            remedy="If it is their theme, write it once more as a heading below the title.",
        )
    return at


def _stands_in_tables(document: Document) -> bool:
    items = [one for one in document.paragraphs if is_item(one)]
    return 2 * sum(one.in_table for one in items) >= len(items)


def _tell_others(joined: Sequence[str], in_tables: Sequence[str], notes: Notes) -> None:
    """Say what of a list is no item: paragraphs read with the item above, and tables."""
    if joined:
        more = "" if len(joined) <= _SHOWN else " …"
        said = "1 paragraph is" if len(joined) == 1 else f"{len(joined):,} paragraphs are"
        notes.told(
            "joined paragraphs",
            reason=f"{said} without a number, and read with the item above "
            f"({'; '.join(joined[:_SHOWN])}{more})",
            remedy="Delete what belongs to no recommendation, or give each recommendation its "
            "number, and import the file again.",
        )
    if in_tables:
        shown = " | ".join(in_tables[:_SHOWN])[: _SHOWN * _SHOWN_CHARS]
        notes.told(
            "table beside the list",
            reason=f"the list stands in paragraphs; what stands in tables is not read ({shown})",
            remedy="Put recommendations that stand there into the list, or save the table as a "
            "file of its own.",
        )
