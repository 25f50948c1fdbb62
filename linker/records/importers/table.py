"""Tables of recommendations in CSV, XLSX and DOCX: the table format and everybody's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from linker.records.import_notes import Notes
from linker.records.importers.assemble import Draft
from linker.records.importers.base import Head, Kind, Options
from linker.records.importers.crowded import recommendations_in
from linker.records.importers.found_tables import Table as FoundTable
from linker.records.importers.found_tables import tables_in
from linker.records.importers.grid import Row
from linker.records.importers.heads import head_of, with_head
from linker.records.importers.parted_cells import (
    SYMBOL,
    Values,
    part_symbol,
    part_text,
    part_themes,
)
from linker.records.importers.position_places import (
    announces,
    position_of_heading,
    position_of_titles,
    tick_columns,
    ticked,
)
from linker.records.importers.recommending_column import names_recommenders
from linker.records.importers.row_roles import band_name, role_of
from linker.records.importers.safe_open import kind_of
from linker.records.importers.un.list_items import items_outside_tables
from linker.records.occasions import said_in
from linker.records.record import Record
from linker.vocabulary.headings import SOURCE
from linker.vocabulary.positions import positions_to_use
from linker.vocabulary.state_lists import only_states
from linker.vocabulary.text import clean_text

OWN = frozenset({"id", "state", "mechanism", "body", "symbol", "paragraph", "text", "themes"})
"""Columns of the table format as Linker writes it: nothing in its texts is to be taken off."""
_SHOWN_CHARS = 120
_CODE = 3
"""Letters of a code: a band of no more may be a word ("Eau")."""
_REVIEW = frozenset({"position", "recommending_states", "cycle"})
_OTHER_MECHANISMS = frozenset({"mechanism", "body", "symbol", SOURCE})
COMPUTED = re.compile(r"xray_.*|issues|action|action_probability|sources")
"""Columns that Linker works out: never the source's."""


class Table:
    """Tables with headings of one's own; what no field takes is kept in ``extra``."""

    name = "table"
    label = "table (CSV, XLSX, DOCX)"

    def recognises(self, head: Head) -> bool:
        """Say whether some column holds the text."""
        return head.has_text

    def read(self, path: Path, notes: Notes, options: Options) -> Iterator[Record]:
        """Yield a record a row, of every table that has a column of texts."""
        kind = kind_of(path, options.limits)
        for table in tables_in(path, kind, notes, options):
            yield from records_of(table, notes, options)
        _tell_outside(path, kind, notes, options)


def _tell_outside(path: Path, kind: Kind, notes: Notes, options: Options) -> None:
    """Refuse what looks like a recommendation, and stands outside the tables that were read."""
    for place, text in items_outside_tables(path, kind, options.limits):
        notes.refused(
            "outside the tables",
            row=place,
            reason="this looks like a recommendation, and only the tables of the file are read: "
            f"{text[:_SHOWN_CHARS]!r}",
            remedy="Put it into a row of the table, or into a file of its own.",
            value=text,
        )


def records_of(table: FoundTable, notes: Notes, options: Options) -> Iterator[Record]:
    """Yield the records of one table."""
    reader = _Reader.of(table, notes, options)
    waiting: Row | None = None
    for row in table.rows:
        role = "record" if reader.own else role_of(row, table.columns, reader.fields)
        if role in ("band", "other"):
            notes.rows_read -= 1
        if role == "more" and waiting is not None:
            waiting = _joined(waiting, row)
            notes.merged += 1
            continue
        if waiting is not None:
            yield from reader.records(waiting)
            waiting = None
        if role in ("record", "more"):
            waiting = row
        elif role == "band":
            reader.begin(band_name(row))
        else:
            notes.told(
                "rows that are no recommendations",
                row=row.place,
                reason="a repeated header, a total or a note",
                value=" ".join(cell for cell in row.cells if cell.strip())[:200],
            )
    if waiting is not None:
        yield from reader.records(waiting)


def _joined(first: Row, more: Row) -> Row:
    """Return a row with what another row of the same recommendation adds."""
    cells = []
    for at, (one, other) in enumerate(zip(first.cells, more.cells, strict=True)):
        new = at not in more.merged and other.strip() and other.strip() not in one.split("\n")
        cells.append(f"{one.strip()}\n{other.strip()}".strip() if new else one)
    return Row(first.place, tuple(cells), first.numeric, first.merged, first.spans)


@dataclass(slots=True)
class _Reader:
    """Reads the rows of one table, with the theme and the position that stand above them."""

    table: FoundTable
    notes: Notes
    options: Options
    own: bool
    fields: Mapping[str, int]
    kept: tuple[int, ...]
    ticks: Mapping[int, str] = field(default_factory=dict)
    position: str = ""
    reviewed: bool = False
    heading: str = ""
    band: Options | None = field(default=None)
    recommending: tuple[str, ...] = ()

    @classmethod
    def of(cls, table: FoundTable, notes: Notes, options: Options) -> _Reader:
        own = {column.strip() for column in table.columns} >= OWN
        head = head_of(table.titles, table.name)
        fields = dict(table.fields)
        silent = not own and "position" not in fields
        ticks = tick_columns(table.columns, table.sample) if silent else {}
        answered = "position" in fields or bool(ticks)
        addressed = options.state if not head.certain else head.state
        said = "state" in dict(options.columns)
        if not said and names_recommenders(table, addressed or head.state, answered):
            fields["recommending_states"] = at = fields.pop("state")
            notes.told(
                "column known by what it holds",
                column=table.columns[at],
                reason=f"column {table.columns[at]!r} is read as the States that recommend, for "
                "what stands beside it",
                remedy="If it names the State under review, say so with --column state=HEADING.",
            )
        options = with_head(options, head, notes, needs_state="state" not in fields)
        position = position_of_titles(table.titles) if silent and not ticks else ""
        taken = {*fields.values(), *ticks}
        kept = tuple(
            at
            for at, column in enumerate(table.columns)
            if at not in taken and not (own and COMPUTED.fullmatch(column))
        )
        # Without a column that says otherwise, rows beside the answers of a review are of it too.
        reviewed = not own and not fields.keys() & _OTHER_MECHANISMS
        reviewed = reviewed and bool(ticks or fields.keys() & _REVIEW)
        return cls(table, notes, options, own, fields, kept, ticks, position, reviewed)

    def begin(self, name: str) -> None:
        """Go on below a band: a theme, a position, or a State.

        The rows below are of that State, or recommended by it where it is known who is reviewed.
        """
        if "position" not in self.fields and (position := position_of_heading(name)):
            self.position = position
            return
        if announces(name):
            self._unanswered(name)
            return
        name = clean_text(name).replace("\n", " ")
        if head_of((name,)).certain:  # the title of the list
            return
        states = only_states(name) if len(name) > _CODE else ()
        if self.options.state and "recommending_states" not in self.fields:
            self.recommending = states
            if states:
                return
        self.heading = name
        self.band = None
        if "state" not in self.fields and len(states) == 1:
            self.band = replace(self.options, state=states[0])

    def _unanswered(self, name: str) -> None:
        """Let the position above hold no more: the rows below are introduced anew."""
        if self.position:
            self.notes.told(
                "position not understood",
                value=name[:200],
                reason=f"{name[:200]!r} says no position that is known: the recommendations below "
                "it have none",
                remedy=f"Say it in a column. {positions_to_use(name)}",
            )
        self.position = ""

    def records(self, row: Row) -> Iterator[Record]:
        for values in self._recommendations(row):
            yield from self._records(row, values)

    def _recommendations(self, row: Row) -> Iterator[Values]:
        """Yield the cells of a row, once for each recommendation that its text holds."""
        values: Values = {name: row.cells[at] for name, at in self.fields.items()}
        text = row.cells[self.fields["text"]]
        parts = (text,) if self.own else recommendations_in(text)
        if len(parts) > 1:
            self.notes.repaired(
                "several recommendations in a cell",
                row=row.place,
                column=self.table.columns[self.fields["text"]],
                reason=f"the cell holds {len(parts)} numbered recommendations; each is a record",
                remedy="Theme and position of the row are taken for all of them.",
            )
            values.pop("paragraph", None)
            values.pop("id", None)
        for part in parts:
            yield {**values, "text": part}

    def _records(self, row: Row, values: Values) -> Iterator[Record]:
        extra = [
            (self.table.columns[at], row.cells[at].strip())
            for at in self.kept
            if row.cells[at].strip()
        ]
        options = self.band or self.options
        if said := ticked(self.ticks, row.cells) or self.position:
            values["position"] = said
        if not self.own:
            self._part(values, extra, options)
        yield from Draft(
            values=values,
            row=row.place,
            notes=self.notes,
            options=options,
            numeric={name for name, at in self.fields.items() if at in row.numeric},
            extra=tuple(extra),
            reviewed=self.reviewed,
        ).records()

    def _part(self, values: Values, extra: list[tuple[str, str]], options: Options) -> None:
        """Put what cells of one's own tables carry beside each other into fields of their own."""
        if said := str(values.pop(SOURCE, "")).strip():
            self._source(said, values, extra)
        part_symbol(values)
        part_themes(values)
        part_text(values, options)
        if self.recommending and not values.get("recommending_states"):
            values["recommending_states"] = self.recommending
        if self.heading:
            if not values.get("heading"):
                values["heading"] = self.heading
            themes = values.get("themes", "")
            if not (themes.strip() if isinstance(themes, str) else themes):
                values["themes"] = (self.heading,)
        if self.table.language and not values.get("language"):
            values["language"] = self.table.language

    def _source(self, said: str, values: Values, extra: list[tuple[str, str]]) -> None:
        """Read a cell that says where the recommendation is from, and keep it as it is."""
        extra.append((self.table.columns[self.fields[SOURCE]], said))
        if "://" in said and not values.get("source_url"):
            values["source_url"] = said
            extra.pop()
            return
        if not values.get("symbol") and (symbols := SYMBOL.findall(said)):
            values["symbol"] = said if len(symbols) == 1 else "; ".join(symbols)
            return
        found = said_in(said)
        for name in ("mechanism", "body", "cycle", "session", "year"):
            if (value := getattr(found, name)) and not values.get(name):
                values[name] = value
