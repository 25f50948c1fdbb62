"""What goes wrong in a database, said in a sentence with a remedy, wherever it happens."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

from linker.errors import LinkerError
from linker.store.engines import database_of

T = TypeVar("T")
RESTORE = "Put a backup back with `linker restore`"


def say_in_words(engine: Engine) -> None:
    """Make a LinkerError of what the database of an engine cannot do."""
    database = database_of(engine)

    @event.listens_for(engine, "handle_error")
    def told(context: ExceptionContext) -> None:
        if context.is_pre_ping:  # a connection that was lost while idle is made anew
            return
        fault = context.original_exception
        committing = context.connection is not None and context.statement is None
        said = database.sentence(fault, at_commit=committing)
        if said is not None:
            raise LinkerError(said) from fault


def read_json(text: str | bytes) -> Any:
    """Return the value of a JSON column.

    Raises:
        LinkerError: it holds no JSON: the row is damaged.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _damaged(error, text) from error


def from_stored(make: Callable[[Any], T], plain: Any) -> T:
    """Return ``make(plain)``, of what a JSON column holds.

    Raises:
        LinkerError: it is none of what is made: the row is damaged.
    """
    try:
        return make(plain)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise _damaged(error, plain) from error


def _damaged(error: Exception, held: Any) -> LinkerError:
    return LinkerError(
        f"The workspace's database: a row is damaged ({error}: {str(held)[:40]!r}). {RESTORE}."
    )
