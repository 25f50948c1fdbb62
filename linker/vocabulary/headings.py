"""Headings of tables in the languages of the UN: which field of a record a column holds."""

from __future__ import annotations

import re

from linker.vocabulary.files import read_rows, remembered, vocabulary_file
from linker.vocabulary.text import fold_name

SOURCE = "source"
"""A column that may hold a symbol, a web address, a mechanism: what its cells hold decides."""
_TONGUE = re.compile(r"(?<![\s_(\-])[\s_(\-]+(en|es|fr|pt|ru|ar|zh)\)?\s*$", re.IGNORECASE)
_LONGEST = 200


@remembered()
def _headings() -> dict[str, tuple[str, ...]]:
    """Read data/vocabularies/headings.csv: field, language, headings (";"-separated)."""
    found: dict[str, list[str]] = {}
    for row in read_rows(vocabulary_file("headings.csv"), ("field", "language", "headings")):
        for heading in (row["field"], *row["headings"].split(";")):
            fields = found.setdefault(_key(heading), [])
            if row["field"] not in fields:
                fields.append(row["field"])
    found.pop("", None)
    return {key: tuple(fields) for key, fields in found.items()}


def _key(heading: str) -> str:
    return fold_name(heading.replace("#", " no ").replace("_", " ")).replace(" ", "")


@remembered(4096)
def fields_of_heading(heading: str) -> tuple[str, ...]:
    """Return the fields that a heading may stand for, the likeliest first, () where unknown.

    Case, accents, spaces and punctuation do not count; of a heading in two languages ("Estado /
    State") and of one with a remark in brackets a known part suffices. "text_es" is a text.
    """
    if len(heading) > _LONGEST:
        return ()
    known = _headings()
    if found := known.get(_key(heading)):
        return found
    if tongue := _TONGUE.search(heading):
        return fields_of_heading(heading[: tongue.start()])
    parts = re.split(r"[/|\n]|\s[–—-]\s|(?=\()", heading)
    if len(parts) > 1:
        for part in parts:
            if found := known.get(_key(part)):
                return found
    return ()


def language_of_heading(heading: str) -> str:
    """Return the language that a heading's end names: "es" of "text_es", else ""."""
    tongue = _TONGUE.search(heading)
    return tongue[1].lower() if tongue and fields_of_heading(heading[: tongue.start()]) else ""


def fields() -> frozenset[str]:
    """Return every field that a heading may stand for."""
    return frozenset(field for found in _headings().values() for field in found)
