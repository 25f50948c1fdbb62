"""Publishing a portal: written beside its folder and swapped in whole, or packed as one archive."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from linker.documents.inputs import Options, Source
from linker.documents.kinds import FOLDER
from linker.documents.selection import refuse_empty
from linker.documents.site.changes import NAME, Published, read_published
from linker.documents.site.site import FORMAT, MARKER, portal
from linker.documents.writers import format_of
from linker.documents.writers.reproducible_zip import EPOCH
from linker.errors import Invalid, LinkerError
from linker.store.scratch import scratch

BEFORE = ".linker-before"
"""What the name of a folder gets while the new one takes its place."""
UNIX, READABLE = 3, 0o100644 << 16
"""Of a file in an archive: the system that made it, and that every web server may read it."""


def publish(
    sources: Iterable[Source],
    path: Path,
    options: Options,
    since: Path | None = None,
    replace: bool = False,
) -> list[Path]:
    """Write the portal of one State, or of several, into a folder or a ZIP archive.

    The folder that is there stays as it is until the new one is whole. What it published before is
    what changes are told from, unless another earlier publication is named.

    Args:
        sources: the States.
        path: the folder, or a file that ends in ``.zip``.
        options: what to take in.
        since: folder or ``changes.json`` of an earlier publication.
        replace: whether a folder that Linker did not make, or made of other States, may go.

    Returns:
        The folder or archive.

    Raises:
        Invalid: the folder holds something else, the earlier publication is none, or names are to
            be published.
        LinkerError: it cannot be written.
    """
    several = list(sources)
    if options.with_names:
        raise Invalid("A portal names nobody who reviewed. Leave --with-names out.")
    for source in several:
        refuse_empty(source, options)
    is_folder = format_of("site", path) == FOLDER
    target = path.resolve()
    if is_folder:
        _recover(target)
        _refuse_foreign(target, several, replace)
        since = since or (target if (target / MARKER).is_file() and not replace else None)
    files = portal(several, options, _earlier(several, since))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with scratch(target.parent) as part:
            fresh = part / "site"
            for address, content in files:
                _write(fresh / address, content)
            if is_folder:
                _swap(fresh, target)
            else:
                _pack(fresh, part / "site.zip").replace(target)
    except OSError as error:
        raise LinkerError(
            f"{error.filename or path}: {error.strerror}. Free the place, or name another folder."
        ) from error
    return [path]


def _earlier(sources: list[Source], since: Path | None) -> dict[str, Published]:
    """Return what an earlier publication left of each State; States that it lacks are new."""
    if since is None:
        return {}
    if len(sources) == 1 and not (since / sources[0].state.lower() / NAME).is_file():
        left = {sources[0].state: read_published(since)}
    else:
        folders = {source.state: since / source.state.lower() for source in sources}
        left = {s: read_published(folder) for s, folder in folders.items() if folder.is_dir()}
        if not left:
            raise Invalid(f"{since}: holds no earlier portal of these States. Name its folder.")
    for state, one in left.items():
        if one.state != state:
            raise Invalid(f"{since}: is a publication of {one.state}, not of {state}.")
    return left


def _refuse_foreign(folder: Path, sources: list[Source], replace: bool) -> None:
    """Refuse to take the place of what is not an earlier portal of the same States.

    One of several may get more of them; that of one has other addresses than one of several.
    """
    if folder.exists() and not folder.is_dir():
        raise Invalid(f"{folder}: is a file. Name a folder, or a file that ends in .zip.")
    if replace or not folder.exists() or not any(folder.iterdir()):
        return
    states, mine = _states_of(folder), sorted(source.state for source in sources)
    if states is None:
        raise Invalid(
            f"{folder}: holds files that are no portal of Linker. Name another folder, or say "
            "--replace to delete it."
        )
    grows = len(states) > 1 and set(states) <= set(mine)
    if states != mine and not grows:
        raise Invalid(
            f"{folder}: is the portal of {', '.join(states)}, not of {', '.join(mine)}. Name "
            "another folder, or say --replace to delete it."
        )


def _states_of(folder: Path) -> list[str] | None:
    """Return the States of a portal; None for a folder that is none."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        about = json.loads((folder / MARKER).read_text("utf-8"))
        if about["format"] == FORMAT:
            return sorted(map(str, about["states"]))
    return None


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _swap(fresh: Path, folder: Path) -> None:
    """Put a folder in the place of another, which is deleted only when the new one is there."""
    aside = _aside(folder)
    if folder.exists():
        folder.replace(aside)
    fresh.replace(folder)
    _delete(aside)


def _recover(folder: Path) -> None:
    """Bring back the folder that a killed process had set aside."""
    aside = _aside(folder)
    if aside.is_dir():
        if folder.exists():
            _delete(aside)
        else:
            aside.replace(folder)


def _aside(folder: Path) -> Path:
    return folder.with_name(folder.name + BEFORE)


def _delete(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def _pack(folder: Path, archive: Path) -> Path:
    """Write a folder into an archive; the same files give the same bytes, for anybody to read."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                entry = zipfile.ZipInfo(file.relative_to(folder).as_posix(), EPOCH)
                entry.create_system, entry.external_attr = UNIX, READABLE
                packed.writestr(entry, file.read_bytes(), zipfile.ZIP_DEFLATED)
    return archive
