"""Objects of a JSON file, one by one, in bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from linker.records.import_notes import Notes, refuse
from linker.records.importers.base import Limits
from linker.records.importers.encodings import NAMES, encoding_of
from linker.records.importers.json_guard import GuardedJson, JsonTooDeep
from linker.records.importers.safe_open import encoding_of_start, open_content, open_text

_KEYS_LOOKED_AT = 100


@dataclass(frozen=True, slots=True)
class JsonShape:
    """Where the objects of a JSON file stand, and the keys of the first one.

    Attributes:
        prefix: of the objects, in ijson's way: "item" of an array, "rows.item" of an array in an
            object, "" of one object or of several, one a line.
        keys: of the first object, those of objects in it too.
        around: texts of the object that the array stands in, such as ("kind", "records").
    """

    prefix: str
    keys: tuple[str, ...]
    around: tuple[tuple[str, str], ...] = ()


def json_shape(path: Path, limits: Limits, fits: Callable[[tuple[str, ...]], bool]) -> JsonShape:
    """Return the shape of a file: the first objects whose keys fit, else the outermost.

    What stands behind a break in a damaged file does not count.

    Raises:
        ImportRefused: they stand behind what no parser must see.
    """
    import ijson

    with open_content(path, limits) as file:
        encoding = encoding_of_start(file.read(4096))
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
    top: list[str] = []
    around: list[tuple[str, str]] = []
    first: JsonShape | None = None
    for prefix, event, value in events:
        if prefix == "" and event == "map_key":
            top.append(value)
        elif event == "string" and prefix in top:
            around.append((prefix, value[:200]))
        elif event == "start_map" and prefix.endswith("item") and prefix not in _met(first):
            first = JsonShape(prefix, _keys_of(events, prefix), tuple(around))
            if fits(first.keys) and not fits(tuple(top)):
                return first
        if (prefix == "" and event == "end_map") or len(top) > _KEYS_LOOKED_AT:
            break
    if first and not top:
        return first
    return JsonShape("", tuple(dict.fromkeys(top)), tuple(around))


def _met(shape: JsonShape | None) -> tuple[str, ...]:
    return (shape.prefix,) if shape else ()


def _keys_of(events: Iterator[tuple[str, str, Any]], outer: str) -> tuple[str, ...]:
    """Return the keys of the object that has just begun, and of those right in it."""
    keys: dict[str, None] = {}
    for prefix, event, value in events:
        if event == "map_key" and (prefix == outer or _one_below(prefix, outer)):
            keys[value] = None
        elif event == "end_map" and prefix == outer:
            break
    return tuple(keys)


def _one_below(prefix: str, outer: str) -> bool:
    return prefix.startswith(f"{outer}.") and "." not in prefix[len(outer) + 1 :]


def json_items(
    path: Path, notes: Notes, limits: Limits, prefix: str
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield ("record 17", object) for each object at a prefix (see `JsonShape`).

    What is no object is refused; where the JSON breaks off, what came before is kept and the
    break is told.
    """
    import ijson

    encoding, damaged = encoding_of(path, limits)
    if damaged or encoding in NAMES:
        notes.repaired(
            "encoding",
            row="",
            reason="not all of it is UTF-8; damaged characters were replaced",
            remedy="Export the file again.",
            times=max(damaged, 1),
        )
    with open_text(path, encoding, limits) as text:
        source = GuardedJson(text, limits)
        items = ijson.items(source, prefix, use_float=True, multiple_values=True)
        while True:
            place = f"record {notes.rows_read + 1}"
            try:
                item = next(items)
            except StopIteration:
                break
            except (ijson.JSONError, RecursionError, ValueError) as error:
                notes.refused(
                    "broken JSON",
                    row=place,
                    reason="the JSON breaks off or is damaged "
                    f"here ({_first_line(error)}); nothing after it is read",
                    remedy="Export or download the file again.",
                )
                break
            if notes.rows_read >= limits.max_rows:
                notes.refused(
                    "limit",
                    row=place,
                    reason="the file has more records than the limit "
                    f"max_rows = {limits.max_rows:,}; this and all after it are not read",
                    remedy="Split the file, or raise max_rows.",
                )
                break
            notes.rows_read += 1
            if isinstance(item, dict):
                yield place, item
            else:
                notes.refused(
                    "no object",
                    row=place,
                    reason="it is no object with keys and values",
                    remedy="Export the file again.",
                )
    if source.nuls:
        notes.repaired(
            "NUL characters",
            row="",
            reason=f"{source.nuls} NUL characters left out",
            times=source.nuls,
        )
    if source.halves:
        notes.repaired(
            "encoding",
            row="",
            reason=f"{source.halves} damaged characters became \ufffd",
            remedy="Export the file again.",
            times=source.halves,
        )


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0][:100]
