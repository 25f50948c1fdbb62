"""From the cells of a row to records: every value in the product's words, or a note why not."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from linker.records.ids import normalise_paragraph, normalise_symbol, record_id
from linker.records.import_notes import Notes
from linker.records.importers.base import Options, column_name
from linker.records.quoted import original
from linker.records.record import COMPILATIONS, Record
from linker.records.values import (
    clean_list,
    iso_date,
    kind_of_annotation,
    position_of,
    sdg_code,
    split_list,
    upr_cycle,
    upr_year,
    whole_number,
)
from linker.vocabulary.bodies import body_code, body_of_symbol, mechanism_code
from linker.vocabulary.mechanisms import listed
from linker.vocabulary.states import near_states, state_code
from linker.vocabulary.text import clean_text

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
        text = self._text()
        extra = list(self.extra)
        symbol = normalise_symbol(self._one("symbol") or self.options.symbol)
        body, mechanism = self._body(symbol, extra)
        paragraph = self._paragraph()
        date = self._date()
        session = whole_number(self._one("session"))
        cycle = whole_number(self._one("cycle"))
        year = self._year(date)
        if mechanism == "UPR":
            cycle = cycle or upr_cycle(session)
            year = year or upr_year(session)
        states = self._states()
        for state in states:
            given = self._id()
            identity = given or record_id(
                text,
                symbol=symbol,
                paragraph=paragraph,
                state=state,
                mechanism=mechanism,
                body=body,
                occasion=session or cycle or (str(year) if year else ""),
            )
            yield Record(
                id=f"{identity}@{state}" if len(states) > 1 else identity,
                text=text,
                state=state,
                mechanism=mechanism,
                body=body,
                symbol=symbol,
                paragraph=paragraph,
                cites=self._line("cites") or _quoted(symbol, body, extra),
                date=date,
                year=year,
                cycle=cycle,
                session=session,
                themes=self._list("themes"),
                groups=self._list("groups"),
                sdgs=self._sdgs(),
                recommending_states=self._recommenders(),
                position=self._position(),
                position_source=self._line("position_source"),
                position_note=self._line("position_note"),
                language=self._language(),
                source_url=self._url(),
                kind=kind_of_annotation(self._one("kind")),
                heading=clean_text(self._one("heading")),
                context=self._context(),
                extra=tuple(dict(extra).items()),  # each name once, as in JSON
                sources=(self.notes.file,),
                row=self.row,
            )

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

    def _text(self) -> str:
        raw = self.values.get("text", "")
        text = clean_text(raw if isinstance(raw, str) else "\n".join(raw))
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

    def _states(self) -> tuple[str, ...]:
        names = self._names("state") or split_list(self.options.state)
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
        return tuple(dict.fromkeys(state_code(name) or name for name in names))

    def _body(self, symbol: str, extra: list[tuple[str, str]]) -> tuple[str, str]:
        named = self._one("body") or self.options.body
        found = body_code(named) if named else None
        if named and found is None:
            extra.append(("body", named))
            self._repaired(
                "unknown body",
                "body",
                f"{named!r} is no body that is known",
                "Use a code such as CEDAW, CRC, CCPR, UPR, SP, IACHR or NHRI.",
            )
        said = self._one("mechanism") or self.options.mechanism
        mechanism = mechanism_code(said) if said else None
        if said and mechanism is None:
            self._repaired(
                "unknown mechanism", "mechanism", f"{said!r} is no mechanism", f"Use {listed()}."
            )
        if found is None and (told := body_of_symbol(symbol)) and mechanism in (None, told[1]):
            found = told
        if found is None and mechanism:
            own = body_code(mechanism)
            return (mechanism if own == (mechanism, mechanism) else ""), mechanism
        if found is None:
            return "", ""
        if mechanism and mechanism != found[1]:
            self._repaired(
                "mechanism does not fit the body",
                "mechanism",
                f"{found[0]} is {found[1]}, not {mechanism}; read as {found[1]}",
            )
        return found

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

    def _date(self) -> str:
        said = self._one("date")
        date = iso_date(said) if said else ""
        if date is None:
            self._repaired(
                "unclear date",
                "date",
                f"{said!r} is no date that can be read; left out",
                "Write it as 2025-02-12.",
            )
        return date or ""

    def _year(self, date: str) -> int | None:
        said = whole_number(self._one("year"))
        if _YEAR.fullmatch(said):
            return int(said)
        if said:
            self._repaired("unclear year", "year", f"{said!r} is no year; left out")
        return int(date[:4]) if date else None

    def _sdgs(self) -> tuple[str, ...]:
        codes = []
        for tag in self._names("sdgs"):
            # "5.2, 16.3": only codes may be parted by commas, for titles hold commas themselves.
            several = _SDG_CODES.fullmatch(tag)
            for part in tag.split(",") if several else [tag]:
                code = sdg_code(part)
                if code is None:
                    self._repaired(
                        "unknown SDG",
                        "sdgs",
                        f"{part.strip()!r} begins with no SDG code",
                        "Use codes such as 5 or 5.2.",
                    )
                else:
                    codes.append(code)
        return tuple(dict.fromkeys(codes))

    def _position(self) -> str:
        said = self._names("position")
        positions = {position_of(value) for value in said}
        if None in positions:
            self._repaired(
                "unknown position",
                "position",
                f"{'; '.join(said)!r} is no position; left out",
                "Use supported, noted, partly supported or pending.",
            )
        known = sorted(position for position in positions if position)
        if len(known) > 1:
            self._repaired(
                "several positions", "position", f"{' and '.join(known)}; read as partly supported"
            )
            return "partly supported"
        return known[0] if known else ""

    def _language(self) -> str:
        said = clean_text(self._one("language")).casefold()
        return _LANGUAGES.get(said, said if _LANGUAGE_CODE.fullmatch(said) else "")

    def _url(self) -> str:
        said = clean_text(self._one("source_url")).replace("\n", "")
        if said and not _WEB_ADDRESS.match(said):
            self._repaired(
                "no web address",
                "source_url",
                f"{said[:80]!r} is left out",
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
