"""Reads a UN document of any format."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from linker.records.importers.base import Kind, Limits
from linker.records.importers.un.document import Document, Format
from linker.records.importers.un.pdf import read_pdf
from linker.records.importers.un.plain import read_plain
from linker.records.importers.un.webpage import read_webpage
from linker.records.importers.un.word import read_word

FORMATS: Mapping[Kind, Format] = {
    "docx": "docx",
    "pdf": "pdf",
    "csv": "text",
    "html": "html",
}
"""What a file is read as, by its kind; other kinds hold no paragraphs."""
_READERS = {"docx": read_word, "pdf": read_pdf, "text": read_plain, "html": read_webpage}


def read_document(path: Path, kind: str, limits: Limits) -> Document:
    """Return a file's paragraphs and notes.

    Args:
        path: the file.
        kind: "docx", "pdf", "text" or "html".
        limits: how much is read.

    Raises:
        ImportRefused: damaged, locked, scanned or beyond a limit; says which.
    """
    return _READERS[kind](path, limits)
