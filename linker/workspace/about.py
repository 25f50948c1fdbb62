"""What is installed here and where it lies: for whoever helps, and for bug reports."""

from __future__ import annotations

import hashlib
import json
import platform
import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any, NamedTuple

from linker import paths
from linker.documents.kinds import cannot_export
from linker.errors import LinkerError
from linker.plugins import Plugin, is_off, listed
from linker.programs import office_program
from linker.reading.phrase_table import prepared
from linker.records.importers import cannot_import
from linker.store.location import Location, NoWorkspace
from linker.store.store import Store
from linker.vocabulary.checksums import FILE
from linker.vocabulary.files import reading
from linker.vocabulary.plugged import cannot_add
from linker.vocabulary.spoken import FOREIGN, name_of
from linker.workspace.known import known_file

PACKAGE = "linker"
SHOWN = 12
"""Digits of a checksum that are shown."""
NEEDS = "languages", "mcp", "server", "train"
"""Extras that users install."""


class Fact(NamedTuple):
    """One thing about this installation.

    Attributes:
        about: what it belongs to: linker, files, workspace, models, extras, languages, plugins.
        name: what it is.
        value: what is so.
    """

    about: str
    name: str
    value: str

    def to_row(self) -> dict[str, str]:
        """Return the columns of a listing."""
        return self._asdict()


def about(workspace: Location) -> list[Fact]:
    """Return what is installed here; nothing is loaded, changed or made.

    Args:
        workspace: the one that commands would work with; it need not be there.
    """
    return [
        *_program(),
        *_files(workspace),
        *_workspace(workspace),
        *_models(),
        *_extras(),
        *_languages(),
        *_plugins(),
    ]


def _program() -> Iterator[Fact]:
    yield Fact("linker", "version", version(PACKAGE))
    yield Fact("linker", "python", f"{platform.python_version()} ({sys.executable})")
    yield Fact("linker", "system", platform.platform())
    yield Fact(
        "linker", "LibreOffice", office_program() or "not found: no PDF, no old Office files"
    )


def _files(workspace: Location) -> Iterator[Fact]:
    yield Fact("files", "workspace", workspace.address)
    for name, folder in (
        ("data", paths.data_dir()),
        ("models", paths.models_dir()),
        ("indices", paths.indices_dir()),
        ("languages", prepared().folder),
        ("workspaces opened", known_file()),
    ):
        yield Fact("files", name, f"{folder}{'' if folder.exists() else ' (not there)'}")


def _workspace(workspace: Location) -> Iterator[Fact]:
    try:
        store = Store(workspace)
    except NoWorkspace:
        yield Fact("workspace", "status", "none here")
        return
    except LinkerError as error:
        yield Fact("workspace", "status", f"cannot be opened: {error}")
        return
    try:
        counts = store.counts(("records", "decisions", "sources"))
        yield Fact("workspace", "status", "can be opened")
        for name, count in sorted(counts.items()):
            yield Fact("workspace", name, str(count))
        for state, size in sorted(store.sizes().items()):
            built = "built" if store.build_digest(state) else "not built"
            yield Fact("workspace", state or "no State", f"{size} records, {built}")
    finally:
        store.close()


def _models() -> Iterator[Fact]:
    """Yield the checksum of each file of models/ that has one, and whether it is still so."""
    folder = paths.models_dir()
    for listing in (folder / FILE, *sorted(folder.glob("*/manifest.json"))):
        for name, expected in _checksums(listing):
            path = listing.parent / name
            found = _sha256(path)
            state = "as shipped" if found == expected else "damaged or changed"
            shown = path.relative_to(folder).as_posix()
            yield Fact("models", shown, f"{found[:SHOWN] or 'missing'}, {state}")


def _checksums(listing: Path) -> list[tuple[str, str]]:
    """Return (file, sha256) of each file that a list of checksums names."""
    try:
        held = json.loads(listing.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return [(listing.name, "")]
    named: dict[str, Any] = held.get("files", held)
    found = []
    for name, said in named.items():
        digest = said.get("sha256") if isinstance(said, dict) else said
        if isinstance(digest, str) and "." in name:
            found.append((name, digest))
    return sorted(found)


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _extras() -> Iterator[Fact]:
    for extra in NEEDS:
        versions = {name: _version(name) for name in _needed(PACKAGE, extra)}
        missing = [name for name, found in versions.items() if not found]
        if missing:
            said = f"pip install 'linker[{extra}]' (missing: {', '.join(missing)})"
        else:
            there = ", ".join(f"{name} {found}" for name, found in versions.items())
            said = there or "not known to this installation"
        yield Fact("extras", extra, said)


def _needed(package: str, extra: str) -> Iterator[str]:
    """Yield the packages that an extra of a package adds, with what their own extras add."""
    from packaging.requirements import Requirement

    for one in map(Requirement, requires(package) or ()):
        marker = one.marker
        if marker and marker.evaluate({"extra": extra}) and not marker.evaluate({"extra": ""}):
            yield one.name
            for more in sorted(one.extras):
                if _version(one.name):
                    yield from _needed(one.name, more)


def _version(package: str) -> str:
    """Return the version of a package; empty where it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _languages() -> Iterator[Fact]:
    ready = prepared().there
    yield Fact("languages", name_of("en"), "read")
    for code in FOREIGN:
        said = "read" if ready else "not read: run `linker languages prepare`"
        yield Fact("languages", name_of(code), said)


def _plugins() -> Iterator[Fact]:
    if is_off():
        yield Fact("plugins", "all", "off (LINKER_PLUGINS)")
        return
    for plugin in plugins():
        said = f"left out: {plugin.problem}" if plugin.problem else plugin.kind
        yield Fact("plugins", plugin.name, f"{plugin.origin}, {said}")


def plugins() -> list[Plugin]:
    """Return all that other packages add, and what of it is left out."""
    left_out = reading().left_out
    words = [
        replace(one, problem=left_out.get(one.name, one.problem))
        for one in listed("vocabularies", cannot_add)
    ]
    return [*listed("importers", cannot_import), *listed("exports", cannot_export), *words]
