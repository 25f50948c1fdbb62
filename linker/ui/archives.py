"""A workspace that somebody sent as one file, opened from the page Start."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from linker.errors import LinkerError
from linker.i18n.messages import tr
from linker.store.archive import read_archive
from linker.store.location import Folder, Location, locate
from linker.workspace.handed_over import file_name, on_disk


def open_archive(beside: Location, then: Callable[[Location], None]) -> None:
    """Take an archive and make a workspace of it in a folder of its own.

    Args:
        beside: an existing or possible workspace; the new folder is proposed next to it.
        then: called with its place once the workspace is there, whole.
    """
    st.header(tr("An archive from somebody else"), anchor=False)
    upload = st.file_uploader(
        tr("Drop in a workspace as one zip file, as the page Documents writes it"),
        type=["zip"],
        key="archive-upload",
    )
    if upload is None:
        return
    near = beside.path.absolute().parent if isinstance(beside, Folder) else Path.cwd()
    proposed = near / Path(file_name(upload.name)).stem
    named = st.text_input(
        tr("Folder to put it in, on this machine"),
        value=str(proposed),
        key=f"archive-folder-{upload.file_id}",
        help=tr(
            "A new folder, or an empty one: what is there already is never overwritten. The "
            "address of a new workspace on a server does as well."
        ),
    ).strip()
    if not st.button(
        tr("Open the archive"), type="primary", key="archive-open", disabled=not named
    ):
        return
    try:
        location = locate(named)
        with (
            st.spinner(tr("Checking and unpacking …")),
            on_disk(Path(tempfile.gettempdir()), upload.name, upload.getbuffer()) as path,
        ):
            read_archive(path, location)
    except LinkerError as error:
        st.error(str(error))
        return
    then(location)
