"""The messages of JavaScript: what ``tr`` and ``trPlural`` are called with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

MARKS = {"tr": None, "trPlural": (1, 2)}
"""Functions, each with the places of its messages, as Babel wants them."""
INSIDE = {"parse_template_string": True}
"""Messages stand in template strings too."""


def messages_of(path: Path) -> Iterator[str | tuple[str, str]]:
    """Yield the messages of a script in the order of its lines; those with a plural with both."""
    from babel.messages.extract import extract

    with path.open("rb") as file:
        found = extract("javascript", file, keywords=MARKS, options=INSIDE)
        for _line, said, _comments, _context in found:
            yield said if isinstance(said, str) else (said[0], said[1])
