"""Where a workspace lies: in a folder of this machine, or in a database of a PostgreSQL server.

An address of a server never holds a password: it would stand in lists of processes, in the history
of the shell and in every message. libpq finds it in PGPASSFILE, ~/.pgpass or PGPASSWORD.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

from linker.errors import Invalid, LinkerError

DATABASE = "workspace.db"
"""Name of the file in the folder of a workspace."""
WORKSPACE = "workspace"
"""Name of a workspace of a server where its address gives none, and the key that gives one."""
EXAMPLE = "postgresql://USER@HOST/DATABASE?workspace=NAME"
_SCHEMES = ("postgresql", "postgres")
_ALMOST = re.compile(r"postgres(ql)?[:+].*@|.*\bpassword\s*=", re.IGNORECASE | re.DOTALL)
"""What was meant as an address, and would be printed as the name of a folder, password and all."""
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,44}")
_PLAIN = re.compile(r"[^\s/@?#]+")
CONNECTING = (
    "application_name", "channel_binding", "connect_timeout", "gssencmode", "host", "hostaddr",
    "keepalives", "keepalives_count", "keepalives_idle", "keepalives_interval", "krbsrvname",
    "passfile", "port", "require_auth", "ssl_max_protocol_version", "ssl_min_protocol_version",
    "sslcert", "sslcrl", "sslcrldir", "sslkey", "sslmode", "sslnegotiation", "sslrootcert",
    "sslsni", "target_session_attrs", "tcp_user_timeout",
)  # fmt: skip
"""Parameters of libpq (PostgreSQL manual, "Parameter Key Words") that an address may hold: those
that say how to connect. They are handed on as they are."""


class NoWorkspace(LinkerError):  # noqa: N818 - what is there
    """No workspace lies where one was looked for."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A workspace in a folder: an SQLite file, and beside it what belongs to it.

    Attributes:
        path: the folder.
    """

    path: Path

    @property
    def name(self) -> str:
        """What people call it."""
        return self.path.name

    @property
    def address(self) -> str:
        """What names it from anywhere on this machine."""
        return str(self.path.absolute())

    @property
    def files(self) -> Path:
        """Folder of embeddings, indices and what is read in."""
        return self.path

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.path / DATABASE

    def __str__(self) -> str:
        return str(self.path)


@dataclass(frozen=True, slots=True)
class Server:
    """A workspace in a database of a PostgreSQL server: a schema of its own.

    Attributes:
        host: name, address, or folder of a socket; empty where libpq is to say (PGHOST).
        port: empty likewise.
        user: empty likewise.
        database: the database.
        workspace: which of its workspaces.
        connecting: (parameter of libpq, value), sorted.
    """

    host: str
    port: str
    user: str
    database: str
    workspace: str = WORKSPACE
    connecting: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """What people call it."""
        return self.workspace

    @property
    def address(self) -> str:
        """What names it from anywhere: the address, which never holds a password."""
        user = f"{quote(self.user, safe='')}@" if self.user else ""
        port = f":{self.port}" if self.port else ""
        host = f"[{self.host}]" if ":" in self.host else quote(self.host, safe=",-")
        query = urlencode([*self.connecting, (WORKSPACE, self.workspace)], safe="/")
        return f"postgresql://{user}{host}{port}/{quote(self.database, safe='')}?{query}"

    @property
    def schema(self) -> str:
        """The schema of the database that holds the workspace's tables."""
        return f"linker_{self.workspace}"

    @property
    def files(self) -> Path:
        """Folder of this machine for embeddings, indices and what is read in: all can be remade.

        Under ``XDG_CACHE_HOME`` or ``~/.cache``, by server, database and workspace.
        """
        given = dict(self.connecting)
        host = self.host or given.get("host") or os.environ.get("PGHOST", "")
        port = self.port or given.get("port") or os.environ.get("PGPORT", "")
        key = "\x1f".join((host, port or "5432", self.database, self.workspace))
        digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        return Path(cache) / "linker" / "workspaces" / f"{self.workspace}-{digest}"

    def __str__(self) -> str:
        return self.address


Location = Folder | Server


def locate(named: str | Path | Location) -> Location:
    """Return where a workspace lies that is named by a folder or by an address.

    Raises:
        Invalid: an address that is none, or that holds a password. What was given is not repeated:
            it may be secret.
    """
    if isinstance(named, Folder | Server):
        return named
    if isinstance(named, Path):
        return Folder(named.expanduser())
    if "://" not in named:
        if _ALMOST.match(named):
            raise _no_address()
        return Folder(Path(named).expanduser())
    if named.partition("://")[0] not in _SCHEMES:
        raise Invalid(f"A workspace is a folder, or {EXAMPLE}; no other addresses are known.")
    try:
        parts = urlsplit(named)
        port = parts.port
    except ValueError as error:
        raise _no_address() from error
    if parts.password is not None:
        raise Invalid(
            "The address of the workspace holds a password, which would stand in lists of "
            "processes and messages. Leave it out, and write it to ~/.pgpass (or the file that "
            "PGPASSFILE names) or to the environment variable PGPASSWORD. If others may have "
            "seen it, choose another."
        )
    return _server(parts, str(port or ""))


def _server(parts: SplitResult, port: str) -> Server:
    database = unquote(parts.path.removeprefix("/"))
    if parts.fragment or not _PLAIN.fullmatch(database):
        raise _no_address()
    given = parse_qsl(parts.query, keep_blank_values=True)
    options = dict(given)
    workspace = options.pop(WORKSPACE, WORKSPACE)
    if len(options) + (WORKSPACE in dict(given)) != len(given) or set(options) - set(CONNECTING):
        raise Invalid(
            "The address of the workspace holds a parameter twice, or one that is not known or may "
            f"not stand there (a password may not). Known are {WORKSPACE}, {', '.join(CONNECTING)}."
        )
    if not _NAME.fullmatch(workspace):
        raise Invalid(
            f"?{WORKSPACE}=NAME: the name of a workspace has up to 45 small letters (a to z), "
            "digits, - and _, and begins with a letter."
        )
    user, host = unquote(parts.username or ""), unquote(_host(parts))
    return Server(host, port, user, database, workspace, tuple(sorted(options.items())))


def _host(parts: SplitResult) -> str:
    """Return the host as it was written: ``hostname`` makes its letters small."""
    netloc = parts.netloc.rpartition("@")[2]
    if netloc.startswith("["):
        return netloc[1:].partition("]")[0]
    return netloc.partition(":")[0]


def _no_address() -> Invalid:
    return Invalid(f"The address of the workspace is not like {EXAMPLE}.")
