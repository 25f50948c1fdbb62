"""The position of a State in the words of a report or an addendum."""

from __future__ import annotations

import re
from dataclasses import dataclass

from linker.vocabulary.files import read_yaml, remembered, vocabulary_file

_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Position:
    """What a State said of a recommendation.

    Attributes:
        position: supported, noted, partly supported or pending; empty where nothing is said.
        note: a mark beside it, such as "already implemented".
    """

    position: str = ""
    note: str = ""


@remembered()
def _patterns() -> tuple[tuple[Position, re.Pattern[str]], ...]:
    """Read data/vocabularies/un_positions.yaml; every gap of a text is one space to it."""
    found = read_yaml(vocabulary_file("un_positions.yaml"))["positions"]
    return tuple(
        (
            Position(row["position"], row.get("note", "")),
            re.compile("|".join(row["patterns"]), re.IGNORECASE),
        )
        for row in found
    )


def position_said(text: str) -> Position:
    """Return the position that a sentence or paragraph says, an empty one where it says none."""
    return next(iter(positions_said(text)), Position())


def positions_said(text: str) -> list[Position]:
    """Return every position that a paragraph speaks of, the most particular first."""
    text = " ".join(text[:_LONGEST].split())
    return [said for said, pattern in _patterns() if pattern.search(text)]
