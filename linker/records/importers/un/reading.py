"""Reads a UN document of any format."""

from __future__ import annotations

from pathlib import Path

from linker.records.importers.base import Limits
from linker.records.importers.un.document import Document
from linker.records.importers.un.pdf import read_pdf
from linker.records.importers.un.plain import read_plain
from linker.records.importers.un.word import read_word

_READERS = {"docx": read_word, "pdf": read_pdf, "text": read_plain}


def read_document(path: Path, kind: str, limits: Limits) -> Document:
    """Return a file's paragraphs and notes.

    Args:
        path: the file.
        kind: "docx", "pdf" or "text".
        limits: how much is read.

    Raises:
        ImportRefused: damaged, locked, scanned or beyond a limit; says which.
    """
    return _READERS[kind](path, limits)
