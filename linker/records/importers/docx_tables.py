"""The tables of a Word document as text, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from linker.records.import_notes import refuse

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MARKS = {"br": "\n", "tab": "\t", "noBreakHyphen": "-"}


def open_document(path: Path) -> Any:
    """Open a Word document.

    Raises:
        ImportRefused: it cannot be opened.
    """
    import docx

    with told_as_damage(path.name):
        return docx.Document(str(path))


@contextmanager
def told_as_damage(name: str) -> Iterator[None]:
    """Refuse the file where reading it fails.

    Raises:
        ImportRefused: whatever broke.
    """
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:  # python-docx lets through whatever a broken part raises
        reason = f"the document cannot be read ({error})"
        raise refuse(name, reason, "Open it in a word processor and save it again.") from error


def tables_of(document: Any) -> list[Iterator[list[str]]]:
    """Return the cells' text of each table, row by row."""
    return [_rows(table) for table in document.element.body.iterchildren(f"{_WORD}tbl")]


def _rows(table: Any) -> Iterator[list[str]]:
    """Yield the cells' text, row by row (python-docx's own way takes time squared)."""
    for row in table.iterchildren(f"{_WORD}tr"):
        yield [text_of(cell) for cell in row.iterchildren(f"{_WORD}tc")]


def text_of(element: Any) -> str:
    """Return the text below an element, a line for each paragraph and break."""
    lines = []
    for paragraph in element.iter(f"{_WORD}p"):
        parts = []
        for node in paragraph.iter(
            f"{_WORD}t", f"{_WORD}br", f"{_WORD}tab", f"{_WORD}noBreakHyphen"
        ):
            tag = node.tag.removeprefix(_WORD)
            parts.append(node.text or "" if tag == "t" else _MARKS[tag])
        lines.append("".join(parts))
    return "\n".join(lines)
