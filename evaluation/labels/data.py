"""The coded recommendations that labels are learned from and measured on.

UPR Info's database, sessions 1 to 27: issue tags and action category by its coders. A text that
several States made word for word counts once, in the session where it stood first, so that no
text is both learned and reported.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from evaluation.sources import corpora
from linker.errors import LinkerError

LAST_TO_LEARN, FIRST_TO_REPORT = 22, 24
FOLDS = 5
KeyT = TypeVar("KeyT", bound=Hashable)


@dataclass(frozen=True)
class Coded:
    """A recommendation with what UPR Info's coders said of it.

    Attributes:
        text: as in the database.
        state: name of the State it is made to.
        session: UPR session where it stood first.
        issues: tags, in order; empty where none was given.
        action: category 1 to 5; 0 where none was given.
    """

    text: str
    state: str
    session: int
    issues: tuple[str, ...]
    action: int

    @property
    def fold(self) -> int:
        """Which fold it belongs to, 0 to 4: always that of its State."""
        return int(hashlib.sha256(self.state.encode()).hexdigest(), 16) % FOLDS


@dataclass
class _Gathered:
    text: str
    state: str
    session: float = float("inf")
    issues: Counter[tuple[str, ...]] = field(default_factory=Counter)
    actions: Counter[int] = field(default_factory=Counter)


def coded(path: Path | None = None) -> list[Coded]:
    """Return every different text with its commonest tags and category.

    Args:
        path: the gzipped CSV; that of LINKER_CORPORA unless given.

    Raises:
        LinkerError: the file is not there.
    """
    file = path or corpora() / "upr_info" / "recommendations.csv.gz"
    if not file.is_file():
        raise LinkerError(f"{file}: not here. Set LINKER_CORPORA to the folder of real data.")
    found: dict[str, _Gathered] = {}
    with gzip.open(file, "rt", encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            _gather(found, row)
    return [
        Coded(
            text=one.text,
            state=one.state,
            session=int(one.session),
            issues=_commonest(one.issues, ()),
            action=_commonest(one.actions, 0),
        )
        for one in found.values()
        if one.session != float("inf")
    ]


def to_learn(rows: Iterable[Coded]) -> list[Coded]:
    """Return what may be learned from: sessions up to 22."""
    return [row for row in rows if row.session <= LAST_TO_LEARN]


def to_report(rows: Iterable[Coded]) -> list[Coded]:
    """Return what is only ever reported on: sessions from 24."""
    return [row for row in rows if row.session >= FIRST_TO_REPORT]


def tags_of(rows: Sequence[Coded]) -> tuple[str, ...]:
    """Return all issue tags in alphabetical order."""
    return tuple(sorted({tag for row in rows for tag in row.issues}))


def _gather(found: dict[str, _Gathered], row: dict[str, str]) -> None:
    key = " ".join(row["text"].casefold().split()).rstrip(" .;")
    one = found.setdefault(key, _Gathered(row["text"], row["sur"]))
    session = float(row["session"] or "inf")
    if session < one.session:
        one.session, one.state, one.text = session, row["sur"], row["text"]
    if row["issues"].strip():
        one.issues[tuple(sorted({tag.strip() for tag in row["issues"].split(",")}))] += 1
    if row["action"].strip():
        one.actions[int(row["action"])] += 1


def _commonest(counts: Counter[KeyT], otherwise: KeyT) -> KeyT:
    """Return the value seen most often; between equals, the first in order."""
    return min(counts, key=lambda value: (-counts[value], str(value)), default=otherwise)
