"""Linker: where UN human-rights recommendations converge.

from linker import Linker, suggest

with Linker.open("kenya", create=True) as linker:
linker.add(["uhri-export.xlsx", "thematic-list.docx"])
linker.build()
print(linker.convergences(state="KEN").above(0.8))

print(suggest("Raise the minimum age of marriage to 18"))
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from linker.offline import stay_offline

if TYPE_CHECKING:
    from linker.errors import LinkerError
    from linker.records.filters import Filter
    from linker.records.importers import Options
    from linker.records.record import Record
    from linker.workspace.suggesting import suggest
    from linker.workspace.workspace import Linker

# Before anything else of Linker can be imported, and with it a library that calls home.
stay_offline()

__all__ = ["Filter", "Linker", "LinkerError", "Options", "Record", "suggest"]

_HOMES = {
    "Filter": "linker.records.filters",
    "Linker": "linker.workspace.workspace",
    "LinkerError": "linker.errors",
    "Options": "linker.records.importers",
    "Record": "linker.records.record",
    "suggest": "linker.workspace.suggesting",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that ``linker --help`` answers at once."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'linker' has no attribute {name!r}")
