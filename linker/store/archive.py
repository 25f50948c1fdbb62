"""A whole workspace as one zip file that anybody can read, and back again.

One file of JSON lines a table, and a manifest with the checksum of each. The same workspace gives
the same bytes. What comes from elsewhere is checked before a line of it is believed: only the
members that the manifest names are read, by name, within limits, and nothing is ever unpacked to a
path that the archive chooses.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from sqlalchemy import Connection, Table, insert, select

from linker.errors import LinkerError
from linker.records.importers.apart import made_apart
from linker.records.importers.base import Limits
from linker.store import schema
from linker.store.archive_rows import RowChecker
from linker.store.database import moment, writing
from linker.store.link_rows import batches
from linker.store.location import Folder, Location, Server, locate
from linker.store.moving import fill_server
from linker.store.plan_log import workspace_id
from linker.store.record_digests import recount
from linker.store.scratch import scratch
from linker.store.steps import brought_forward, give_source
from linker.store.store import Store

FORMAT, VERSION, MANIFEST = "linker-archive", 1, "manifest.json"
EPOCH = (1980, 1, 1, 0, 0, 0)
MOST_MEMBERS, MOST_BYTES, LONGEST_LINE = 64, 4 << 30, 16 << 20
"""Of an archive: members; bytes unpacked, all together; bytes of one row."""
MANIFEST_BYTES = 1 << 20
BATCH = 1000
FIRST_WITH_SOURCES = 2
"""Schema from which on records have sources."""
LIMITS = Limits(max_seconds=600)
"""Of the process that reads one: its memory, and its time for each ten million bytes."""


def tables() -> dict[str, Table]:
    """Return the tables that an archive holds, by name.

    All but the database's own notes, and the scores that a build makes again when they are missing.
    """
    found = {table.name: table for table in schema.metadata.sorted_tables}
    own = {
        table.name
        for table in (schema.meta, schema.record_digests, schema.scored, schema.ask_pairs)
    }
    return {name: found[name] for name in sorted(found) if name not in own}


def write_archive(store: Store, path: Path) -> dict[str, int]:
    """Write a workspace to a zip file; one that is there is replaced once the new one is whole.

    Returns:
        How many rows of each table it holds.

    Raises:
        LinkerError: the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with scratch(path.parent) as folder:
            part = folder / path.name
            listed = _write(store, part)
            part.replace(path)
    except OSError as error:
        raise LinkerError(
            f"{path}: cannot be written ({error.strerror}). Name another file."
        ) from error
    return {entry["table"]: entry["rows"] for entry in listed}


def _write(store: Store, path: Path) -> list[dict[str, Any]]:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with moment(store.engine) as db:
            listed = [_write_table(db, table, archive) for table in tables().values()]
        about = {
            "format": FORMAT,
            "version": VERSION,
            "schema": schema.VERSION,
            "linker": version("linker"),
            "workspace": workspace_id(store),
            "tables": listed,
        }
        text = json.dumps(about, ensure_ascii=False, indent=1) + "\n"
        archive.writestr(_entry(MANIFEST), text.encode())
    return listed


def read_archive(path: Path, to: Path | Location) -> dict[str, int]:
    """Make a workspace from an archive: whole, or not at all.

    It is read into a file first, in a process that the server's password does not reach.

    Args:
        path: the zip file.
        to: a folder that is empty or not there, or a place on a server without a workspace.

    Returns:
        How many rows of each table it holds.

    Raises:
        LinkerError: the folder is in use, or the archive is damaged, altered, too large or of a
            newer Linker.
    """
    location = locate(to)
    if isinstance(location, Server):
        return _read_to_server(path, location)
    folder = location.path
    try:
        if folder.exists() and any(folder.iterdir()):
            raise LinkerError(f"{folder}: is not empty. Name a new folder for the workspace.")
        folder.parent.mkdir(parents=True, exist_ok=True)
        with scratch(folder.parent) as part:
            fresh, counts = _unpacked(path, part)
            if folder.exists():
                folder.rmdir()
            fresh.replace(folder)
    except OSError as error:
        raise LinkerError(f"{folder}: cannot be made ({error.strerror}). Name another.") from error
    return counts


def _read_to_server(path: Path, location: Server) -> dict[str, int]:
    with TemporaryDirectory() as part:
        fresh, counts = _unpacked(path, Path(part))
        fill_server(Folder(fresh), location)
    return counts


def _unpacked(path: Path, part: Path) -> tuple[Path, dict[str, int]]:
    fresh = part / "workspace"
    fresh.mkdir()
    return fresh, made_apart(fill, path, fresh, limits=LIMITS)


def fill(path: Path, folder: Path) -> dict[str, int]:
    """Fill an empty folder from an archive; see `read_archive`."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _read(archive, path.name, folder)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _refused(path.name, f"is damaged or no zip file ({error})") from error
    except OSError as error:
        raise LinkerError(
            f"{path.name}: cannot be unpacked ({error.strerror}). Check both names and the space "
            "on the disk."
        ) from error


def _write_table(db: Connection, table: Table, archive: zipfile.ZipFile) -> dict[str, Any]:
    name, digest, rows, size = f"{table.name}.jsonl", hashlib.sha256(), 0, 0
    query = select(table).order_by(*table.primary_key.columns)
    with archive.open(_entry(name), "w") as out:
        for row in db.execute(query):
            line = json.dumps(dict(row._mapping), ensure_ascii=False, separators=(",", ":"))
            data = line.encode("utf-8", "surrogatepass") + b"\n"
            out.write(data)
            digest.update(data)
            rows, size = rows + 1, size + len(data)
    return {
        "table": table.name,
        "file": name,
        "rows": rows,
        "bytes": size,
        "sha256": digest.hexdigest(),
    }


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    entry.create_system = 0
    return entry


def _read(archive: zipfile.ZipFile, name: str, folder: Path) -> dict[str, int]:
    listed = _manifest(archive, name)
    _check_members(archive, name, listed)
    store = Store(folder, create=True)
    try:
        since = _schema(archive)
        # Twice: whether a link fits can be told when all records are known.
        checker = RowChecker(set(_ids(archive, name, listed, since)))
        for entry in listed:
            checked = entry["table"] == schema.records.name
            rows = _rows(archive, name, entry, since, None if checked else checker)
            with writing(store.engine) as db:
                for batch in batches(rows, BATCH):
                    db.execute(insert(tables()[entry["table"]]), batch)
        with writing(store.engine) as db:
            recount(db)
            if since < FIRST_WITH_SOURCES:
                give_source(db)
    finally:
        store.close()
    return {entry["table"]: entry["rows"] for entry in listed}


def _manifest(archive: zipfile.ZipFile, name: str) -> list[dict[str, Any]]:
    try:
        entry = archive.getinfo(MANIFEST)
        if entry.file_size > MANIFEST_BYTES:
            raise _refused(name, "its manifest is too large")
        about = json.loads(archive.read(MANIFEST))
        listed = about["tables"]
        newer = about["version"] > VERSION or about["schema"] > schema.VERSION
        if about["format"] != FORMAT or not _is_list_of_tables(listed):
            raise _refused(name, "its manifest does not describe a Linker archive")
    except (KeyError, TypeError, ValueError) as error:
        raise _refused(name, f"has no readable {MANIFEST}") from error
    if newer:
        raise LinkerError(f"{name}: was made by a newer Linker. Update Linker to read it.")
    return list(listed)


def _is_list_of_tables(listed: object) -> bool:
    """Whether each entry names a table once and says what it holds."""
    kinds = {"table": str, "file": str, "rows": int, "bytes": int, "sha256": str}
    if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
        return False
    named = [entry.get("table") for entry in listed]
    whole = all(isinstance(entry.get(k), kind) for entry in listed for k, kind in kinds.items())
    right = all(entry.get("file") == f"{entry.get('table')}.jsonl" for entry in listed)
    return whole and right and len(set(named)) == len(named) and set(named) <= set(tables())


def _check_members(archive: zipfile.ZipFile, name: str, listed: list[dict[str, Any]]) -> None:
    members = archive.infolist()
    expected = {MANIFEST, *(entry["file"] for entry in listed)}
    found = [member.filename for member in members]
    if len(members) > MOST_MEMBERS or sorted(found) != sorted(expected):
        odd = sorted(set(found) ^ expected)[:1] or ["a member that stands there twice"]
        raise _refused(name, f"does not hold what its manifest says ({odd[0][:80]!r})")
    if sum(member.file_size for member in members) > MOST_BYTES:
        raise _refused(name, f"unpacks to more than the limit of {MOST_BYTES:,} bytes")
    sizes = {member.filename: member.file_size for member in members}
    for entry in listed:
        if sizes[entry["file"]] != entry["bytes"]:
            raise _refused(name, f"was altered: {entry['file']} has another size")


def _schema(archive: zipfile.ZipFile) -> int:
    """Return the version of the tables that an archive, whose manifest was checked, holds."""
    return int(json.loads(archive.read(MANIFEST))["schema"])


def _ids(
    archive: zipfile.ZipFile, name: str, listed: list[dict[str, Any]], since: int
) -> Iterator[str]:
    """Yield the ids of records, and of those that a forgotten source has: a build knew them."""
    forgotten: set[Any] = set()
    for table in (schema.records, schema.sources, schema.statements):
        checker = RowChecker(set()) if table is schema.records else None
        for entry in (one for one in listed if one["table"] == table.name):
            for row in _rows(archive, name, entry, since, checker):
                if table is schema.records:
                    yield str(row["id"])
                elif table is schema.sources and row["forgotten"] is True:
                    forgotten.add(str(row["number"]))
                elif table is schema.statements and str(row["source"]) in forgotten:
                    yield str(row["record_id"])


def _rows(
    archive: zipfile.ZipFile,
    name: str,
    entry: dict[str, Any],
    since: int,
    checker: RowChecker | None,
) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table; the last only after the checksum was found right."""
    table, digest, rows = tables()[entry["table"]], hashlib.sha256(), 0
    held: dict[str, Any] | None = None
    with archive.open(entry["file"]) as file:
        for line in _lines(file, name, entry["file"]):
            digest.update(line)
            rows += 1
            if held is not None:
                yield held
            place = f"{name}: {entry['file']}, line {rows}"
            held = _row(line, table, since, place)
            if checker:
                checker.check(table, held, place)
    if digest.hexdigest() != entry["sha256"] or rows != entry["rows"]:
        raise _refused(name, f"was altered: {entry['file']} does not fit its checksum")
    if held is not None:
        yield held


def _lines(file: Any, name: str, member: str) -> Iterator[bytes]:
    reader: BinaryIO = file
    while line := reader.readline(LONGEST_LINE + 1):
        if len(line) > LONGEST_LINE:
            raise _refused(name, f"holds a row of more than {LONGEST_LINE:,} bytes ({member})")
        yield line


def _row(line: bytes, table: Table, since: int, place: str) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise LinkerError(f"{place}: is no JSON ({error}). Ask for the archive again.") from error
    wanted = {column.name for column in table.columns}
    if isinstance(row, dict) and since < schema.VERSION:
        row = _brought_forward(table, row, since, place)
    if not isinstance(row, dict) or set(row) != wanted:
        raise LinkerError(f"{place}: has other columns than {table.name}. Ask for it again.")
    return row


def _brought_forward(table: Table, row: dict[str, Any], since: int, place: str) -> dict[str, Any]:
    try:
        return brought_forward(table.name, row, since, schema.VERSION)
    except (KeyError, TypeError, AttributeError) as error:
        raise LinkerError(f"{place}: lacks {error}. Ask for the archive again.") from error


def _refused(name: str, reason: str) -> LinkerError:
    return LinkerError(f"{name}: {reason}. Nothing was read; ask for the archive again.")
