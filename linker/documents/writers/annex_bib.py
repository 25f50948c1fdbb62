"""The sources of an annex for reference managers, as BibTeX."""

from __future__ import annotations

from pathlib import Path

from linker.documents.annex import annex
from linker.documents.bibliography import bibtex
from linker.documents.inputs import Options, Source


def write_annex_bib(source: Source, options: Options, path: Path) -> None:
    """Write one entry a document cited."""
    path.write_bytes(bibtex(annex(source, options).documents, source.notice).encode("utf-8"))
