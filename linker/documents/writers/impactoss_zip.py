"""A package of IMPACT OSS as one archive."""

from __future__ import annotations

from pathlib import Path

from linker.documents.inputs import Options, Source
from linker.documents.writers.impactoss_folder import write_impactoss_folder
from linker.documents.writers.reproducible_zip import zipped


def write_impactoss_zip(source: Source, options: Options, path: Path) -> None:
    """Write the package into one archive; the same content gives the same bytes."""
    path.write_bytes(zipped(lambda folder: write_impactoss_folder(source, options, folder)))
