"""Opening files that may be broken or hostile: kind, size, compression, encoding."""

from __future__ import annotations

import codecs
import gzip
import io
import re
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from linker.records.import_notes import ImportRefused, refuse
from linker.records.importers.base import Kind, Limits
from linker.records.importers.impactoss import is_package
from linker.records.importers.other_files import ATTACHED, of_members, of_start
from linker.records.importers.own_files import own_file
from linker.records.importers.safe_xml import check_xml

ACCEPTED = (
    "UN documents (DOCX, PDF, text), UHRI exports (JSON, XLSX), UPR Info exports (CSV), OHCHR "
    "thematic lists of recommendations (DOCX), packages of IMPACT OSS (ZIP) and tables with a text "
    "column (CSV, XLSX, HTML, JSON)"
)
_CHUNK = 1 << 20
_HTML = re.compile(r"<(?:!doctype html|html|head|body|table|meta)\b", re.IGNORECASE)
_MAIL = re.compile(
    r"(?:(?:From|To|Cc|Subject|Date|MIME-Version|Received|Return-Path|Delivered-To|Message-ID"
    r"|X-[\w-]{1,60}|Content-[\w-]{1,60}|Snapshot-[\w-]{1,60}):[^\n]*\n(?:[ \t][^\n]*\n)*){3}",
    re.IGNORECASE,
)
"""The first lines of an e-mail, and of a web archive, which is written as one (RFC 2557)."""
_XML, _ARCHIVE, _LETTER = "XML", "a web archive", "an e-mail"
_INSTEAD = {
    _XML: "Export it as CSV, XLSX or JSON, or save it from a spreadsheet as one of these.",
    _ARCHIVE: "Save the page as “web page, HTML only” and import that.",
    _LETTER: ATTACHED,
}
_WITH_KEYS = 'Write each as an object: [{"text": "…"}, {"text": "…"}], and import that.'
_OWN_ARCHIVE = frozenset({"manifest.json", "records.jsonl"})


def kind_of(path: Path, limits: Limits) -> Kind:
    """Return what kind of file this is, from its content.

    Raises:
        ImportRefused: not there, empty, too large, or of a kind that is not read.
    """
    _check_size(path, limits)
    with open_content(path, limits) as file:
        start = file.read(4096)
    if other := of_start(start):
        raise refuse(path.name, f"this is {other[0]}; accepted are {ACCEPTED}", other[1])
    if start.lstrip()[:5] == b"%PDF-":
        return "pdf"
    if start.startswith(b"PK\x03\x04"):
        return _zip_kind(path, limits)
    text = (
        start.decode(encoding_of_start(start), "replace").replace("\0", "").lstrip("\ufeff \t\r\n")
    )
    if not text:
        raise refuse(path.name, "the file is empty", "Export it again.")
    if _HTML.match(text):
        return "html"
    if what := _other_text(text):
        raise refuse(path.name, f"this is {what}; accepted are {ACCEPTED}", _INSTEAD[what])
    if text[0] == "[" and text[1:].lstrip()[:1] == '"' and text.rstrip()[-1] in '],"':
        raise refuse(path.name, "this is a JSON array of texts, without keys", _WITH_KEYS)
    looks_json = text[0] == "{" or (text[0] == "[" and text[1:].lstrip()[:1] in ("", "{", "]", "["))
    if not looks_json and _looks_binary(text):
        raise refuse(path.name, f"this is no text; accepted are {ACCEPTED}", "Export it again.")
    return "json" if looks_json else "csv"


def _other_text(text: str) -> str:
    """Return what a text is that holds no table and no list to be read; empty for others."""
    if text.startswith("<?xml"):
        return _XML
    if not _MAIL.match(text):
        return ""
    return _ARCHIVE if "multipart/related" in text else _LETTER


def _looks_binary(text: str) -> bool:
    odd = sum(char < " " and char not in "\t\r\n\f\v" for char in text)
    # Text in an encoding of one byte a character has other bytes than UTF-8, but no controls.
    return odd > len(text) * (0.05 if text.count("\ufffd") > len(text) * 0.3 else 0.3)


def _check_size(path: Path, limits: Limits) -> None:
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise refuse(path.name, "this is no file", "Name the files themselves.")
    except OSError as error:
        reason = f"it cannot be opened ({error.strerror})"
        raise refuse(path.name, reason, "Check the name and that you may read it.") from error
    if size > limits.max_bytes:
        reason = (
            f"the file has {size:,} bytes, more than the limit max_bytes = {limits.max_bytes:,}"
        )
        raise refuse(path.name, reason, "Split it, or raise max_bytes.", kind="limit")


class _Unpacked(io.RawIOBase):
    """A gzip stream that refuses to unpack without end."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self._gzip = gzip.open(path, "rb")  # noqa: SIM115 - closed by close()
        self._name, self._read = path.name, 0
        self._limit = limits.unzipped_bytes(path.stat().st_size)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self._gzip.read(len(buffer))
        except (OSError, EOFError, zlib.error) as error:
            reason = f"the compressed file is damaged ({error})"
            raise refuse(self._name, reason, "Download or export it again.") from error
        self._read += len(data)
        if self._read > self._limit:
            raise _too_large(self._name, "", self._limit)
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._gzip.close()
        super().close()


def open_content(path: Path, limits: Limits) -> BinaryIO:
    """Open a file for reading bytes; a .gz file gives what it holds.

    Raises:
        ImportRefused: while reading, where a .gz file is damaged or unpacks to too much.
    """
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return io.BufferedReader(_Unpacked(path, limits), _CHUNK) if packed else path.open("rb")


def _too_large(name: str, size: str, limit: int) -> ImportRefused:
    reason = (
        f"it unpacks to{size} more than the {limit:,} bytes that max_unzipped_bytes and "
        "max_expansion allow"
    )
    return refuse(name, reason, "Raise them if you trust the file.", kind="limit")


def _too_long(name: str, size: int, limits: Limits) -> ImportRefused:
    reason = (
        f"the document holds {size:,} bytes of XML, more than the limit "
        f"max_document_bytes = {limits.max_document_bytes:,}"
    )
    return refuse(name, reason, "Split the document, or raise max_document_bytes.", kind="limit")


def _zip_kind(path: Path, limits: Limits) -> Kind:
    kinds: dict[str, Kind] = {"xl/workbook.xml": "xlsx", "word/document.xml": "docx"}
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            unpacked = sum(member.file_size for member in members)
            if unpacked > (most := limits.unzipped_bytes(path.stat().st_size)):
                raise _too_large(path.name, f" {unpacked:,} bytes,", most)
            parts = [part for part in members if part.filename.endswith((".xml", ".rels"))]
            kind = next((kinds[p.filename] for p in parts if p.filename in kinds), None)
            written = sum(part.file_size for part in parts)
            if kind == "docx" and written > limits.max_document_bytes:
                raise _too_long(path.name, written, limits)
            for part in parts:
                check_xml(archive, part, path.name, limits)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        OSError,
        EOFError,
        zlib.error,
        NotImplementedError,
        RuntimeError,
    ) as error:
        reason = f"the file is damaged or cut off ({error})"
        raise refuse(path.name, reason, "Download or save it again.") from error
    if kind:
        return kind
    if {member.filename for member in members} >= _OWN_ARCHIVE:
        raise own_file(path.name, "archive")
    if is_package(member.filename for member in members):
        return "zip"
    if other := of_members({member.filename for member in members}):
        raise refuse(path.name, f"this is {other[0]}; accepted are {ACCEPTED}", other[1])
    what = "a zip file but neither XLSX, DOCX nor a package of IMPACT OSS"
    reason = f"this is {what}; accepted are {ACCEPTED}"
    raise refuse(path.name, reason, "Unpack it and import the files in it.")


def encoding_of_start(start: bytes) -> str:
    """Return what a byte-order mark or a pattern of NULs gives away, else utf-8-sig."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    even, odd = start[0:200:2], start[1:200:2]
    if odd and odd.count(0) > 0.6 * len(odd) and even.count(0) < 0.2 * len(even):
        return "utf-16-le"
    if even and even.count(0) > 0.6 * len(even) and odd.count(0) < 0.2 * len(odd):
        return "utf-16-be"
    return "utf-8-sig"


def open_text(path: Path, encoding: str, limits: Limits) -> io.TextIOWrapper:
    """Open a text file; bytes that do not fit the encoding become U+FFFD."""
    return io.TextIOWrapper(
        open_content(path, limits), encoding=encoding, errors="replace", newline=""
    )
