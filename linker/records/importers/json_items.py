"""Objects of a JSON file, one by one, in bounded memory."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from linker.records.import_notes import Notes
from linker.records.importers.base import Limits
from linker.records.importers.encodings import NAMES, encoding_of
from linker.records.importers.json_guard import GuardedJson, JsonTooDeep
from linker.records.importers.json_shape import JsonShape
from linker.records.importers.safe_open import open_text

ABOVE = "(above)"
"""Key under which an object carries the key that its array stands under."""
_HALF = "\ufffd"
_LONGEST_LINE = 1 << 20
_LINES_LOOKED_AT = 20
_BLANK = "\ufeff\x00 \t\r\n"


def json_items(
    path: Path, notes: Notes, limits: Limits, shape: JsonShape
) -> Iterator[tuple[str, Any]]:
    """Yield ("record 17", object) for each object of a file, or each row of cells.

    Where every array stands under a key that says something of its objects, as in
    {"Kenya": [...]}, they carry it under `ABOVE`. What is no object is refused; where the JSON
    breaks off, what came before is kept and the break is told; of a file of lines, only the line.
    """
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
        reader = _Reader(text, notes, limits, shape)
        for place, item in reader.items():
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
            if reader.is_whole(place, item):
                yield place, item
    if reader.nuls:
        notes.repaired(
            "NUL characters",
            row="",
            reason=f"{reader.nuls} NUL characters left out",
            times=reader.nuls,
        )


class _Reader:
    """Reads a file by its shape.

    Attributes:
        nuls: NUL characters left out so far.
    """

    def __init__(self, text: TextIOWrapper, notes: Notes, limits: Limits, shape: JsonShape) -> None:
        self._text, self._notes, self._limits, self._shape = text, notes, limits, shape
        self._halves = False
        self.nuls = 0

    def items(self) -> Iterator[tuple[str, Any]]:
        """Yield what stands at the shape's place, of whatever type it is."""
        if self._shape.columns:
            return self._of_columns()
        lines = self._shape.lines and _is_lines(self._text, self._limits)
        return self._of_lines() if lines else self._streamed()

    def is_whole(self, place: str, item: Any) -> bool:
        """Say whether an item can become a record; if not, it is refused."""
        if not isinstance(item, list if self._shape.cells else dict):
            reason = "it is no object with keys and values"
            remedy = "Export the file again."
            self._notes.refused("no object", row=place, reason=reason, remedy=remedy)
            return False
        if self._halves and _HALF in (text := json.dumps(item, ensure_ascii=False)):
            self._notes.refused(
                "damaged characters",
                row=place,
                reason="it holds halves of characters (lone surrogates), so its text is not whole",
                remedy="Export the file again, or correct the text.",
                value=text[:200],
            )
            return False
        return True

    def _streamed(self) -> Iterator[tuple[str, Any]]:
        import ijson

        source = GuardedJson(self._text, self._limits)
        items = self._found(ijson, source)
        while True:
            place = f"record {self._notes.rows_read + 1}"
            try:
                item = next(items)
            except StopIteration:
                break
            except (ijson.JSONError, RecursionError, ValueError) as error:
                self._broken(place, error, "nothing after it is read")
                break
            finally:
                self._halves, self.nuls = source.halves > 0, source.nuls
            yield place, item

    def _found(self, ijson: Any, source: GuardedJson) -> Iterator[Any]:
        """Yield the items at the shape's prefix, or at that of each key that shares a value."""
        prefix = self._shape.prefix
        if not self._shape.by_key:
            yield from ijson.items(source, prefix, use_float=True, multiple_values=True)
            return
        key = ""
        builder: Any = None
        for at, event, value in ijson.parse(source, use_float=True, multiple_values=True):
            if at == "" and event == "map_key":
                key = value
            if builder is None and at == f"{key}.item" and event == "start_map":
                builder = ijson.ObjectBuilder()
            if builder is not None:
                builder.event(event, value)
            if at == f"{key}.item" and event == "end_map":
                yield {ABOVE: key, **builder.value}
                builder = None

    def _of_columns(self) -> Iterator[tuple[str, Any]]:
        """Yield an object a row of {"id": {"0": …, "1": …}, "text": {…}}, or of arrays so."""
        for _, whole in self._streamed():
            columns = {
                name: dict(enumerate(cells)) if isinstance(cells, list) else cells
                for name, cells in whole.items()
            }
            rows = dict.fromkeys(row for cells in columns.values() for row in cells)
            for row in rows:
                item = {name: cells[row] for name, cells in columns.items() if row in cells}
                yield f"record {self._notes.rows_read + 1}", item

    def _of_lines(self) -> Iterator[tuple[str, Any]]:
        for number, line in enumerate(self._text, start=1):
            if not line.strip(_BLANK):
                continue
            source = GuardedJson(io.StringIO(line), self._limits)
            try:
                item = json.loads(_read_whole(source))
            except (JsonTooDeep, ValueError, RecursionError) as error:
                self._notes.rows_read += 1
                self._broken(f"line {number}", error, "the line is not read")
                continue
            self.nuls += source.nuls
            self._halves = self._halves or source.halves > 0
            yield f"record {self._notes.rows_read + 1}", item

    def _broken(self, place: str, error: Exception, so: str) -> None:
        self._notes.refused(
            "broken JSON",
            row=place,
            reason=f"the JSON breaks off or is damaged here ({_first_line(error)}); {so}",
            remedy="Export or download the file again.",
        )


def as_text(value: object) -> str:
    """Return a word, number or nothing as a cell says it: 34.0 is "34"."""
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _read_whole(source: GuardedJson) -> bytes:
    return b"".join(iter(lambda: source.read(1 << 16), b""))


def _is_lines(text: TextIOWrapper, limits: Limits) -> bool:
    """Say whether a file has an object in each line, by its first ones."""
    starts = [text.readline(_LONGEST_LINE).strip(_BLANK) for _ in range(_LINES_LOOKED_AT)]
    text.seek(0)
    starts = [line for line in starts if line]
    return all(line.startswith("{") for line in starts) and any(
        _is_object(line, limits) for line in starts
    )


def _is_object(line: str, limits: Limits) -> bool:
    try:
        return isinstance(json.loads(_read_whole(GuardedJson(io.StringIO(line), limits))), dict)
    except (ValueError, RecursionError):
        return False


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0][:100]
