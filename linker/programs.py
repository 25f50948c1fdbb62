"""Which system this is, and which other programs there are."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

WINDOWS = os.name == "nt"
_OFFICE = ("soffice", "libreoffice")
_FOLDERS = ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)")
"""Environment variables of Windows that name where programs are installed."""


def office_program() -> str:
    """Return the program of LibreOffice, or an empty text where it is not installed.

    Its installer on Windows does not put it on the path.
    """
    for name in _OFFICE:
        if found := shutil.which(name):
            return found
    for variable in _FOLDERS if WINDOWS else ():
        place = Path(os.environ.get(variable, "")) / "LibreOffice" / "program" / "soffice.exe"
        if os.environ.get(variable) and place.is_file():
            return str(place)
    return ""
