"""Where the header of a grid stands and which field each of its columns holds.

Headings say it, in the languages of `linker.vocabulary.headings`; what the columns hold decides
where a heading may mean two things ("Estado" is a State or a status) and where it is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from linker.records.importers.grid import Row
from linker.records.values import kind_of_annotation, sdg_code, split_list
from linker.vocabulary.bodies import body_code, mechanism_code
from linker.vocabulary.headings import fields_of_heading, language_of_heading
from linker.vocabulary.positions import IMPLEMENTED, position_said
from linker.vocabulary.state_lists import states_listed
from linker.vocabulary.states import state_code
from linker.vocabulary.text import fold_name

SAMPLE = 80
"""Rows looked at."""
TITLE_ROWS = 40
_HEADING_CHARS = 150
_SENTENCE = 30
_UNNAMED = "column "
_SHARE = 0.3
_SURE = 0.8
_SYMBOL = re.compile(
    r"\s*(?:A|E|CAT|CCPR|CEDAW|CERD|CED|CMW|CRC|CRPD|HRI|S|ST)/[\w.\-]+(?:/[\w.\-]+)+"
)
_NUMBER = re.compile(
    r"\s*(?:para(?:graph)?s?\.?\s*)?[A-Z]?\d{1,3}(?:\.\d{1,3}){0,2}[a-z]?\.?\s*", re.I
)
_REVIEW_NUMBER = re.compile(r"\s*\d{1,3}\.\d{1,3}(?:\.\d{1,3})?\.?\s*")
_OTHER = re.compile(
    r"respons|status|timeline|indicator|comment|budget|source|evidence|rationale|remark",
    re.IGNORECASE,
)
_OF_STATE = re.compile(
    r"\s+(?:of|by|from|du|de|de la|del|para)\s+(?:the\s+)?([^\W\d_][^\d,;:]{2,50})$", re.IGNORECASE
)
_TEXT_STEM = re.compile(r"recom|observ|reco\b|texte?o?\b|рекоменд|текст|توص|نص|建议|案文", re.I)


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
    place = _header_place(rows, chosen)
    if place is None:
        return None
    if _is_data(rows, place, chosen):
        width = max(len(row.cells) for row in rows)
        layout = Layout(place - 1, unlike([""] * width), {}, _titles(rows[:place]), "")
        return _with_fields(layout, [row for row in rows[place:] if row.filled], chosen)
    above = rows[place - 1].cells if place else ()
    last = _sub_header(rows, place)
    columns = unlike(_names(rows, place, last, above))
    below = [row for row in rows[last + 1 :] if row.filled]
    layout = Layout(last, columns, {}, _titles(rows[:place]), "")
    return _with_fields(layout, below, chosen)


def _is_data(rows: Sequence[Row], place: int, chosen: Sequence[tuple[str, str]]) -> bool:
    """Say whether a table has no header: its first row holds a number of a review, as all do."""
    row = rows[place]
    cells = [row.cells[at] for at in row.filled if len(row.cells[at]) <= _HEADING_CHARS]
    if len(row.filled) < 2 or any(map(fields_of_heading, cells)):
        return any(heading.startswith(_UNNAMED) for _, heading in chosen)
    telling = [one for one in rows[place:] if len(one.filled) > 1]
    return any(
        all(_REVIEW_NUMBER.fullmatch(cell) for cell in _held(telling, at)) for at in row.filled
    )


def _header_place(rows: Sequence[Row], chosen: Sequence[tuple[str, str]]) -> int | None:
    best, best_score = None, 0
    wanted = {_folded(heading) for _, heading in chosen}
    first_filled = None
    for place, row in enumerate(rows[:TITLE_ROWS]):
        filled = row.filled
        if not filled:
            continue
        heads = len(filled) > 1 or _heads_one_column(rows, place)
        first_filled = place if first_filled is None and heads else first_filled
        cells = [row.cells[at] for at in filled if len(row.cells[at]) <= _HEADING_CHARS]
        fields = {found[0] for cell in cells if (found := fields_of_heading(cell))}
        score = len(fields) + 2 * ("text" in fields)
        score += 20 * sum(_folded(cell) in wanted for cell in cells)
        if len(fields) == 1 and not wanted and len(filled) > 2 and "text" not in fields:
            score = 0
        if score > best_score:
            best, best_score = place, score
    return best if best is not None else first_filled


def _heads_one_column(rows: Sequence[Row], place: int) -> bool:
    """Say whether a lone cell names the recommendations of a table of one column."""
    alone = all(row.filled in ([], [0]) for row in rows)
    cell = rows[place].cells[0] if alone and rows[place].cells else ""
    return len(cell) <= _HEADING_CHARS and bool(_TEXT_STEM.search(cell))


def _sub_header(rows: Sequence[Row], place: int) -> int:
    """Return the last row of the header: a second one fills gaps of the first with headings."""
    if place + 1 >= len(rows):
        return place
    head, row = rows[place], rows[place + 1]
    cells = [row.cells[at] for at in row.filled]
    if not cells or any(len(cell) > 60 or re.search(r"\d{3,}|\d\.\d", cell) for cell in cells):
        return place
    gaps = [at for at in row.filled if at >= len(head.cells) or not head.cells[at].strip()]
    named = [at for at in row.filled if at not in gaps]
    again = all(
        at in row.merged or _folded(row.cells[at]) == _folded(head.cells[at]) for at in named
    )
    text = [at for at in head.filled if "text" in fields_of_heading(head.cells[at])]
    holds_text = any(at in named and at not in row.merged for at in text)
    under_group = bool(gaps) and not holds_text
    return place + 1 if (gaps or row.merged) and (again or under_group) else place


def _names(rows: Sequence[Row], place: int, last: int, above: Sequence[str]) -> list[str]:
    """Return a heading a column: its own, with that of its group where it means nothing alone."""
    head = list(rows[place].cells)
    under = list(rows[last].cells) if last > place else []
    width = max(len(head), len(under))
    head += [""] * (width - len(head))
    group, names = "", []
    for at in range(width):
        own = under[at].strip() if at < len(under) else ""
        named = head[at].strip()
        group = named or group
        if own and own != named and at not in rows[last].merged:
            alone = bool(fields_of_heading(own)) or not group
            names.append(own if alone and not named else f"{group} {own}".strip())
        else:
            names.append(named or (above[at].strip() if at < len(above) else ""))
    return names


def unlike(cells: Sequence[str]) -> tuple[str, ...]:
    """Return headings made different: a second "Org" is "Org (2)"; an empty one is "column 4"."""
    seen: dict[str, int] = {}
    columns = []
    for number, cell in enumerate(cells, start=1):
        name = " ".join(cell.replace("\ufeff", "").split()) or f"{_UNNAMED}{number}"
        seen[name] = seen.get(name, 0) + 1
        columns.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(columns)


def _titles(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(" ".join(row.cells[at].split()) for row in rows for at in row.filled)


def _with_fields(layout: Layout, below: Sequence[Row], chosen: Sequence[tuple[str, str]]) -> Layout:
    # Bands, totals and repeated headers say nothing of what a column holds.
    telling = [row for row in below if len(row.filled) > 1] or below
    telling = [row for row in telling if row.cells[: len(layout.columns)] != layout.columns]
    held = [_held(telling, at) for at in range(len(layout.columns))]
    wanted = {_folded(heading): name for name, heading in chosen}
    fields = {
        wanted[_folded(column)]: at
        for at, column in enumerate(layout.columns)
        if _folded(column) in wanted
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
        if name == _folded(column) or _fits(name, column, values):
            return name
    return ""


def without_state(heading: str) -> tuple[str, str]:
    """Part "Response of Kenya" into the heading and the code of the State it names, or ""."""
    match = _OF_STATE.search(heading)
    state = state_code(match[1]) if match else None
    return (heading[: match.start()], state) if match and state else (heading, "")


def _held(rows: Sequence[Row], at: int) -> list[str]:
    return [row.cells[at].strip() for row in rows if at < len(row.cells) and row.cells[at].strip()]


def _best(
    name: str, places: Sequence[int], columns: Sequence[str], held: Sequence[Sequence[str]]
) -> int:
    """Return the column of a field that several headings name."""
    if name != "text":
        return next((at for at in places if _folded(columns[at]) == _folded(name)), places[0])
    return max(
        places,
        key=lambda at: (
            bool(held[at]),
            _folded(columns[at]) == "text",
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
    return any(position_said(part) for part in parts)


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
        ("paragraph", lambda value: bool(_REVIEW_NUMBER.fullmatch(value))),
    )
    for name, test in tests:
        fitting = [at for at in free if sum(map(test, held[at])) >= _SURE * len(held[at])]
        # States that differ may as well be those that recommend.
        if name == "state":
            fitting = [at for at in fitting if len(set(held[at])) == 1 < len(held[at])]
        if name not in fields and len(fitting) == 1:
            found[name] = fitting[0]
            free.remove(fitting[0])
    if "text" not in fields and (at := _text_column(columns, free, held, {**fields, **found})) >= 0:
        found["text"] = at
    return found


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
    named = [at for at in long if _TEXT_STEM.search(columns[at])]
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


def _folded(name: str) -> str:
    return fold_name(name.replace("_", " ")).replace(" ", "_")
