"""Rows of a table that are no records: bands that name a theme, totals, notes, repeated headers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from linker.records.importers.grid import Row
from linker.records.importers.layout import lone_value
from linker.records.importers.position_places import announces, position_named, position_of_heading
from linker.vocabulary.text import fold_name

Role = Literal["record", "band", "other", "more"]

LABEL = re.compile(
    r"\s*(?:(?:sub-?)?themes?|right or area|right|thème|droit ou domaine|tema|derecho o esfera|"
    r"тема|право или область|الموضوع|الحق أو المجال|主题|权利或领域)\s*[:：]\s*(?P<name>.+)",
    re.IGNORECASE | re.DOTALL,
)
_TOTAL = re.compile(
    r"\s*(?:grand |sub[- ]?)?totale?s?\b|\s*(?:sous-total|итого|всего|المجموع|الإجمالي|总计|合计)",
    re.I,
)
_NOTE = re.compile(r"\s*(?:\*+|†|‡|\(?[a-z\d]\)\s|notes?\s*[:.]|source\s*:|nb\s*[:.]|n\.b\.)", re.I)
_NUMBERED = re.compile(r"\s*(?:[A-Z]|[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*)[.)]\s+\S")
_REVIEW_NUMBER = re.compile(r"\s*\d{2,3}\.\d{1,3}")
_RULE = re.compile(r"[\s:|=_-]*")
"""A cell of the line that Markdown draws below a header."""
_BAND_WORDS = 14
_CAPITALS = 3
_TWO = 2
_BAND_CHARS = 160


def role_of(row: Row, columns: Sequence[str], fields: Mapping[str, int]) -> Role:
    """Say what a row is: a record, a band over the rows below, or something else.

    Args:
        row: with a cell for each column.
        columns: the headings.
        fields: field -> its column.
    """
    text_at, number_at = fields["text"], fields.get("paragraph", -1)
    filled = row.filled
    own = [at for at in filled if at not in row.merged]
    if not own or _repeats(row, filled, columns) or all(map(_RULE.fullmatch, row.cells)):
        return "other"
    text = row.cells[text_at]
    if own == [text_at] and position_named(text):
        return "band"
    if text_at in row.merged:
        same = number_at < 0 or number_at in row.merged or not row.cells[number_at].strip()
        return "more" if same else "record"
    if len(own) == 1 and len(columns) > 1:
        name = next((name for name, at in fields.items() if at == own[0]), "")
        cell = row.cells[own[0]]
        value = not row.spans and lone_value(name, cell.strip())
        # In a table of two columns the other cell may just be empty.
        value = value or (len(columns) == _TWO and own[0] == text_at and not LABEL.match(cell))
        return "record" if value and not row.spans else _alone(cell, own[0] == text_at, row.spans)
    # A total, with its count beside it.
    first = row.cells[own[0]]
    if _TOTAL.match(first) and all(_is_count(row.cells[at]) for at in own[1:]):
        return "other"
    return "record" if text.strip() or len(own) > 1 else "band"


def band_name(row: Row) -> str:
    """Return the theme that a band names, without "Theme:" before it."""
    cell = next(cell for cell in row.cells if cell.strip())
    labelled = LABEL.fullmatch(cell)
    return labelled["name"] if labelled else cell


def _alone(cell: str, at_text: bool, spans: bool) -> Role:
    """Say what a row of a single cell is."""
    if LABEL.fullmatch(cell):
        return "band"
    if _TOTAL.match(cell) or _NOTE.match(cell):
        return "other"
    short = len(cell) <= _BAND_CHARS and len(cell.split()) <= _BAND_WORDS
    if not at_text or spans:
        # A sentence that says the position may be long: passed over, the one before it would go on.
        return "band" if short or position_of_heading(cell) or announces(cell) else "other"
    if _REVIEW_NUMBER.match(cell) or not short or cell.rstrip().endswith((";", ".")):
        return "record"
    letters = [char for char in cell if char.isalpha()]
    capitals = bool(letters) and all(char == char.upper() for char in letters)
    bare = capitals and letters[0] != letters[0].lower() and len(letters) > _CAPITALS
    return "band" if bare or _NUMBERED.match(cell) else "record"


def _repeats(row: Row, filled: Sequence[int], columns: Sequence[str]) -> bool:
    """Say whether a row repeats the header, as at the head of each page."""
    same = [at for at in filled if fold_name(row.cells[at]) == fold_name(columns[at])]
    return bool(same) and len(same) == len(filled)


def _is_count(cell: str) -> bool:
    return bool(re.fullmatch(r"[\d.,%\s]+", cell))
