"""What goes wrong in a database, said in a sentence with a remedy, wherever it happens."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DatabaseError as DatabaseFault
from sqlalchemy.exc import DataError, IntegrityError, ProgrammingError

from linker.errors import LinkerError

T = TypeVar("T")
_DAMAGED = (
    "malformed",
    "not a database",
    "no such table",
    "no such column",
    "no column named",
    "decode to utf-8",
)
_RESTORE = "Put a backup back with `linker restore`"
_OURS = (IntegrityError, ProgrammingError, DataError)
"""Faults of the program, which should show where they come from."""


def say_in_words(engine: Engine) -> None:
    """Make a LinkerError of what the database of an engine cannot do."""

    @event.listens_for(engine, "handle_error")
    def told(context: ExceptionContext) -> None:
        fault = context.sqlalchemy_exception or context.original_exception
        database = str(engine.url.database)
        if isinstance(fault, UnicodeDecodeError):  # a message that quotes a damaged file
            raise LinkerError(sentence(database, _DAMAGED[0])) from fault
        if not isinstance(fault, DatabaseFault) or isinstance(fault, _OURS):
            return
        raise LinkerError(sentence(database, str(fault.orig))) from fault


def sentence(database: str, fault: str) -> str:
    """Return what happened to a database, and what to do about it."""
    if any(word in fault.lower() for word in _DAMAGED):
        return f"{database}: is damaged, or somebody altered it ({fault}). {_RESTORE}."
    return (
        f"{database}: could not be written or read ({fault}); it is as it was before. "
        "Free some space, see that the folder can be written and nobody else holds the file, "
        "and run it again."
    )


def read_json(text: str | bytes) -> Any:
    """Return the value of a JSON column.

    Raises:
        LinkerError: it holds no JSON: the row is damaged.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise LinkerError(
            f"workspace.db: a row is damaged ({error}: {str(text)[:40]!r}). {_RESTORE}."
        ) from error


def from_stored(make: Callable[[Any], T], plain: Any) -> T:
    """Return ``make(plain)``, of what a JSON column holds.

    Raises:
        LinkerError: it is none of what is made: the row is damaged.
    """
    try:
        return make(plain)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise LinkerError(
            f"workspace.db: a row is damaged ({error}: {str(plain)[:40]!r}). {_RESTORE}."
        ) from error
