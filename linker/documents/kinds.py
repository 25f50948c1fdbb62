"""Which documents can be made, and in which formats. Light: the command line reads it at once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, Protocol

from linker.plugins import added

if TYPE_CHECKING:
    from pathlib import Path

    from linker.documents.inputs import Options, Source

from linker.i18n.messages import tr_later

KINDS: Mapping[str, tuple[str, ...]] = {
    "matrix": ("docx", "xlsx", "html", "csv", "json"),
    "plan": ("xlsx", "csv", "json"),
    "annex": ("docx", "csv", "json", "ris", "bib"),
    "factsheet": ("docx", "html"),
    "midterm": ("docx", "xlsx", "csv", "json"),
    "followup": ("docx", "xlsx", "csv", "json"),
    "packs": ("folder", "zip"),
    "site": ("folder", "zip"),
    "xray": ("html", "docx", "csv", "json"),
    "slides": ("pptx",),
    "records": ("csv", "xlsx", "json"),
    "links": ("csv", "xlsx", "json"),
    "clusters": ("xlsx", "csv", "json"),
    "claims": ("csv", "xlsx", "json"),
    "review": ("xlsx",),
    "decisions": ("csv", "xlsx", "json"),
    "themes": ("csv", "xlsx", "json"),
    "impactoss": ("csv", "folder", "zip"),
    "uhri": ("json", "xlsx"),
    "uwazi": ("csv",),
}
"""Kinds of documents and the formats of each, the usual one first."""

PDF = "pdf"
"""A format of every kind that has one of these, where LibreOffice is installed."""
PRINTED = ("docx", "pptx", "xlsx")
FOLDER = "folder"
"""The format of a kind that is several files: a path without a suffix."""
EXCHANGED = ("impactoss", "uhri", "uwazi")
"""Kinds in the shape of another program, each format with a writer of its own."""


class Export(Protocol):
    """A kind of document that a plugin adds, under the name of its entry point.

    Attributes:
        formats: suffixes without the dot, the usual one first.
        what: the kind in a line.
    """

    formats: tuple[str, ...]
    what: str

    def write(self, source: Source, options: Options, path: Path) -> None:
        """Write the document; the suffix of the path is one of the formats."""
        ...


@cache
def added_kinds() -> Mapping[str, Export]:
    """Return the kinds that plugins add, by name."""
    return added("exports", cannot_export)


def cannot_export(name: str, held: Any) -> str:
    """Return why something cannot be the kind of this name; empty where it can."""
    if name in KINDS:
        return f"Linker itself has a kind {name!r}"
    formats = getattr(held, "formats", None)
    fits = isinstance(formats, tuple) and all(isinstance(f, str) and f.isalnum() for f in formats)
    if not formats or not fits:
        return "its `formats` are no tuple of suffixes without a dot"
    if not isinstance(getattr(held, "what", None), str) or not callable(held.write):
        return "it has no `what` in words"
    return ""


def formats_of(kind: str) -> tuple[str, ...]:
    """Return the formats of a kind; PDF is the last of those that an office program prints."""
    if kind not in KINDS:
        return added_kinds()[kind].formats
    printed = kind not in EXCHANGED and set(KINDS[kind]) & set(PRINTED)
    return (*KINDS[kind], *([PDF] if printed else []))


PLAIN = ("records", "links", "claims", "decisions", "themes")
"""Kinds whose workbook is the table itself, every cell text."""
WHAT: Mapping[str, str] = {
    "matrix": tr_later("recommendations by theme, with converging asks"),
    "plan": tr_later("implementation plan to fill in and read back"),
    "annex": tr_later(
        "for a submission: a paragraph a confirmed cluster, with footnotes; its sources"
    ),
    "factsheet": tr_later("one theme on at most two pages"),
    "midterm": tr_later("mid-term report: how each recommendation stands"),
    "followup": tr_later("a body's observations (--body) with what was done and its grades A to E"),
    "packs": tr_later(
        "for each responsible body a workbook with its rows, urgent first, and a letter"
    ),
    "site": tr_later("public portal: static pages for a web server, an intranet or a USB stick"),
    "xray": tr_later("the thematic picture"),
    "slides": tr_later("the x-ray for a briefing"),
    "records": tr_later("in the table format that Linker imports"),
    "links": tr_later("convergence and SDG links with decisions"),
    "clusters": tr_later("all asks for the same measure, with who asked"),
    "claims": tr_later(
        "new, only by one body, keeps coming back: with evidence and what refutes it"
    ),
    "review": tr_later("what waits for a decision, to judge in a sheet and read back"),
    "decisions": tr_later("everything reviewers decided, in order"),
    "themes": tr_later("the themes with their records"),
    "impactoss": tr_later("for national databases"),
    "uhri": tr_later("in the shape of the Universal Human Rights Index"),
    "uwazi": tr_later("for Uwazi, UPR Info's database program"),
}
"""Each kind in a line."""

COLUMNS = (
    "position",
    "themes",
    "targets",
    "indicators",
    "responsible",
    "strategy",
    "timeline",
    "status",
)
"""Columns of the matrix that can be chosen; the recommendation itself is always there."""
WHERE_FILLED = ("strategy",)
"""Those that a matrix has where nobody chose columns only if some row says something there."""

ROWS_OF_A_MATRIX: tuple[Literal["recommendation", "cluster"], ...] = ("recommendation", "cluster")
"""What a row of the matrix is: a recommendation, or a measure with all that ask for it."""
COLUMNS_BY_CLUSTER = ("position", "indicators", "responsible", "timeline", "status")
"""Columns of the matrix by cluster where none were chosen."""
