"""A workspace in a schema of a PostgreSQL database: for an office that works on one server.

What SQLite does by itself is done here with the server's own means: writers wait for one another
at an advisory lock, and rows are numbered without gaps.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError

from linker.errors import Invalid, LinkerError
from linker.store import schema
from linker.store.engines import OPTION, Database
from linker.store.faults import RESTORE, read_json
from linker.store.location import NoWorkspace, Server

OLDEST = 14
"""Version of PostgreSQL from which on all that is used here is there."""
PATIENCE = 30
"""Seconds to wait for somebody else who writes."""
_LEFT_OPEN = 600
"""Seconds after which the server ends a transaction whose client went silent."""
_SESSION = {
    "lock_timeout": f"{PATIENCE}s",
    "idle_in_transaction_session_timeout": f"{_LEFT_OPEN}s",
    "tcp_keepalives_idle": "60",
    "client_encoding": "UTF8",
}
_POOL = {"pool_size": 5, "max_overflow": 25, "pool_pre_ping": True}
"""Connections kept, and more of them for an office at once; one that was lost is made anew."""
_LOOKED_AT = "linker_tables"
_LOCK = text(
    "SELECT pg_advisory_xact_lock(:key), CASE WHEN current_setting('synchronous_commit') = 'off' "
    "THEN set_config('synchronous_commit', 'on', true) END"
)
"""One writer at a time; what is acknowledged is on the server's disk."""
_NUMBERS = "CREATE TABLE IF NOT EXISTS numbers (name text PRIMARY KEY, last bigint NOT NULL)"
_NUMBERING = """
CREATE OR REPLACE FUNCTION number_{column}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('
    INSERT INTO %I.numbers AS n VALUES ($1, coalesce($2, 1)) ON CONFLICT (name) DO UPDATE
    SET last = CASE WHEN $2 IS NULL THEN n.last + 1 ELSE greatest(n.last, $2) END
    RETURNING coalesce($2, last)', TG_TABLE_SCHEMA)
  INTO NEW.{column} USING TG_TABLE_NAME, NEW.{column};
  RETURN NEW;
END $$"""
"""As SQLite's AUTOINCREMENT: no number twice, and none lost where a transaction is given up."""
_REMEDIES = (
    (("password", "authentication"), "Write the password to ~/.pgpass (or the file that PGPASSFILE "
     "names; only you may read it) or to PGPASSWORD, and see that the user is the right one"),
    (("does not exist",), "Ask whoever runs the server for the database and the user, or correct "
     "the address"),
    (("ssl", "certificate", "tls"), "See sslmode, sslrootcert and the other parameters of the "
     "address"),
    (("too many clients", "too many connections", "connection slots"), "Try again in a while, or "
     "let whoever runs the server allow more connections"),
)  # fmt: skip
_REACH = "See that the server runs and can be reached at this address, and try again"
_BY_STATE = {
    "42P01": f"is damaged, or somebody altered it ({{}}). {RESTORE}.",
    "42703": f"is damaged, or somebody altered it ({{}}). {RESTORE}.",
    "42501": "the server does not allow it ({}). Ask whoever runs it for the right, or open it as "
    "another user.",
    "55P03": f"somebody else writes for more than {PATIENCE} seconds ({{}}); nothing was written. "
    "Try again in a while.",
    "25006": "can only be read ({}); nothing was written. Name the server that may be written.",
    "53100": "the disk of the server is full ({}); nothing was written. Tell whoever runs it.",
}
"""By SQLSTATE (PostgreSQL manual, appendix A)."""


class Postgres(Database):
    """The schema of a workspace, and what belongs to it."""

    def __init__(self, location: Server) -> None:
        self.location: Server = location

    def exists(self) -> bool:
        """Ask the server whether the workspace is there."""
        with _Asked(self) as db:
            return self.holds_workspace(db)

    def identity(self) -> int:
        """Return 0: what a workspace holds says by itself that it changed."""
        return 0

    def prepare(self, create: bool) -> None:
        """See that the server can be used, and make the schema and the folder of files."""
        with _Asked(self) as db:
            self._check_server(db)
            if not self.holds_workspace(db):
                if not create:
                    raise NoWorkspace(self._not_there(db))
                with self.writing(db.engine) as out:
                    out.execute(text(f'CREATE SCHEMA IF NOT EXISTS "{self.location.schema}"'))
        files = self.location.files
        try:
            files.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise LinkerError(
                f"{files}: embeddings and indices of the workspace cannot be kept here "
                f"({error.strerror}). Name another folder with XDG_CACHE_HOME."
            ) from error

    def engine(self) -> Engine:
        """Return an engine whose connections see the tables of this workspace alone."""
        return self._engine(_POOL, {**_SESSION, "search_path": f'"{self.location.schema}"'})

    @contextmanager
    def writing(self, engine: Engine) -> Iterator[Connection]:
        """Begin with the advisory lock of the workspace; the end of it all lets go of it."""
        digest = hashlib.sha256(self.location.schema.encode()).digest()
        with engine.execution_options(isolation_level="READ COMMITTED").begin() as db:
            db.execute(_LOCK, {"key": int.from_bytes(digest[:8], signed=True)})
            yield db

    @contextmanager
    def moment(self, engine: Engine) -> Iterator[Connection]:
        """Begin a transaction that keeps to what it found."""
        with engine.execution_options(isolation_level="REPEATABLE READ").connect() as db:
            yield db

    def keep_copy(self, version: int) -> None:
        """Keep none: the steps are one transaction, and copies are made by the server's tools."""

    def complete(self, db: Connection) -> None:
        """Let the tables number their rows as SQLite does."""
        db.execute(text(_NUMBERS))
        for table in schema.metadata.sorted_tables:
            column = table.autoincrement_column
            if column is None:
                continue
            function = f"number_{column.name}"
            for statement in (
                _NUMBERING.format(column=column.name),
                f"ALTER TABLE {table.name} ALTER {column.name} DROP DEFAULT",
                f"DROP SEQUENCE IF EXISTS {table.name}_{column.name}_seq",
                f"CREATE OR REPLACE TRIGGER numbered BEFORE INSERT ON {table.name} "
                f"FOR EACH ROW EXECUTE FUNCTION {function}()",
            ):
                db.execute(text(statement))

    def keep_narrow(self, engine: Engine) -> None:
        """Find views alone, and make them anew where other tables stand in the place of theirs.

        The server drops views with the tables that they look at, when a workspace is replaced.
        """
        tables = f"SELECT to_regclass('{self.own(schema.records.name)}')::oid"

        def looked_at(connection: Any) -> object:
            found = connection.execute(tables).fetchone()
            connection.commit()
            return found

        @event.listens_for(engine, "connect")
        def alone(connection: Any, record: Any) -> None:
            record.info[_LOOKED_AT] = looked_at(connection)
            connection.execute("SET search_path TO pg_temp")
            connection.commit()

        @event.listens_for(engine, "checkout")
        def still(connection: Any, record: Any, _: object) -> None:
            if looked_at(connection) != record.info[_LOOKED_AT]:
                raise DisconnectionError("other tables stand in the place of those looked at")

    def own(self, table: str) -> str:
        """Return the table in the schema of the workspace."""
        return f'"{self.location.schema}".{table}'

    def text_in(self, column: str, key: str) -> str:
        """Return the operator for it."""
        return f"({column} ->> '{key}')"

    def compact(self, engine: Engine) -> None:
        """Write every table anew; the server's journal and copies are not in our hands."""
        with engine.connect() as db:
            names = ", ".join(table.name for table in schema.metadata.sorted_tables)
            try:
                db.exec_driver_sql(f"VACUUM (FULL, ANALYZE) {names}")
            except LinkerError as error:
                raise LinkerError(
                    f"{self.location}: it is erased, but the tables could not be written anew "
                    f"({error}). Let whoever runs the server VACUUM (FULL) those of the schema "
                    f"{self.location.schema}."
                ) from error

    def not_opened(self, fault: BaseException) -> str:
        """Return why the workspace could not be opened."""
        return self.sentence(fault) or f"{self.location}: cannot be opened ({_words(fault)})."

    def sentence(self, fault: BaseException, at_commit: bool = False) -> str | None:
        """Return what the server or the connection to it could not do."""
        import psycopg

        if not isinstance(fault, psycopg.Error):
            return None
        said, state = _words(fault), fault.sqlstate or ""
        if state in _BY_STATE:
            return f"{self.location}: {_BY_STATE[state].format(said)}"
        if "NUL" in said and isinstance(fault, psycopg.DataError):
            return f"{self.location}: {said}; nothing was written. Take it out of the text."
        if not isinstance(fault, psycopg.OperationalError):
            return None
        if at_commit:
            return (
                f"{self.location}: the connection was lost while a change was being written "
                f"({said}); whether it was, the workspace shows. Look before you write it again."
            )
        told = said.lower()
        remedies = (remedy for words, remedy in _REMEDIES if any(word in told for word in words))
        remedy = next(remedies, _REACH)
        return f"{self.location}: {said}; nothing was written. {remedy}."

    def _engine(self, pool: dict[str, Any], session: dict[str, str]) -> Engine:
        place = self.location
        settings = " ".join(f"-c {key}={value}" for key, value in session.items())
        given = {"application_name": "linker", "connect_timeout": "10", **dict(place.connecting)}
        given |= {"options": settings}
        url = URL.create(
            "postgresql+psycopg",
            username=place.user or None,
            host=place.host or None,
            port=int(place.port) if place.port else None,
            database=place.database,
        )
        try:
            return create_engine(
                url,
                connect_args=given,
                json_deserializer=read_json,
                paramstyle="format",  # rows go to the driver as they are
                isolation_level="AUTOCOMMIT",  # who reads asks once, without BEGIN and ROLLBACK
                execution_options={OPTION: self},
                **pool,
            )
        except (ImportError, ArgumentError) as error:
            remedy = "pip install 'linker[server]'"
            raise Invalid(f"A workspace on a server needs psycopg: {remedy} ({error}).") from error

    def _check_server(self, db: Connection) -> None:
        query = (
            "SELECT current_setting('server_version_num')::int, current_setting('server_encoding')"
        )
        version, encoding = db.execute(text(query)).one()
        if version < OLDEST * 10_000:
            raise LinkerError(
                f"{self.location}: the server has PostgreSQL {version // 10_000}; Linker needs "
                f"{OLDEST} or later."
            )
        if encoding != "UTF8":
            raise LinkerError(
                f"{self.location}: the database keeps texts as {encoding}. Make one with the "
                "encoding UTF8 (CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0)."
            )

    def holds_workspace(self, db: Connection) -> bool:
        """Whether the schema holds the tables of a workspace, as a transaction sees it."""
        query = text("SELECT to_regclass(:name) IS NOT NULL")
        name = f'"{self.location.schema}".{schema.meta.name}'
        return bool(db.execute(query, {"name": name}).scalar_one())

    def set_aside(self, db: Connection) -> None:
        """Let the workspace be another, NAME-old, in the place of the last one set aside."""
        name = self.location.schema
        for statement in (
            f'DROP SCHEMA IF EXISTS "{name}-old" CASCADE',
            f'ALTER SCHEMA "{name}" RENAME TO "{name}-old"',
            f'CREATE SCHEMA "{name}"',
        ):
            db.execute(text(statement))

    def _not_there(self, db: Connection) -> str:
        query = text(
            "SELECT substr(nspname, 8) FROM pg_namespace WHERE nspname LIKE 'linker\\_%' "
            'ORDER BY nspname COLLATE "C"'
        )
        names = ", ".join(db.execute(query).scalars()) or "none"
        return (
            f"{self.location}: no workspace here. Import files first (`linker --workspace "
            f"ADDRESS import FILE...`) or name another; workspaces of this database: {names}."
        )


class _Asked:
    """One connection to a server, for a question; what goes wrong is said in a sentence."""

    def __init__(self, database: Postgres) -> None:
        self.database = database

    def __enter__(self) -> Connection:
        self.engine = self.database._engine({}, _SESSION)
        try:
            self.connection = self.engine.connect()
        except DBAPIError as error:
            raise self._told(error) from error
        return self.connection

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self.connection.close()
        self.engine.dispose()
        if isinstance(error, DBAPIError):
            raise self._told(error) from error

    def _told(self, error: DBAPIError) -> LinkerError:
        return LinkerError(self.database.not_opened(error.orig or error))


def _words(fault: BaseException) -> str:
    """Return what the driver says, in one line."""
    return " ".join(str(fault).split())[:300]
