"""Objects of a JSON file, one by one, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from linker.records.import_notes import Notes, refuse
from linker.records.importers.base import Limits
from linker.records.importers.json_guard import GuardedJson, JsonTooDeep
from linker.records.importers.safe_open import (
    encoding_of,
    encoding_of_start,
    open_content,
    open_text,
)

_KEYS_LOOKED_AT = 100


def first_keys(path: Path, limits: Limits) -> tuple[str, ...]:
    """Return the keys of the file's object, or of the first object of its array.

    Raises:
        ImportRefused: they stand behind what no parser must see.
    """
    import ijson

    with open_content(path, limits) as file:
        encoding = encoding_of_start(file.read(4096))
    keys: list[str] = []
    with open_text(path, encoding, limits) as text:
        try:
            for prefix, event, value in ijson.parse(GuardedJson(text, limits)):
                if prefix in ("", "item") and event == "map_key":
                    keys.append(value)
                if (prefix in ("", "item") and event == "end_map") or len(keys) > _KEYS_LOOKED_AT:
                    break
        except JsonTooDeep as error:
            raise refuse(
                path.name, f"the JSON is {error}", "Export the file again.", kind="limit"
            ) from error
        except (ijson.JSONError, ValueError):
            pass  # what was seen before the break decides
    return tuple(keys)


def json_items(path: Path, notes: Notes, limits: Limits) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield ("record 17", object) for each object of an array, or for the one object.

    What is no object is refused; where the JSON breaks off, what came before is kept and the
    break is told.
    """
    import ijson

    encoding, damaged = encoding_of(path, limits)
    if damaged or encoding == "cp1252":
        notes.repaired(
            "encoding",
            row="",
            reason="not all of it is UTF-8; damaged characters were replaced",
            remedy="Export the file again.",
            times=max(damaged, 1),
        )
    with open_text(path, encoding, limits) as text:
        source = GuardedJson(text, limits)
        prefix = "item" if _is_array(path, encoding, limits) else ""
        items = ijson.items(source, prefix, use_float=True)
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


def _is_array(path: Path, encoding: str, limits: Limits) -> bool:
    with open_text(path, encoding, limits) as text:
        start = text.read(4096).replace("\0", "").replace("\ufeff", "").lstrip()
    return start.startswith("[")


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0][:100]
