"""OHCHR's "thematic list of recommendations" (DOCX), and Linker's own matrix, which extends it.

The list has layouts of 2014, 2019 and 2025. In a matrix a row says in a line "Source: …" where its
record stands, converging asks stand below it behind "↔", and columns may have been added or left
out; they are found by their headings, and unknown ones are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from linker.records.citing import upr_text
from linker.records.ids import normalise_symbol, report_symbol
from linker.records.import_notes import Notes, refuse
from linker.records.importers.assemble import Draft
from linker.records.importers.base import Head, Options, column_name
from linker.records.importers.docx_tables import (
    open_document,
    tables_of,
    text_of,
    told_as_damage,
)
from linker.records.record import Record
from linker.records.values import clean_list
from linker.vocabulary.mechanisms import codes
from linker.vocabulary.text import clean_text

_THEME = re.compile(r"\s*Themes?\s*:\s*(.+)", re.IGNORECASE | re.DOTALL)
_SOURCE = re.compile(r"Source\s+of\s+position\s*:\s*(.*)\Z", re.IGNORECASE | re.DOTALL)
_SYMBOL = re.compile(r"A/HRC/\d+/\d+(?:/(?:Add|Corr|Rev)\.\d+)*")
_UPR_OF = re.compile(r"UPR of ", re.IGNORECASE)
_REVIEW = re.compile(
    r"\((?P<cycle>\d) ?\w{0,12} cycle\W{1,12}(?P<session>\d{1,4})\w{0,12} session", re.IGNORECASE
)
_MATRIX = " · Implementation matrix"
_OURS = "recommendationandrecommendingstate"
_BESIDE = "↔"
_TAGGED = re.compile(r"As tagged in the source:\s*(.*)")
# What "Source: …" says, from its end: each part may be missing, the document symbol is the rest.
_PARTS = tuple(
    (name, re.compile(rf"(?:^|, ){pattern}$"))
    for name, pattern in (
        ("id", r"id (.+)"),
        ("recommended_by", r"recommended by (.+)"),
        ("cites", r"cited as (.+)"),
        ("position_source", r"position in (.+)"),
        ("year", r"(\d{4})"),
        ("session", r"session ([^,]+)"),
        ("cycle", r"UPR cycle (\d+)"),
        ("body", r"([A-Z]{2,6})"),
        ("paragraph", r"para\. (.+)"),
        ("symbol", r"(.+)"),
    )
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
    is_matrix: bool = False


def first_table_header(path: Path) -> tuple[str, ...]:
    """Return the header cells of a document's first table, () where it has none.

    Raises:
        ImportRefused: the document cannot be opened.
    """
    tables = tables_of(open_document(path))
    return tuple(cell.strip() for cell in next(tables[0], [])) if tables else ()


class ThematicList:
    """Tables of recommendation, position, themes (and SDGs) with themes as rows between."""

    name = "thematic_list"
    label = "OHCHR thematic list of recommendations (DOCX)"

    def recognises(self, head: Head) -> bool:
        """Say whether the first table has columns for recommendations and positions."""
        return head.kind == "docx" and len(head.columns) >= 2 and _is_header(head.columns)

    def read(self, path: Path, notes: Notes, options: Options) -> Iterator[Record]:
        """Yield a record a recommendation.

        Raises:
            ImportRefused: the State is neither in the page header nor in ``options``.
        """
        document = open_document(path)
        with told_as_damage(notes.file):
            title = _title(document)
        state = title.state or options.state
        if not state:
            raise refuse(
                notes.file,
                'its page header does not name the State ("UPR of … (3rd Cycle – 34th Session)")',
                "Say which State it is about (option state).",
            )
        for number, table in enumerate(tables_of(document), start=1):
            heading, columns = "", _Columns()
            for index, cells in enumerate(table, start=1):
                place = f"table {number}, row {index}"
                if _is_header(cells):
                    columns = _Columns.of(cells)
                elif theme := _THEME.fullmatch(cells[0] if cells else ""):
                    heading = clean_text(theme[1])
                elif any(cell.strip() for cell in cells) and not _is_band(cells, title):
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
                    row = _Row(place, cells, columns, heading, state, title, notes, options)
                    yield from row.records()


@dataclass(frozen=True, slots=True)
class _Columns:
    """Places of the columns; the fourth holds SDGs in 2025 and room for comments before."""

    position: int = 1
    themes: int = 2
    sdgs: int = 3

    @classmethod
    def of(cls, header: Sequence[str]) -> _Columns:
        names = [column_name(cell) for cell in header]
        if len(names) > 4 or names[0] == _OURS:
            return cls(*(_place(names, wanted) for wanted in ("position", "themes", "sdg")))
        return cls()


@dataclass(frozen=True, slots=True)
class _Row:
    place: str
    cells: list[str]
    columns: _Columns
    heading: str
    state: str
    title: _Title
    notes: Notes
    options: Options

    def records(self) -> Iterator[Record]:
        lines = self.cells[0].split("\n")
        ends = [n for n, line in enumerate(lines) if line.startswith(_BESIDE)]
        own = lines[: ends[0]] if ends else lines
        places = [n for n, line in enumerate(own) if line.startswith("Source: ")]
        if places:
            yield from self._of_matrix("\n".join(own[: places[-1]]), own[places[-1]])
        else:
            yield from self._of_list("\n".join(own))

    def _of_list(self, cell: str) -> Iterator[Record]:
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
        values = {
            **self._beside(),
            "text": cited.text,
            "paragraph": cited.paragraph,
            "recommending_states": cited.recommending_states,
            "mechanism": "UPR",
            "body": "UPR",
            "symbol": report_symbol(normalise_symbol(named[0])) if named else "",
            "cycle": self.title.cycle,
            "session": self.title.session,
            "kind": "recommendation",
            "heading": self.heading,
            "position_source": origin,
        }
        # The fourth column holds SDGs in 2025 and an empty space for comments before.
        fourth = _tags(self._cell(self.columns.sdgs), "sdgs")
        if any(re.match(r"\d", tag) for tag in fourth["sdgs"]):
            values["sdgs"] = fourth["sdgs"]
        yield from Draft(values, self.place, self.notes, self.options).records()

    def _of_matrix(self, cell: str, source: str) -> Iterator[Record]:
        said = _parts(source.removeprefix("Source: ").strip())
        named = said.pop("body", "")
        mechanism = "UPR" if "cycle" in said or named == "UPR" else ""
        values: dict[str, str | tuple[str, ...]] = {**self._beside(), **said}
        values["mechanism"] = mechanism or (named if named in codes() else "")
        values["body"] = mechanism or ("" if named in codes() else named)
        text = _without_number(clean_text(cell), said, named)
        if mechanism:
            # Some number before the text keeps the first one of the text itself where it is.
            cited = upr_text(f"1.1 {text}")
            text, by = cited.text, clean_list(said.pop("recommended_by", "").split(";"))
            values["recommending_states"] = (*cited.recommending_states, *by)
        values["text"] = text
        tagged = _TAGGED.search(self._cell(self.columns.sdgs))
        values["sdgs"] = clean_list(tagged[1].split(",")) if tagged else ()
        yield from Draft(values, self.place, self.notes, self.options).records()

    def _beside(self) -> dict[str, str | tuple[str, ...]]:
        """Return what the other columns say."""
        return {
            "state": self.state,
            "position": self._cell(self.columns.position).strip(),
            **_tags(self._cell(self.columns.themes), "themes"),
        }

    def _cell(self, place: int) -> str:
        return self.cells[place] if 0 < place < len(self.cells) else ""


def _parts(source: str) -> dict[str, str]:
    """Part what stands behind "Source:" into the fields of a record."""
    found = {}
    for name, pattern in _PARTS:
        if match := pattern.search(source):
            found[name] = match[1].strip()
            source = source[: match.start()]
    return found


def _without_number(text: str, said: dict[str, str], body: str) -> str:
    """Return a text without the number that a matrix puts before it."""
    place = f", para. {said['paragraph']}" if said.get("paragraph") else ""
    symbols = [said.get("symbol", ""), *codes()]
    numbers = [f"{before}{symbol}{place}" for before in ("", f"{body} ") for symbol in symbols]
    for number in sorted([said.get("paragraph", ""), *numbers], key=len, reverse=True):
        if number.strip() and text.startswith(f"{number} "):
            return text[len(number) + 1 :]
    return text


def _place(names: Sequence[str], wanted: str) -> int:
    return next((n for n, name in enumerate(names) if n and wanted in name), -1)


def _is_band(cells: Sequence[str], title: _Title) -> bool:
    """Whether a row of a matrix is an umbrella: one cell over all columns that is no record."""
    return title.is_matrix and len(cells) == 1 and "Source: " not in cells[0]


def _is_header(cells: Sequence[str]) -> bool:
    names = [column_name(cell) for cell in cells]
    return len(names) > 1 and (
        names[0] == _OURS
        or (names[0].startswith("recommendation") and names[1].startswith("position"))
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


def _title(document: Any) -> _Title:
    for section in document.sections:
        for part in (section.header, section.first_page_header, section.even_page_header):
            text = " ".join(text_of(part._element)[:5000].split())
            if title := _review(text):
                return title
            state, ours, _ = text.partition(_MATRIX)
            if state and ours:
                return _Title(state, is_matrix=True)
    texts = [document.core_properties.title or "", *(p.text for p in document.paragraphs[:20])]
    for text in texts:
        if title := _review(" ".join(text[:5000].split())):
            return title
    return _Title()


def _review(text: str) -> _Title | None:
    """Return what "UPR of Slovenia (3rd Cycle - 34th Session)" in a text says."""
    upr = _UPR_OF.search(text)
    review = _REVIEW.search(text, upr.end() + 1) if upr else None
    if not upr or not review:
        return None
    state = text[upr.end() : review.start()].rstrip()
    return _Title(state, review["cycle"], review["session"])
