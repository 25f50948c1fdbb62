"""What the databases under a workspace do differently, behind one face.

Everything else of the store is SQLAlchemy Core, the same for both.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager

from sqlalchemy import Connection, Engine

from linker.store.location import Location

OPTION = "linker_database"
"""Execution option under which an engine and its connections know their database."""
WHOLE = "linker_whole"
"""Execution option under which an engine that shows only some States has that of all."""


class Database(ABC):
    """The database of one workspace."""

    location: Location

    @abstractmethod
    def exists(self) -> bool:
        """Whether the workspace is there.

        Raises:
            LinkerError: nobody can tell: its server does not answer.
        """

    @abstractmethod
    def identity(self) -> int:
        """Return what differs where the workspace was made anew since; 0 where nothing tells."""

    @abstractmethod
    def prepare(self, create: bool) -> None:
        """See before anything is opened that it can be, and make room for it.

        Args:
            create: make it where it is not there.

        Raises:
            NoWorkspace: it is not there and not to be made.
            LinkerError: it can be neither opened nor made.
        """

    @abstractmethod
    def engine(self) -> Engine:
        """Return an engine that holds this under `OPTION`; it connects when first used."""

    @abstractmethod
    def writing(self, engine: Engine) -> AbstractContextManager[Connection]:
        """Begin a transaction that writes: others who write wait, readers do not.

        What is read in it still holds at its end.
        """

    @abstractmethod
    def moment(self, engine: Engine) -> AbstractContextManager[Connection]:
        """Begin to read one moment of the workspace, whatever is written meanwhile."""

    @abstractmethod
    def keep_copy(self, version: int) -> None:
        """Keep the workspace as it is before it is brought from a version of the tables on."""

    @abstractmethod
    def complete(self, db: Connection) -> None:
        """Add to the tables, in the transaction that made them, what they need besides."""

    @abstractmethod
    def keep_narrow(self, engine: Engine) -> None:
        """Let connections that look at tables through views never see these without the views.

        Args:
            engine: each of its connections has just made such views.
        """

    @abstractmethod
    def own(self, table: str) -> str:
        """Return how SQL calls a table of the workspace, whatever view hides it."""

    @abstractmethod
    def text_in(self, column: str, key: str) -> str:
        """Return the SQL for a text in an object of JSON; NULL where the key is not there."""

    @abstractmethod
    def compact(self, engine: Engine) -> None:
        """Write the tables anew without what was deleted from them."""

    @abstractmethod
    def not_opened(self, fault: BaseException) -> str:
        """Return why the workspace could not be opened and what to do about it."""

    @abstractmethod
    def sentence(self, fault: BaseException, at_commit: bool = False) -> str | None:
        """Return what went wrong and what to do about it; None for a fault of the program.

        Args:
            fault: of the driver.
            at_commit: whether it came while a transaction was being committed.
        """


def database_of(at: Engine | Connection) -> Database:
    """Return the database that an engine or a connection leads to."""
    found: Database = at.get_execution_options()[OPTION]
    return found
