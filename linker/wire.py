"""Values of named classes as JSON and back, exactly: what a child process answers its parent with.

JSON makes no objects but those that are asked for, so that a child that a file got the better of
can answer with wrong values and with nothing else. Plain values stand for themselves; anything
else is an object with one key, which says what it is: ``{"tuple": […]}``, ``{"Note": […]}``.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

_PLAIN = frozenset({type(None), bool, int, float, str})
_GROUPS: dict[type, Callable[[list[Any]], Any]] = {
    tuple: tuple,
    set: set,
    frozenset: frozenset,
    dict: dict,
    Counter: lambda pairs: Counter(dict(pairs)),
    Path: lambda parts: Path(*parts),
}


class NotCarried(ValueError):  # noqa: N818 - reads as what happened
    """A value of a class that was not named, or bytes that are no value."""


class Wire:
    """Turns values into bytes and back.

    Args:
        classes: of the objects that may be carried, none of one name with another: dataclasses,
            whose own checks are made again; errors, made again from their arguments; and other
            classes, of which what an object holds is carried.
    """

    def __init__(self, *classes: type) -> None:
        self._names = {of: of.__name__ for of in (*_GROUPS, *classes)}
        self._fields = {of: tuple(f.name for f in fields(of)) for of in classes if is_dataclass(of)}
        self._made: dict[str, Callable[[list[Any]], Any]] = {
            **{of.__name__: make for of, make in _GROUPS.items()},
            **{of.__name__: self._maker(of) for of in classes},
        }

    def dumps(self, value: Any) -> bytes:
        """Return a value as bytes.

        Raises:
            NotCarried: something in it is of a class that was not named.
        """
        return json.dumps(self._told(value)).encode("ascii")

    def loads(self, content: bytes) -> Any:
        """Return the value of some bytes.

        Raises:
            NotCarried: they are none, or of a class that was not named, or refused by its checks.
        """
        try:
            return json.loads(content, object_hook=self._object)
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise NotCarried(f"{type(error).__name__}: {str(error)[:200]}") from error

    def _told(self, value: Any) -> Any:
        of = type(value)
        if of in _PLAIN:
            return value
        if of is list:
            return [self._told(item) for item in value]
        if isinstance(value, Path):
            of = Path
        if of not in self._names:
            raise NotCarried(f"{of.__name__} is not among what may be carried")
        return {self._names[of]: [self._told(item) for item in self._parts(of, value)]}

    def _parts(self, of: type, value: Any) -> Any:
        """Return what an object is made again from."""
        if of in self._fields:
            return [getattr(value, name) for name in self._fields[of]]
        if of is Path:
            return value.parts
        if of is dict or of is Counter:
            return map(list, value.items())
        if of in _GROUPS:
            return value
        if isinstance(value, BaseException):
            return value.__reduce__()[1]
        return map(list, vars(value).items())

    def _object(self, told: dict[str, Any]) -> Any:
        ((name, parts),) = told.items()
        return self._made[name](parts)

    def _maker(self, of: type) -> Callable[[list[Any]], Any]:
        names = self._fields.get(of)
        if names is not None:
            return lambda parts: of(**dict(zip(names, parts, strict=True)))
        if issubclass(of, BaseException):
            return lambda parts: of(*parts)

        def filled(parts: list[Any]) -> Any:
            made = of.__new__(of)
            made.__dict__.update(parts)
            return made

        return filled
