"""Where the records of a JSON file stand: in an array, one a line, by State, or as rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from linker.records.import_notes import refuse
from linker.records.importers.base import Limits
from linker.records.importers.json_guard import GuardedJson, JsonTooDeep
from linker.records.importers.safe_open import encoding_of_start, open_content, open_text
from linker.vocabulary.bodies import body_code
from linker.vocabulary.headings import fields_of_heading
from linker.vocabulary.positions import position_said
from linker.vocabulary.states import state_code

_KEYS_LOOKED_AT = 100
_START = 4096
_CODE = 3
_TEXT_CHARS = 200
_LISTS = frozenset({("recommending_states",), ("themes",), ("groups",), ("sdgs",)})
"""Fields of which a cell may hold several values: an array of arrays under them is a column."""


@dataclass(frozen=True, slots=True)
class JsonShape:
    """Where the objects of a JSON file stand, and the keys of the first one.

    Attributes:
        prefix: of the objects, in ijson's way: "item" of an array, "rows.item" of an array in an
            object, "" of one object or of several, one a line.
        keys: of the first object, those of objects in it too.
        around: texts and numbers of the object that the array stands in, such as
            ("kind", "records") or ("country", "Kenya").
        lines: whether each line is an object.
        cells: whether the array holds rows of cells and no objects.
        headings: an array of texts that stands before such rows.
        columns: whether the file is one object with a column of cells under each key.
    """

    prefix: str
    keys: tuple[str, ...]
    around: tuple[tuple[str, str], ...] = ()
    lines: bool = False
    cells: bool = False
    headings: tuple[str, ...] = ()
    columns: bool = False

    @property
    def by_key(self) -> bool:
        """Whether each array stands under what its objects share: {"Kenya": [...]}."""
        return bool(field_of_key(self.prefix.removesuffix(".item")))


def field_of_key(key: str) -> str:
    """Return the field whose value a key is: "Kenya" is a State, "noted" a position; else ""."""
    if state_code(key) and (len(key) > _CODE or key.isupper()):
        return "state"
    if position_said(key):
        return "position"
    return "body" if body_code(key) else ""


def json_shape(path: Path, limits: Limits, fits: Callable[[tuple[str, ...]], bool]) -> JsonShape:
    """Return the shape of a file: the first objects whose keys fit, else the outermost.

    What stands behind a break in a damaged file does not count.

    Raises:
        ImportRefused: they stand behind what no parser must see.
    """
    import ijson

    with open_content(path, limits) as file:
        encoding = encoding_of_start(file.read(_START))
    with open_text(path, encoding, limits) as text:
        events = ijson.parse(GuardedJson(text, limits), multiple_values=True)
        try:
            return _shape(_until_break(events, ijson.JSONError), fits)
        except JsonTooDeep as error:
            reason = f"the JSON is {error}"
            raise refuse(path.name, reason, "Export the file again.", kind="limit") from error


def _until_break(
    events: Iterator[tuple[str, str, Any]], broken: type[Exception]
) -> Iterator[tuple[str, str, Any]]:
    try:
        yield from events
    except JsonTooDeep:
        raise
    except (broken, RecursionError, ValueError):
        return


def _shape(
    events: Iterator[tuple[str, str, Any]], fits: Callable[[tuple[str, ...]], bool]
) -> JsonShape:
    outer = _Outer()
    first: JsonShape | None = None
    for prefix, event, value in events:
        outer.see(prefix, event, value)
        rows = event == "start_array" and prefix.endswith("item") and first is None
        if rows and fields_of_heading(outer.keys[-1] if outer.keys else "")[:1] not in _LISTS:
            return JsonShape(prefix, (), tuple(outer.around), cells=True, headings=outer.first_list)
        if event == "start_map" and prefix.endswith("item") and prefix not in _met(first):
            first = JsonShape(prefix, _keys_of(events, prefix, fits), tuple(outer.around))
            if fits(first.keys) and not fits(tuple(key for key, _ in outer.around)):
                return first
        if (prefix == "" and event == "end_map") or len(outer.keys) > _KEYS_LOOKED_AT:
            break
    if first and not outer.keys:
        return first
    keys = tuple(dict.fromkeys(outer.keys))
    if len(keys) > 1 and outer.columns >= set(keys) and fits(keys):
        return JsonShape("", keys, columns=True)
    return JsonShape("", keys, tuple(outer.around), lines=bool(keys))


class _Outer:
    """The outermost object as far as it was seen: its keys, texts and lists of texts."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.around: list[tuple[str, str]] = []
        self.columns: set[str] = set()
        self._lists: dict[str, list[str]] = {}

    def see(self, prefix: str, event: str, value: Any) -> None:
        if prefix == "" and event == "map_key":
            self.keys.append(value)
        elif event in ("start_map", "start_array") and self.keys[-1:] == [prefix]:
            self.columns.add(prefix)
        elif event in ("string", "number") and prefix in self.keys:
            self.around.append((prefix, str(value)[:_TEXT_CHARS]))
        elif event == "string" and prefix.removesuffix(".item") in self.keys:
            self._lists.setdefault(prefix, []).append(value)

    @property
    def first_list(self) -> tuple[str, ...]:
        return tuple(next(iter(self._lists.values()), ()))


def _met(shape: JsonShape | None) -> tuple[str, ...]:
    return (shape.prefix,) if shape else ()


def _keys_of(
    events: Iterator[tuple[str, str, Any]], outer: str, fits: Callable[[tuple[str, ...]], bool]
) -> tuple[str, ...]:
    """Return the keys of the object that has just begun, and of those right in it.

    Where none of them fits, those of the objects in its arrays are among them.
    """
    keys: dict[str, None] = {}
    listed: dict[str, None] = {}
    for prefix, event, value in events:
        if event == "map_key" and (prefix == outer or _one_below(prefix, outer)):
            keys[value] = None
        elif event == "map_key" and prefix.endswith(".item"):
            listed[value] = None
        elif event == "end_map" and prefix == outer:
            break
    return tuple(keys) if fits(tuple(keys)) else tuple(keys | listed)


def _one_below(prefix: str, outer: str) -> bool:
    return prefix.startswith(f"{outer}.") and "." not in prefix[len(outer) + 1 :]
