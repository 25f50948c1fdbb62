"""From the cells of a row to records: every value in the product's words, or a note why not."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from linker.records.ids import normalise_paragraph, normalise_symbol, record_id
from linker.records.import_notes import Notes
from linker.records.importers.base import Options, column_name
from linker.records.markup import without_furniture
from linker.records.occasions import mechanism_and_body, said_in, upr_occasion
from linker.records.quoted import original
from linker.records.record import COMPILATIONS, Record
from linker.records.values import (
    clean_list,
    iso_date,
    kind_of_annotation,
    sdg_code,
    split_list,
    whole_number,
)
from linker.vocabulary.bodies import body_code, body_of_symbol, mechanism_code
from linker.vocabulary.mechanisms import listed
from linker.vocabulary.positions import Position, position_said
from linker.vocabulary.state_lists import state_of_symbol, states_listed
from linker.vocabulary.states import near_states, state_code
from linker.vocabulary.text import clean_text, fold

_LANGUAGES = {
    "arabic": "ar", "chinese": "zh", "english": "en", "french": "fr", "russian": "ru",
    "spanish": "es",
}  # fmt: skip
_YEAR = re.compile(r"(?:19|20)\d\d")
_SDG_CODES = re.compile(r"[\d.abcd]+(?:\s*,\s*[\d.abcd]+)+")
_LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(?:-\w+)?")
_WEB_ADDRESS = re.compile(r"https?://\S+$")
_FOOTNOTES = ("footnotes", "footnote")
_ID_CHARS = 500
_SHORT_CHARS = 2_000  # of any cell but texts and lists


class RowRefused(Exception):  # noqa: N818 - told as a note, never as an error
    """A row that cannot become a record: (kind, column, reason, remedy)."""

    def __init__(self, kind: str, column: str, reason: str, remedy: str) -> None:
        """Keep what the note will say."""
        super().__init__(reason)
        self.kind, self.column, self.reason, self.remedy = kind, column, reason, remedy


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
    """

    values: Mapping[str, str | tuple[str, ...]]
    row: str
    notes: Notes
    options: Options
    numeric: Collection[str] = ()
    extra: tuple[tuple[str, str], ...] = ()

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
        unread: list[tuple[str, str]] = []
        symbol = normalise_symbol(self._one("symbol") or self.options.symbol)
        states = self._states(symbol)
        if self.options.only and self.options.only not in states:
            self.notes.left_out += 1
            return
        text = self._text()
        position = self._position(unread)
        session = whole_number(self._one("session") or self.options.session)
        cycle = whole_number(self._one("cycle") or said_in(self._one("mechanism")).cycle)
        cycle = cycle or self.options.cycle
        recommenders = self._recommenders()
        reviewed = bool(cycle or recommenders or position.position)
        body, mechanism = self._body(symbol, reviewed, unread)
        paragraph = self._paragraph()
        date = self._date(unread)
        year = self._year(date, unread)
        if mechanism == "UPR":
            cycle, year = upr_occasion(cycle, session, year, symbol)
        fields: dict[str, Any] = {
            "text": text,
            "mechanism": mechanism,
            "body": body,
            "symbol": symbol,
            "paragraph": paragraph,
            "cites": self._line("cites") or _quoted(symbol, body, self.extra),
            "date": date,
            "year": year,
            "cycle": cycle,
            "session": session,
            "themes": self._list("themes"),
            "groups": self._list("groups"),
            "sdgs": self._sdgs(unread),
            "recommending_states": recommenders,
            "position": position.position,
            "position_source": self._line("position_source"),
            "position_note": self._line("position_note") or position.note,
            "language": self._language(unread),
            "source_url": self._url(unread),
            "kind": self._kind(unread),
            "heading": clean_text(self._one("heading")),
            "context": self._context(),
            "extra": tuple(dict([*self.extra, *unread]).items()),  # each name once, as in JSON
            "sources": (self.notes.file,),
            "row": self.row,
        }
        self._tell_gaps(fields, states)
        occasion = session or cycle or (str(year) if year else "")
        given = self._id()
        for state in states:
            if self.options.only and state != self.options.only:
                continue
            identity = given or record_id(
                # Whether two rows that name no State are of one State, nobody knows.
                text if state or (symbol and paragraph) else self.notes.told_apart(text),
                symbol=symbol,
                paragraph=paragraph,
                state=state,
                mechanism=mechanism,
                body=body,
                occasion=occasion,
            )
            identity = f"{identity}@{state}" if len(states) > 1 else identity
            if position.position:
                self.notes.position(
                    identity, fold(text), position.position, row=self.row, named=paragraph
                )
            yield Record(id=identity, state=state, **fields)

    def _tell_gaps(self, made: Mapping[str, Any], states: tuple[str, ...]) -> None:
        if not states[0]:
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

    def _one(self, name: str) -> str:
        value = self.values.get(name)
        if not value:
            return ""
        joined = value if isinstance(value, str) else "; ".join(clean_list(value))
        if len(joined) > _SHORT_CHARS:
            reason = f"{len(joined):,} characters where at most {_SHORT_CHARS:,} are expected"
            raise RowRefused("limit", name, reason, "Check that the columns have not shifted.")
        return joined.strip().removeprefix("- ")

    def _line(self, name: str) -> str:
        return clean_text(self._one(name)).replace("\n", " ")

    def _list(self, name: str) -> tuple[str, ...]:
        value = self.values.get(name)
        if not value:
            return ()
        return split_list(value) if isinstance(value, str) else clean_list(value)

    def _names(self, name: str) -> tuple[str, ...]:
        """Return a list whose entries never hold ";" themselves."""
        values = self._list(name)
        return values and clean_list([part for value in values for part in value.split(";")])

    def _repaired(self, kind: str, column: str, reason: str, remedy: str = "") -> None:
        self.notes.repaired(kind, row=self.row, column=column, reason=reason, remedy=remedy)

    def _not_understood(
        self,
        unread: list[tuple[str, str]],
        kind: str,
        column: str,
        value: str,
        reason: str,
        remedy: str,
    ) -> None:
        """Keep a value beside the record and list it."""
        unread.append((column, value))
        self.notes.incomplete(
            kind, row=self.row, column=column, reason=reason, remedy=remedy, value=value
        )

    def _text(self) -> str:
        raw = self.values.get("text", "")
        text = clean_text(without_furniture(raw if isinstance(raw, str) else "\n".join(raw)))
        limit = self.options.limits.max_cell_chars
        if not any(char.isalnum() for char in text):
            raise RowRefused(
                "empty text", "text", "there is no text", "Fill it in, or drop the row."
            )
        if len(text) > limit:
            reason = f"{len(text):,} characters, more than the limit max_cell_chars = {limit:,}"
            raise RowRefused("limit", "text", reason, "Shorten it, or raise max_cell_chars.")
        return text

    def _context(self) -> str:
        raw = self.values.get("context", "")
        context = clean_text(raw if isinstance(raw, str) else "\n".join(raw))
        limit = self.options.limits.max_cell_chars
        if len(context) > limit:
            reason = f"{len(context):,} characters, more than the limit max_cell_chars = {limit:,}"
            raise RowRefused("limit", "context", reason, "Shorten it, or raise max_cell_chars.")
        return context

    def _id(self) -> str:
        given = clean_text(self._one("id")).replace("\n", " ")
        if len(given) > _ID_CHARS:
            reason = f"an id of {len(given):,} characters"
            raise RowRefused("id too long", "id", reason, f"Use at most {_ID_CHARS} characters.")
        return given

    def _states(self, symbol: str) -> tuple[str, ...]:
        names = [name for listed in self._names("state") for name in states_listed(listed)]
        if not names:
            told = state_of_symbol(symbol)
            names = [told] if told else list(split_list(self.options.state))
        codes = []
        for name in names:
            code = state_code(name)
            if code is None:
                near = near_states(name)
                remedy = (
                    f"Did you mean {' or '.join(near)}?"
                    if near
                    else ("Use the UN name or the ISO 3166-1 code of the State.")
                )
                raise RowRefused("unknown State", "state", f"{name!r} is no State", remedy)
            codes.append(code)
        return tuple(dict.fromkeys(codes)) or ("",)

    def _recommenders(self) -> tuple[str, ...]:
        names = self._names("recommending_states")
        return tuple(dict.fromkeys(state for name in names for state in states_listed(name)))

    def _body(self, symbol: str, reviewed: bool, unread: list[tuple[str, str]]) -> tuple[str, str]:
        named = self._one("body") or self.options.body
        found = self._one_body(split_list(named), symbol, unread) if named else None
        said = self._one("mechanism") or self.options.mechanism
        mechanism = mechanism_code(said) if said else None
        if said and mechanism is None:
            mechanism = said_in(said).mechanism or None
        if named and found is None and (mechanism or "") != mechanism_code(named):
            self._not_understood(
                unread,
                "unknown body",
                "body",
                named,
                f"{named!r} is no body that is known",
                "Use a code such as CEDAW, CRC, CCPR, UPR, SP, IACHR or NHRI.",
            )
        if said and mechanism is None:
            self._not_understood(
                unread,
                "unknown mechanism",
                "mechanism",
                said,
                f"{said!r} is no mechanism",
                f"Use {listed()}.",
            )
        found = found or (body_code(said) if said else None)
        if mechanism and found and mechanism != found[1]:
            self._repaired(
                "mechanism does not fit the body",
                "mechanism",
                f"{found[0]} is {found[1]}, not {mechanism}; read as {found[1]}",
            )
        return mechanism_and_body(found, mechanism or "", symbol, reviewed)

    def _one_body(
        self, named: tuple[str, ...], symbol: str, unread: list[tuple[str, str]]
    ) -> tuple[str, str] | None:
        """Return the body that is named; of several that whose symbol it is, else the first."""
        known = [body for name in named if (body := body_code(name))]
        if len(known) < 2:
            return known[0] if known and len(named) == 1 else None
        unread.append(("body", "; ".join(named)))
        chosen = body_of_symbol(symbol)
        chosen = chosen if chosen in known else known[0]
        self._repaired(
            "several bodies", "body", f"{'; '.join(named)} are named; read as {chosen[0]}"
        )
        return chosen

    def _paragraph(self) -> str:
        paragraph = normalise_paragraph(clean_text(self._one("paragraph")).replace("\n", " "))
        if paragraph and "paragraph" in self.numeric:
            self._repaired(
                "doubtful paragraph",
                "paragraph",
                f"{paragraph} is stored as a number, so a last zero may be lost",
                "Compare with the document (140.1 or 140.10?) and store the column as text.",
            )
        return paragraph

    def _date(self, unread: list[tuple[str, str]]) -> str:
        said = self._one("date")
        date = iso_date(said) if said else ""
        if date is None:
            self._not_understood(
                unread,
                "unclear date",
                "date",
                said,
                f"{said!r} is no date that can be read",
                "Write it as 2025-02-12.",
            )
        return date or ""

    def _year(self, date: str, unread: list[tuple[str, str]]) -> int | None:
        said = whole_number(self._one("year"))
        if _YEAR.fullmatch(said):
            return int(said)
        if said:
            self._not_understood(
                unread, "unclear year", "year", said, f"{said!r} is no year", "Write it as 2025."
            )
        return int(date[:4]) if date else None

    def _sdgs(self, unread: list[tuple[str, str]]) -> tuple[str, ...]:
        codes, unknown = [], []
        for tag in self._names("sdgs"):
            # "5.2, 16.3": only codes may be parted by commas, for titles hold commas themselves.
            several = _SDG_CODES.fullmatch(tag)
            for part in tag.split(",") if several else [tag]:
                code = sdg_code(part)
                if code is None:
                    unknown.append(part.strip())
                else:
                    codes.append(code)
        if unknown:
            said = "; ".join(unknown)
            self._not_understood(
                unread,
                "unknown SDG",
                "sdgs",
                said,
                f"{said[:80]!r} begins with no SDG code",
                "Use codes such as 5 or 5.2.",
            )
        return tuple(dict.fromkeys(codes))

    def _position(self, unread: list[tuple[str, str]]) -> Position:
        said = self._list("position")
        whole = position_said(" ".join(said)) if said else None
        if not said or whole:
            return whole or Position("")
        parts = self._names("position")
        found = [position_said(part) for part in parts]
        known = [position for position in found if position]
        if len(known) < len(parts):
            unknown = "; ".join(part for part, known in zip(parts, found, strict=True) if not known)
            self._not_understood(
                unread,
                "unknown position",
                "position",
                unknown,
                f"{unknown[:80]!r} is no position that is known",
                "Use supported, noted, partly supported or pending.",
            )
        positions = sorted({position.position for position in known})
        notes = ", ".join(dict.fromkeys(position.note for position in known if position.note))
        if len(positions) > 1:
            self._repaired(
                "several positions",
                "position",
                f"{' and '.join(positions)}; read as partly supported",
            )
            return Position("partly supported", notes)
        return Position(positions[0] if positions else "", notes)

    def _kind(self, unread: list[tuple[str, str]]) -> str:
        said = self._one("kind")
        kind = kind_of_annotation(said)
        if said and not kind:
            unread.append(("kind", said))
        return kind

    def _language(self, unread: list[tuple[str, str]]) -> str:
        said = clean_text(self._one("language")).casefold()
        code = _LANGUAGES.get(said, said if _LANGUAGE_CODE.fullmatch(said) else "")
        if said and not code:
            unread.append(("language", self._one("language")))
        return code

    def _url(self, unread: list[tuple[str, str]]) -> str:
        said = clean_text(self._one("source_url")).replace("\n", "")
        if said and not _WEB_ADDRESS.match(said):
            self._not_understood(
                unread,
                "no web address",
                "source_url",
                said,
                f"{said[:80]!r} is no web address",
                "Use an address that begins with https://.",
            )
            return ""
        return said


def _quoted(symbol: str, body: str, extra: Sequence[tuple[str, str]]) -> str:
    """Return where the original stands of what a compilation quotes, from its footnotes."""
    if not symbol.startswith(COMPILATIONS):
        return ""
    notes = " || ".join(value for name, value in extra if column_name(name) in _FOOTNOTES)
    return original(notes, body)
