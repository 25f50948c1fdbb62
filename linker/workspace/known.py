"""The workspaces that were opened on this machine: the only ones that an address may name.

A link that somebody sends could otherwise make the application open any folder, or ask a machine of
the network for one. The list is a text file of the user, one absolute path or
address a line.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from linker.store.location import Location

KEPT = 200
"""Workspaces that are remembered, the last ones opened."""


def known_file() -> Path:
    """Return the file with the list, under ``XDG_STATE_HOME`` or ``~/.local/state``."""
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(state) / "linker" / "workspaces.txt"


def known() -> list[str]:
    """Return the paths and addresses of the workspaces opened before, the last one last."""
    try:
        return known_file().read_text(encoding="utf-8", errors="surrogateescape").split("\n")[:-1]
    except (OSError, UnicodeDecodeError):
        return []


def is_known(location: Location) -> bool:
    """Whether a workspace was opened here before; asks no disk and no network for it."""
    return location.address in known()


def remember(location: Location) -> None:
    """Note that a workspace was opened now, where the list can be written."""
    path, before = location.address, known()
    if before[-1:] == [path] or "\n" in path:
        return
    before = [other for other in before if other != path]
    file = known_file()
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", dir=file.parent, delete=False, encoding="utf-8", errors="surrogateescape"
        ) as out:
            out.writelines(f"{known_path}\n" for known_path in [*before, path][-KEPT:])
        Path(out.name).replace(file)
    except OSError:
        # A home folder that cannot be written keeps nobody from the workspace itself.
        return
