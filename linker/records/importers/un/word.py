"""Word documents, read part by part: final view of tracked changes, numbers counted out, notes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from linker.records.import_notes import refuse
from linker.records.importers.base import Limits
from linker.records.importers.marks import Marks
from linker.records.importers.un.document import (
    Document,
    Mark,
    Paragraph,
    heading_level,
    part_label,
)
from linker.records.importers.un.word_marks import count_changes, note_texts, see_element
from linker.records.importers.un.word_numbers import Numbering, Styles
from linker.records.importers.un.xml_parts import attribute, child, local, parse_part
from linker.vocabulary.text import clean_text

_GONE = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText"})
_MARKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-", "softHyphen": ""}
_REFERENCES = frozenset({"footnoteReference", "endnoteReference"})
_HEADING_CHARS = 220


def read_word(path: Path, limits: Limits) -> Document:
    """Return the paragraphs of a DOCX file, those of its tables and content controls too.

    What tracked changes deleted or moved away is left out, what they inserted is read. Transitional
    and Strict files read alike, for names are compared without their namespace.

    Raises:
        ImportRefused: damaged, or more paragraphs than the limit.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            styles = Styles(parse_part(archive, "word/styles.xml", names))
            numbering = Numbering(parse_part(archive, "word/numbering.xml", names), styles)
            notes = note_texts(archive, names)
            body = parse_part(archive, "word/document.xml", names)
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, EOFError, RuntimeError) as error:
        reason = f"the document cannot be read ({error})"
        raise refuse(path.name, reason, "Open it in a word processor and save it again.") from error
    paragraphs: list[Paragraph] = []
    letter = ""
    marks = Marks("document", "paragraph")
    count_changes(marks, body)
    if body is not None:
        for paragraph in _Reader(styles, numbering, marks, notes).paragraphs(body):
            if len(paragraphs) >= limits.max_rows:
                reason = f"more paragraphs than the limit max_rows = {limits.max_rows:,}"
                raise refuse(path.name, reason, "Split it, or raise max_rows.", kind="limit")
            level, letter = _level(paragraph, letter)
            paragraphs.append(replace(paragraph, heading=level))
    footnotes = {name: text for name, text in notes.items() if not name.startswith("c")}
    return Document(path.name, "docx", tuple(paragraphs), footnotes, marks=marks)


def _level(paragraph: Paragraph, letter: str) -> tuple[int, str]:
    """Return the level of a heading and the last letter that numbers one."""
    if not paragraph.heading:
        return 0, letter
    # Headings without a number stand below those with one, which have levels 1 to 3.
    numbered = bool(paragraph.number)
    level = heading_level(paragraph.number, letter) if numbered else paragraph.heading + 3
    return level, paragraph.number if level == 2 else letter


def _pieces(element: Any) -> Iterator[tuple[str, str]]:
    """Yield (text, mark) of what a paragraph prints, in order, nested text boxes left out."""
    for node in element:
        name = local(node)
        if name in _GONE or name == "txbxContent":
            continue
        if name == "t":
            yield node.text or "", ""
        elif name in _MARKS:
            yield _MARKS[name], ""
        elif name in _REFERENCES:
            yield "", ("e" if name[0] == "e" else "") + attribute(node, "id")
        else:
            yield from _pieces(node)


class _Reader:
    """Walks the body; a paragraph whose mark was deleted goes on in the next one."""

    def __init__(
        self, styles: Styles, numbering: Numbering, marks: Marks, notes: Mapping[str, str]
    ) -> None:
        self._styles, self._numbering = styles, numbering
        self._marks, self._notes = marks, notes

    def paragraphs(self, body: Any) -> Iterator[Paragraph]:
        carried: list[tuple[str, str]] = []
        at = 1
        for element in self._elements(body):
            pieces = carried + list(_pieces(element))
            properties = child(element, "pPr")
            if _mark_deleted(properties):
                carried = pieces
                continue
            carried = []
            made = self._made(pieces, properties)
            see_element(self._marks, f"paragraph {at}", element, self._notes, footnotes=False)
            if made.text or made.number:
                at += 1
                yield replace(made, in_table=_in_table(element))

    def _elements(self, element: Any) -> Iterator[Any]:
        """Yield the paragraphs below an element in order, text boxes behind their paragraph."""
        stack = [iter(element)]
        while stack:
            node = next(stack[-1], None)
            if node is None:
                stack.pop()
            elif local(node) == "p":
                yield node
                boxes = [box for box in node.iter() if local(box) == "txbxContent" and _shown(box)]
                stack += [iter(box) for box in reversed(boxes)]
            elif local(node) not in _GONE and not (local(node) == "tr" and _row_deleted(node)):
                stack.append(iter(node))

    def _made(self, pieces: list[tuple[str, str]], properties: Any) -> Paragraph:
        text, marks = "", []
        for piece, mark in pieces:
            if mark:
                marks.append(Mark(len(clean_text(text)), mark))
            text += piece
        text = clean_text(text).replace("\n", " ")
        style = attribute(child(properties, "pStyle"), "val") or self._styles.default
        number = self._numbering.next(properties, style)
        typed, rest = part_label(text) if not number else ("", text)
        cut = len(text) - len(rest)
        return Paragraph(
            rest,
            number or typed,
            self._heading(rest, properties, style),
            0,
            self._styles.indent(properties, style),
            self._styles.name(style),
            tuple(Mark(max(mark.at - cut, 0), mark.name) for mark in marks),
        )

    def _heading(self, text: str, properties: Any, style: str) -> int:
        if not text or len(text) > _HEADING_CHARS:
            return 0
        return self._styles.heading(properties, style)


def _in_table(element: Any) -> bool:
    above = element.getparent()
    while above is not None and local(above) != "tc":
        above = above.getparent()
    return above is not None


def _shown(box: Any) -> bool:
    above = box.getparent()
    while above is not None and local(above) != "p":
        if local(above) in _GONE:
            return False
        above = above.getparent()
    return True


def _mark_deleted(properties: Any) -> bool:
    run = child(properties, "rPr")
    return child(run, "del") is not None or child(run, "moveFrom") is not None


def _row_deleted(row: Any) -> bool:
    return child(child(row, "trPr"), "del") is not None
