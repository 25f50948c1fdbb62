"""Where the header of a grid stands and which field each of its columns holds.

Headings say it, in the languages of `linker.vocabulary.headings`; what the columns hold decides
where a heading may mean two things ("Estado" is a State or a status) and where it is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from linker.records.importers.grid import Row
from linker.records.importers.header_rows import (
    REVIEW_NUMBER,
    TEXT_STEM,
    begins_with_data,
    folded,
    header_place,
    heading_names,
    held_in,
    sub_header,
    titles_of,
    unlike,
)
from linker.records.values import kind_of_annotation, sdg_code, split_list
from linker.vocabulary.bodies import body_code, mechanism_code
from linker.vocabulary.headings import fields_of_heading, language_of_heading
from linker.vocabulary.positions import IMPLEMENTED, position_in_cell, position_said
from linker.vocabulary.state_lists import states_listed
from linker.vocabulary.states import state_code

SAMPLE = 80
"""Rows looked at."""
_SENTENCE = 30
_SHARE = 0.3
_SURE = 0.8
_SYMBOL = re.compile(
    r"\s*(?:A|E|CAT|CCPR|CEDAW|CERD|CED|CMW|CRC|CRPD|HRI|S|ST)/[\w.\-]+(?:/[\w.\-]+)+"
)
_NUMBER = re.compile(
    r"\s*(?:para(?:graph)?s?\.?\s*)?[A-Z]?\d{1,3}(?:\.\d{1,3}){0,2}[a-z]?\.?\s*", re.I
)
_OTHER = re.compile(
    r"respons|status|timeline|indicator|comment|budget|source|evidence|rationale|remark",
    re.IGNORECASE,
)
_RECOMMENDS = re.compile(
    r"\b(?:rec(?:om\w*|s)?\b|mak(?:ing|er)|made|propos|formul|sponsor|peer|deleg|auteur|author|autor|"
    r"рекоменд|автор)",
    re.IGNORECASE,
)
_OF_STATE = re.compile(
    r"(?<!\s)\s+(?:of|by|from|du|de|de la|del|para)\s+(?:the\s+)?([^\W\d_][^\d,;:]{2,50})$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Layout:
    """What was found out about a grid.

    Attributes:
        header: place of the header's last row among the rows looked at; -1 where there is none.
        columns: headings, no two alike.
        fields: field -> its column.
        titles: texts of the rows above the header.
        language: that the heading of the texts names ("text_es").
        guessed: field -> its column, where only what the column holds says so.
    """

    header: int
    columns: tuple[str, ...]
    fields: Mapping[str, int]
    titles: tuple[str, ...] = ()
    language: str = ""
    guessed: Mapping[str, int] = field(default_factory=dict)

    @property
    def has_text(self) -> bool:
        """Whether the column of the texts was found."""
        return "text" in self.fields


def layout_of(rows: Sequence[Row], chosen: Sequence[tuple[str, str]] = ()) -> Layout | None:
    """Return the layout of a grid by its first rows; None where no row can be a header.

    Args:
        rows: the first rows.
        chosen: (field, heading) that a person said.
    """
    place = header_place(rows, chosen)
    if place is None:
        return None
    if begins_with_data(rows, place):
        width = max(len(row.cells) for row in rows)
        layout = Layout(place - 1, unlike([""] * width), {}, titles_of(rows[:place]), "")
        return _with_fields(layout, [row for row in rows[place:] if row.filled], chosen)
    above = rows[place - 1].cells if place else ()
    last = sub_header(rows, place)
    columns = unlike(heading_names(rows, place, last, above))
    below = [row for row in rows[last + 1 :] if row.filled]
    layout = Layout(last, columns, {}, titles_of(rows[:place]), "")
    return _with_fields(layout, below, chosen)


def _with_fields(layout: Layout, below: Sequence[Row], chosen: Sequence[tuple[str, str]]) -> Layout:
    # Bands, totals and repeated headers say nothing of what a column holds.
    telling = [row for row in below if len(row.filled) > 1] or below
    telling = [row for row in telling if row.cells[: len(layout.columns)] != layout.columns]
    held = [held_in(telling, at) for at in range(len(layout.columns))]
    wanted = {folded(heading): name for name, heading in chosen}
    fields = {
        wanted[folded(column)]: at
        for at, column in enumerate(layout.columns)
        if folded(column) in wanted
    }
    by_field: dict[str, list[int]] = {}
    for at, column in enumerate(layout.columns):
        if at not in fields.values() and (name := _field_of(column, held[at])):
            by_field.setdefault(name, []).append(at)
    for name, places in by_field.items():
        fields.setdefault(name, _best(name, places, layout.columns, held))
    guessed = _guessed(layout.columns, fields, held)
    fields |= guessed
    language = ""
    if "text" in fields:
        language = language_of_heading(layout.columns[fields["text"]])
    return replace(layout, fields=fields, language=language, guessed=guessed)


def _field_of(column: str, values: Sequence[str]) -> str:
    """Return the field that a heading names and what its column holds bears out."""
    for name in fields_of_heading(column) or fields_of_heading(without_state(column)[0]):
        if name == folded(column) or _fits(name, column, values):
            return name
    return ""


def without_state(heading: str) -> tuple[str, str]:
    """Part "Response of Kenya" into the heading and the code of the State it names, or ""."""
    match = _OF_STATE.search(heading)
    state = state_code(match[1]) if match else None
    return (heading[: match.start()], state) if match and state else (heading, "")


def _best(
    name: str, places: Sequence[int], columns: Sequence[str], held: Sequence[Sequence[str]]
) -> int:
    """Return the column of a field that several headings name."""
    if name != "text":
        return next((at for at in places if folded(columns[at]) == folded(name)), places[0])
    return max(
        places,
        key=lambda at: (
            bool(held[at]),
            folded(columns[at]) == "text",
            language_of_heading(columns[at]) in ("", "en"),
            _mean_length(held[at]),
            -at,
        ),
    )


def _fits(name: str, column: str, values: Sequence[str]) -> bool:
    """Say whether what a column holds agrees with the field that its heading names."""
    if not values:
        return True
    if name == "paragraph" and _is_row_number(column, values):
        return False
    known = KNOWN.get(name)
    if known is None:
        return True
    fitting = sum(map(known, values))
    if name == "position":
        said = [found for value in values if (found := position_said(value))]
        if said and all(one.note == IMPLEMENTED for one in said):
            return False  # a status of implementation
    return fitting >= _SHARE * len(values)


def _is_row_number(column: str, values: Sequence[str]) -> bool:
    return len(values) > 1 and list(values) == [str(n) for n in range(1, len(values) + 1)]


def _is_position(value: str) -> bool:
    parts = [value, *split_list(value)]
    return any(position_in_cell(part) for part in parts)


def _are_states(value: str) -> bool:
    return any(state_code(name) for part in split_list(value) for name in states_listed(part))


def _is_symbol(value: str) -> bool:
    return bool(_SYMBOL.match(value))


KNOWN: dict[str, Callable[[str], bool]] = {
    "position": _is_position,
    "state": _are_states,
    "recommending_states": _are_states,
    "symbol": lambda value: "/" in value and not value.startswith("http"),
    "paragraph": lambda value: bool(_NUMBER.match(value)) or _is_symbol(value),
    "sdgs": lambda value: any(sdg_code(part) for part in split_list(value)),
    "kind": lambda value: bool(kind_of_annotation(value)),
    "body": lambda value: bool(body_code(value) or mechanism_code(value)),
    "source_url": lambda value: "://" in value,
}
"""What the cells of a field look like."""


def lone_value(name: str, cell: str) -> bool:
    """Say whether a cell that stands alone in its row is a value of its column's field."""
    if name == "paragraph":
        return bool(_NUMBER.fullmatch(cell))
    known = KNOWN.get(name)
    return bool(known and known(cell))


def _guessed(
    columns: Sequence[str], fields: Mapping[str, int], held: Sequence[Sequence[str]]
) -> dict[str, int]:
    """Return fields that no heading names, by columns that hold nothing else."""
    free = [at for at in range(len(columns)) if at not in fields.values() and held[at]]
    free = [at for at in free if not _names_other(columns[at])]
    found: dict[str, int] = {}
    tests: tuple[tuple[str, Callable[[str], bool]], ...] = (
        ("position", lambda value: position_said(value) is not None),
        ("symbol", _is_symbol),
        ("state", lambda value: bool(state_code(value))),
        ("paragraph", lambda value: bool(REVIEW_NUMBER.fullmatch(value))),
    )
    for name, test in tests:
        fitting = [at for at in free if sum(map(test, held[at])) >= _SURE * len(held[at])]
        # States that differ may as well be those that recommend.
        if name == "state":
            fitting = [at for at in fitting if len(set(held[at])) == 1 < len(held[at])]
        if name not in fields and len(fitting) == 1:
            found[name] = fitting[0]
            free.remove(fitting[0])
    if "recommending_states" not in fields:
        listing = [at for at in free if _names_several_states(held[at])]
        listing = [at for at in listing if _RECOMMENDS.search(columns[at])]
        if len(listing) == 1:
            found["recommending_states"] = listing[0]
            free.remove(listing[0])
    if "text" not in fields and (at := _text_column(columns, free, held, {**fields, **found})) >= 0:
        found["text"] = at
    return found


def _names_several_states(values: Sequence[str]) -> bool:
    fitting = [value for value in values if _are_states(value)]
    return len(fitting) >= _SURE * len(values) and len(set(values)) > 1


def _names_other(column: str) -> bool:
    """Whether a heading says that the column holds something of the table's own."""
    return bool(_OTHER.search(column))


def _text_column(
    columns: Sequence[str],
    free: Sequence[int],
    held: Sequence[Sequence[str]],
    fields: Mapping[str, int],
) -> int:
    """Return the column of the texts by what it holds, -1 where that stays doubtful."""
    long = [at for at in free if _mean_length(held[at]) >= _SENTENCE]
    named = [at for at in long if TEXT_STEM.search(columns[at])]
    if len(named) == 1:
        return named[0]
    sentences = sorted(long, key=lambda at: -_mean_length(held[at]))
    if not sentences or not {"state", "paragraph", "position", "symbol"} & set(fields):
        return -1
    alone = len(sentences) == 1 or (
        _mean_length(held[sentences[0]]) > 3 * _mean_length(held[sentences[1]])
    )
    return sentences[0] if alone else -1


def _mean_length(values: Sequence[str]) -> float:
    return sum(map(len, values)) / len(values) if values else 0.0
