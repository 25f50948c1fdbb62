"""The store of a workspace: its database, in parts. Only these files and `database` speak SQL."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select

from linker.store import schema
from linker.store.builds import StoredBuilds
from linker.store.clusters import StoredClusters
from linker.store.database import open_database
from linker.store.log import StoredLog
from linker.store.record_log import StoredEdits
from linker.store.records import StoredRecords
from linker.store.schema import DATABASE
from linker.store.sources import StoredSources


class Store(StoredRecords, StoredSources, StoredEdits, StoredBuilds, StoredClusters, StoredLog):
    """The database of a workspace.

    Args:
        folder: the workspace; made when missing if ``create``.
        create: make the folder and the database when they are not there.

    Raises:
        LinkerError: no workspace there, not a database, or one that a newer Linker made.
    """

    def __init__(self, folder: Path, create: bool = False) -> None:
        self.engine = open_database(folder, create)
        self.path = folder / DATABASE

    def close(self) -> None:
        """Close the connections to the file."""
        self.engine.dispose()

    def counts(self) -> dict[str, int]:
        """Return how many rows each table has."""
        with self.engine.connect() as db:
            return {
                table.name: db.execute(select(func.count()).select_from(table)).scalar_one()
                for table in schema.metadata.sorted_tables
            }
