"""A stretch of a record's text: what it asks for, or the context of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

Role = Literal["ask", "context", "implied"]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a record's text.

    Attributes:
        start: first character in the record's text.
        end: one past the last.
        role: ``ask``; ``context``; or ``implied`` where a record has only concerns, which then
            stand for what they plainly imply.
        text: the stretch itself, ``record.text[start:end]``.
    """

    start: int
    end: int
    role: Role
    text: str


def or_implied(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Return the parts of a text: as they are if one is an ask, else all as what they imply."""
    found = tuple(parts)
    if any(part.role == "ask" for part in found):
        return found
    return tuple(replace(part, role="implied") for part in found)
