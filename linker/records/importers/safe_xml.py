"""Looks through the XML of an Office file before anything builds a tree of it."""

from __future__ import annotations

import zipfile
from xml.parsers import expat

from linker.records.import_notes import ImportRefused, refuse
from linker.records.importers.base import Limits

_CHUNK = 1 << 16
_LONGEST_TAG = 1 << 20
"""Bytes of a tag with its attributes; Office writes a few thousand."""


class _Checker:
    """An expat parser that counts depth and refuses what Office never writes."""

    def __init__(self, name: str, part: str, limits: Limits) -> None:
        self.name, self.part, self.limits = name, part, limits
        self.depth = self.fed = 0
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def feed(self, chunk: bytes) -> None:
        self.parser.Parse(chunk)
        self.fed += len(chunk)
        if self.fed - self.parser.CurrentByteIndex > _LONGEST_TAG:
            raise self.refused(f"a tag of more than {_LONGEST_TAG:,} bytes")

    def refused(self, what: str, kind: str = "limit") -> ImportRefused:
        reason = f"its part {self.part} holds {what}, which Office never writes"
        remedy = "Do not trust this file; ask where it came from."
        return refuse(self.name, reason, remedy, kind=kind)

    def _doctype(self, *_: object) -> None:
        # Entity attacks need one.
        raise self.refused("a document type", "unreadable file")

    def _start(self, *_: object) -> None:
        self.depth += 1
        if self.depth > self.limits.max_depth:
            most = self.limits.max_depth
            raise self.refused(f"elements deeper than the limit max_depth = {most}")

    def _end(self, *_: object) -> None:
        self.depth -= 1


def check_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str, limits: Limits) -> None:
    """Refuse XML with a document type, without end in depth or in one tag, or in an odd encoding.

    Raises:
        ImportRefused: it is of these, or not well-formed.
    """
    checker = _Checker(name, part.filename, limits)
    try:
        with archive.open(part) as content:
            while chunk := content.read(_CHUNK):
                checker.feed(chunk)
    except (expat.ExpatError, LookupError, ValueError) as error:  # an encoding that expat lacks
        reason = f"its part {part.filename} is not well-formed ({error})"
        raise refuse(name, reason, "Open it in an office program and save it again.") from error
