"""Folders for files that are not whole yet; what a killed process left of them is swept away.

Each holds a lock that the system lets go of when its process ends, however it ends. So whoever
comes next to the same place can tell what is still needed from what nobody will ever finish.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

PREFIX = ".linker-part-"
_LOCK = ".lock"


@contextmanager
def scratch(beside: Path) -> Iterator[Path]:
    """Give an empty folder on the same disk as the files of a folder; it is gone afterwards.

    Args:
        beside: the folder in which it is made; left-overs there are swept away first.

    Raises:
        OSError: the folder cannot be written.
    """
    sweep(beside)
    folder = beside / f"{PREFIX}{uuid4().hex}"
    lock = _lock_of(folder)
    file = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not taken(file) or not lock.exists():
            raise OSError(f"{lock} was taken away")
        folder.mkdir(mode=0o700)
        yield folder
    finally:
        _delete(folder)
        os.close(file)
        lock.unlink(missing_ok=True)


def sweep(beside: Path) -> list[Path]:
    """Delete the folders that no process uses any more; return them."""
    gone = []
    with suppress(OSError):  # a folder that cannot be listed holds nothing to be swept
        for lock in sorted(beside.glob(f"{PREFIX}*{_LOCK}")):
            folder = lock.with_name(lock.name.removesuffix(_LOCK))
            if _is_free(lock):
                _delete(folder)
                lock.unlink(missing_ok=True)
                gone.append(folder)
    return gone


def _lock_of(folder: Path) -> Path:
    """The lock stands beside the folder: it is there before it and after it."""
    return folder.with_name(folder.name + _LOCK)


def _delete(folder: Path) -> None:
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder, ignore_errors=True)


def _is_free(lock: Path) -> bool:
    try:
        file = os.open(lock, os.O_RDWR)
    except OSError:
        return False
    try:
        return taken(file)
    finally:
        os.close(file)


def taken(file: int) -> bool:
    """Take the lock of an open file, if nobody has it; closing the file lets go of it."""
    try:
        try:
            import fcntl
        except ImportError:  # Windows
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
