"""Files that people hand over on a page, for as long as they are read."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

RESERVED = frozenset({"CON", "PRN", "AUX", "NUL"}) | {
    f"{port}{number}" for port in ("COM", "LPT") for number in range(10)
}
"""Names that are devices on Windows, whatever suffix follows."""
LONGEST = 120
"""Bytes of a file's name that are kept; file systems take 255, and a suffix may follow."""


@contextmanager
def on_disk(within: Path, name: str, content: bytes | memoryview) -> Iterator[Path]:
    """Lend what was uploaded as a file, under its own name but in a folder of its own.

    Args:
        within: the workspace; nothing is put anywhere else, and nothing of it is overwritten.
        name: as the browser gives it, which may be anything.
        content: of the file.
    """
    with tempfile.TemporaryDirectory(prefix=".upload-", dir=within) as folder:
        path = Path(folder) / file_name(name)
        path.write_bytes(content)
        yield path


def file_name(name: str) -> str:
    """Return the last part of a name, without signs that a file system takes for something else."""
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(sign for sign in last if sign.isprintable() and sign not in '<>:"|?*')
    stem, dot, suffix = shown.strip(" .").rpartition(".")
    stem, suffix = (stem, suffix) if stem else (suffix, "")
    if stem.partition(".")[0].upper() in RESERVED:
        stem = f"_{stem}"
    kept = stem.encode()[:LONGEST].decode(errors="ignore").rstrip(" .") or "file"
    end = suffix.encode()[:LONGEST].decode(errors="ignore")
    return f"{kept}{dot}{end}" if end else kept
