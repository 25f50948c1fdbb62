"""Files of caches: written whole, and known to be what was written.

A checksum takes as long as reading the file. Of one that was found right it is noted how large the
file was and when it was last written; until either changes it is not read again for that.
"""

from __future__ import annotations

import hashlib
import json
import time
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from linker.errors import LinkerError

CHECKED = "checked.json"
"""Notes on the files of its folder; can be deleted."""
SETTLED = 2.0
"""Seconds after which another change of a file would show in its time, on any file system."""
Note = list[int | str]


def write_whole(file: Path, content: bytes) -> None:
    """Write a file in one step: whoever reads it meets the old one or the new one."""
    part = file.with_name(f"{file.name}.{uuid4().hex}")
    part.write_bytes(content)
    part.replace(file)


def check(file: Path, sha256: str, start: int = 0, noting: bool = True) -> None:
    """Make sure that a file is what was written.

    Args:
        file: which.
        sha256: of its content, hexadecimal.
        start: bytes at its beginning that the checksum leaves out.
        noting: note beside it that it was found right: in a cache, not in what is installed.

    Raises:
        LinkerError: it is missing or altered.
    """
    try:
        seen = file.stat()
        note: Note = [seen.st_size, seen.st_mtime_ns, start, sha256]
        noted = _noted(file.parent)
        if noted.get(file.name) == note:
            return
        with file.open("rb") as content:
            content.seek(start)
            found = hashlib.file_digest(content, "sha256").hexdigest()
    except OSError as error:
        raise LinkerError(f"{file}: missing or unreadable ({error.strerror}).") from error
    if found != sha256:
        raise LinkerError(f"{file}: missing or altered.")
    if noting and time.time() - seen.st_mtime > SETTLED:
        with suppress(OSError):  # a folder that cannot be written: checked again next time
            text = json.dumps({**noted, file.name: note}, sort_keys=True)
            write_whole(file.parent / CHECKED, text.encode())


def _noted(folder: Path) -> dict[str, Note]:
    try:
        found = json.loads((folder / CHECKED).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
