"""Importers, exports and vocabularies that other packages add, found by their entry points.

A package names them in its own metadata (`docs/plugins.md`); installing it is all there is to do.
One that cannot be loaded, or whose name is taken, is told and left out: nothing else changes.
``LINKER_PLUGINS=off`` leaves all of them out. Their code runs with the rights of whoever runs
Linker.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

_LOG = logging.getLogger(__name__)
SWITCH = "LINKER_PLUGINS"
Kind = Literal["importers", "exports", "vocabularies"]
GROUPS: Mapping[Kind, str] = {
    "importers": "linker.importers",
    "exports": "linker.exports",
    "vocabularies": "linker.vocabularies",
}
"""What plugins can add, and the group of entry points of each."""


@dataclass(frozen=True)
class Plugin:
    """Something that another package adds.

    Attributes:
        kind: importers, exports or vocabularies.
        name: of its entry point.
        package: the distribution it comes from.
        version: of that.
        held: what the entry point names; None where it is left out.
        problem: why it is left out; empty where it is not.
    """

    kind: Kind
    name: str
    package: str
    version: str
    held: Any = None
    problem: str = ""

    @property
    def origin(self) -> str:
        """Where it comes from: "example 1.2"."""
        return f"{self.package} {self.version}".strip()

    def __str__(self) -> str:
        return f"plugin {self.name} of {self.origin}"


Check = Callable[[str, Any], str]
"""Says of a name and what it stands for why it cannot be used; empty where it can."""


def added(kind: Kind, check: Check) -> dict[str, Any]:
    """Return what plugins add of a kind, by name, in the order of the names.

    Args:
        kind: importers, exports or vocabularies.
        check: of what is added.
    """
    return {one.name: one.held for one in listed(kind, check) if not one.problem}


@cache
def listed(kind: Kind, check: Check) -> tuple[Plugin, ...]:
    """Return the plugins of a kind, those too that are left out; each of these is told once."""
    found = _offered(kind)
    names = [one.name for one, _ in found]
    made = [
        _loaded(one, point, check)
        if names.count(one.name) == 1
        else replace(one, problem=_twice(one.name, [other for other, _ in found]))
        for one, point in found
    ]
    for one in made:
        if one.problem:
            _LOG.warning("%s is left out: %s", one, one.problem)
    return tuple(made)


def is_off() -> bool:
    """Whether the environment leaves plugins out."""
    return os.environ.get(SWITCH, "").strip().lower() in ("off", "0", "no", "false")


def _offered(kind: Kind) -> list[tuple[Plugin, EntryPoint]]:
    """Return what installed packages offer, not loaded yet, in the order of the names."""
    if is_off():
        return []
    from importlib.metadata import entry_points  # slow: `linker --help` need not wait for it

    found = {
        (point.name, point.dist.name if point.dist else "", point.value): point
        for point in entry_points(group=GROUPS[kind])
    }
    return [
        (Plugin(kind, name, package, point.dist.version if point.dist else ""), point)
        for (name, package, _), point in sorted(found.items())
    ]


def _loaded(plugin: Plugin, point: EntryPoint, check: Check) -> Plugin:
    try:
        with redirect_stdout(sys.stderr):  # what Linker prints may be read by a program
            held = point.load()
            problem = check(plugin.name, held)
    except (Exception, SystemExit) as error:  # whatever another package's code does
        problem = f"{type(error).__name__}: {error}"
        return replace(plugin, problem=f"it cannot be loaded ({problem})")
    return replace(plugin, problem=problem) if problem else replace(plugin, held=held)


def _twice(name: str, offered: list[Plugin]) -> str:
    origins = " and ".join(one.origin for one in offered if one.name == name)
    return f"{origins} both add {name!r}. Uninstall one of them."
