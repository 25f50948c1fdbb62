"""The tables of a Word document as rows of text, as Word shows them when all changes are taken."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from linker.records.import_notes import Notes, refuse
from linker.records.importers.base import Limits
from linker.records.importers.grid import Grid, Row
from linker.records.importers.marks import Marks
from linker.records.importers.un.word_marks import count_changes, note_texts, see_element
from linker.records.importers.un.word_numbers import Numbering, Styles
from linker.records.importers.un.xml_parts import attribute, child, local, parse_part
from linker.vocabulary.text import clean_text

_MARKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}
_GONE = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "rt", "sdtPr", "pPr"})
_HEADS = re.compile(r"word/header\d*\.xml")
_TITLE_CHARS = 300
_TITLES = 12
_DEEPEST = 40
"""Tables within tables and content controls within one another, at most so many."""
_WIDEST = 500


def docx_grids(path: Path, notes: Notes, limits: Limits) -> Iterator[Grid]:
    """Yield the tables of a document, those in other tables and in content controls too.

    Rows, cells and words that tracked changes deleted or moved away are left out; what they
    inserted is read. A cell merged over several rows holds in all of them. Numbers that Word makes
    itself stand before their paragraphs. Transitional and strict files read alike.

    Raises:
        ImportRefused: the document cannot be read.
    """
    try:
        document = _Document(path)
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, EOFError, RuntimeError) as error:
        reason = f"the document cannot be read ({error})"
        raise refuse(
            notes.file, reason, "Open it in a word processor and save it again."
        ) from error
    for number, (rows, titles, marks) in enumerate(document.tables, start=1):
        placed = (
            Row(f"table {number}, row {at}", row.cells, merged=row.merged, spans=row.spans)
            for at, row in rows
        )
        yield Grid(
            placed, titles=(*document.heads, *titles), tell=partial(document.tell, marks, notes)
        )


class _Document:
    """Walks a document once, in its order, for automatic numbers count on.

    Attributes:
        heads: texts of the page headers, the title and the first paragraphs.
        tables: numbered rows of each table, the paragraphs between it and the table before, and
            what of it a person would not expect to be read so.
    """

    def __init__(self, path: Path) -> None:
        self.tables: list[tuple[list[tuple[int, Row]], tuple[str, ...], Marks]] = []
        self._changes = Marks("document", "row")
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            styles = Styles(parse_part(archive, "word/styles.xml", names))
            self._styles = styles
            self._numbering = Numbering(parse_part(archive, "word/numbering.xml", names), styles)
            self._notes = note_texts(archive, names)
            body = parse_part(archive, "word/document.xml", names)
            heads = [
                _plain(parse_part(archive, name, names))
                for name in sorted(names)
                if _HEADS.fullmatch(name)
            ]
            core = parse_part(archive, "docProps/core.xml", names)
        heads += (
            [(node.text or "") for node in core if local(node) == "title"]
            if core is not None
            else []
        )
        self._before: list[str] = []
        first: list[str] = []
        count_changes(self._changes, body)
        if body is not None:
            self._walk(body, first)
        self.heads = tuple(
            text for head in [*heads, *first[:_TITLES]] if (text := clean_text(head)[:_TITLE_CHARS])
        )

    def tell(self, marks: Marks, notes: Notes) -> None:
        """Tell the marks of a table, and with those of the first one what was tracked."""
        marks.tell(notes)
        self._changes.tell(notes)
        self._changes = Marks("document", "row")

    def _walk(self, element: Any, first: list[str], depth: int = 0) -> None:
        for node in element:
            name = local(node)
            if name == "p":
                text = self._paragraph(node)
                if text.strip():
                    self._before.append(text[:_TITLE_CHARS])
                    if not self.tables:
                        first.append(text)
            elif name == "tbl":
                self._table(node, depth)
            elif name not in _GONE and depth < _DEEPEST:
                self._walk(node, first, depth + 1)

    def _table(self, table: Any, depth: int) -> None:
        titles = tuple(self._before[-_TITLES:])
        self._before = []
        rows: list[tuple[int, Row]] = []
        above: dict[int, str] = {}
        place = len(self.tables)
        marks = Marks("document", "row")
        self.tables.append((rows, titles, marks))
        for at, row in enumerate(_inside(table, "tr"), start=1):
            if child(child(row, "trPr"), "del") is None:
                rows.append((at, self._row(row, above, depth)))
                where = f"table {place + 1}, row {at}"
                see_element(marks, where, row, self._notes, footnotes=True)
        if not rows:
            del self.tables[place]

    def _row(self, row: Any, above: dict[int, str], depth: int) -> Row:
        properties = child(row, "trPr")
        cells = [""] * min(_count(child(properties, "gridBefore")), _WIDEST)
        merged = set()
        met = 0
        for cell in _inside(row, "tc"):
            met += 1
            about = child(cell, "tcPr")
            at = len(cells)
            text = "" if child(about, "cellDel") is not None else self._cell(cell, depth)
            merge = child(about, "vMerge")
            if merge is not None and attribute(merge, "val") != "restart":
                if not text.strip() and above.get(at, "").strip():
                    text = above[at]
                    merged.add(at)
            else:
                above[at] = text
            spans = min(max(_count(child(about, "gridSpan")), 1), _WIDEST)
            cells += [text, *[""] * (spans - 1)]
        return Row("", tuple(cells), merged=frozenset(merged), spans=met == 1)

    def _cell(self, cell: Any, depth: int) -> str:
        lines: list[str] = []
        self._lines(cell, lines, depth)
        return "\n".join(lines)

    def _lines(self, element: Any, lines: list[str], depth: int) -> None:
        for node in element:
            name = local(node)
            if name == "p":
                lines.append(self._paragraph(node))
            elif name == "tbl":
                if depth < _DEEPEST:
                    before, self._before = self._before, []
                    self._table(node, depth + 1)
                    self._before = before
            elif name == "sdt" and _is_placeholder(node):
                continue
            elif name not in _GONE and depth < _DEEPEST:
                self._lines(node, lines, depth + 1)

    def _paragraph(self, paragraph: Any) -> str:
        properties = child(paragraph, "pPr")
        style = attribute(child(properties, "pStyle"), "val") or self._styles.default
        number = self._numbering.next(properties, style)
        text = "".join(_pieces(paragraph))
        return f"{number} {text}" if number and text.strip() else text


def _inside(element: Any, wanted: str) -> Iterator[Any]:
    """Yield the rows of a table or the cells of a row, through content controls."""
    stack = [iter(element)]
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
        elif local(node) == wanted:
            yield node
        elif local(node) in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"):
            stack.append(iter(node))


def _pieces(element: Any) -> Iterator[str]:
    """Yield what a paragraph prints, in order."""
    stack = [iter(element)]
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
            continue
        name = local(node)
        if name == "t":
            yield node.text or ""
        elif name in _MARKS:
            yield _MARKS[name]
        elif name == "p":  # of a text box
            yield "\n"
            stack.append(iter(node))
        elif name not in _GONE and not (name == "sdt" and _is_placeholder(node)):
            stack.append(iter(node))


def _is_placeholder(control: Any) -> bool:
    """Whether a content control shows nothing but "Choose an item."."""
    return child(child(control, "sdtPr"), "showingPlcHdr") is not None


def _count(element: Any) -> int:
    value = attribute(element, "val")
    return int(value) if re.fullmatch(r"\d{1,4}", value) else 0


def _plain(element: Any) -> str:
    if element is None:
        return ""
    lines = ("".join(_pieces(node)) for node in element.iter() if local(node) == "p")
    return "\n".join(lines)
