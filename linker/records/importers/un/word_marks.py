"""What of a Word document is struck out, hidden, tracked, or said in comments and footnotes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from linker.records.importers.marks import Marks
from linker.records.importers.un.xml_parts import attribute, child, is_on, local, parse_part
from linker.vocabulary.text import clean_text

_APART = frozenset({"tbl", "del", "moveFrom", "Fallback", "instrText", "delText", "pPr", "sdtPr"})
_REFERENCES = {"footnoteReference": "", "endnoteReference": "e", "commentReference": "c"}
_INSERTED, _DELETED = frozenset({"ins", "moveTo"}), frozenset({"del", "moveFrom", "cellDel"})


def note_texts(archive: zipfile.ZipFile, names: set[str]) -> dict[str, str]:
    """Return id -> text: of footnotes, of endnotes behind an "e", of comments behind a "c"."""
    notes = {}
    for part, kind in (("footnotes", "footnote"), ("endnotes", "endnote"), ("comments", "comment")):
        root = parse_part(archive, f"word/{part}.xml", names)
        for note in root if root is not None else ():
            if local(note) == kind and attribute(note, "type") in ("", "normal"):
                lines = (_text(node) for node in note.iter() if local(node) == "p")
                text = clean_text(" ".join(lines)).replace("\n", " ")
                notes[_REFERENCES[f"{kind}Reference"] + attribute(note, "id")] = text
    return notes


def count_changes(marks: Marks, body: Any) -> None:
    """Take up how many tracked changes a body holds."""
    for node in body.iter() if body is not None else ():
        marks.insertions += local(node) in _INSERTED
        marks.deletions += local(node) in _DELETED


@dataclass(slots=True)
class _Seen:
    """What stands in an element: its length in characters, and what of it is marked."""

    length: int = 0
    struck: str = ""
    hidden: str = ""
    notes: list[str] = field(default_factory=list)


def see_element(
    marks: Marks, place: str, element: Any, notes: Mapping[str, str], *, footnotes: bool
) -> None:
    """Take up the marks of a paragraph, or of a row without the tables in it.

    Args:
        marks: where they are collected.
        place: where the element stands, in words.
        element: the paragraph or row.
        notes: the texts of notes and comments, see `note_texts`.
        footnotes: whether nothing else reads these.
    """
    seen = _Seen()
    # The paragraphs of text boxes are read by themselves where paragraphs are, not where rows are.
    apart = _APART | {"txbxContent"} if local(element) == "p" else _APART
    for node in element:
        _see(node, seen, apart)
    marks.strike(place, seen.struck, seen.length)
    if seen.hidden.strip():
        marks.hidden_words.append((place, seen.hidden))
    for name in seen.notes:
        if text := notes.get(name, ""):
            if name.startswith("c"):
                marks.comments.append((place, text))
            elif footnotes:
                marks.footnotes.append((place, text))


def _see(node: Any, seen: _Seen, apart: frozenset[str]) -> None:
    name = local(node)
    if name in _REFERENCES:
        seen.notes.append(_REFERENCES[name] + attribute(node, "id"))
    elif name == "r":
        text = "".join(_printed(node))
        about = child(node, "rPr")
        seen.length += len(text)
        if is_on(child(about, "strike")) or is_on(child(about, "dstrike")):
            seen.struck += text
        if is_on(child(about, "vanish")):
            seen.hidden += text
    if name not in apart:
        for below in node:
            _see(below, seen, apart)


def _printed(run: Any) -> Iterator[str]:
    return (node.text or "" for node in run if local(node) == "t")


def _text(element: Any) -> str:
    return "".join(text for node in element.iter() if local(node) == "r" for text in _printed(node))
