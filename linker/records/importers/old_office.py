"""Files of older and other office programs: told as what they are, and converted where that can be.

LibreOffice converts them, in a process of its own with an empty profile, without macros, without a
network and within a time limit. Where it is not installed, the file is refused with a sentence.
"""

from __future__ import annotations

import os
import subprocess  # nosec B404
import tempfile
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from linker.programs import office_program
from linker.records.import_notes import refuse
from linker.records.importers.base import Limits
from linker.records.importers.other_files import BY_STREAM, MAIL

_OLE = b"\xd0\xcf\x11\xe0"
_SAVE_OPEN = "Open it and save it as .xlsx or .docx without a password."
_LOOKED_AT = 8 << 20
_SECONDS = 120
_STREAMS = (
    ("EncryptedPackage", "an Office file with a password", ""),
    ("WordDocument", "an old Word file (.doc)", "docx"),
    ("Workbook", "an old Excel file (.xls)", "xlsx"),
    ("Book", "an old Excel file (.xls)", "xlsx"),
)
_OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": ("an OpenDocument text (.odt)", "docx"),
    b"application/vnd.oasis.opendocument.text-template": ("an OpenDocument template", "docx"),
    b"application/vnd.oasis.opendocument.spreadsheet": (
        "an OpenDocument spreadsheet (.ods)",
        "xlsx",
    ),
    b"application/vnd.oasis.opendocument.spreadsheet-template": (
        "an OpenDocument template",
        "xlsx",
    ),
}
_BINARY_BOOK = "xl/workbook.bin"
# https://wiki.documentfoundation.org/: settings of a profile; macros off, links never followed.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop
 oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop
 oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop
 oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop
 oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop
 oor:name="Link" oor:op="fuse"><value>1</value></prop></item>
</oor:items>
"""
_NOWHERE = "http://127.0.0.1:9"
"""A proxy that nobody answers at: what would reach out anyway goes no further."""


@dataclass(frozen=True, slots=True)
class OldFile:
    """What an old file is, in words, the kind it converts to or empty, and what to do."""

    what: str
    suffix: str
    remedy: str = _SAVE_OPEN


def old_file(path: Path) -> OldFile | None:
    """Return what an old or other office file is, None where it is none."""
    try:
        with path.open("rb") as file:
            start = file.read(64)
            if start.startswith(_OLE):
                return _of_streams(start + file.read(_LOOKED_AT))
    except OSError:
        return None  # whoever opens it next says why
    if start.lstrip().startswith(b"{\\rtf"):
        return OldFile("a Rich Text file (.rtf)", "docx")
    return _of_zip(path) if start.startswith(b"PK\x03\x04") else None


def _of_streams(content: bytes) -> OldFile:
    """Tell an OLE file by the names of its streams, which stand in it as UTF-16."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") + b"\0\0" in content

    if holds(MAIL[0]):  # what is attached to it stands in streams of its own
        return OldFile(MAIL[1], "", MAIL[2])
    for stream, what, suffix in _STREAMS:
        if holds(stream):
            return OldFile(what, suffix)
    for stream, what, remedy in BY_STREAM:
        if holds(stream):
            return OldFile(what, "", remedy)
    return OldFile("an old Office file (.xls, .doc) or one with a password", "")


def _of_zip(path: Path) -> OldFile | None:
    try:
        with zipfile.ZipFile(path) as archive:
            if _BINARY_BOOK in archive.NameToInfo:
                return OldFile("a binary Excel file (.xlsb)", "xlsx")
            if "mimetype" not in archive.NameToInfo:
                return None
            with archive.open("mimetype") as member:
                found = _OPEN_DOCUMENTS.get(member.read(100).strip())
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError):
        return None
    return OldFile(*found) if found else None


def modern(path: Path, limits: Limits) -> Path:
    """Return the file itself, or its conversion where it is an old or other office file.

    Raises:
        ImportRefused: it cannot be converted here; says what it is and what to do.
    """
    old = old_file(path)
    if old is None:
        return path
    save = f"Open it and save it as .{old.suffix}." if old.suffix else old.remedy
    office = office_program()
    if not old.suffix or not office:
        why = "" if not old.suffix else "; Linker converts it where LibreOffice is installed"
        raise refuse(path.name, f"this is {old.what}{why}", save)
    seconds = min(_SECONDS, limits.seconds(path.stat().st_size))
    about = path.stat()
    made = _converted(str(path), old.suffix, office, seconds, about.st_mtime_ns, about.st_size)
    if made is None:
        raise refuse(path.name, f"this is {old.what}, which LibreOffice could not convert", save)
    return Path(made.name) / f"{path.stem}.{old.suffix}"


@lru_cache(maxsize=2)
def _converted(
    path: str, suffix: str, office: str, seconds: float, _changed: int, _size: int
) -> tempfile.TemporaryDirectory[str] | None:
    """Return a folder with the converted file, which lasts as long as it is remembered."""
    folder = tempfile.TemporaryDirectory(prefix="linker-office-")
    profile = Path(folder.name) / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    environment = {
        "HOME": folder.name, "TMPDIR": folder.name, "PATH": os.environ.get("PATH", ""),
        "LANG": "C.UTF-8", "SYSTEMROOT": os.environ.get("SYSTEMROOT", ""),
        "http_proxy": _NOWHERE, "https_proxy": _NOWHERE,
    }  # fmt: skip
    command = [
        office, "--headless", "--norestore", "--nolockcheck", "--nodefault",
        f"-env:UserInstallation={profile.parent.as_uri()}",
        "--convert-to", suffix, "--outdir", folder.name, str(Path(path).resolve()),
    ]  # fmt: skip
    try:
        subprocess.run(  # noqa: S603 - a fixed command, the file's name is one argument  # nosec B603
            command, env=environment, timeout=seconds, check=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
    return folder if (Path(folder.name) / f"{Path(path).stem}.{suffix}").is_file() else None
