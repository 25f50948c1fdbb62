"""What the cells of a row mean: each field in the product's words, or told as not understood."""

from __future__ import annotations

import re

from linker.records.ids import normalise_paragraph
from linker.records.importers.row_cells import RowCells
from linker.records.occasions import mechanism_and_body, said_in
from linker.records.values import (
    kind_of_annotation,
    sdg_code,
    split_list,
    whole_number,
)
from linker.vocabulary.bodies import body_code, body_of_symbol, mechanism_code
from linker.vocabulary.mechanisms import listed
from linker.vocabulary.positions import Position, position_in_cell, positions_to_use
from linker.vocabulary.said_dates import iso_date, stands_for_number
from linker.vocabulary.state_lists import state_of_symbol, states_listed
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


def states(cells: RowCells, symbol: str) -> tuple[str, ...]:
    """Return the codes of the States that a row is about, ("",) where it names none that is known.

    What names no State is kept beside the record.
    """
    names = [name for one in cells.names("state") for name in states_listed(one)]
    if not names:
        told = state_of_symbol(symbol)
        names = [told] if told else list(split_list(cells.options.state))
    codes = []
    for name in names:
        if code := state_code(name):
            codes.append(code)
            continue
        near = near_states(name)
        cells.not_understood(
            "unknown State",
            "state",
            name,
            f"{name!r} is no State; the record is kept, but neither linked nor merged",
            f"Did you mean {' or '.join(near)}?"
            if near
            else "Use the UN name or the ISO 3166-1 code of the State.",
        )
    return tuple(dict.fromkeys(codes)) or ("",)


def recommenders(cells: RowCells) -> tuple[str, ...]:
    """Return the States that recommend: codes, or names as they stand."""
    names = cells.names("recommending_states")
    found = tuple(dict.fromkeys(state for name in names for state in states_listed(name)))
    if unknown := [name for name in found if not state_code(name)]:
        cells.notes.told(
            "recommending State not known",
            row=cells.row,
            column="recommending_states",
            reason=f"{'; '.join(unknown)!r} is no State that is known; it is kept as it stands",
            remedy="Use the UN name or the ISO 3166-1 code of the State.",
            value="; ".join(unknown),
        )
    return found


def body_and_mechanism(cells: RowCells, symbol: str, reviewed: bool) -> tuple[str, str]:
    """Return the body and the mechanism.

    Args:
        cells: the row.
        symbol: of its document.
        reviewed: whether a cycle, recommenders or a position tell the UPR.
    """
    named = cells.one("body") or cells.options.body
    found = _one_body(cells, split_list(named), symbol) if named else None
    said = cells.one("mechanism") or cells.options.mechanism
    mechanism = mechanism_code(said) if said else None
    if said and mechanism is None:
        mechanism = said_in(said).mechanism or None
    if named and found is None and (mechanism or "") != mechanism_code(named):
        cells.not_understood(
            "unknown body",
            "body",
            named,
            f"{named!r} is no body that is known",
            "Use a code such as CEDAW, CRC, CCPR, UPR, SP, IACHR or NHRI.",
        )
    if said and mechanism is None:
        cells.not_understood(
            "unknown mechanism",
            "mechanism",
            said,
            f"{said!r} is no mechanism",
            f"Use {listed()}.",
        )
    found = found or (body_code(said) if said else None)
    if mechanism and found and mechanism != found[1]:
        cells.repaired(
            "mechanism does not fit the body",
            "mechanism",
            f"{found[0]} is {found[1]}, not {mechanism}; read as {found[1]}",
        )
    return mechanism_and_body(found, mechanism or "", symbol, reviewed)


def _one_body(cells: RowCells, named: tuple[str, ...], symbol: str) -> tuple[str, str] | None:
    """Return the body that is named; of several that whose symbol it is, else the first."""
    known = [body for name in named if (body := body_code(name))]
    if len(known) < 2:
        return known[0] if known and len(named) == 1 else None
    cells.unread.append(("body", "; ".join(named)))
    chosen = body_of_symbol(symbol)
    chosen = chosen if chosen in known else known[0]
    cells.repaired("several bodies", "body", f"{'; '.join(named)} are named; read as {chosen[0]}")
    return chosen


def paragraph(cells: RowCells) -> str:
    """Return the paragraph number; one stored as a number is told, one made a date is not read."""
    said = clean_text(cells.one("paragraph")).replace("\n", " ")
    if stands_for_number(said):
        cells.not_understood(
            "date for a paragraph",
            "paragraph",
            said,
            f"{said!r} is a date: spreadsheet programs make dates of numbers such as 12.1",
            "Write the number of the document, and store the column as text.",
        )
        return ""
    paragraph = normalise_paragraph(said)
    if paragraph and "paragraph" in cells.numeric:
        cells.repaired(
            "doubtful paragraph",
            "paragraph",
            f"{paragraph} is stored as a number, so a last zero may be lost",
            "Compare with the document (140.1 or 140.10?) and store the column as text.",
        )
    return paragraph


def date(cells: RowCells) -> str:
    """Return the date in ISO 8601."""
    said = cells.one("date")
    date = iso_date(said) if said else ""
    if date is None:
        cells.not_understood(
            "unclear date",
            "date",
            said,
            f"{said!r} is no date that can be read",
            "Write it as 2025-02-12.",
        )
    return date or ""


def year(cells: RowCells, of_date: str) -> int | None:
    """Return the year, else that of the date."""
    said = whole_number(cells.one("year"))
    if _YEAR.fullmatch(said):
        return int(said)
    if said:
        cells.not_understood(
            "unclear year", "year", said, f"{said!r} is no year", "Write it as 2025."
        )
    return int(of_date[:4]) if of_date else None


def sdgs(cells: RowCells) -> tuple[str, ...]:
    """Return the codes of goals and targets."""
    codes, unknown = [], []
    for tag in cells.names("sdgs"):
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
        cells.not_understood(
            "unknown SDG",
            "sdgs",
            said,
            f"{said[:80]!r} begins with no SDG code",
            "Use codes such as 5 or 5.2.",
        )
    return tuple(dict.fromkeys(codes))


def position(cells: RowCells) -> Position:
    """Return the position and its mark."""
    said = cells.listed("position")
    whole = position_in_cell(" ".join(said)) if said else None
    if not said or whole:
        return whole or Position("")
    parts = cells.names("position")
    found = [position_in_cell(part) for part in parts]
    known = [position for position in found if position]
    if len(known) < len(parts):
        unknown = "; ".join(part for part, known in zip(parts, found, strict=True) if not known)
        cells.not_understood(
            "unknown position",
            "position",
            unknown,
            f"{unknown[:80]!r} is no position that is known",
            positions_to_use(unknown),
        )
    positions = sorted({position.position for position in known})
    notes = ", ".join(dict.fromkeys(position.note for position in known if position.note))
    if len(positions) > 1:
        cells.repaired(
            "several positions",
            "position",
            f"{' and '.join(positions)}; read as partly supported",
        )
        return Position("partly supported", notes)
    return Position(positions[0] if positions else "", notes)


def kind(cells: RowCells) -> str:
    """Return the kind of paragraph."""
    said = cells.one("kind")
    kind = kind_of_annotation(said)
    if said and not kind:
        cells.unread.append(("kind", said))
    return kind


def language(cells: RowCells) -> str:
    """Return the code of the language."""
    said = clean_text(cells.one("language")).casefold()
    code = _LANGUAGES.get(said, said if _LANGUAGE_CODE.fullmatch(said) else "")
    if said and not code:
        cells.unread.append(("language", cells.one("language")))
    return code


def source_url(cells: RowCells) -> str:
    """Return the web address."""
    said = clean_text(cells.one("source_url")).replace("\n", "")
    if said and not _WEB_ADDRESS.match(said):
        cells.not_understood(
            "no web address",
            "source_url",
            said,
            f"{said[:80]!r} is no web address",
            "Use an address that begins with https://.",
        )
        return ""
    return said
