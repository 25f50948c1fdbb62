"""The SDG framework: goals, targets and indicators, as data/sdg/framework.csv lists them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from linker.errors import LinkerError
from linker.paths import data_dir
from linker.vocabulary.files import read_rows, remembered

Level = Literal["goal", "target", "indicator"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A goal (``5``), a target (``5.3``) or an indicator (``5.3.1``).

    Attributes:
        level: goal, target or indicator.
        code: official code.
        parent: code of the goal of a target, of the target of an indicator; empty for a goal.
        title: official English wording.
        colour: of a goal, ``#RRGGBB``, the official one.
        tier: of an indicator, I or II as the IAEG-SDGs classifies it; empty where not known.
        custodian: of an indicator, the agency that compiles it; empty where not known.
    """

    level: Level
    code: str
    parent: str
    title: str
    colour: str = ""
    tier: str = ""
    custodian: str = ""

    @property
    def goal(self) -> str:
        """Number of the goal it belongs to."""
        return self.code.split(".")[0]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Framework:
    """All entries, in the official order."""

    def __init__(self, entries: list[Entry]) -> None:
        self._entries = {entry.code: entry for entry in entries}

    def __getitem__(self, code: str) -> Entry:
        try:
            return self._entries[code]
        except KeyError:
            raise LinkerError(
                f"{code!r} is no goal, target or indicator of the SDG framework of 2025. "
                "Codes look like 5, 5.3, 5.3.1, 5.c, 16.b.1."
            ) from None

    def __contains__(self, code: object) -> bool:
        return code in self._entries

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)

    def level(self, level: Level) -> tuple[Entry, ...]:
        """Return all goals, all targets or all indicators."""
        return tuple(entry for entry in self if entry.level == level)

    def children(self, code: str) -> tuple[Entry, ...]:
        """Return the targets of a goal or the indicators of a target."""
        return tuple(entry for entry in self if entry.parent == code)

    def colour(self, code: str) -> str:
        """Return the official colour of the goal that a code belongs to."""
        return self[self[code].goal].colour


def sort_key(code: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts codes as the framework does: 1.2 before 1.10 before 1.a."""
    return tuple((int(p), "") if p.isdigit() else (1000, p) for p in re.split(r"\.", code))


@remembered()
def framework() -> Framework:
    """Return the framework that ships with Linker.

    Raises:
        LinkerError: framework.csv is missing or a row cannot be read.
    """
    return read_framework(data_dir() / "sdg" / "framework.csv")


def read_framework(path: Path) -> Framework:
    """Read a framework file with the columns level, code, parent, title, colour, tier, custodian.

    Raises:
        LinkerError: the file, a column or a parent is missing, or a code stands twice.
    """
    entries: dict[str, Entry] = {}
    for number, row in enumerate(read_rows(path), start=2):
        entry = _entry(path, number, row)
        if entry.code in entries:
            raise LinkerError(f"{path}, row {number}: code {entry.code} stands twice.")
        if entry.level != "goal" and entry.parent not in entries:
            raise LinkerError(
                f"{path}, row {number}: parent {entry.parent!r} of {entry.code} must stand "
                "above it."
            )
        entries[entry.code] = entry
    return Framework(list(entries.values()))


def _entry(path: Path, number: int, row: dict[str, str]) -> Entry:
    try:
        level = row["level"]
        if level not in ("goal", "target", "indicator"):
            raise LinkerError(
                f"{path}, row {number}, column level: {level!r} is not goal, target or indicator."
            )
        return Entry(
            level=level,  # type: ignore[arg-type]
            code=row["code"],
            parent=row["parent"],
            title=row["title"],
            colour=row["colour"],
            tier=row["tier"],
            custodian=row["custodian"],
        )
    except KeyError as missing:
        raise LinkerError(f"{path}: column {missing} is missing.") from None
