"""An importer that a plugin adds, held so that its faults stop nobody else."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

from linker.records.import_notes import Notes
from linker.records.importers.base import Head, Importer, Options
from linker.records.record import Record

_LOG = logging.getLogger(__name__)


class Plugged:
    """An importer of a plugin. What goes wrong while it reads is told as of any file.

    Args:
        name: of its entry point; the importer's own, whatever it calls itself.
        importer: as the plugin made it.
    """

    def __init__(self, name: str, importer: Importer) -> None:
        self.name, self._importer = name, importer
        self.label = f"{importer.label} (plugin {name})"

    def recognises(self, head: Head) -> bool:
        """Say whether a file is of its kind; not where it breaks off, which is told."""
        try:
            return bool(self._importer.recognises(head))
        except Exception as error:
            _LOG.warning("plugin %s broke off (%s: %s)", self.name, type(error).__name__, error)
            return False

    def read(self, path: Path, notes: Notes, options: Options) -> Iterator[Record]:
        """Yield the records of a file."""
        return self._importer.read(path, notes, options)
