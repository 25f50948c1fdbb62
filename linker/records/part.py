"""A stretch of a record's text: what it asks for, or the context of it."""

from __future__ import annotations

from dataclasses import dataclass
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
