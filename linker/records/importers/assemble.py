"""From the cells of a row to records: every value in the product's words, or a note why not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from linker.records.ids import normalise_symbol, record_id
from linker.records.import_notes import Notes
from linker.records.importers import row_values
from linker.records.importers.base import Options, column_name
from linker.records.importers.row_cells import RowCells, RowRefused
from linker.records.occasions import said_in, upr_occasion
from linker.records.quoted import original
from linker.records.record import COMPILATIONS, Record
from linker.records.values import whole_number
from linker.vocabulary.text import clean_text, fold

_FOOTNOTES = ("footnotes", "footnote")


@dataclass(frozen=True, slots=True)
class Draft:
    """The cells of one row under the names of a record's fields, on their way to a record.

    Attributes:
        values: field -> cell, or the values of a list field already parted.
        row: the place, such as "row 12".
        notes: where repairs are told.
        options: what holds where the row is silent.
        numeric: fields whose cell was a number with decimals.
        extra: columns that are no field.
        reviewed: whether the table is one of a review, also where a row's own cells do not say so.
    """

    values: Mapping[str, str | tuple[str, ...]]
    row: str
    notes: Notes
    options: Options
    numeric: Collection[str] = ()
    extra: tuple[tuple[str, str], ...] = ()
    reviewed: bool = False

    def records(self) -> Iterator[Record]:
        """Yield the record of this row, one for each State it names; none where it is refused."""
        try:
            made = list(self._records())
        except RowRefused as refusal:
            self.notes.refused(
                refusal.kind,
                row=self.row,
                column=refusal.column,
                reason=refusal.reason,
                remedy=refusal.remedy,
            )
            return
        self.notes.kept += len(made)
        yield from made

    def _records(self) -> Iterator[Record]:
        cells = RowCells(self.values, self.row, self.notes, self.options, self.numeric)
        symbol = normalise_symbol(cells.one("symbol") or self.options.symbol)
        states = row_values.states(cells, symbol)
        if self.options.only and self.options.only not in states:
            self.notes.left_out += 1
            return
        fields = self._fields(cells, symbol)
        self._tell_gaps(fields, states, cells)
        given = cells.id()
        for state in states:
            if self.options.only and state != self.options.only:
                continue
            identity = given or self._identity(fields, state)
            identity = f"{identity}@{state}" if len(states) > 1 else identity
            if position := fields["position"]:
                text, named = fold(fields["text"]), fields["paragraph"]
                self.notes.position(identity, text, position, row=self.row, named=named)
            yield Record(id=identity, state=state, **fields)

    def _fields(self, cells: RowCells, symbol: str) -> dict[str, Any]:
        """Return every field of the record but its id and State."""
        text = cells.text()
        position = row_values.position(cells)
        session = whole_number(cells.one("session") or self.options.session)
        cycle = whole_number(cells.one("cycle") or said_in(cells.one("mechanism")).cycle)
        cycle = cycle or self.options.cycle
        recommenders = row_values.recommenders(cells)
        reviewed = bool(cycle or recommenders or cells.one("position") or self.reviewed)
        body, mechanism = row_values.body_and_mechanism(cells, symbol, reviewed)
        date = row_values.date(cells)
        year = row_values.year(cells, date)
        if mechanism == "UPR":
            cycle, year = upr_occasion(cycle, session, year, symbol)
        fields: dict[str, Any] = {
            "text": text,
            "mechanism": mechanism,
            "body": body,
            "symbol": symbol,
            "paragraph": row_values.paragraph(cells),
            "cites": cells.line("cites") or _quoted(symbol, body, self.extra),
            "date": date,
            "year": year,
            "cycle": cycle,
            "session": session,
            "themes": cells.listed("themes"),
            "groups": cells.listed("groups"),
            "sdgs": row_values.sdgs(cells),
            "recommending_states": recommenders,
            "position": position.position,
            "position_source": cells.line("position_source"),
            "position_note": cells.line("position_note") or position.note,
            "language": row_values.language(cells),
            "source_url": row_values.source_url(cells),
            "kind": row_values.kind(cells),
            "heading": clean_text(cells.one("heading")),
            "context": cells.context(),
            "sources": (self.notes.file,),
            "row": self.row,
        }
        # Each name once, as in JSON.
        return {**fields, "extra": tuple(dict([*self.extra, *cells.unread]).items())}

    def _identity(self, fields: Mapping[str, Any], state: str) -> str:
        symbol, paragraph, text = fields["symbol"], fields["paragraph"], fields["text"]
        year = fields["year"]
        return record_id(
            # Whether two rows that name no State are of one State, nobody knows.
            text if state or (symbol and paragraph) else self.notes.told_apart(text),
            symbol=symbol,
            paragraph=paragraph,
            state=state,
            mechanism=fields["mechanism"],
            body=fields["body"],
            occasion=fields["session"] or fields["cycle"] or (str(year) if year else ""),
        )

    def _tell_gaps(self, made: Mapping[str, Any], states: tuple[str, ...], cells: RowCells) -> None:
        if not states[0] and not cells.names("state"):
            self.notes.incomplete(
                "no State",
                row=self.row,
                column="state",
                reason="it names no State",
                remedy="Name it with --state, or the column that holds it with "
                "--column state=HEADING.",
            )
        missing = {
            "no paragraph number": made["paragraph"],
            "no symbol": made["symbol"],
            "no cycle": made["cycle"] or made["mechanism"] != "UPR",
            "no date or year": made["date"] or made["year"],
        }
        for kind, there in missing.items():
            if not there:
                self.notes.told(kind, row=self.row, reason=kind)


def _quoted(symbol: str, body: str, extra: Sequence[tuple[str, str]]) -> str:
    """Return where the original stands of what a compilation quotes, from its footnotes."""
    if not symbol.startswith(COMPILATIONS):
        return ""
    notes = " || ".join(value for name, value in extra if column_name(name) in _FOOTNOTES)
    return original(notes, body)
