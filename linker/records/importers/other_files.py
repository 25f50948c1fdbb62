"""Files of kinds that are not read, each told as what it is, with what to do instead."""

from __future__ import annotations

from collections.abc import Collection

_RECOGNISE = (
    "Find the document as text, such as in the UN's Official Document System, or run the picture "
    "through text recognition (OCR) and import the text."
)
_UNPACK = "Unpack it and import the files in it."
_COPY = "Copy the recommendations into a table (Word, Excel) or a numbered list, and import that."
ATTACHED = "Save its attachment, or its text, as a file and import that."
_BY_START = (
    (
        0, b"SQLite format 3\0", "a backup or database of Linker's or another program's",
        "A backup of Linker's is put back with `linker restore FILE`.",
    ),
    (0, b"\x89PNG\r\n", "a picture (PNG)", _RECOGNISE),
    (0, b"\xff\xd8\xff", "a picture (JPEG)", _RECOGNISE),
    (0, b"GIF8", "a picture (GIF)", _RECOGNISE),
    (0, b"II*\0", "a picture (TIFF)", _RECOGNISE),
    (0, b"MM\0*", "a picture (TIFF)", _RECOGNISE),
    (4, b"ftyphei", "a picture (HEIC)", _RECOGNISE),
    (8, b"WEBP", "a picture (WebP)", _RECOGNISE),
    (4, b"Standard Jet DB", "a database of Access", "Export its table as XLSX or CSV."),
    (4, b"Standard ACE DB", "a database of Access", "Export its table as XLSX or CSV."),
    (0, b"7z\xbc\xaf", "an archive (7z)", _UNPACK),
    (0, b"Rar!\x1a", "an archive (RAR)", _UNPACK),
)  # fmt: skip
"""Where the bytes stand, the bytes, what the file is, and what to do."""
_BY_MEMBER = (
    ("ppt/presentation.xml", "a PowerPoint file (.pptx)", _COPY),
    ("Index/Document.iwa", "a file of Apple's Numbers, Pages or Keynote",
     "Export it from there as Excel (.xlsx) or Word (.docx)."),
    ("Index.zip", "a file of Apple's Numbers, Pages or Keynote",
     "Export it from there as Excel (.xlsx) or Word (.docx)."),
    ("META-INF/container.xml", "an electronic book (EPUB)", _COPY),
    ("META-INF/manifest.xml", "an OpenDocument file that is neither text nor spreadsheet", _COPY),
)  # fmt: skip
MAIL = ("__properties_version1.0", "an e-mail of Outlook (.msg)", ATTACHED)
BY_STREAM = (
    ("PowerPoint Document", "a PowerPoint file (.ppt)", _COPY),
    ("VisioDocument", "a Visio file", _COPY),
    ("Quill", "a Publisher file (.pub)", _COPY),
)
"""A stream of an OLE file, what the file is, and what to do; `MAIL` is one of these."""


def of_start(start: bytes) -> tuple[str, str] | None:
    """Return what a file is by its first bytes, and what to do; None for all others."""
    found = (one[2:] for one in _BY_START if start[one[0] :].startswith(one[1]))
    return next(found, None)


def of_members(names: Collection[str]) -> tuple[str, str] | None:
    """Return what a zip file is by its members, and what to do; None for all others."""
    return next((one[1:] for one in _BY_MEMBER if one[0] in names), None)
