"""Office files in the strict form of the standard, read as the form everybody writes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_STRICT = b"http://purl.oclc.org/ooxml/"
_NAME = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/([\w/\-]*)")
_OTHER_NAMES = {
    b"extendedProperties": b"extended-properties",
    b"customProperties": b"custom-properties",
}
_MAIN = ("word/document.xml", "xl/workbook.xml")


@contextmanager
def transitional(path: Path) -> Iterator[BinaryIO]:
    """Open an Office file; one in strict form (ISO/IEC 29500) with the usual names inside.

    Word and Excel write the strict form when asked to; the libraries that read it know but the
    namespaces of the transitional one, which differ in nothing else that matters here.
    """
    with path.open("rb") as file:
        if not _is_strict(file):
            file.seek(0)
            yield file
            return
        file.seek(0)
        made = io.BytesIO()
        with zipfile.ZipFile(file) as archive, zipfile.ZipFile(made, "w") as copy:
            for member in archive.infolist():
                data = archive.read(member)
                if member.filename.endswith((".xml", ".rels")) and _STRICT in data:
                    data = _NAME.sub(_usual, data)
                copy.writestr(member.filename, data)
        made.seek(0)
        yield made


def _is_strict(file: BinaryIO) -> bool:
    try:
        with zipfile.ZipFile(file) as archive:
            for name in _MAIN:
                if name in archive.NameToInfo:
                    with archive.open(name) as part:
                        return _STRICT in part.read(8192)
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError):
        return False
    return False


def _usual(match: re.Match[bytes]) -> bytes:
    rest = b"/".join(_OTHER_NAMES.get(part, part) for part in match[2].split(b"/"))
    return b"http://schemas.openxmlformats.org/" + match[1] + b"/2006/" + rest
