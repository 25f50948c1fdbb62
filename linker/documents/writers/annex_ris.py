"""The sources of an annex for reference managers, as RIS."""

from __future__ import annotations

from pathlib import Path

from linker.documents.annex import annex
from linker.documents.bibliography import ris
from linker.documents.inputs import Options, Source


def write_annex_ris(source: Source, options: Options, path: Path) -> None:
    """Write one entry a document cited."""
    path.write_bytes(ris(annex(source, options).documents, source.notice).encode("utf-8"))
