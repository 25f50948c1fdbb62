"""Were we heard? A submission's asks and what came back, in the format of the file's suffix."""

from __future__ import annotations

from pathlib import Path

from linker.documents.inputs import Source
from linker.errors import Invalid, LinkerError
from linker.uptake.results import COLUMNS, Uptake

FORMATS = ("docx", "xlsx", "csv", "json")
KIND = "uptake"


def write_uptake(path: Path, source: Source, uptake: Uptake) -> Path:
    """Write the document and return its file.

    Raises:
        UsageError: a suffix that is none of `FORMATS`.
        LinkerError: the file cannot be written.
    """
    suffix = path.suffix.lower().lstrip(".")
    if suffix not in FORMATS:
        raise Invalid(f"{path}: give a file that ends in one of: {', '.join(FORMATS)}.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(suffix, path, source, uptake)
    except OSError as error:
        raise LinkerError(
            f"{path}: cannot be written ({error.strerror}). Close it where it is open, or name "
            "another file."
        ) from error
    return path


def _write(suffix: str, path: Path, source: Source, uptake: Uptake) -> None:
    # Office libraries are slow to import: only the writer that is needed is loaded.
    if suffix == "docx":
        from linker.documents.writers.uptake_docx import write_uptake_docx

        write_uptake_docx(source, uptake, path)
    elif suffix == "xlsx":
        from linker.documents.writers.uptake_xlsx import write_uptake_xlsx

        write_uptake_xlsx(source, uptake, path)
    else:
        from linker.documents.writers import tables

        rows = [{name: row[name] for name in COLUMNS} for row in uptake.to_rows()]
        getattr(tables, f"write_{suffix}")(source, KIND, rows, path)
