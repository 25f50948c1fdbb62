"""What one row of one source said of a record, and how sources follow one another."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from linker.records.record import Record

_COPY = re.compile(r"(?: ?\(\d+\)| ?[-–] ?copy|_copy){1,8}(?=\.|$)", re.IGNORECASE)
_TOLD_ELSEWHERE = ("id", "sources")


@dataclass(frozen=True, slots=True)
class Statement:
    """What one row of a source said.

    Attributes:
        source: number of the source; a higher one speaks later.
        place: its place among the statements of its source, from 0.
        said: the record as that row alone gives it, under the id that the source alone gives it,
            with ``row`` and with the name of the source.
        record_id: the record that it was taken for.
        line: what the source shares with its earlier and later versions.
    """

    source: int
    place: int
    said: Record
    record_id: str
    line: str

    @property
    def where(self) -> str:
        """Where it stands, for a reader: "list.csv, row 12"."""
        return ", ".join(part for part in (*self.said.sources, self.said.row) if part)


def packed(record: Record, own_sources: bool = False) -> str:
    """Return all that a row said as JSON, without what is empty or told elsewhere.

    Args:
        record: as the row gives it.
        own_sources: keep the names of its sources, where these are not that of the file.
    """
    plain = record.to_dict()
    held = {name: value for name, value in plain.items() if value and name not in _TOLD_ELSEWHERE}
    if own_sources:
        held["sources"] = plain["sources"]
    return json.dumps(held, ensure_ascii=False, separators=(",", ":"))


def unpacked(said: str, given: str, row: str, source: str) -> Record:
    """Return the record that ``packed`` wrote, under its id, with its row and its source.

    Raises:
        ValueError: it is no record.
    """
    plain: dict[str, Any] = json.loads(said)
    return Record.from_dict({"sources": (source,), **plain, "id": given}, row)


def family_name(file: str) -> str:
    """Return the name that a file shares with copies of it: "List (2).xlsx" is "list.xlsx"."""
    return _COPY.sub("", file.casefold().strip())


def shape(importer: str, columns: Iterable[str]) -> str:
    """Return what files of one shape share: their importer and, of own tables, their columns."""
    kind = importer.removesuffix("_json").removesuffix("_xlsx")
    if kind != "table":
        return kind
    joined = "\x1f".join(sorted(columns)).encode("utf-8", "replace")
    return f"{kind}/{sha256(joined).hexdigest()[:12]}"
