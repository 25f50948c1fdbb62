"""Documents to download, made when they are asked for and not before."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from linker.documents.media import ANY, MIME, as_one
from linker.i18n.language import language, speaking
from linker.i18n.messages import tr, tr_later
from linker.ui import access
from linker.ui.desk import Desk
from linker.workspace.handed_over import on_disk
from linker.workspace.workspace import Linker

FORMATS = {
    "docx": "Word",
    "xlsx": "Excel",
    "pptx": "PowerPoint",
    "pdf": "PDF",
    "html": tr_later("Web page"),
    "csv": "CSV",
    "json": "JSON",
    "ris": "RIS",
    "bib": "BibTeX",
    "zip": tr_later("Zip archive"),
}


def download(
    here: Desk,
    kind: str,
    suffix: str,
    label: str = "",
    template: tuple[str, bytes] | None = None,
    **options: Any,
) -> None:
    """Show a button that makes a document of this kind and format, and hands it over.

    Args:
        here: what the page works with.
        kind: as ``linker export`` knows it.
        suffix: the format.
        label: of the button; the format's name when empty.
        template: name and content of an organisation's own document; None for none.
        **options: for `Linker.export`.
    """

    def write(linker: Linker, path: Path) -> list[Path]:
        if template is None:
            return linker.export(kind, path, here.state, **options)
        with on_disk(linker.folder, *template) as ours:
            return linker.export(kind, path, here.state, template=str(ours), **options)

    hand_over(here, f"{here.state}-{kind}.{suffix}", write, f"{kind}-{suffix}", label)


def hand_over(
    here: Desk,
    name: str,
    write: Callable[[Linker, Path], list[Path]],
    key: str,
    label: str = "",
) -> None:
    """Show a button that writes a document when it is pressed, and hands it over.

    Args:
        here: what the page works with.
        name: of the file; its suffix is the format.
        write: writes it with a workspace into a path, and returns what was written; several files
            are handed over in one archive.
        key: of the button.
        label: of the button; the format's name when empty.
    """
    # It is made when the button is pressed, by a thread that belongs to no session.
    spoken = language()

    def make() -> bytes:
        with (
            speaking(spoken),
            tempfile.TemporaryDirectory() as folder,
            here.bench.exporting(access.again(here.person)) as linker,
        ):
            return as_one(write(linker, Path(folder) / name))

    _button(label, name, make, key)


def download_archive(here: Desk) -> None:
    """Show a button that hands over the whole workspace as one file."""

    def make() -> bytes:
        from linker.store.archive import write_archive

        access.again(here.person)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "workspace.zip"
            write_archive(here.bench.linker.store, path)
            return path.read_bytes()

    _button("", f"{here.bench.linker.store.location.name}.zip", make, "archive-zip")


def _button(label: str, name: str, make: Callable[[], bytes], key: str) -> None:
    suffix = Path(name).suffix[1:]
    st.download_button(
        label or tr(FORMATS.get(suffix, suffix.upper())),
        data=make,
        file_name=name,
        mime=MIME.get(suffix, ANY),
        key=key,
        icon=":material/download:",
        on_click="ignore",
    )
