"""Web pages as people save them: headings, lists and paragraphs; no menus, scripts or forms."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from linker.records.importers.base import Limits
from linker.records.importers.html_grids import page_root
from linker.records.importers.un.document import Document, Paragraph, part_label
from linker.vocabulary.text import clean_text

LIST = "List"
"""The style of what stands in a list, as Word names it."""
_SILENT = frozenset({
    "aside", "button", "footer", "form", "head", "nav", "noscript", "script", "select", "style",
    "svg", "template",
})  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CELLS = frozenset({"td", "th"})
_BLOCKS = frozenset({
    "article", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "figcaption",
    "figure", "header", "html", "li", "main", "ol", "p", "pre", "section", "summary", "table",
    "tbody", "td", "th", "thead", "tr", "ul", *_HEADINGS,
})  # fmt: skip


def read_webpage(path: Path, limits: Limits) -> Document:
    """Return the paragraphs of a page; entries of a numbered list have their numbers.

    Raises:
        ImportRefused: longer than a page may be, or no page.
    """
    return Document(path.name, "html", tuple(_paragraphs(page_root(path, limits))))


def _paragraphs(root: Any) -> Iterator[Paragraph]:
    silent: set[Any] = set()
    for node in root.iter():
        if node.tag in _SILENT or node.getparent() in silent:
            silent.add(node)
            continue
        text = clean_text(_inline(node)).replace("\n", " ") if node.tag in _BLOCKS else ""
        if not text:
            continue
        number, rest = part_label(text)
        entry = _entry(node)
        number = number or ("" if entry is None else _counted(entry))
        style = "" if entry is None else LIST
        in_table = any(above.tag in _CELLS for above in (node, *node.iterancestors()))
        heading = _HEADINGS.get(node.tag, 0)
        yield Paragraph(rest, number, heading, style=style, in_table=in_table)


def _entry(node: Any) -> Any:
    """Return the entry of a list that begins with a block, be it the entry's first one; or None."""
    above = node.getparent()
    if node.tag == "li" or above is None or above.tag != "li":
        return node if node.tag == "li" else None
    return above if above[0] is node and not (above.text or "").strip() else None


def _inline(node: Any) -> str:
    """Return what stands in a block itself, and in no other one within it."""
    pieces = [node.text or ""]
    for child in node:
        if isinstance(child.tag, str) and child.tag not in _BLOCKS | _SILENT:
            pieces.append("\n" if child.tag == "br" else _inline(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _counted(entry: Any) -> str:
    """Return the number that a browser shows before an entry of a numbered list."""
    parent = entry.getparent()
    if parent is None or parent.tag != "ol":
        return ""
    start = parent.get("start", "1")
    first = int(start) if start.isascii() and start.isdecimal() and len(start) < 4 else 1
    return f"{first + sum(one.tag == 'li' for one in entry.itersiblings(preceding=True))}."
