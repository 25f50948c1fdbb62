"""Office files whose bytes depend on nothing but their content."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

# The first moment a zip archive can hold.
EPOCH = (1980, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^<>]*>)[^<]*(</dcterms:)")


def settled(office_file: bytes, date: str = "") -> bytes:
    """Rewrite a DOCX or XLSX so that the same content gives the same bytes.

    Entries are sorted (the content types first, as OPC readers expect), their times fixed, and the
    document's own dates of making set to the date given.

    Args:
        office_file: a DOCX or XLSX file.
        date: ISO 8601 date; empty for 1 January 1980.
    """
    day = date[:10] if re.fullmatch(r"\d{4}-\d\d-\d\d", date[:10]) else "1980-01-01"
    stamp = rb"\g<1>" + day.encode() + rb"T00:00:00Z\g<2>"
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(office_file)) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _STAMP.sub(stamp, content)
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 0
            new.writestr(entry, content, compresslevel=6)
    return out.getvalue()


def zipped(write: Callable[[Path], Iterable[Path]]) -> bytes:
    """Return files as one archive whose bytes depend on nothing but their content.

    Args:
        write: writes them into a folder, and returns them.
    """
    buffer = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(buffer, "w") as archive:
        for file in write(Path(folder)):
            archive.write(file, file.name)
    return settled(buffer.getvalue())
