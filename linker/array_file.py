"""Several arrays in one file, mapped into memory: what is not looked at is never read.

A checksum of all the rest, a line of JSON that says what the arrays are, and the arrays as they lie
in memory. NumPy's own format for several arrays cannot be mapped, and a file for each is slower to
open.
"""

from __future__ import annotations

import hashlib
import json
import mmap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linker.checked_files import check, write_whole
from linker.errors import LinkerError
from linker.programs import WINDOWS

ALIGNED = 64
"""Bytes of which each array's place in the file is a multiple."""
DIGEST = 64
"""Letters of the checksum."""
Arrays = Mapping[str, NDArray[Any]]


def save_arrays(file: Path, about: Mapping[str, Any], arrays: Arrays) -> None:
    """Write a file in one step: whoever has the one before mapped into memory keeps it.

    Args:
        file: where.
        about: plain values that are kept beside the arrays.
        arrays: of one dimension, by name.
    """
    listed, payload = [], bytearray()
    for name, array in arrays.items():
        payload += bytes(-len(payload) % ALIGNED)
        listed.append((name, array.dtype.str, len(array), len(payload)))
        payload += np.ascontiguousarray(array).tobytes()
    head = json.dumps({"about": dict(about), "arrays": listed}).encode()
    head += b" " * (-(DIGEST + len(head) + 1) % ALIGNED) + b"\n"
    digest = hashlib.sha256(head + payload).hexdigest().encode()
    write_whole(file, digest + head + payload)


def load_arrays(file: Path) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Return what ``save_arrays`` wrote: the plain values, and the arrays, not to be written to.

    Raises:
        LinkerError: the file is missing or altered.
    """
    try:
        with file.open("rb") as opened:
            held: Any = (
                opened.read()
                if WINDOWS  # there a file that is mapped cannot be replaced
                else mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
            )
        check(file, held[:DIGEST].decode("ascii"), DIGEST)
        start = held.find(b"\n") + 1
        head = json.loads(held[DIGEST:start])
        arrays = {
            name: np.frombuffer(held, np.dtype(kind), count, start + place)
            for name, kind, count, place in head["arrays"]
        }
        return dict(head["about"]), arrays
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LinkerError(f"{file}: missing or altered ({error}).") from error
