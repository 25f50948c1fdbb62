"""Linker's own matrix in Word: each row says in a line "Source: …" where its record stands.

A matrix by cluster has several records a row, one below the other, each with such a line.
Converging asks stand below behind "↔"; columns may have been added or left out and are found by
their headings. What Linker works out (linked SDGs) is not read; what people fill in (responsible
body, timeline, status) belongs to the plan, and is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from linker.i18n.language import LANGUAGES, speaking
from linker.i18n.messages import in_every_language, tr, tr_later
from linker.records.citing import upr_text
from linker.records.import_notes import Notes
from linker.records.importers.assemble import Draft
from linker.records.importers.base import Head, Options, column_name
from linker.records.importers.found_tables import Table, tables_in
from linker.records.importers.grid import Row
from linker.records.importers.heads import head_of, with_head
from linker.records.importers.parted_cells import Values, part_text, part_themes
from linker.records.importers.safe_open import kind_of
from linker.records.record import POSITIONS, Record
from linker.records.values import clean_list
from linker.vocabulary.mechanisms import codes
from linker.vocabulary.official import english_name, official_name
from linker.vocabulary.text import clean_text

MATRIX = tr_later("Implementation matrix")
"""What the title of a matrix says behind the State's name and " · "."""
TITLE = tr_later("Measure: ")
"""What the line begins with that names a measure, in a matrix by cluster."""
NUMBERS = tr_later("Numbers and paragraphs")
"""Heading of the first column of a matrix by cluster."""
NATIONAL_PLAN = tr_later("plan: ")
"""What stands before the measures of the national plan behind a deadline, in such a matrix."""
_NUMBERS = column_name(NUMBERS)
_TOTALS = frozenset(map(column_name, ("Position of the State", "Umbrella", "Responsible body")))
"""First columns of the totals on the cover of a matrix by cluster, which hold no records."""
_BESIDE = "↔"
TAGGED = tr_later("As tagged in the source: ")
"""What stands before the goals of a source's own tags."""
SOURCE = tr_later("Source: ")
"""What the line begins with that says where a record stands."""
SOURCE_PARTS = {
    "id": tr_later("id {value}"),
    "recommended_by": tr_later("recommended by {value}"),
    "cites": tr_later("cited as {value}"),
    "position_source": tr_later("position in {value}"),
    "position": "{value}",
    "year": "{value}",
    "session": tr_later("session {value}"),
    "cycle": tr_later("UPR cycle {value}"),
    "body": "{value}",
    "paragraph": tr_later("para. {value}"),
    "symbol": "{value}",
}
"""What that line says, from its end: each part may be missing, the symbol is the rest."""
_VALUES = {"year": r"(\d{4})", "session": "([^,]+)", "cycle": r"(\d+)", "body": "([A-Z]{2,6})"}
PLANNED = {
    "responsiblebody": "responsible", "actionstrategy": "strategy", "timeline": "deadline",
    "status": "status",
}  # fmt: skip
"""Compared name of a column that people fill in -> field of the plan."""
_READ = ("position", "themes", "sdg", *PLANNED)
FilledRow = tuple[Record, dict[str, str]]
"""A record of a matrix, and field of the plan -> what stands there."""


class OwnMatrix:
    """The matrix that `linker export matrix` wrote as a Word document, edited or not."""

    name = "own_matrix"
    label = "Linker's matrix (DOCX)"

    def recognises(self, head: Head) -> bool:
        """Say whether the document calls itself a matrix of Linker's."""
        return head.kind == "docx" and head.about == MATRIX

    def read(self, path: Path, notes: Notes, options: Options) -> Iterator[Record]:
        """Yield a record a row."""
        for record, planned in self.filled_rows(path, notes, options):
            tell_planned(record.row, planned, notes)
            yield record

    def filled_rows(self, path: Path, notes: Notes, options: Options) -> Iterator[FilledRow]:
        """Yield each record with what people filled in for the plan."""
        for table in tables_in(path, kind_of(path, options.limits), notes, options):
            if column_name(english_name((*table.columns, "")[0])) in _TOTALS:
                continue
            head = replace(head_of(table.titles[:1]), certain=True)
            said = with_head(
                options, replace(head, mechanism="", body=""), notes, needs_state=False
            )
            columns = _Columns.of(table)
            for row in table.rows:
                # An umbrella or a theme is one cell over all columns that is no record.
                if not row.spans or any(map(_source_in, row.cells)):
                    planned = planned_in(row, columns.planned)
                    found = list(_records(row, columns, notes, said))
                    for record in found:
                        yield record, planned_of(record, planned, found if columns.text else ())


@dataclass(frozen=True, slots=True)
class _Columns:
    """Places of the columns, -1 where one is missing, and columns that somebody added."""

    text: int
    position: int
    themes: int
    sdgs: int
    planned: Mapping[str, int]
    added: tuple[tuple[int, str], ...]

    @classmethod
    def of(cls, table: Table) -> _Columns:
        names = [column_name(english_name(column)) for column in table.columns]
        known = {at for at, name in enumerate(names) if any(word in name for word in _READ)}
        text = int(by_cluster(names))
        return cls(
            text=text,
            position=_place(names, "position"),
            themes=_place(names, "themes"),
            sdgs=_place(names, "sdgtarget"),
            planned={name: at for at, name in enumerate(names)},
            added=tuple(
                (at, table.columns[at]) for at in range(text + 1, len(names)) if at not in known
            ),
        )


def _place(names: list[str], wanted: str) -> int:
    return next((at for at, name in enumerate(names) if at and wanted in name), -1)


def by_cluster(names: Sequence[str]) -> bool:
    """Whether the compared names of columns are those of a matrix by cluster."""
    return bool(names) and names[0] == _NUMBERS


def _records(row: Row, columns: _Columns, notes: Notes, options: Options) -> Iterator[Record]:
    values: Values = {
        "position": english_name(_cell(row, columns.position)),
        "themes": "\n".join(map(_english_line, _cell(row, columns.themes).split("\n"))),
    }
    part_themes(values)
    if isinstance(values["themes"], str):
        values["themes"] = clean_list(values["themes"].split("\n"))
    tagged = _tagged().search(_cell(row, columns.sdgs))
    values["sdgs"] = clean_list(tagged[1].split(",")) if tagged else ()
    extra = tuple((column, cell) for at, column in columns.added if (cell := _cell(row, at)))
    for own, source in _said(row.cells[columns.text], several=columns.text > 0):
        # A cell on the position of several says nothing of one of them.
        said = {} if columns.text else dict(values)
        if source:
            _from_source(said, own, source)
        else:  # a row that somebody added
            said |= {"text": own, "mechanism": "UPR"}
            part_text(said, options)
        yield from Draft(said, row.place, notes, options, extra=extra).records()


def _english_line(line: str) -> str:
    """Return a theme, group or heading of a list in English, with the dash before it."""
    dash = "– " if line.startswith("– ") else ""
    return f"{dash}{english_name(line.removeprefix(dash))}"


def _said(cell: str, several: bool) -> Iterator[tuple[str, str]]:
    """Yield the text of each record of a cell with the line that says where it stands."""
    lines = cell.split("\n")
    ends = [at for at, line in enumerate(lines) if line.startswith(_BESIDE)]
    own = lines[: ends[0]] if ends else lines
    if several:
        own = [line for line in own if not line.startswith(tuple(in_every_language(TITLE)))]
    places = [at for at, line in enumerate(own) if _source_in(line, first=True)]
    start = 0
    for place in places if several else places[-1:]:
        yield "\n".join(own[start:place]), own[place]
        start = place + 1
    if not places:
        yield "\n".join(own), ""


def planned_in(row: Row, columns: Mapping[str, int]) -> dict[str, str]:
    """Return what a row says for the plan: field of the plan -> cell, where it is filled in.

    Args:
        row: of the matrix.
        columns: the compared name of each column -> its place.
    """
    cells = {field: _cell(row, columns.get(name, -1)) for name, field in PLANNED.items()}
    return {field: cell for field, cell in cells.items() if cell}


def planned_of(
    record: Record, planned: Mapping[str, str], together: Sequence[Record]
) -> dict[str, str]:
    """Return what a row of a matrix says of one of its records, less the national plan.

    Where records of one row differ, each line begins with the numbers that it is about: "110.2
    (cycle 4): …".

    Args:
        record: the record.
        planned: field of the plan -> cell.
        together: the records of the row of a matrix by cluster; none of one by recommendation.
    """
    paragraphs = {one.paragraph for one in together} - {""}
    found = {}
    for field, cell in planned.items():
        said = []
        for line in cell.split("\n"):
            about, _, value = line.partition(": ")
            named = {part.split(" (")[0].rpartition(". ")[2] for part in about.split(", ")}
            if not value or not named & paragraphs:
                said.append(line)
            elif record.paragraph in named:
                said.append(value)
        is_date = field == PLANNED["timeline"]
        texts = (_planned().split(text)[0].strip("; ") if is_date else text for text in said)
        if value := "\n".join(text for text in texts if text):
            found[field] = value
    return found


def tell_planned(place: str, planned: Mapping[str, str], notes: Notes) -> None:
    """Say what people filled in that belongs to the plan and that an import does not change."""
    for field, cell in planned.items():
        notes.told(
            "filled in for the plan",
            row=place,
            column=field,
            reason=f"{cell[:80]!r} is the plan's, which an import does not change",
            remedy="Read this file in with `linker plan import`, which compares it with the plan.",
            value=cell,
        )


def _cell(row: Row, at: int) -> str:
    return row.cells[at].strip() if 0 < at < len(row.cells) else ""


def _from_source(values: Values, cell: str, source: str) -> None:
    said = _parts(source)
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
    """Part a line "Source: …", in whatever language, into the fields of a record."""
    found = {}
    for lead, patterns in _parted():
        if not source.startswith(lead):
            continue
        rest = source.removeprefix(lead).strip()
        for name, pattern in patterns:
            if match := pattern.search(rest):
                found[name] = match[1].strip()
                rest = rest[: match.start()]
        break
    if "position" in found:
        found["position"] = english_name(found["position"])
    return found


@cache
def _parted() -> tuple[tuple[str, tuple[tuple[str, re.Pattern[str]], ...]], ...]:
    """Return for each language what the line begins with and the pattern of each part."""
    made = []
    for code in LANGUAGES:
        with speaking(code):
            positions = "|".join(re.escape(official_name(one)) for one in POSITIONS)
            values = {**_VALUES, "position": f"({positions})"}
            patterns = tuple(
                (name, _pattern(tr(said), values.get(name, "(.+)")))
                for name, said in SOURCE_PARTS.items()
            )
            made.append((tr(SOURCE).strip(), patterns))
    return tuple(made)


def _pattern(said: str, value: str) -> re.Pattern[str]:
    before, after = map(re.escape, said.split("{value}"))
    return re.compile(f"(?:^|, ){before}{value}{after}$")


def _source_in(text: str, first: bool = False) -> bool:
    """Whether a text holds (or begins with) a line "Source: …" in some language."""
    leads = (lead for lead, _ in _parted())
    return any(text.startswith(lead) if first else lead in text for lead in leads)


@cache
def _tagged() -> re.Pattern[str]:
    leads = "|".join(re.escape(lead.strip()) for lead in in_every_language(TAGGED))
    return re.compile(rf"(?:{leads})\s*(.*)")


@cache
def _planned() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(lead) for lead in in_every_language(NATIONAL_PLAN)))


def _without_number(text: str, said: dict[str, str], body: str) -> str:
    """Return a text without the number that a matrix puts before it."""
    paragraph = said.get("paragraph", "")
    places = in_every_language("{cited}, para. {paragraph}") if paragraph else ("{cited}",)
    symbols = [said.get("symbol", ""), *codes()]
    cited = [f"{before}{symbol}" for before in ("", f"{body} ") for symbol in symbols]
    numbers = [one.format(cited=name, paragraph=paragraph) for one in places for name in cited]
    for number in sorted([said.get("paragraph", ""), *numbers], key=len, reverse=True):
        if number.strip() and text.startswith(f"{number} "):
            return text[len(number) + 1 :]
    return text
