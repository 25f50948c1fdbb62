"""What of a sheet is hidden, struck out or said in comments, collected while it is read."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Mapping
from typing import Any, BinaryIO

from linker.records.importers.marks import Marks
from linker.records.importers.sheet_rows import FilledCell
from linker.records.importers.un.xml_parts import attribute, local, parse_part


def sheet_marks(file: BinaryIO, sheet: str) -> Marks:
    """Return the marks of a sheet, by its part of the workbook: its comments, to begin with."""
    return Marks("workbook", "row", comments=_comments_of(file, sheet))


def see_row(marks: Marks, number: int, cells: Mapping[int, FilledCell]) -> None:
    """Take up the marks of a row; cells by the numbers of their columns, from 1."""
    if not any(cell.hidden or cell.struck for cell in cells.values()):
        return
    if any(cell.hidden == "row" for cell in cells.values()):
        marks.hidden.append(str(number))
    for at, cell in cells.items():
        if cell.hidden == "column" and _letter(at) not in marks.hidden_columns:
            marks.hidden_columns.append(_letter(at))
    struck = {at: cell.struck for at, cell in cells.items() if cell.struck.strip()}
    whole = sum(len(str(cell.value)) for cell in cells.values())
    if 2 * sum(map(len, struck.values())) > whole:
        marks.whole.append(str(number))
    else:
        marks.in_part += [(f"cell {_letter(at)}{number}", text) for at, text in struck.items()]


def _comments_of(file: BinaryIO, sheet: str) -> list[tuple[str, str]]:
    """Return (cell, comment) of a sheet; none where its part is damaged."""
    folder, name = posixpath.split(sheet)
    found: list[tuple[str, str]] = []
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            relations = parse_part(archive, f"{folder}/_rels/{name}.rels", names)
            for one in relations if relations is not None else ():
                if attribute(one, "Type").endswith("/comments"):
                    target = posixpath.normpath(posixpath.join(folder, attribute(one, "Target")))
                    found += _comments(parse_part(archive, target.lstrip("/"), names))
    except (KeyError, OSError, ValueError, zipfile.BadZipFile):
        return []
    return found


def _comments(part: Any) -> list[tuple[str, str]]:
    nodes = [] if part is None else [node for node in part.iter() if local(node) == "comment"]
    return [
        (
            f"cell {attribute(node, 'ref')}",
            "".join(text.text or "" for text in node.iter() if local(text) == "t"),
        )
        for node in nodes
    ]


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))
