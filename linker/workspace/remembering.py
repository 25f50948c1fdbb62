"""What somebody once said of the columns of a file holds for the next file of its shape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from linker.records.import_notes import ImportRefused
from linker.records.importers import Options
from linker.records.importers.apart import made_by
from linker.records.importers.looking import LOOKED_AT, FileLook, SheetLook, look_into
from linker.records.statements import shape
from linker.store.sources import Source
from linker.worker import Worker


def with_remembered(
    worker: Worker, path: Path, options: Options, sources: Sequence[Source]
) -> Options:
    """Return the options for a file, with columns that were named for the last file of its shape.

    Args:
        worker: that looks into it.
        path: the file; it is looked into only where columns were ever named.
        options: what is known of it.
        sources: of the workspace.
    """
    if options.columns or options.sheets or not any(one.options.get("columns") for one in sources):
        return options
    try:
        look = looked_into(worker, path, options)
    except ImportRefused:
        return options
    return remembered(look.sheets, options, sources)


def looked_into(worker: Worker, path: Path, options: Options) -> FileLook:
    """Return what a file holds, looked into by a worker.

    Raises:
        ImportRefused: it cannot be opened, or is of no kind that is read.
    """
    return made_by(worker, look_into, path, options, limits=options.limits, classes=LOOKED_AT)


def remembered(sheets: Sequence[SheetLook], options: Options, sources: Sequence[Source]) -> Options:
    """Return the options with the columns and sheets of the last file that has these headings."""
    if options.columns or options.sheets:
        return options
    shapes = {shape("table", sheet.columns) for sheet in sheets}
    for source in reversed(sources):
        columns = source.options.get("columns")
        if columns and source.line in shapes:
            named = tuple((str(field), str(heading)) for field, heading in columns)
            names = {sheet.name for sheet in sheets}
            chosen = tuple(name for name in source.options.get("sheets", ()) if name in names)
            return replace(options, columns=named, sheets=chosen)
    return options
