"""What is an item of a list in paragraphs, and what of it is its position."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from linker.records.citing import upr_text
from linker.records.importers.base import Kind, Limits
from linker.records.importers.position_places import announces, position_of_heading
from linker.records.importers.un.document import Paragraph
from linker.records.importers.un.reading import read_document
from linker.vocabulary.positions import position_said

REVIEW_NUMBER = re.compile(r"\d{1,3}\.\d{1,3}\.?")
NUMBER = re.compile(r"\(?\d{1,3}[.)-]")
BULLET = re.compile(r"^[-–•*▪◦·]\s+")
LISTED = re.compile(r"list\b|liste\b|lista\b|aufz|список|маркир", re.IGNORECASE)
"""Styles of lists in Word, whose bullets stand in no text."""
_APART = re.compile(r"\s?(?:[.;:\[(–—]|\s-)\s?(?=[^\W\d_])|(?<=[)\]])\s(?=[^\W\d_])")
"""Between an item and the position set behind it."""
_SAID_CHARS = 60


def is_item(one: Paragraph) -> bool:
    """Say whether a paragraph is numbered or listed, and no heading and no position."""
    if not one.text or one.heading or announces(one.text):
        return False
    numbered = REVIEW_NUMBER.fullmatch(one.number) or NUMBER.fullmatch(one.number)
    if not (numbered or BULLET.match(one.text) or LISTED.match(one.style)):
        return False
    text, position = with_position(one.text)
    return bool(position and text) or not position_of_heading(one.text)


def with_position(text: str) -> tuple[str, str]:
    """Return an item without the position set behind it, and that: "… (Peru). Noted"."""
    for apart in _APART.finditer(text, max(0, len(text) - _SAID_CHARS)):
        said = text[apart.end() :].rstrip(" .;)]")
        if position_said(said):
            return text[: apart.start()].rstrip(), said
    return text, ""


def items_outside_tables(path: Path, kind: Kind, limits: Limits) -> Iterator[tuple[str, str]]:
    """Yield (place, text) of what looks like a recommendation in a file read by its tables."""
    if kind not in ("docx", "html"):
        return
    for at, one in enumerate(read_document(path, kind, limits).paragraphs, start=1):
        if one.in_table or not is_item(one):
            continue
        if REVIEW_NUMBER.fullmatch(one.number) or upr_text(one.text).recommending_states:
            yield f"paragraph {at}", one.printed
