"""What a sheet shows otherwise than it is read: hidden, struck out, or said in a comment."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Mapping
from typing import Any, BinaryIO

from linker.records.import_notes import Notes
from linker.records.importers.sheet_rows import FilledCell
from linker.records.importers.un.xml_parts import attribute, local, parse_part

_SHOWN = 8
_IN_PART_SHOWN = 20
_CHARS = 120
_DELETE = "Delete those that no longer count, and import the workbook again."


class SheetMarks:
    """Collects the marks of a sheet while it is read; they are told if it is read as a table."""

    def __init__(self, comments: Mapping[str, str]) -> None:
        """Take the comments of the sheet: (cell, such as "B3") -> text."""
        self._comments = comments
        self._struck: list[int] = []
        self._in_part: list[tuple[str, str]] = []
        self._hidden_rows: list[int] = []
        self._hidden_columns: set[int] = set()

    def see(self, number: int, cells: Mapping[int, FilledCell]) -> None:
        """Look at a row; cells by the numbers of their columns, from 1."""
        if any(cell.hidden == "row" for cell in cells.values()):
            self._hidden_rows.append(number)
        self._hidden_columns |= {at for at, cell in cells.items() if cell.hidden == "column"}
        struck = {at: cell.struck for at, cell in cells.items() if cell.struck.strip()}
        if not struck:
            return
        whole = sum(len(str(cell.value)) for cell in cells.values())
        if 2 * sum(map(len, struck.values())) > whole:
            self._struck.append(number)
        else:
            self._in_part += [(f"{_letter(at)}{number}", text) for at, text in struck.items()]

    def tell(self, notes: Notes) -> None:
        """Tell what was seen, of rows that were read as any others."""
        if self._struck:
            said = _counted(self._struck)
            notes.told(
                "struck out",
                reason=f"{said} struck out, and read as any other ({_listed(self._struck)})",
                remedy=_DELETE,
            )
        for cell, text in self._in_part[:_IN_PART_SHOWN]:
            notes.told(
                "struck out in part",
                row=f"cell {cell}",
                value=text,
                reason=f"{text[:_CHARS]!r} in {cell} is struck out, and read as the rest of "
                "the cell",
                remedy="Delete what no longer counts, and import the workbook again.",
            )
        if more := self._in_part[_IN_PART_SHOWN:]:
            notes.told(
                "struck out in part",
                reason=f"{len(more):,} more cells hold words that are struck out, and read as the "
                f"rest of them ({_listed([cell for cell, _ in more])})",
                remedy="Delete what no longer counts, and import the workbook again.",
            )
        if self._hidden_rows:
            said = _counted(self._hidden_rows)
            notes.told(
                "hidden rows",
                reason=f"{said} hidden, by hand or by a filter, and read as any other "
                f"({_listed(self._hidden_rows)})",
                remedy="Delete those that do not belong here, and import the workbook again.",
            )
        if self._hidden_columns:
            letters = [_letter(at) for at in sorted(self._hidden_columns)]
            said = "column {} is" if len(letters) == 1 else "columns {} are"
            notes.told(
                "hidden columns",
                reason=f"{said.format(_listed(letters))} hidden, and read as any other",
                remedy="Delete what does not belong here, and import the workbook again.",
            )
        self._tell_comments(notes)

    def _tell_comments(self, notes: Notes) -> None:
        if self._comments:
            count = len(self._comments)
            shown = [f"{at}: {text[:_CHARS]!r}" for at, text in self._comments.items()]
            said = "1 comment on a cell is" if count == 1 else f"{count:,} comments on cells are"
            notes.told(
                "comments",
                reason=f"{said} not read ({_listed(shown)})",
                remedy="Write what counts into the cells, such as a position, and import the "
                "workbook again.",
            )


def comments_of(file: BinaryIO, sheet: str) -> dict[str, str]:
    """Return cell -> comment of a sheet, by its part of the workbook; none where it is damaged."""
    folder, name = posixpath.split(sheet)
    found: dict[str, str] = {}
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            relations = parse_part(archive, f"{folder}/_rels/{name}.rels", names)
            for one in relations if relations is not None else ():
                if attribute(one, "Type").endswith("/comments"):
                    target = posixpath.normpath(posixpath.join(folder, attribute(one, "Target")))
                    found |= _comments(parse_part(archive, target.lstrip("/"), names))
    except (KeyError, OSError, ValueError, zipfile.BadZipFile):
        return {}
    return found


def _comments(part: Any) -> dict[str, str]:
    nodes = [] if part is None else [node for node in part.iter() if local(node) == "comment"]
    return {
        attribute(node, "ref"): " ".join(
            "".join(text.text or "" for text in node.iter() if local(text) == "t").split()
        )
        for node in nodes
    }


def _counted(rows: list[int]) -> str:
    return "1 row is" if len(rows) == 1 else f"{len(rows):,} rows are"


def _listed(places: list[int] | list[str]) -> str:
    return ", ".join(map(str, places[:_SHOWN])) + ("" if len(places) <= _SHOWN else " …")


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))
