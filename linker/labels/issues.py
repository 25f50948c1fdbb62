"""What UPR Info's issue tags are called by OHCHR (data/vocabularies/issues.csv)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from linker.errors import LinkerError
from linker.paths import data_dir

SEPARATOR = " | "
"""Between themes in a cell: some theme names hold a semicolon."""


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue tag.

    Attributes:
        tag: UPR Info's name.
        themes: OHCHR's names of what the tag covers, the closest first; none for "Other".
        group: the group of persons it names, as in UHRI; empty where it names none.
    """

    tag: str
    themes: tuple[str, ...]
    group: str


@cache
def issues() -> dict[str, Issue]:
    """Return the 56 issue tags by name, in alphabetical order.

    Raises:
        LinkerError: the vocabulary is missing or lacks a column.
    """
    path = data_dir() / "vocabularies" / "issues.csv"
    if not path.is_file():
        raise LinkerError(f"{path}: vocabulary missing. Restore the data/ folder.")
    with path.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    if not rows or not {"tag", "themes", "group"} <= set(rows[0]):
        raise LinkerError(f"{path}, row 1: needs the columns tag, themes, group")
    found = [
        Issue(row["tag"], tuple(filter(None, row["themes"].split(SEPARATOR))), row["group"])
        for row in rows
    ]
    return {issue.tag: issue for issue in sorted(found, key=lambda issue: issue.tag)}
