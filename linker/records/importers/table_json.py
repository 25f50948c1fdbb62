"""JSON objects under names that the table format or somebody else's export gives them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path

from linker.records.import_notes import Notes
from linker.records.importers.assemble import Draft
from linker.records.importers.base import Head, Options
from linker.records.importers.header_rows import folded
from linker.records.importers.heads import head_of, with_head
from linker.records.importers.json_items import ABOVE, as_text, json_items
from linker.records.importers.json_nested import outermost, parted
from linker.records.importers.json_shape import JsonShape, field_of_key, json_shape
from linker.records.importers.parted_cells import Values, part_symbol, part_text
from linker.records.importers.table import COMPUTED, OWN
from linker.records.record import Record
from linker.vocabulary.headings import SOURCE, fields_of_heading, language_of_heading
from linker.vocabulary.text import fold_name

_NAMED = ("label", "name", "title", "value")
"""Keys of an object that stands for a word, the one to read first."""
_TOTALS = frozenset({"count", "total", "totalcount", "totalresults", "numfound", "totalrecords"})
_TITLES = frozenset({"title", "name", "heading", "description", "subject"})
_TITLED = frozenset({"state", "position", "paragraph", "symbol", "recommending_states"})


def has_text(keys: tuple[str, ...]) -> bool:
    """Say whether some key holds the text of a recommendation."""
    return "text" in _fields(keys)


@lru_cache(maxsize=256)
def _fields(keys: tuple[str, ...]) -> dict[str, str]:
    """Return field -> key; a field's own name comes first, then English, then the others."""
    found: dict[str, list[str]] = {}
    for key in keys:
        for field in fields_of_heading(key)[:1]:
            found.setdefault(field, []).append(key)
    fields = {field: min(named, key=partial(_rank, field)) for field, named in found.items()}
    if "text" not in fields and "title" in keys and _TITLED & set(fields):
        fields["text"] = "title"
    return fields


def _rank(field: str, key: str) -> tuple[bool, bool]:
    return folded(key) != field, language_of_heading(key) not in ("", "en")


class JsonTable:
    """Objects with a text each, in an array, one a line, or in an array within an object."""

    name = "table_json"
    label = "table (JSON)"

    def recognises(self, head: Head) -> bool:
        """Say whether some key holds the text."""
        return head.kind == "json" and has_text(head.columns)

    def read(self, path: Path, notes: Notes, options: Options) -> Iterator[Record]:
        """Yield a record an object; what no field takes is kept in ``extra``."""
        shape = json_shape(path, options.limits, has_text)
        options = _with_around(options, shape, notes)
        outer = replace(shape, prefix=outermost(shape.prefix))
        for place, item in json_items(path, notes, options.limits, outer):
            notes.rows_read -= 1
            for where, found in parted(item, has_text, place):
                notes.rows_read += 1
                yield from _draft(found, where, notes, options).records()
        _tell_missing(shape, notes)


def _tell_missing(shape: JsonShape, notes: Notes) -> None:
    """Say that a file calls itself a part of a whole, as a page of an answer does."""
    for key, value in shape.around:
        if fold_name(key).replace(" ", "") in _TOTALS and value.isdecimal():
            if int(value) > notes.rows_read:
                notes.told(
                    "part of a whole",
                    column=key,
                    value=value,
                    reason=f"the file says {key} = {int(value):,}, and holds {notes.rows_read:,}",
                    remedy="Export or download all pages of it.",
                )
            return


def _draft(found: dict[str, object], place: str, notes: Notes, options: Options) -> Draft:
    above = str(found.pop(ABOVE, ""))
    item = flat(found)
    keys = tuple(item)
    own = set(keys) >= OWN
    fields = _fields(keys)
    taken = set(fields.values())
    extra = {key: _cell(value) for key, value in item.items() if key not in taken}
    if own:
        extra = {key: cell for key, cell in extra.items() if not COMPUTED.fullmatch(key)}
    extra.pop("sources", None)  # it is now read from this file
    values: Values = {field: _cell(item[key]) for field, key in fields.items()}
    if said := values.pop(SOURCE, ""):
        extra[fields[SOURCE]] = said
    if above and not values.get(field_of_key(above)):
        values[field_of_key(above)] = above
    if not own:
        part_symbol(values)
        part_text(values, options)
        if "text" in fields and not values.get("language"):
            values["language"] = language_of_heading(fields["text"])
    return Draft(
        values,
        place,
        notes,
        options,
        numeric={field for field, key in fields.items() if isinstance(item[key], float)},
        extra=tuple((key, "; ".join(_values(cell))) for key, cell in extra.items() if cell),
    )


def _with_around(options: Options, shape: JsonShape, notes: Notes) -> Options:
    """Return the options with what the object around the records says of all of them."""
    said = {field: value for key, value in shape.around for field in fields_of_heading(key)[:1]}
    options = replace(
        options,
        state=options.state or said.get("state", ""),
        mechanism=options.mechanism or said.get("mechanism", ""),
        body=options.body or said.get("body", ""),
        symbol=options.symbol or said.get("symbol", ""),
        cycle=options.cycle or said.get("cycle", ""),
        session=options.session or said.get("session", ""),
    )
    titles = [value for key, value in shape.around if fold_name(key) in _TITLES]
    return with_head(
        options, head_of(titles), notes, needs_state="state" not in _fields(shape.keys)
    )


def flat(item: Mapping[str, object]) -> dict[str, object]:
    """Return an object with those within it unfolded, and objects that stand for words as words."""
    found: dict[str, object] = {}
    for key, value in item.items():
        if isinstance(value, Mapping) and not _stands_for_word(value):
            for inner, one in value.items():
                found.setdefault(str(inner), _words(one))
        else:
            found[key] = _words(value)
    return found


def _words(value: object) -> object:
    if isinstance(value, Mapping):
        return _word(value) or (json.dumps(value, ensure_ascii=False) if value else "")
    if isinstance(value, list):
        return [_words(one) for one in _level(value)]
    return value


def _level(values: list[object]) -> Iterator[object]:
    """Yield the values of lists within a list, each as if it stood in the outer one."""
    for one in values:
        if isinstance(one, list):
            yield from _level(one)
        else:
            yield one


def _stands_for_word(value: Mapping[str, object]) -> bool:
    return len(value) <= 4 and bool(_word(value))


def _word(value: Mapping[str, object]) -> str:
    """Return what an object such as {"value": "x1", "label": "Kenya"} stands for."""
    words = (value.get(name) for name in _NAMED)
    return next((word for word in words if isinstance(word, str) and word), "")


def _cell(value: object) -> str | tuple[str, ...]:
    if isinstance(value, list):
        return tuple(_cell_text(part) for part in value if not isinstance(part, list | dict))
    return _cell_text(value)


def _cell_text(value: object) -> str:
    return "" if isinstance(value, list | dict) else as_text(value)


def _values(cell: str | tuple[str, ...]) -> tuple[str, ...]:
    return (cell,) if isinstance(cell, str) else cell
