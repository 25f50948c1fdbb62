"""Any document as PDF, where LibreOffice is installed: it converts what the other writers made."""

from __future__ import annotations

import os
import re
import subprocess  # nosec B404
import tempfile
from pathlib import Path

from linker.errors import LinkerError
from linker.programs import office_program

_SECONDS = 240
_IDS = re.compile(rb"/ID\s*\[\s*<[0-9A-Fa-f]+>\s*<[0-9A-Fa-f]+>\s*\]|/DocChecksum\s*/[0-9A-F]+")
_DATES = re.compile(rb"(/(?:CreationDate|ModDate)\s*\(D:)\d{14}")
"""What LibreOffice writes anew each time; its length stays, for a PDF counts its bytes."""


def convert(document: Path, path: Path, date: str) -> None:
    """Convert an office document to PDF, in a profile of its own and without a network.

    Args:
        document: what another writer wrote.
        path: PDF to write.
        date: ISO 8601 date that the PDF says it was made; empty for 1 January 1980.

    Raises:
        LinkerError: LibreOffice is not installed, or it did not convert.
    """
    program = office_program()
    if not program:
        raise LinkerError(
            f"{path}: PDF is made by LibreOffice, which is not installed. Install it "
            f"(soffice), or write {document.suffix[1:]} and save that as PDF."
        )
    with tempfile.TemporaryDirectory() as folder:
        profile = (Path(folder) / "profile").as_uri()
        command = [
            program, "--headless", "--norestore", f"-env:UserInstallation={profile}",
            "--convert-to", "pdf", "--outdir", folder, str(document),
        ]  # fmt: skip
        proxies = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9")
        environment = {**os.environ, **proxies}
        try:
            # The program is found on the path, its arguments are our own.
            subprocess.run(  # noqa: S603  # nosec B603
                command, env=environment, capture_output=True, timeout=_SECONDS, check=True
            )
            made = (Path(folder) / f"{document.stem}.pdf").read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise LinkerError(
                f"{path}: LibreOffice did not make a PDF of it ({error}). Write "
                f"{document.suffix[1:]} and save that as PDF."
            ) from error
    path.write_bytes(_settled(made, date))


def _settled(pdf: bytes, date: str) -> bytes:
    """Return a PDF without what changes from one making to the next, byte for byte as long."""
    day = (
        re.sub(r"\D", "", date[:10]) if re.fullmatch(r"\d{4}-\d\d-\d\d", date[:10]) else "19800101"
    )
    stamped = _DATES.sub(rb"\g<1>" + day.encode() + b"000000", pdf)
    zeros = re.compile(rb"[0-9A-Fa-f]{8,}")
    return _IDS.sub(lambda ids: zeros.sub(lambda m: b"0" * len(m[0]), ids[0]), stamped)
