"""The checksums of what models/ holds, so that a flipped bit is told and not scored with.

``models/checksums.json`` names each text file of models/ with its sha256; folders with a manifest
of their own (the encoder's, the labels') keep theirs there. Who trains a model, or corrects one by
hand, renews the file: ``python -m linker.vocabulary.checksums``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from linker.errors import LinkerError
from linker.paths import models_dir

FILE = "checksums.json"
_SUFFIXES = frozenset({".json", ".tsv"})
_RENEW = "python -m linker.vocabulary.checksums"


def verified(path: Path, content: bytes, listed: bytes | None) -> bytes:
    """Return what a file of models/ holds, if it is what it should be; any other file as it is.

    Args:
        path: the file.
        content: what was read.
        listed: what ``checksums.json`` holds; None where it is not there.

    Raises:
        LinkerError: the checksum is another, or there is none.
    """
    if not _is_listed(path):
        return content
    expected = _checksums(listed).get(_name(path))
    found = _digest(content)
    if expected is None:
        raise LinkerError(f"{path}: is not in {FILE}. If it belongs there, run `{_RENEW}`.")
    if found != expected:
        raise LinkerError(
            f"{path}: sha256 {found[:12]}… is not that of {FILE}, {expected[:12]}…: it is damaged, "
            f"or was changed. Restore the models/ folder; if you changed it, run `{_RENEW}`."
        )
    return content


def renew() -> Path:
    """Write ``models/checksums.json`` for what models/ holds now, and return its path."""
    path = models_dir() / FILE
    files = sorted(file for file in models_dir().rglob("*") if file.is_file() and _is_listed(file))
    found = {_name(file): _digest(file.read_bytes()) for file in files}
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return path


def _is_listed(path: Path) -> bool:
    below = path.is_relative_to(models_dir()) and path.parent != models_dir()
    return below and path.suffix in _SUFFIXES and not (path.parent / "manifest.json").is_file()


def _name(path: Path) -> str:
    return path.relative_to(models_dir()).as_posix()


def _checksums(listed: bytes | None) -> Mapping[str, str]:
    try:
        found = json.loads(listed or b"")
    except ValueError as error:
        raise LinkerError(
            f"{models_dir() / FILE}: is missing or damaged. Restore the models/ folder."
        ) from error
    return found if isinstance(found, dict) else {}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    print(renew())
