"""Linker's own matrix in Word: each row says in a line "Source: …" where its record stands.

Converging asks stand below behind "↔"; columns may have been added or left out and are found by
their headings. What Linker works out (linked SDGs) is not read; what people fill in (responsible
body, timeline, status) belongs to the plan, and is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from linker.records.citing import upr_text
from linker.records.import_notes import Notes
from linker.records.importers.assemble import Draft
from linker.records.importers.base import Head, Options, column_name
from linker.records.importers.found_tables import Table, tables_in
from linker.records.importers.grid import Row
from linker.records.importers.heads import head_of, with_head
from linker.records.importers.safe_open import kind_of
from linker.records.importers.table import Values, part_text, part_themes
from linker.records.record import Record
from linker.records.values import clean_list
from linker.vocabulary.mechanisms import codes
from linker.vocabulary.text import clean_text

MATRIX = "Implementation matrix"
"""What the title of a matrix says behind the State's name and " · "."""
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
_PLANNED = ("responsiblebody", "timeline", "status")
_READ = ("position", "themes", "sdg", *_PLANNED)


class OwnMatrix:
    """The matrix that `linker export matrix` wrote as a Word document, edited or not."""

    name = "own_matrix"
    label = "Linker's matrix (DOCX)"

    def recognises(self, head: Head) -> bool:
        """Say whether the document calls itself a matrix of Linker's."""
        return head.kind == "docx" and head.about == MATRIX

    def read(self, path: Path, notes: Notes, options: Options) -> Iterator[Record]:
        """Yield a record a row."""
        for table in tables_in(path, kind_of(path, options.limits), notes, options):
            head = replace(head_of(table.titles[:1]), certain=True)
            said = with_head(
                options, replace(head, mechanism="", body=""), notes, needs_state=False
            )
            columns = _Columns.of(table)
            for row in table.rows:
                # An umbrella or a theme is one cell over all columns that is no record.
                if not row.spans or "Source: " in row.cells[0]:
                    yield from _records(row, columns, notes, said)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Places of the columns, -1 where one is missing, and columns that somebody added."""

    position: int
    themes: int
    sdgs: int
    planned: Mapping[str, int]
    added: tuple[tuple[int, str], ...]

    @classmethod
    def of(cls, table: Table) -> _Columns:
        names = [column_name(column) for column in table.columns]
        known = {at for at, name in enumerate(names) if any(word in name for word in _READ)}
        return cls(
            position=_place(names, "position"),
            themes=_place(names, "themes"),
            sdgs=_place(names, "sdgtarget"),
            planned={name: at for at, name in enumerate(names)},
            added=tuple((at, table.columns[at]) for at in range(1, len(names)) if at not in known),
        )


def _place(names: list[str], wanted: str) -> int:
    return next((at for at, name in enumerate(names) if at and wanted in name), -1)


def _records(row: Row, columns: _Columns, notes: Notes, options: Options) -> Iterator[Record]:
    lines = row.cells[0].split("\n")
    ends = [at for at, line in enumerate(lines) if line.startswith(_BESIDE)]
    own = lines[: ends[0]] if ends else lines
    places = [at for at, line in enumerate(own) if line.startswith("Source: ")]
    values: Values = {
        "position": _cell(row, columns.position),
        "themes": _cell(row, columns.themes),
    }
    part_themes(values)
    if isinstance(values["themes"], str):
        values["themes"] = clean_list(values["themes"].split("\n"))
    tagged = _TAGGED.search(_cell(row, columns.sdgs))
    values["sdgs"] = clean_list(tagged[1].split(",")) if tagged else ()
    if places:
        _from_source(values, "\n".join(own[: places[-1]]), own[places[-1]])
    else:  # a row that somebody added
        values |= {"text": "\n".join(own), "mechanism": "UPR"}
        part_text(values, options)
    tell_planned(row, columns.planned, notes)
    extra = tuple((column, cell) for at, column in columns.added if (cell := _cell(row, at)))
    yield from Draft(values, row.place, notes, options, extra=extra).records()


def tell_planned(row: Row, columns: Mapping[str, int], notes: Notes) -> None:
    """Say what people filled in that belongs to the plan and that an import does not change.

    Args:
        row: of the matrix.
        columns: the compared name of each column -> its place.
        notes: where it is said.
    """
    for name in _PLANNED:
        if planned := _cell(row, columns.get(name, -1)):
            notes.told(
                "filled in for the plan",
                row=row.place,
                column=name,
                reason=f"{planned[:80]!r} is the plan's, which an import does not change",
                remedy="Fill it in in the plan (linker export plan) and read that back with "
                "linker plan import.",
                value=planned,
            )


def _cell(row: Row, at: int) -> str:
    return row.cells[at].strip() if 0 < at < len(row.cells) else ""


def _from_source(values: Values, cell: str, source: str) -> None:
    said = _parts(source.removeprefix("Source: ").strip())
    named = said.pop("body", "")
    mechanism = "UPR" if "cycle" in said or named == "UPR" else ""
    text = _without_number(clean_text(cell), said, named)
    by = said.pop("recommended_by", "")
    values.update(said)
    values["mechanism"] = mechanism or (named if named in codes() else "")
    values["body"] = mechanism or ("" if named in codes() else named)
    if mechanism:
        # Some number before the text keeps the first one of the text itself where it is.
        cited = upr_text(f"1.1 {text}")
        text = cited.text
        values["recommending_states"] = (*cited.recommending_states, *clean_list(by.split(";")))
    values["text"] = text


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
