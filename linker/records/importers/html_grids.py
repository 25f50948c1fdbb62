"""Tables of web pages, which databases also hand out under the name of a spreadsheet (.xls)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from linker.records.import_notes import refuse
from linker.records.importers.base import Limits
from linker.records.importers.grid import Grid, Row
from linker.records.importers.safe_open import encoding_of_start, open_content
from linker.vocabulary.text import clean_text

_MOST_BYTES = 64 << 20
_WIDEST = 500
_TITLES = 12
_TITLE_TAGS = frozenset({"title", "h1", "h2", "h3", "h4", "caption", "p"})
_SILENT = frozenset({"script", "style"})
_LINES = frozenset({"br", "p", "div", "li"})
_TITLE_CHARS = 300


def html_grids(path: Path, limits: Limits) -> Iterator[Grid]:
    """Yield the tables of a page, those within others as tables of their own.

    Raises:
        ImportRefused: longer than a page may be, or no page.
    """
    titles: list[str] = []
    number = 0
    for node in page_root(path, limits).iter():
        if node.tag == "table":
            number += 1
            yield Grid(_rows(node, number), titles=tuple(titles[-_TITLES:]))
        elif node.tag in _TITLE_TAGS and not any(up.tag == "td" for up in node.iterancestors()):
            titles += [clean_text(_text(node))[:_TITLE_CHARS]]


def page_root(path: Path, limits: Limits) -> Any:
    """Return the root element of a page.

    Raises:
        ImportRefused: longer than a page may be, or no page.
    """
    from lxml import etree

    with open_content(path, limits) as file:
        data = file.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        reason = f"this page is longer than the limit of {_MOST_BYTES >> 20} MB"
        raise refuse(path.name, reason, "Split it, or save it as CSV.", kind="limit")
    encoding = encoding_of_start(data[:4096]).removesuffix("-sig")
    declared = None if encoding == "utf-8" and b"charset" in data[:4096].lower() else encoding
    root = etree.fromstring(data, etree.HTMLParser(encoding=declared, no_network=True))
    if root is None:
        raise refuse(path.name, "this page holds nothing", "Save it again.")
    return root


def _rows(table: Any, number: int) -> Iterator[Row]:
    """Yield the rows of a table; a cell over several rows holds in all of them."""
    below: dict[int, tuple[int, str]] = {}
    rows = (row for row in table.iter("tr") if next(row.iterancestors("table")) is table)
    for at, row in enumerate(rows, start=1):
        cells: list[str] = []
        merged = set()
        parts = [cell for cell in row if cell.tag in ("td", "th")]
        for cell in [*parts, None]:
            while len(cells) in below:
                left, text = below.pop(len(cells))
                if left > 1:
                    below[len(cells)] = left - 1, text
                merged.add(len(cells))
                cells.append(text)
            if cell is None:
                break
            text = clean_text(_text(cell))
            if (rows_over := _count(cell, "rowspan")) > 1:
                below[len(cells)] = rows_over - 1, text
            cells += [text, *[""] * (_count(cell, "colspan") - 1)]
        place = f"table {number}, row {at}"
        yield Row(place, tuple(cells), merged=frozenset(merged), spans=len(parts) == 1)


def _text(element: Any) -> str:
    """Return what an element shows, a line for each paragraph, tables in it left out."""
    pieces = [element.text or ""]
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _SILENT or child.tag == "table":
            pieces.append(child.tail or "")
            continue
        broken = "\n" if child.tag in _LINES else ""
        pieces += [broken, _text(child), child.tail or ""]
    return "".join(pieces)


def _count(cell: Any, name: str) -> int:
    value = cell.get(name, "1").strip()
    return min(max(int(value), 1), _WIDEST) if value.isascii() and value.isdecimal() else 1
