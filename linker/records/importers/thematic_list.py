"""OHCHR's "thematic list of recommendations" (DOCX), in its layouts of 2014, 2019 and 2025."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from linker.records.assemble import Draft
from linker.records.citing import upr_text
from linker.records.ids import normalise_symbol, report_symbol
from linker.records.importers.base import Head, Options, column_name
from linker.records.notes import Notes, refuse
from linker.records.record import Record
from linker.records.text import clean_text
from linker.records.values import clean_list

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_THEME = re.compile(r"\s*Themes?\s*:\s*(.+)", re.IGNORECASE | re.DOTALL)
_SOURCE = re.compile(r"Source\s+of\s+position\s*:\s*(.*)\Z", re.IGNORECASE | re.DOTALL)
_SYMBOL = re.compile(r"A/HRC/\d+/\d+(?:/(?:Add|Corr|Rev)\.\d+)*")
_HEADER = re.compile(
    r"UPR\s+of\s+(?P<state>.+?)\s*\((?P<cycle>\d)\s*\w*\s+cycle\W+(?P<session>\d+)\w*\s+session",
    re.IGNORECASE,
)
_SECTION = re.compile(r"(SDGs?|Affected persons|Groups of persons)\s*:\s*(.*)", re.IGNORECASE)
_FIELD_OF_SECTION = {"sdg": "sdgs", "sdgs": "sdgs", "affected persons": "groups",
                     "groups of persons": "groups"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Title:
    """What the page header says: "UPR of Slovenia (3rd Cycle - 34th Session)"."""

    state: str = ""
    cycle: str = ""
    session: str = ""


def first_table_header(path: Path) -> tuple[str, ...]:
    """Return the header cells of a document's first table, () where it has none.

    Raises:
        ImportRefused: the document cannot be opened.
    """
    tables = _tables(_document(path))
    return tuple(cell.strip() for cell in next(tables[0], [])) if tables else ()


class ThematicList:
    """Tables of recommendation, position, themes (and SDGs) with themes as rows between."""

    name = "thematic_list"
    label = "OHCHR thematic list of recommendations (DOCX)"

    def recognises(self, head: Head) -> bool:
        """Say whether the first table has columns for recommendations and positions."""
        return head.kind == "docx" and len(head.columns) >= 3 and _is_header(head.columns)

    def read(self, path: Path, notes: Notes, options: Options) -> Iterator[Record]:
        """Yield a record a recommendation.

        Raises:
            ImportRefused: the State is neither in the page header nor in ``options``.
        """
        document = _document(path)
        title = _title(document)
        state = title.state or options.state
        if not state:
            raise refuse(
                notes.file,
                'its page header does not name the State ("UPR of … (3rd Cycle – 34th Session)")',
                "Say which State it is about (option state).",
            )
        for number, table in enumerate(_tables(document), start=1):
            heading = ""
            for index, cells in enumerate(table, start=1):
                place = f"table {number}, row {index}"
                if theme := _THEME.fullmatch(cells[0] if cells else ""):
                    heading = clean_text(theme[1])
                elif any(cell.strip() for cell in cells) and not _is_header(cells):
                    if notes.rows_read >= options.limits.max_rows:
                        notes.refused(
                            "limit",
                            row=place,
                            reason="more rows than the limit max_rows "
                            f"= {options.limits.max_rows:,}; the rest is not read",
                            remedy="Raise max_rows.",
                        )
                        return
                    notes.rows_read += 1
                    row = _Row(place, cells, heading, state, title, notes, options)
                    yield from row.records()


@dataclass(frozen=True, slots=True)
class _Row:
    place: str
    cells: list[str]
    heading: str
    state: str
    title: _Title
    notes: Notes
    options: Options

    def records(self) -> Iterator[Record]:
        cell = self.cells[0]
        source = _SOURCE.search(cell)
        origin = clean_text(source[1]) if source else ""
        cited = upr_text(clean_text(cell[: source.start()] if source else cell))
        if not cited.paragraph:
            self.notes.refused(
                "no paragraph number",
                row=self.place,
                column="Recommendation",
                reason=f"{cell.strip()[:60]!r} begins with no paragraph number such as 121.11",
                remedy="Put the number of the working-group report before the text.",
            )
            return
        named = _SYMBOL.search(origin)
        values: dict[str, str | tuple[str, ...]] = {
            "text": cited.text,
            "paragraph": cited.paragraph,
            "recommending_states": cited.recommending_states,
            "state": self.state,
            "mechanism": "UPR",
            "body": "UPR",
            "symbol": report_symbol(normalise_symbol(named[0])) if named else "",
            "cycle": self.title.cycle,
            "session": self.title.session,
            "position": self.cells[1].strip() if len(self.cells) > 1 else "",
            "kind": "recommendation",
            "heading": self.heading,
            **_tags(self.cells[2] if len(self.cells) > 2 else "", "themes"),
        }
        # The fourth column holds SDGs in 2025 and an empty space for comments before.
        fourth = _tags(self.cells[3] if len(self.cells) > 3 else "", "sdgs")
        if any(re.match(r"\d", tag) for tag in fourth["sdgs"]):
            values["sdgs"] = fourth["sdgs"]
        extra = (("position_source", origin),) if origin else ()
        yield from Draft(values, self.place, self.notes, self.options, extra=extra).records()


def _is_header(cells: Sequence[str]) -> bool:
    names = [column_name(cell) for cell in cells[:2]]
    return (
        len(names) == 2
        and names[0].startswith("recommendation")
        and names[1].startswith("position")
    )


def _tags(cell: str, field: str) -> dict[str, tuple[str, ...]]:
    """Part a cell of tags, one a line, into ``field`` and what "SDGs:" and "… persons:" begin."""
    found: dict[str, list[str]] = {field: []}
    for line in cell.split("\n"):
        section = _SECTION.fullmatch(line.strip())
        if section:
            field = _FIELD_OF_SECTION[section[1].lower()]
        found.setdefault(field, []).append(section[2] if section else line)
    return {name: clean_list(lines) for name, lines in found.items()}


def _document(path: Path) -> Any:
    import docx

    try:
        return docx.Document(str(path))
    except Exception as error:  # python-docx lets through whatever a broken part raises
        reason = f"the document cannot be read ({error})"
        raise refuse(path.name, reason, "Open it in a word processor and save it again.") from error


def _title(document: Any) -> _Title:
    for section in document.sections:
        for part in (section.header, section.first_page_header, section.even_page_header):
            if match := _HEADER.search(" ".join(_text(part._element)[:5000].split())):
                return _Title(match["state"], match["cycle"], match["session"])
    texts = [document.core_properties.title or "", *(p.text for p in document.paragraphs[:20])]
    for text in texts:
        if match := _HEADER.search(" ".join(text[:5000].split())):
            return _Title(match["state"], match["cycle"], match["session"])
    return _Title()


def _tables(document: Any) -> list[Iterator[list[str]]]:
    return [_rows(table) for table in document.element.body.iterchildren(f"{_WORD}tbl")]


def _rows(table: Any) -> Iterator[list[str]]:
    """Yield the cells' text, row by row (python-docx's own way takes time squared)."""
    for row in table.iterchildren(f"{_WORD}tr"):
        yield [_text(cell) for cell in row.iterchildren(f"{_WORD}tc")]


def _text(element: Any) -> str:
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


_MARKS = {"br": "\n", "tab": "\t", "noBreakHyphen": "-"}
