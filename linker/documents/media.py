"""Documents on their way through the web: their media types, and several files as one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

from linker.documents.writers.reproducible_zip import EPOCH

MIME = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "pdf": "application/pdf",
    "html": "text/html",
    "csv": "text/csv",
    "json": "application/json",
    "ris": "application/x-research-info-systems",
    "bib": "application/x-bibtex",
    "zip": "application/zip",
    "ics": "text/calendar",
}
"""Media type of each format."""
ANY = "application/octet-stream"
"""That of formats which plugins add."""


def as_one(files: Iterable[Path]) -> bytes:
    """Return what was written as one piece: a file itself, several in one zip archive.

    The same files give the same bytes, whenever they were written.
    """
    written = list(files)
    if len(written) == 1:
        return written[0].read_bytes()
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for file in written:
            entry = zipfile.ZipInfo(file.name, EPOCH)
            archive.writestr(entry, file.read_bytes(), zipfile.ZIP_DEFLATED)
    return held.getvalue()
