"""Whether a file is a UN document, by its first pages."""

from __future__ import annotations

import csv
from itertools import islice
from pathlib import Path

from linker.records.import_notes import ImportRefused
from linker.records.importers.base import Kind, Limits
from linker.records.importers.safe_open import open_content
from linker.records.importers.un.document import Document
from linker.records.importers.un.front_page import FrontPage, front_page, has_masthead
from linker.records.importers.un.pdf import read_pdf
from linker.records.importers.un.plain import decoded, paragraphs_of_text
from linker.records.importers.un.word import read_word

_PAGES = 4
_START = 60_000
_IN_TABLES = 0.5
_ROWS_TO_TELL = 3
_ROWS_LOOKED_AT = 40


def front_of_file(path: Path, kind: Kind, limits: Limits) -> FrontPage | None:
    """Return what the first page of a UN document says, None where the file is none.

    Raises:
        ImportRefused: a PDF that is damaged, locked or scanned.
    """
    if kind == "pdf":
        front = front_page(read_pdf(path, limits, pages=_PAGES))
        return front if front.kind else None
    if kind == "docx":
        return _of_word(path, limits)
    return _of_text(path, limits) if kind == "csv" else None


def is_prose(path: Path, kind: Kind, limits: Limits) -> bool:
    """Say whether a document's text stands in paragraphs rather than in the cells of a table.

    Raises:
        ImportRefused: it cannot be opened.
    """
    if kind == "docx":
        return _outside_tables(read_word(path, limits))
    if kind == "csv":
        with open_content(path, limits) as file:
            return not _is_table(decoded(file.read(_START)))
    return kind == "pdf"


def _outside_tables(document: Document) -> bool:
    inside = sum(len(one.text) for one in document.paragraphs if one.in_table)
    whole = sum(len(one.text) for one in document.paragraphs)
    return bool(whole) and inside / whole <= _IN_TABLES


def _of_word(path: Path, limits: Limits) -> FrontPage | None:
    """Recognise a Word document whose text stands mostly outside its tables."""
    try:
        document = read_word(path, limits)
    except ImportRefused:
        return None  # the reader of tables says what is wrong
    if not _outside_tables(document):
        return None
    front = front_page(document)
    return front if front.kind and (front.titled or has_masthead(front)) else None


def _of_text(path: Path, limits: Limits) -> FrontPage | None:
    with open_content(path, limits) as file:
        start = decoded(file.read(_START))
    if _is_table(start):
        return None
    front = front_page(Document(path.name, "text", tuple(paragraphs_of_text(start))))
    return front if front.kind and (front.titled or has_masthead(front)) else None


def _is_table(text: str) -> bool:
    """Say whether most rows have as many cells as the first one; marks in quotes part no cells."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2:
        return False
    for mark in ",;\t|":
        rows = [row for row in islice(csv.reader(lines, delimiter=mark), _ROWS_LOOKED_AT) if row]
        expected = len(rows[0])
        alike = sum(len(row) == expected for row in rows)
        if expected > 1 and alike >= min(_ROWS_TO_TELL, len(rows)) and alike * 2 > len(rows):
            return True
    first = lines[0].strip().casefold().strip("\"'\ufeff")
    return first in ("text", "recommendation", "recommendations")
