"""The one reader of the text files of data/ and models/, and the digest of what it has read.

All of them are read at once and stay in force, whatever happens to the files, until `refresh` finds
that one of them changed; what was worked out from the old ones is then forgotten. So links, and
the digest under which they are stored, come from the same words.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, wraps
from pathlib import Path
from threading import Lock
from typing import Any, ParamSpec, TypeVar

from linker.errors import LinkerError
from linker.paths import data_dir, home, models_dir
from linker.vocabulary.checksums import FILE, verified
from linker.vocabulary.plugged import with_added

SUFFIXES = frozenset({".csv", ".json", ".tsv", ".yaml"})
APART = frozenset({"encoder", "locale", "sample", "other-languages"})
"""Folders whose files decide nothing, or (the encoder's) are told apart by their own checksum."""
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Reading:
    """What the files held when they were read.

    Attributes:
        home: the folder they lie under.
        content: of each file, by its path.
        number: how often something had changed before.
        left_out: why the words of plugins are not among them, by the plugin's name.
    """

    home: Path
    content: Mapping[Path, bytes]
    number: int = 0
    left_out: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        """A sha256 of all names and contents."""
        whole = hashlib.sha256()
        for path in sorted(self.content):
            name = path.relative_to(self.home).as_posix()
            whole.update(f"{name}\x1f{sha256(path)}\x1e".encode())
        return whole.hexdigest()


class _Files:
    """Holds the reading in force, and what was worked out from it."""

    def __init__(self) -> None:
        self.number = 0
        self.forget: list[Callable[[], None]] = []
        self._reading: Reading | None = None
        self._lock = Lock()

    @property
    def reading(self) -> Reading:
        reading = self._reading
        return reading if reading is not None else self.refresh()[0]

    def refresh(self) -> tuple[Reading, bool]:
        with self._lock:
            root, (content, left_out) = home(), _content()
            before = self._reading
            found = (root, content, left_out)
            if before and (before.home, before.content, before.left_out) == found:
                return before, False
            self.number += before is not None
            self._reading = reading = Reading(root, content, self.number, left_out)
            for forget in self.forget if before else ():
                forget()
            return reading, before is not None


_files = _Files()


def refresh() -> bool:
    """Read the files again where one of them changed, and say whether one had.

    Whoever begins something that must go by the files as they are now calls this first.
    """
    return _files.refresh()[1]


def reading() -> Reading:
    """Return the reading in force; the first call reads the files."""
    return _files.reading


def remembered(maxsize: int | None = None) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Cache a function whose results depend on the files, until one of them changes.

    Args:
        maxsize: how many results are kept; all of them where it takes no texts.
    """

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        # By the number of the reading, so that a thread that still works with the old words when
        # another reads new ones does not leave its result to those who ask later.
        @lru_cache(maxsize)
        def held(_number: int, *args: P.args, **kwargs: P.kwargs) -> T:
            return function(*args, **kwargs)

        @wraps(function)
        def asked(*args: P.args, **kwargs: P.kwargs) -> T:
            return held(_files.number, *args, **kwargs)  # type: ignore[arg-type]

        _files.forget.append(held.cache_clear)
        return asked

    return decorate


def vocabulary_file(name: str) -> Path:
    """Return the path of a file of data/vocabularies."""
    return data_dir() / "vocabularies" / name


def read_bytes(path: Path) -> bytes:
    """Return what a file holds: as it was read, if it is one of data/ or models/.

    Raises:
        LinkerError: it is missing or cannot be read.
    """
    reading = _files.reading
    held = reading.content.get(path)
    if held is not None:
        return _verified(path, held, reading.content.get(models_dir() / FILE))
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise LinkerError(f"{path}: missing. {_remedy(path)}") from error
    except OSError as error:
        raise LinkerError(f"{path}: {error.strerror or error}. {_remedy(path)}") from error


def read_text(path: Path) -> str:
    """Return the text of a file, with or without a byte-order mark; see `read_bytes`.

    Raises:
        LinkerError: it is missing, cannot be read or is not UTF-8.
    """
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LinkerError(f"{path}: not UTF-8 ({error}). {_remedy(path)}") from error


def read_rows(path: Path, columns: Collection[str] = ()) -> tuple[dict[str, str], ...]:
    """Return the rows of a CSV file; cells that a short row lacks are empty.

    Args:
        path: the file.
        columns: that it must have.

    Raises:
        LinkerError: see `read_text`; or a column is missing.
    """
    reader = csv.DictReader(io.StringIO(read_text(path), newline=""), restval="")
    if missing := [name for name in columns if name not in (reader.fieldnames or ())]:
        raise LinkerError(f"{path}, row 1: column {missing[0]!r} is missing. {_remedy(path)}")
    return tuple(reader)


def read_yaml(path: Path) -> Any:
    """Return what a YAML file holds, read by libyaml where PyYAML has it: ten times as fast.

    Raises:
        LinkerError: see `read_text`; or it is not YAML.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(read_text(path), Loader=loader)  # noqa: S506  # nosec B506
    except yaml.YAMLError as error:
        raise LinkerError(f"{path}: cannot be read as YAML: {error}") from error


def sha256(path: Path) -> str:
    """Return the checksum of what a file holds, as hexadecimal digits; see `read_bytes`."""
    return _sha256(read_bytes(path))


@lru_cache(maxsize=256)
def _verified(path: Path, content: bytes, listed: bytes | None) -> bytes:
    return verified(path, content, listed)


@lru_cache(maxsize=256)
def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _content() -> tuple[dict[Path, bytes], dict[str, str]]:
    found = {
        path: path.read_bytes()
        for folder in (data_dir(), models_dir())
        for path in folder.rglob("*")
        if path.suffix in SUFFIXES and path.parent.name not in APART and path.is_file()
    }
    return with_added(found, data_dir() / "vocabularies")


def _remedy(path: Path) -> str:
    folder = next((f.name for f in (data_dir(), models_dir()) if path.is_relative_to(f)), "")
    return f"Restore the {folder}/ folder." if folder else "Give a file that can be read."
